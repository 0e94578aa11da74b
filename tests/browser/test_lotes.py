"""A bulk through a real browser, wide and narrow: brought, looked at, notified, with the obrero at work inside."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Servido
from tests.browser.test_camino import mirar
from tests.browser.test_notificar import entrar_al_modulo
from tests.lotes import PDF, filas, paquete, tabla


@pytest.fixture
def archivos(tmp_path: Path) -> tuple[Path, Path]:
    """Of four rows, two of them wrong."""
    las_filas = filas(4)
    las_filas[1]["numero_documento"] = "49999999"
    las_filas[2] |= {"asunto": "", "archivo": "no-esta.pdf"}
    csv, zip_ = tmp_path / "cartas de enero.csv", tmp_path / "cartas de enero.zip"
    csv.write_bytes(tabla(las_filas))
    zip_.write_bytes(paquete({"a.pdf": PDF, "sobra.pdf": PDF}))
    return csv, zip_


def esperar(pagina: Page, palabras: str) -> None:
    """Choose "Actualizar" until the page says so, as somebody waits for it."""
    for _ in range(240):
        if pagina.get_by_text(palabras).count():
            return
        pagina.get_by_role("link", name="Actualizar").click()
        pagina.wait_for_timeout(500)
    raise AssertionError(f"no llegó a decir «{palabras}»")


def subir(pagina: Page, archivos: tuple[Path, Path]) -> None:
    pagina.get_by_label("Tabla", exact=True).set_input_files(archivos[0])
    pagina.get_by_label("Documentos", exact=True).set_input_files(archivos[1])
    pagina.get_by_role("button", name="Subir y revisar").click()


def test_a_bulk_is_brought_looked_at_and_notified(pestana: Page, servido: Servido, archivos: tuple[Path, Path]) -> None:
    entrar_al_modulo(pestana, servido.direccion)
    pestana.goto(f"{servido.direccion}/admin/lotes")
    pestana.get_by_text("Qué va en cada columna").click()
    mirar(pestana, "admin-lotes")
    pestana.get_by_role("button", name="Subir y revisar").click()
    mirar(pestana, "admin-lotes-con-errores")
    subir(pestana, archivos)
    mirar(pestana, "admin-lote-en-espera")
    esperar(pestana, "Revisado. 2 filas sin errores y 2 con errores, de 4.")
    mirar(pestana, "admin-lote-revisado")
    with pestana.expect_download() as descarga:
        pestana.get_by_role("button", name=re.compile("CSV")).click()
    assert "no tiene una casilla abierta" in Path(descarga.value.path()).read_text("utf-8-sig")
    pestana.get_by_role("button", name="Notificar 2 filas").click()
    esperar(pestana, "Terminado. Se notificaron 2 filas de 4.")
    mirar(pestana, "admin-lote-terminado")
    pestana.goto(f"{servido.direccion}/admin/lotes")
    mirar(pestana, "admin-lotes-suyos")
    servido.carta("rosa@correo.example", "Nueva notificación: OFICIO 000001-2026-LOTE")


@pytest.mark.parametrize("ancho", [320, 390, 1280])
def test_the_audit_of_a_bulk_fits_the_window(
    chromium: Browser, servido: Servido, archivos: tuple[Path, Path], ancho: int
) -> None:
    pagina = chromium.new_page(viewport={"width": ancho, "height": 844}, locale="es-PE")
    entrar_al_modulo(pagina, servido.direccion)
    pagina.goto(f"{servido.direccion}/admin/lotes")
    subir(pagina, archivos)
    pagina.get_by_role("button", name="Cerrar sesión").click()
    entrar_al_modulo(pagina, servido.direccion, "auditor")
    pagina.goto(f"{servido.direccion}/admin/auditoria?acto=subir-lote")
    expect(pagina.get_by_text("sha256:").first).to_be_visible()
    mirar(pagina, "admin-auditoria-de-un-lote")
    pagina.context.close()


def test_without_a_script(chromium: Browser, servido: Servido, archivos: tuple[Path, Path]) -> None:
    contexto = chromium.new_context(java_script_enabled=False, locale="es-PE")
    pagina = contexto.new_page()
    entrar_al_modulo(pagina, servido.direccion)
    pagina.goto(f"{servido.direccion}/admin/lotes")
    subir(pagina, archivos)
    esperar(pagina, "Revisado. 2 filas sin errores y 2 con errores, de 4.")
    pagina.get_by_role("button", name="Notificar 2 filas").click()
    esperar(pagina, "Terminado. Se notificaron 2 filas de 4.")
    contexto.close()
