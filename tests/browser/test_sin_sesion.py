"""What a member of staff had typed when their session ended, in a browser: it is still there when they are back."""

from playwright.sync_api import Page, expect

from casilla.services.secretos import codigos_de_respaldo
from tests import mundo
from tests.browser.conftest import Servido
from tests.browser.test_camino import mirar
from tests.browser.test_cuentas_del_personal import entrar_al_modulo


def test_a_text_sent_after_the_session_is_saved_once_one_is_in_again(pestana: Page, servido: Servido) -> None:
    respaldos = codigos_de_respaldo(mundo.SECRETO, "contenido", 1)
    entrar_al_modulo(pestana, servido, "contenido", respaldos[0])
    expect(pestana.get_by_role("heading", level=1)).to_have_text("Tablero")
    pestana.goto(f"{servido.direccion}/admin/contenidos/que-es/editar")
    pestana.get_by_label("Respuesta").fill("Lo que costó escribir.")
    pestana.context.clear_cookies()
    pestana.get_by_role("button", name="Guardar borrador").click()
    expect(pestana.get_by_role("heading", level=1)).to_have_text("Su sesión terminó")
    mirar(pestana, "admin-sin-sesion")

    with pestana.expect_popup() as otra:
        pestana.get_by_role("link", name="Entre otra vez, en otra pestaña").click()
    entrar_al_modulo(otra.value, servido, "contenido", respaldos[1])
    expect(otra.value.get_by_role("heading", level=1)).to_have_text("Tablero")
    pestana.get_by_role("button", name="Enviar otra vez").click()
    expect(pestana.get_by_role("heading", level=1)).to_have_text("Falta enviar otra vez")
    mirar(pestana, "admin-sin-sesion-dentro")
    pestana.get_by_role("button", name="Enviar otra vez").click()
    pestana.goto(f"{servido.direccion}/admin/contenidos/que-es/editar")
    expect(pestana.get_by_label("Respuesta")).to_have_value("Lo que costó escribir.")
