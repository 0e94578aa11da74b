"""Deposit by hand through a real browser, wide and narrow, by mouse, by keyboard alone and without a script."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from casilla.scripts.entorno import sesion
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.browser.conftest import Servido
from tests.browser.test_camino import mirar

DATOS = {
    "Número de Expediente": "OGT002026000009",
    "Tipo de documento": "CARTA",
    "Número": "000099-2026-OGTI",
    "Asunto": "Respuesta a su solicitud de información sobre los servicios de la institución",
    "Firmado por": "PERSONA FICTICIA QUE FIRMA",
    "Elaborado por": "PERSONA FICTICIA QUE ELABORA",
}


@pytest.fixture
def archivos(tmp_path: Path) -> tuple[Path, Path]:
    documento, anexo = tmp_path / "CARTA 000099.pdf", tmp_path / "anexo.txt"
    documento.write_bytes(mundo.pdf(2))
    anexo.write_text("hola")
    return documento, anexo


def entrar_al_modulo(pagina: Page, direccion: str, nombre: str = "notificador") -> None:
    """Come in by both factors."""
    pagina.goto(f"{direccion}/admin/entrar")
    pagina.get_by_label("Usuario").fill(nombre)
    pagina.get_by_label("Contraseña", exact=True).fill(mundo.CLAVE)
    pagina.get_by_role("button", name="Continuar").click()
    pagina.get_by_label("Código").fill(mundo.codigo_del_factor(nombre, datetime.now(UTC)))
    pagina.get_by_role("button", name="Entrar").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Tablero")


def fecha(pagina: Page, leyenda: str, dia: str = "16", mes: str = "enero", ano: str = "2026") -> None:
    grupo = pagina.get_by_role("group", name=leyenda, exact=True)
    for rotulo, valor in (("Día", dia), ("Mes", mes), ("Año", ano)):
        grupo.get_by_label(rotulo).fill(valor)


def llenar(pagina: Page) -> None:
    for rotulo, valor in DATOS.items():
        pagina.get_by_label(rotulo, exact=True).fill(valor)
    fecha(pagina, "Fecha de Expediente")
    fecha(pagina, "Fecha")
    pagina.get_by_label("Plazo en días hábiles").fill("15")


def test_an_officer_deposits_by_hand(pestana: Page, servido: Servido, archivos: tuple[Path, Path]) -> None:
    entrar_al_modulo(pestana, servido.direccion)
    pestana.goto(f"{servido.direccion}/admin/notificar")
    mirar(pestana, "admin-notificar")
    pestana.get_by_label("DNI", exact=True).check()
    pestana.get_by_label("Número de documento").fill("49999999")
    pestana.get_by_role("button", name="Buscar").click()
    expect(pestana.get_by_text("no tiene casilla electrónica")).to_be_visible()
    mirar(pestana, "admin-notificar-sin-casilla")
    pestana.get_by_label("Número de documento").fill("40000001")
    pestana.get_by_role("button", name="Buscar").click()
    mirar(pestana, "admin-notificar-hallada")
    pestana.get_by_role("button", name="Es esta persona").click()
    pestana.get_by_role("button", name="Guardar y continuar").click()
    mirar(pestana, "admin-notificar-datos-con-errores")
    llenar(pestana)
    mirar(pestana, "admin-notificar-datos")
    pestana.get_by_role("button", name="Guardar y continuar").click()
    pestana.get_by_role("button", name="Subir").click()
    mirar(pestana, "admin-notificar-archivos-con-errores")
    pestana.get_by_label("Documento", exact=True).set_input_files(archivos[0])
    pestana.get_by_label("Anexos").set_input_files(archivos[1])
    pestana.get_by_role("button", name="Subir").click()
    mirar(pestana, "admin-notificar-archivos")
    pestana.get_by_role("link", name="Continuar a la revisión").click()
    mirar(pestana, "admin-notificar-revisar")
    pestana.get_by_role("button", name="Notificar").dblclick()
    expect(pestana.get_by_role("heading", level=1)).to_have_text("Notificación depositada")
    mirar(pestana, "admin-notificar-listo")
    servido.carta("rosa@correo.example", "Nueva notificación: CARTA 000099-2026-OGTI")


def test_what_seems_notified_already_is_told_with_where_to_see_it(
    pestana: Page, servido: Servido, archivos: tuple[Path, Path]
) -> None:
    """Once to Rosa herself, under another expediente; once, the very same, to Ñusta."""
    with sesion(servido.almacen) as hacer:
        hacer(lambda raiz: repetir(raiz[RAIZ]))
    entrar_al_modulo(pestana, servido.direccion)
    empezar(pestana, servido.direccion)
    llenar(pestana)
    pestana.get_by_role("button", name="Guardar y continuar").click()
    pestana.get_by_label("Documento", exact=True).set_input_files(archivos[0])
    pestana.get_by_role("button", name="Subir").click()
    pestana.get_by_role("link", name="Continuar a la revisión").click()
    expect(pestana.get_by_text("depositado en la casilla de otra persona")).to_be_visible()
    mirar(pestana, "admin-notificar-repetido")
    pestana.get_by_role("link", name="Ver esa notificación").first.click()
    expect(pestana.get_by_role("link", name="Notificaciones").first).to_be_visible()


def repetir(sitio: Any) -> None:
    igual = {"numero": DATOS["Número"], "tipo": DATOS["Tipo de documento"]}
    mundo.deposito(sitio, mundo.ROSA, 81, **igual)
    mundo.deposito(sitio, mundo.NUSTA, 82, **igual, expediente=DATOS["Número de Expediente"])
    mundo.al_dia(sitio)


def empezar(pagina: Page, direccion: str) -> None:
    """To the data of a new one, for Rosa."""
    pagina.goto(f"{direccion}/admin/notificar")
    pagina.get_by_label("DNI", exact=True).check()
    pagina.get_by_label("Número de documento").fill("40000001")
    pagina.get_by_role("button", name="Buscar").click()
    pagina.get_by_role("button", name="Es esta persona").click()


def test_what_was_typed_when_the_session_ended_is_there_after_coming_in_again(pestana: Page, servido: Servido) -> None:
    entrar_al_modulo(pestana, servido.direccion)
    empezar(pestana, servido.direccion)
    pestana.clock.install()
    pestana.reload()
    pestana.get_by_label("Asunto").fill("A medias")
    pestana.clock.run_for(5000)
    expect(pestana.get_by_text("Lo que escribe queda guardado")).to_be_visible()
    with pestana.expect_response("**/teclear"):
        pestana.get_by_label("Asunto").fill("A medias, y más")
        pestana.clock.run_for(5000)
    pestana.context.clear_cookies()  # the server's clock is not the page's
    pestana.clock.fast_forward("15:00")
    expect(pestana.get_by_text("Cerramos su sesión por inactividad")).to_be_visible()
    pestana.get_by_label("Usuario").fill("notificador")
    pestana.get_by_label("Contraseña", exact=True).fill(mundo.CLAVE)
    pestana.get_by_role("button", name="Continuar").click()
    despues = datetime.now(UTC) + timedelta(seconds=30)
    pestana.get_by_label("Código").fill(mundo.codigo_del_factor("notificador", despues))
    pestana.get_by_role("button", name="Entrar").click()
    expect(pestana.get_by_text("Recuperamos lo que escribió")).to_be_visible()
    expect(pestana.get_by_label("Asunto")).to_have_value("A medias, y más")
    mirar(pestana, "admin-notificar-recuperado")


def test_two_tabs_compare_and_choose(pestana: Page, servido: Servido, archivos: tuple[Path, Path]) -> None:
    entrar_al_modulo(pestana, servido.direccion)
    empezar(pestana, servido.direccion)
    otra = pestana.context.new_page()
    otra.goto(pestana.url)
    for pagina, asunto in ((pestana, "Lo de una pestaña"), (otra, "Lo de la otra")):
        llenar(pagina)
        pagina.get_by_label("Asunto").fill(asunto)
        pagina.get_by_role("button", name="Guardar y continuar").click()
    expect(otra.locator(".resumen-error")).to_contain_text("Este borrador cambió en otra pestaña")
    expect(otra.get_by_role("cell", name="Lo de una pestaña")).to_be_visible()
    mirar(otra, "admin-notificar-dos-pestanas")
    otra.get_by_role("link", name="Dejar lo mío").click()
    expect(otra.get_by_label("Asunto")).to_have_value("Lo de una pestaña")
    otra.get_by_role("button", name="Guardar y continuar").click()
    segundo = archivos[0].with_name("CARTA corregida.pdf")
    segundo.write_bytes(mundo.pdf(3))
    for pagina, archivo in ((pestana, archivos[0]), (otra, segundo)):
        pagina.get_by_label("Documento", exact=True).set_input_files(archivo)
    for pagina in (pestana, otra):
        pagina.get_by_role("button", name="Subir").click()
        expect(pagina.get_by_role("heading", name="Subidos")).to_be_visible()
    expect(otra.get_by_role("heading", name="Hay 2 documentos y solo va uno")).to_be_visible()
    mirar(otra, "admin-notificar-dos-documentos")


def con_el_teclado(pagina: Page, hasta: Any) -> None:
    """Tab until the control has the focus, as somebody without a mouse."""
    for _ in range(80):
        if hasta.evaluate("e => e === document.activeElement"):
            return
        pagina.keyboard.press("Tab")
    raise AssertionError("no se llega con el tabulador")


def test_by_keyboard_alone(pestana: Page, servido: Servido, archivos: tuple[Path, Path]) -> None:
    # Playwright does not wait until the browser has agreed to hand over its file choosers: ask long before the key.
    pestana.on("filechooser", lambda _: None)
    entrar_al_modulo(pestana, servido.direccion)
    pestana.goto(f"{servido.direccion}/admin/notificar")
    con_el_teclado(pestana, pestana.get_by_label("DNI", exact=True))
    pestana.keyboard.press("Space")
    con_el_teclado(pestana, pestana.get_by_label("Número de documento"))
    pestana.keyboard.type("40000001")
    pestana.keyboard.press("Enter")
    boton = pestana.get_by_role("button", name="Es esta persona")
    con_el_teclado(pestana, boton)
    pestana.keyboard.press("Enter")
    llenar(pestana)
    con_el_teclado(pestana, pestana.get_by_role("button", name="Guardar y continuar"))
    pestana.keyboard.press("Enter")
    expect(pestana.get_by_role("heading", level=1)).to_have_text("Archivos")
    caja = pestana.get_by_label("Documento", exact=True)
    con_el_teclado(pestana, caja)
    with pestana.expect_file_chooser() as elegir:
        pestana.keyboard.press("Space")
    elegir.value.set_files(archivos[0])
    con_el_teclado(pestana, pestana.get_by_role("button", name="Subir"))
    pestana.keyboard.press("Enter")
    con_el_teclado(pestana, pestana.get_by_role("link", name="Continuar a la revisión"))
    pestana.keyboard.press("Enter")
    con_el_teclado(pestana, pestana.get_by_role("button", name="Notificar"))
    pestana.keyboard.press("Enter")
    expect(pestana.get_by_role("heading", level=1)).to_have_text("Notificación depositada")


def test_without_a_script(chromium: Browser, servido: Servido, archivos: tuple[Path, Path]) -> None:
    contexto = chromium.new_context(java_script_enabled=False, locale="es-PE")
    pagina = contexto.new_page()
    entrar_al_modulo(pagina, servido.direccion)
    pagina.goto(f"{servido.direccion}/admin/notificar")
    pagina.get_by_label("DNI", exact=True).check()
    pagina.get_by_label("Número de documento").fill("40000001")
    pagina.get_by_role("button", name="Buscar").click()
    pagina.get_by_role("button", name="Es esta persona").click()
    expect(pagina.get_by_text("Guarde antes de 15 minutos")).to_be_visible()
    llenar(pagina)
    pagina.get_by_role("button", name="Guardar y continuar").click()
    pagina.get_by_label("Documento", exact=True).set_input_files(archivos[0])
    pagina.get_by_role("button", name="Subir").click()
    pagina.get_by_role("link", name="Continuar a la revisión").click()
    pagina.get_by_role("button", name="Notificar").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Notificación depositada")
    contexto.close()
