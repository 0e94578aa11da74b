"""The dashboard through a real browser, wide and narrow, by keyboard and without a script."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from playwright.sync_api import Browser, Page, expect

from casilla.scripts.entorno import sesion
from casilla.services.fundacion import RAIZ
from casilla.services.seguimiento import atraso
from tests import mundo
from tests.browser.conftest import Servido
from tests.browser.test_camino import mirar
from tests.browser.test_notificar import con_el_teclado, entrar_al_modulo


def depositar(n: int, raiz: Any) -> None:
    dependencia = ("OFICINA GENERAL DE ATENCIÓN A LA CIUDADANÍA", "PROGRAMA NACIONAL AURORA")[n % 3 == 0]
    cuando = datetime.now(UTC) - timedelta(days=n * n % 27)
    mundo.deposito(raiz[RAIZ], mundo.NUSTA, 100 + n, ahora=cuando, dependencia=dependencia)


def test_the_dashboard_of_each_role(pestana: Page, servido: Servido) -> None:
    with sesion(servido.almacen) as hacer:
        for n in range(12):
            hacer(partial(depositar, n))
        while hacer(lambda raiz: atraso(raiz[RAIZ]).cuantos):
            pestana.wait_for_timeout(100)
    entrar_al_modulo(pestana, servido.direccion, "auditor")
    expect(pestana.get_by_role("img", name="Depósitos por día: 12 en 30 días")).to_be_visible()
    mirar(pestana, "admin-tablero")
    for tabla in ("Depósitos por día: la tabla", "Por dependencia: la tabla"):
        pestana.get_by_text(tabla).click()
    expect(pestana.get_by_role("table", name="Depósitos por día")).to_be_visible()
    mirar(pestana, "admin-tablero-con-tablas")
    pestana.get_by_role("link", name="Últimos 7 días").click()
    expect(pestana.get_by_role("link", name="Últimos 7 días")).to_have_attribute("aria-current", "true")
    for nombre in ("notificador", "registro", "contenido", "administrador"):
        pestana.get_by_role("button", name="Cerrar sesión").click()
        entrar_al_modulo(pestana, servido.direccion, nombre)
        mirar(pestana, f"admin-tablero-{nombre}")


def test_the_tables_of_the_dashboard_open_by_keyboard_and_without_a_script(chromium: Browser, servido: Servido) -> None:
    contexto = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    pagina: Any = contexto.new_page()
    entrar_al_modulo(pagina, servido.direccion, "registro")
    resumen = pagina.locator("summary", has_text="Casillas abiertas por día")
    con_el_teclado(pagina, resumen)
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("table", name="Casillas abiertas por día")).to_be_visible()
    contexto.close()
