"""Lists to take away, as they are asked for and collected: on a phone and a desk, with keys alone, without a script."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from casilla.scripts.faena import Faena
from casilla.scripts.obrero import OFICIOS
from casilla.services.exportaciones import EXPORTACION
from casilla.services.trabajos import avanzar
from tests.browser.conftest import Servido
from tests.browser.test_camino import mirar
from tests.browser.test_filtros import entrar

LARGAS = pytest.mark.parametrize("servido", [{"casilla.exportar_en_segundo_plano": "2"}], indirect=True)


@pytest.fixture
def sin_guion(chromium: Browser) -> Iterator[Page]:
    contexto = chromium.new_context(viewport={"width": 390, "height": 844}, locale="es-PE", java_script_enabled=False)
    yield contexto.new_page()
    contexto.close()


def descarga(pagina: Page, enlace: Locator) -> str:
    with pagina.expect_download() as descargado:
        enlace.click()
    return descargado.value.suggested_filename


def esperar_el_archivo(pagina: Page) -> Locator:
    """Ask again, as people do, until it is ready."""
    enlace = pagina.get_by_role("link", name=re.compile("^Descargar"))
    for _ in range(240):
        if enlace.count():
            break
        pagina.get_by_role("link", name="Actualizar").click()
        pagina.wait_for_timeout(250)
    return enlace


def test_a_short_list_is_had_at_once_in_each_format(pestana: Page, servido: Servido) -> None:
    entrar(pestana, servido)
    for rotulo, extension in (("Exportar a Excel", "xlsx"), ("Exportar a PDF", "pdf"), ("CSV", "csv"), ("ODS", "ods")):
        nombre = descarga(pestana, pestana.get_by_role("link", name=rotulo, exact=True))
        assert re.fullmatch(rf"casilla_pendientes_\d{{4}}-\d\d-\d\d\.{extension}", nombre)
    pestana.get_by_role("link", name="Mis exportaciones").click()
    mirar(pestana, "exportaciones-ninguna")


@LARGAS
def test_a_long_list_is_prepared_and_collected(pestana: Page, servido: Servido) -> None:
    entrar(pestana, servido)
    pestana.get_by_role("link", name="Exportar a PDF").click()
    mirar(pestana, "exportar-larga")
    pestana.get_by_role("button", name="Preparar el archivo").click()
    expect(pestana.get_by_role("heading", level=1)).to_have_text("Mis exportaciones")
    expect(pestana.get_by_text("Estamos preparando su archivo.")).to_be_visible()
    enlace = esperar_el_archivo(pestana)
    expect(pestana.get_by_role("status").filter(has_text="1 archivo listo.")).to_be_visible()
    mirar(pestana, "exportaciones")
    assert descarga(pestana, enlace).endswith(".pdf")


@LARGAS
def test_it_is_done_with_keys_alone(pestana: Page, servido: Servido) -> None:
    entrar(pestana, servido)
    pestana.get_by_role("link", name="CSV").focus()
    pestana.keyboard.press("Enter")
    expect(pestana.get_by_role("heading", level=1)).to_have_text("Preparar el archivo")
    hasta(pestana, "Preparar el archivo")
    pestana.keyboard.press("Enter")
    expect(pestana.get_by_role("heading", level=1)).to_have_text("Mis exportaciones")
    esperar_el_archivo(pestana)
    pestana.reload()
    hasta(pestana, "Descargar")
    with pestana.expect_download() as descargado:
        pestana.keyboard.press("Enter")
    assert descargado.value.suggested_filename.endswith(".csv")


def hasta(pagina: Page, palabras: str) -> None:
    """Press Tab until what begins with these words has the focus, and shows it."""
    for _ in range(60):
        pagina.keyboard.press("Tab")
        dicho, anillo = pagina.evaluate(
            "() => { const e = document.activeElement;"
            " return [e.textContent.trim(), parseFloat(getComputedStyle(e).outlineWidth)]; }"
        )
        if dicho.startswith(palabras):
            assert anillo >= 2
            return
    raise AssertionError(f"el tabulador no llega a «{palabras}»")


@LARGAS
def test_it_works_without_a_script(sin_guion: Page, servido: Servido) -> None:
    entrar(sin_guion, servido)
    sin_guion.get_by_role("link", name="Exportar a Excel").click()
    sin_guion.get_by_role("button", name="Preparar el archivo").click()
    assert descarga(sin_guion, esperar_el_archivo(sin_guion)).endswith(".xlsx")


def sin_terminar(faena: Faena) -> None:
    """A list that stands still after its first row, until it is cancelled."""
    while True:
        faena.paso(lambda _, trabajo: avanzar(trabajo, 1, total=3))
        faena.parar.wait(0.1)


@LARGAS
def test_one_that_is_being_made_can_be_cancelled(
    pestana: Page, servido: Servido, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(OFICIOS, EXPORTACION, sin_terminar)
    entrar(pestana, servido)
    pestana.get_by_role("link", name="Exportar a Excel").click()
    pestana.get_by_role("button", name="Preparar el archivo").click()
    van = pestana.get_by_text("Se está preparando. Van 1 de 3 notificaciones.")
    for _ in range(240):
        pestana.get_by_role("link", name="Actualizar").click()
        pestana.wait_for_timeout(250)
        if van.count():
            break
    expect(pestana.get_by_role("progressbar")).to_be_visible()
    mirar(pestana, "exportaciones-en-curso")
    pestana.get_by_role("button", name=re.compile("^Cancelar.*en Excel")).click()
    expect(pestana.get_by_text("Cancelamos la preparación del archivo.")).to_be_visible()
    mirar(pestana, "exportaciones-cancelada")
    pestana.wait_for_timeout(500)
    pestana.get_by_role("link", name="Actualizar").click()
    expect(pestana.get_by_text("Lo canceló el")).to_be_visible()
