"""A registration that the register does not settle, through a real browser: who asks, who decides, who finishes."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import mundo
from tests.browser.conftest import Servido, texto
from tests.browser.test_camino import hasta_los_datos, llenar_los_datos, mirar
from tests.browser.test_cuentas_del_personal import codigo, entrar_al_modulo, hasta
from tests.solicitantes import en_revision

CORREO = "nueva@correo.example"


def pedir_revision(pagina: Page, servido: Servido) -> None:
    hasta_los_datos(pagina, servido)
    llenar_los_datos(pagina)
    pagina.get_by_label("Nombres", exact=True).fill("Otra Persona")
    pagina.get_by_role("button", name="Continuar").click()
    expect(pagina.get_by_role("heading", name="¿Sus datos están bien escritos?")).to_be_visible()
    mirar(pagina, "datos-que-no-coinciden-y-revision")
    pagina.get_by_role("button", name="Pedir revisión").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Su solicitud está en revisión")
    mirar(pagina, "en-revision")


def test_a_request_is_asked_for_authorized_and_finished(pestana: Page, servido: Servido) -> None:
    pedir_revision(pestana, servido)
    del_ciudadano = pestana.url
    assert "Le responderemos" in texto(servido.carta(CORREO, "Su solicitud está en revisión"))
    entrar_al_modulo(pestana, servido, "registro", codigo("registro"))
    pestana.get_by_role("link", name="Solicitudes", exact=True).first.click()
    mirar(pestana, "admin-solicitudes")
    pestana.get_by_role("button", name="EJEMPLO FICTICIA OTRA PERSONA").click()
    mirar(pestana, "admin-solicitud")
    pestana.get_by_role("link", name="Autorizar").click()
    pestana.get_by_role("button", name="Autorizar").click()
    expect(pestana.locator(".resumen-error")).to_be_focused()
    mirar(pestana, "admin-solicitud-autorizar-con-errores")
    pestana.get_by_label("Cómo comprobó la identidad").fill("Mostró su DNI por videollamada")
    pestana.get_by_role("button", name="Autorizar").click()
    expect(pestana.get_by_text("La solicitud está autorizada")).to_be_visible()
    mirar(pestana, "admin-solicitud-autorizada")
    pestana.goto(del_ciudadano)
    expect(pestana.get_by_role("heading", level=1)).to_have_text("VERIFICACIÓN DE CORREO")
    mirar(pestana, "verificacion-autorizada")
    clave = re.search(r"correo electrónico es: (\w{6})", texto(servido.carta(CORREO, "Su solicitud fue autorizada")))
    assert clave is not None
    pestana.get_by_label("Clave de validación").fill(clave[1])
    pestana.get_by_role("button", name="Validar").click()
    expect(pestana.get_by_text("Se envió un mensaje con las credenciales")).to_be_visible()


def test_a_request_is_refused_by_the_keyboard_alone_and_the_person_reads_why(pestana: Page, servido: Servido) -> None:
    pedir_revision(pestana, servido)
    del_ciudadano = pestana.url
    entrar_al_modulo(pestana, servido, "registro", codigo("registro"))
    pestana.goto(f"{servido.direccion}/admin/solicitudes")
    hasta(pestana, "EJEMPLO FICTICIA OTRA PERSONA")
    pestana.keyboard.press("Enter")
    expect(pestana.get_by_role("heading", level=1)).to_have_text("EJEMPLO FICTICIA OTRA PERSONA")
    hasta(pestana, "Denegar")
    pestana.keyboard.press("Enter")
    expect(pestana.get_by_role("heading", level=1)).to_contain_text("Denegar la solicitud")
    mirar(pestana, "admin-solicitud-denegar")
    hasta(pestana, "Motivo")
    pestana.keyboard.type("El documento está vencido")
    pestana.keyboard.press("Enter")
    expect(pestana.get_by_text("La solicitud está denegada")).to_be_visible()
    mirar(pestana, "admin-solicitud-denegada")
    assert "El documento está vencido" in texto(servido.carta(CORREO, "Su solicitud no fue autorizada"))
    pestana.goto(del_ciudadano)
    expect(pestana.get_by_text("El documento está vencido")).to_be_visible()
    mirar(pestana, "revision-denegada")


@pytest.mark.parametrize("ancho", [390])
def test_without_a_script_a_request_is_decided_too(chromium: Browser, servido: Servido, ancho: int) -> None:
    servido.hacer(lambda sitio: en_revision(sitio, "99000013", ahora=mundo.ENERO))
    contexto = chromium.new_context(viewport={"width": ancho, "height": 844}, locale="es-PE", java_script_enabled=False)
    pagina = contexto.new_page()
    entrar_al_modulo(pagina, servido, "registro", mundo.codigo_del_factor("registro", datetime.now(UTC)))
    pagina.goto(f"{servido.direccion}/admin/solicitudes")
    expect(pagina.get_by_text("Atrasada")).to_be_visible()
    pagina.get_by_role("button", name="INVENTADO").click()
    pagina.get_by_role("link", name="Denegar").click()
    pagina.get_by_label("Motivo").fill("No contestó el teléfono")
    pagina.get_by_role("button", name="Denegar").click()
    expect(pagina.get_by_text("La solicitud está denegada")).to_be_visible()
    contexto.close()
