"""What is searched is what is there, on every store: what a search remembers never hides what arrived since."""

from typing import Any

from ZODB import DB

from casilla.services.fundacion import RAIZ
from casilla.services.lectura import leer
from tests import mundo
from tests.conftest import Navegador


def hallados(navegador: Navegador, bandeja: Any, q: str) -> list[str]:
    pagina = navegador.get(f"{bandeja.request.path}?q={q}&orden=asunto")
    return [enlace.text for enlace in pagina.html.select("tbody th a")]


def test_a_search_sees_what_arrives_and_what_is_read_elsewhere(navegador: Navegador, base_de_datos: DB) -> None:
    bandeja = navegador.entrar(mundo.NUSTA)
    assert hallados(navegador, bandeja, "multa") == []

    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        codigo = mundo.deposito(sitio, mundo.NUSTA, 30, asunto="Multa de tránsito").codigo
        mundo.deposito(sitio, mundo.NUSTA, 31, asunto="Otra MULTA")
    assert hallados(navegador, bandeja, "multa") == ["Multa de tránsito", "Otra MULTA"]

    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        leer(sitio, sitio.registro[codigo], actor=mundo.NUSTA, ahora=mundo.ENERO)
    assert hallados(navegador, bandeja, "multa") == ["Otra MULTA"]
