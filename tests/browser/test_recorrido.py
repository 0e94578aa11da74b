"""Every kind of page that each role reaches in the institution's module, on a phone and on a desk: nothing for axe to
say, nothing on the console, nothing wider than the window."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page

from casilla.permissions import ROLES
from casilla.scripts.entorno import sesion
from casilla.services.fundacion import RAIZ
from tests.browser.conftest import Servido
from tests.browser.test_camino import mirar
from tests.browser.test_notificar import entrar_al_modulo
from tests.recorrido import fichas, poblar, recorrer

# The addresses as they are written.
ENLACES = "() => [...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))"
BOTONES = "() => [...document.querySelectorAll('button[formaction]')].map(b => b.getAttribute('formaction'))"


@pytest.mark.timeout(900)
@pytest.mark.parametrize("rol", ROLES)
def test_every_page_that_a_role_reaches_can_be_used_by_everybody(pestana: Page, servido: Servido, rol: str) -> None:
    with sesion(servido.almacen) as hacer:
        hacer(lambda raiz: poblar(raiz[RAIZ], datetime.now(UTC)))
    entrar_al_modulo(pestana, servido.direccion, rol)

    def abrir(direccion: str) -> list[str]:
        if not _es_pagina(pestana, direccion):
            return []
        pestana.goto(servido.direccion + direccion)
        mirar(pestana, f"recorrido{direccion.replace('/', '-')}")
        if pestana.get_by_role("button", name="Ver los datos").count():
            pestana.get_by_role("button", name="Ver los datos").click()
            mirar(pestana, f"recorrido{direccion.replace('/', '-')}-datos")
        return [*pestana.evaluate(ENLACES), *map(fichas, pestana.evaluate(BOTONES))]

    with servido.almacen.transaction() as conexion:
        assert len(recorrer(conexion.root()[RAIZ], rol, abrir)) > 10


def _es_pagina(pagina: Page, direccion: str) -> bool:
    """Whether there is a page, and not a file, which a window does not show."""
    respuesta = pagina.request.get(pagina.url.partition("/admin")[0] + direccion)
    assert respuesta.ok, f"{direccion}: {respuesta.status}"
    return respuesta.headers["content-type"].startswith("text/html")
