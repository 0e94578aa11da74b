"""The follow-up board as the institution's people see it and walk through it."""

import re
import zipfile
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from casilla.scripts.entorno import sesion
from casilla.services.correspondencia import rechazada
from casilla.services.fundacion import RAIZ
from casilla.services.lectura import leer
from casilla.services.seguimiento import atraso
from tests import mundo
from tests.browser.conftest import Servido
from tests.browser.test_camino import mirar
from tests.browser.test_filtros import PARADA, sin_guion

__all__ = ["sin_guion"]


@pytest.fixture
def poblado(servido: Servido) -> Servido:
    """Forty notifications of two months, of two offices: some read, the last one refused, some overdue."""
    with sesion(servido.almacen) as hacer:
        for n in range(40):
            hacer(partial(depositar, n))
    return servido


def depositar(n: int, raiz: Any) -> None:
    sitio, ahora = raiz[RAIZ], datetime.now(UTC)
    cuando = ahora - timedelta(days=60 - 1.5 * n)
    hecha = mundo.deposito(
        sitio,
        mundo.NUSTA if n % 3 else mundo.ROSA,
        100 + n,
        ahora=cuando,
        anexos=n % 2,
        asunto="Se notifica la resolución sobre su solicitud de medidas de protección y una citación",
        dependencia="DIRECCIÓN GENERAL CONTRA LA VIOLENCIA DE GÉNERO" if n % 4 == 0 else mundo.DEPENDENCIA,
    )
    if n % 5 == 0:
        leer(sitio, hecha, actor=mundo.ROSA, ahora=cuando + timedelta(days=1))
    if n == 39:
        lugar = next(lugar for lugar, carta in sitio.salida if carta.sobre is hecha)
        rechazada(sitio, lugar, ahora, "550 5.1.1 <rosa@correo.example>: user unknown")


def entrar(pagina: Page, servido: Servido, nombre: str) -> None:
    """By both factors, once the worker has taken everything in."""
    while _atraso(servido):
        pagina.wait_for_timeout(100)
    pagina.goto(f"{servido.direccion}/admin/entrar?next=/admin/depositos")
    pagina.get_by_label("Usuario").fill(nombre)
    pagina.get_by_label("Contraseña", exact=True).fill(mundo.CLAVE)
    pagina.get_by_role("button", name="Continuar").click()
    pagina.get_by_label("Código").fill(mundo.codigo_del_factor(nombre, datetime.now(UTC)))
    pagina.get_by_role("button", name="Entrar").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Notificaciones")


def _atraso(servido: Servido) -> int:
    with servido.almacen.transaction() as conexion:
        return atraso(conexion.root()[RAIZ]).cuantos


def test_the_auditor_finds_looks_and_takes_the_proof(pestana: Page, poblado: Servido) -> None:
    entrar(pestana, poblado, "auditor")
    mirar(pestana, "admin-depositos")
    pestana.get_by_text("Más filtros y orden").click()
    pestana.get_by_label("Estado").select_option("Sin leer")
    pestana.get_by_label("Sin leer desde hace").fill("10")
    pestana.get_by_label("Documento de la persona").fill("40000002")
    pestana.get_by_role("button", name="Buscar").click()
    expect(pestana).not_to_have_url(re.compile("40000002"))
    expect(pestana.get_by_role("link", name="Quitar filtro: Persona DNI 40000002")).to_be_visible()
    mirar(pestana, "admin-depositos-filtrados")
    pestana.locator("tbody th button").first.click()
    mirar(pestana, "admin-deposito")
    with pestana.expect_download() as descarga:
        pestana.get_by_role("button", name="Descargar expediente de prueba (ZIP)").click()
    with zipfile.ZipFile(descarga.value.path()) as paquete:
        assert paquete.testzip() is None
    pestana.reload()
    expect(pestana.get_by_text("Vista por personal de la institución")).to_be_visible()
    pestana.get_by_role("link", name="Volver a Notificaciones").click()
    expect(pestana.get_by_role("link", name="Quitar filtro: Persona DNI 40000002")).to_be_visible()
    pestana.goto(f"{poblado.direccion}/admin/depositos?desde=31/2/2026&dias=x")
    expect(pestana.locator(".resumen-error")).to_be_focused()
    mirar(pestana, "admin-depositos-con-errores")
    pestana.goto(f"{poblado.direccion}/admin/depositos?expediente=nada")
    mirar(pestana, "admin-depositos-sin-resultado")


def test_the_notifier_sends_the_notice_again_and_annuls(pestana: Page, poblado: Servido) -> None:
    entrar(pestana, poblado, "notificador")
    pestana.goto(f"{poblado.direccion}/admin/depositos?aviso=rechazado")
    pestana.locator("tbody th button").first.click()
    mirar(pestana, "admin-deposito-con-rechazo")
    pestana.get_by_role("button", name="Reenviar aviso").click()
    expect(pestana.get_by_text("El aviso está en cola y saldrá en unos momentos.")).to_be_visible()
    pestana.get_by_role("link", name="Anular").click()
    mirar(pestana, "admin-deposito-anular")
    pestana.get_by_role("button", name="Anular la notificación").click()
    expect(pestana.locator(".resumen-error")).to_be_focused()
    pestana.get_by_label("Motivo de la anulación").fill("Se notificó a quien no correspondía.")
    pestana.get_by_role("button", name="Anular la notificación").click()
    expect(pestana.get_by_text("La notificación quedó anulada.")).to_be_visible()
    mirar(pestana, "admin-deposito-anulado")


def test_keys_alone_reach_every_filter_and_every_button(pestana: Page, poblado: Servido) -> None:
    entrar(pestana, poblado, "auditor")
    pestana.goto(f"{poblado.direccion}/admin/depositos?estado=leido")
    pestana.locator("#expediente").focus()
    paradas: list[dict[str, Any]] = []
    while not paradas or "CARTA" not in paradas[-1]["que"]:
        paradas.append(pestana.evaluate(PARADA))
        assert len(paradas) < 40
        pestana.keyboard.press("Tab")
    nombres = [parada["que"] for parada in paradas]
    for esperado in (
        "numero",
        "persona",
        "dependencia",
        "estado",
        "aviso",
        "desde",
        "hasta",
        "dias",
        "orden",
        "n",
        "Buscar",
    ):
        assert esperado in nombres
    assert "Quitar filtro: Estado Leída" in nombres
    for parada in paradas:
        assert parada["anillo"] >= 3 and parada["visible"] and parada["dentro"], parada


def test_the_same_without_a_script(sin_guion: Page, poblado: Servido) -> None:
    entrar(sin_guion, poblado, "auditor")
    sin_guion.get_by_text("Más filtros y orden").click()
    sin_guion.get_by_label("Dependencia").select_option("DIRECCIÓN GENERAL CONTRA LA VIOLENCIA DE GÉNERO")
    sin_guion.get_by_role("button", name="Buscar").click()
    expect(sin_guion.locator("tbody tr")).to_have_count(10)
    with sin_guion.expect_download() as descarga:
        sin_guion.get_by_role("button", name="CSV").click()
    assert descarga.value.path().read_text("utf-8-sig").count("\n") == 11


def test_at_320_pixels_nothing_is_cut_off(chromium: Browser, poblado: Servido) -> None:
    pagina = chromium.new_page(viewport={"width": 320, "height": 640})
    entrar(pagina, poblado, "auditor")
    pagina.goto(f"{poblado.direccion}/admin/depositos?expediente={'w' * 190}&dias=x")
    assert pagina.evaluate("document.documentElement.scrollWidth") == 320
    pagina.goto(f"{poblado.direccion}/admin/depositos")
    pagina.locator("tbody th button").first.click()
    assert pagina.evaluate("document.documentElement.scrollWidth") == 320
    pagina.context.close()
