"""Mi cuenta through a real browser, wide and narrow: every screen, and the end of a casilla."""

import re

from playwright.sync_api import Page, expect

from tests import mundo
from tests.browser.conftest import Servido, texto
from tests.browser.test_camino import entrar, mirar

NUEVO = "rosa.nueva@correo.example"


def test_a_person_manages_the_account_and_closes_the_casilla(pestana: Page, servido: Servido) -> None:
    pestana.goto(servido.direccion)
    entrar(pestana, mundo.ROSA, mundo.CLAVE)
    pestana.get_by_role("link", name="Mi cuenta").click()
    mirar(pestana, "cuenta")
    cambiar_el_telefono(pestana)
    cambiar_el_correo(pestana, servido)
    pestana.get_by_role("link", name="Avisos", exact=True).click()
    mirar(pestana, "cuenta-avisos")
    pestana.get_by_role("button", name="Enviar aviso de prueba").click()
    mirar(pestana, "cuenta-avisos-probados")
    assert "aviso de prueba" in texto(servido.carta(NUEVO, "Aviso de prueba"))
    pestana.get_by_role("link", name="Mi cuenta").first.click()
    pestana.get_by_role("link", name="Mis datos").click()
    mirar(pestana, "cuenta-datos")
    with pestana.expect_download() as descarga:
        pestana.get_by_role("link", name=re.compile("ZIP")).click()
    assert descarga.value.suggested_filename.endswith(".zip")
    cerrar_la_casilla(pestana, servido)


def cambiar_el_telefono(pagina: Page) -> None:
    pagina.get_by_role("link", name="Cambiar teléfono").click()
    mirar(pagina, "cuenta-telefono")
    pagina.get_by_label("Teléfono/Celular").fill("999 888 777")
    pagina.get_by_role("button", name="Guardar").click()
    expect(pagina.get_by_text("Su teléfono cambió.")).to_be_visible()


def cambiar_el_correo(pagina: Page, servido: Servido) -> None:
    pagina.get_by_role("link", name="Cambiar correo").click()
    pagina.get_by_label("Correo nuevo", exact=True).fill(NUEVO)
    pagina.get_by_label("Repetir correo nuevo").fill(NUEVO)
    pagina.get_by_label("Contraseña", exact=True).fill(mundo.CLAVE)
    mirar(pagina, "cuenta-correo")
    pagina.get_by_role("button", name="Continuar").click()
    codigo = re.search(r"confirmarla es: (\w{6})", texto(servido.carta(NUEVO, "Código")))
    assert codigo is not None
    mirar(pagina, "cuenta-confirmar")
    pagina.get_by_label("Código").fill(codigo[1].lower())
    pagina.get_by_role("button", name="Confirmar").click()
    expect(pagina.get_by_text("Su correo cambió.")).to_be_visible()


def cerrar_la_casilla(pagina: Page, servido: Servido) -> None:
    pagina.get_by_role("link", name="Mi cuenta").first.click()
    pagina.get_by_role("link", name="Cerrar mi casilla").click()
    mirar(pagina, "cuenta-cerrar")
    pagina.get_by_role("button", name="Cerrar mi casilla").click()
    mirar(pagina, "cuenta-cerrar-con-errores")
    pagina.get_by_label("Entiendo que ya no me notificarán").check()
    pagina.get_by_label("Contraseña", exact=True).fill(mundo.CLAVE)
    pagina.get_by_role("button", name="Cerrar mi casilla").click()
    expect(pagina.get_by_text("Su casilla quedó cerrada.")).to_be_visible()
    mirar(pagina, "cuenta-cerrada")
    carta = servido.carta(NUEVO, "Su Casilla Electrónica se cerró")
    assert [a.get_filename() for a in carta.iter_attachments()] == ["constancia-de-cierre.pdf"]
    pagina.get_by_role("link", name=re.compile("Pendientes por leer")).click()
    expect(pagina.get_by_role("heading", name="Su casilla está cerrada")).to_be_visible()
    mirar(pagina, "bandeja-cerrada")
