"""Every kind of page that each role reaches by its links: valid HTML, written by nothing, and no link that breaks."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from casilla.permissions import ROLES
from casilla.services.fundacion import RAIZ
from tests.conftest import Navegador
from tests.recorrido import fichas, poblar, recorrer


@pytest.mark.parametrize("rol", ROLES)
def test_every_page_that_a_role_reaches_is_there_and_valid(navegador: Navegador, rol: str) -> None:
    with navegador.base_de_datos.transaction() as conexion:
        poblar(conexion.root()[RAIZ], datetime.now(UTC))
    navegador.entrar_al_modulo(rol)
    ausentes: list[str] = []

    def abrir(direccion: str) -> Iterator[str]:
        respuesta = navegador.get(direccion, status="*")
        if respuesta.status_int == 200 and "Ver los datos" in respuesta:
            respuesta = navegador.consultar(direccion)
        if respuesta.status_int == 303:
            yield respuesta.location
        elif respuesta.status_int != 200:
            ausentes.append(f"{direccion}: {respuesta.status}")
        elif respuesta.content_type == "text/html":
            yield from (enlace["href"] for enlace in respuesta.html.select("a[href]"))
            yield from (fichas(boton["formaction"]) for boton in respuesta.html.select("button[formaction]"))

    with navegador.base_de_datos.transaction() as conexion:
        abiertas = recorrer(conexion.root()[RAIZ], rol, abrir)

    assert not ausentes, "\n".join(ausentes)
    assert len(abiertas) > 10
