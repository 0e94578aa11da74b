"""Coming in as a person of the world, by the front page."""

from typing import Any

from tests import mundo
from tests.conftest import Navegador


def entrar(navegador: Navegador, documento: str, clave: str = mundo.CLAVE) -> Any:
    """The first page that they see after the login; whoever was in before is out."""
    navegador.reset()
    formulario = navegador.get("/").forms["formulario"]
    formulario["usuario"], formulario["clave"] = documento, clave
    return formulario.submit().follow()
