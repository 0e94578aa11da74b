"""Somebody's account put right by the institution, through a real browser; and what its owner then reads."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from casilla.resources.sitio import Sitio
from casilla.scripts.entorno import sesion
from casilla.services import administrados
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.browser.conftest import Servido, texto
from tests.browser.test_camino import mirar
from tests.browser.test_cuentas_del_personal import entrar_al_modulo


def entrar(pagina: Page, servido: Servido) -> None:
    entrar_al_modulo(pagina, servido, "registro", mundo.codigo_del_factor("registro", datetime.now(UTC)))


def consultar(pagina: Page, servido: Servido, quien: str) -> None:
    pagina.goto(f"{servido.direccion}/admin/personas")
    pagina.get_by_label("Número de documento o correo").fill(quien)
    pagina.get_by_role("button", name="Consultar").click()


def test_a_corrected_address_is_told_to_both_and_read_in_mi_cuenta(pestana: Page, servido: Servido) -> None:
    entrar(pestana, servido)
    consultar(pestana, servido, "nadie@correo.example")
    expect(pestana.locator(".resumen-error")).to_be_focused()
    mirar(pestana, "admin-personas-sin-nadie")
    consultar(pestana, servido, "40000001")
    mirar(pestana, "admin-persona")
    pestana.get_by_role("link", name="Corregir datos de contacto").click()
    mirar(pestana, "admin-persona-contacto")
    pestana.get_by_label("Correo Electrónico", exact=True).fill("rosa.quispe@correo.example")
    pestana.get_by_label("Motivo").fill("Lo pidió en mesa de partes, con su DNI")
    pestana.get_by_role("button", name="Guardar").click()
    expect(pestana.get_by_text("avisamos a los dos correos")).to_be_visible()
    mirar(pestana, "admin-persona-corregida")
    for correo, asunto in (
        ("rosa@correo.example", "La institución cambió el correo de su casilla"),
        ("rosa.quispe@correo.example", "La institución hizo un cambio en su cuenta"),
    ):
        assert "Lo pidió en mesa de partes, con su DNI" in texto(servido.carta(correo, asunto))

    pestana.get_by_role("button", name="Cerrar sesión").click()
    pestana.goto(servido.direccion)
    pestana.get_by_label("Usuario").fill(mundo.ROSA)
    pestana.get_by_label("Contraseña", exact=True).fill(mundo.CLAVE)
    pestana.get_by_role("button", name="Iniciar sesión").click()
    pestana.goto(f"{servido.direccion}/cuenta")
    expect(pestana.get_by_text("Motivo: Lo pidió en mesa de partes")).to_be_visible()
    mirar(pestana, "cuenta-con-cambios-de-la-institucion")


def test_a_second_person_confirms_and_the_link_that_was_asked_for_comes(pestana: Page, servido: Servido) -> None:
    with sesion(servido.almacen) as hacer:
        hacer(lambda raiz: mundo.funcionario(raiz[RAIZ], "segunda", ("registro",)))
        hacer(lambda raiz: corregir(raiz[RAIZ]))
    pedir_un_enlace(pestana, servido, "rosa.quispe@correo.example")
    carta = texto(servido.carta("rosa.quispe@correo.example", "Le enviaremos su enlace más tarde"))
    assert "Le enviaremos el enlace a este correo después del" in carta

    entrar_al_modulo(pestana, servido, "segunda", mundo.codigo_del_factor("segunda", datetime.now(UTC)))
    consultar(pestana, servido, "40000001")
    mirar(pestana, "admin-persona-sin-confirmar")
    pestana.get_by_role("link", name="Confirmar la corrección").click()
    pestana.get_by_role("button", name="Confirmar la corrección").click()
    expect(pestana.locator(".resumen-error")).to_be_focused()
    mirar(pestana, "admin-persona-confirmar")
    pestana.get_by_label("Cómo lo comprobó").fill("La llamé al teléfono registrado")
    pestana.get_by_role("button", name="Confirmar la corrección").click()
    expect(pestana.get_by_text("La corrección está confirmada")).to_be_visible()
    mirar(pestana, "admin-persona-confirmada")

    enlace = texto(servido.carta("rosa.quispe@correo.example", "Recuperación de contraseña"))
    assert "/recuperar?enlace=" in enlace


def corregir(sitio: Sitio) -> None:
    rosa, ahora = sitio.usuarios[mundo.ROSA], datetime.now(UTC)
    administrados.corregir_contacto(
        sitio,
        rosa,
        "rosa.quispe@correo.example",
        rosa.persona.telefono,
        motivo="Lo pidió en mesa de partes",
        actor="registro",
        ahora=ahora,
        hasta=ahora + timedelta(days=1),
    )


def pedir_un_enlace(pagina: Page, servido: Servido, correo: str) -> None:
    pagina.goto(f"{servido.direccion}/recuperar")
    pagina.get_by_label("Persona Natural").check()
    pagina.get_by_label("DNI", exact=True).check()
    pagina.get_by_label("Número de documento").fill("40000001")
    pagina.get_by_label("Correo Electrónico registrado").fill(correo)
    pagina.get_by_role("button", name="Continuar").click()
    expect(pagina.get_by_text("Si los datos coinciden")).to_be_visible()


def test_every_act_on_an_account_has_its_page(pestana: Page, servido: Servido) -> None:
    entrar(pestana, servido)
    consultar(pestana, servido, mundo.ROSA)
    ficha = pestana.url
    for acto in ("suspender", "recuperacion", "sesiones", "cerrar"):
        pestana.goto(f"{ficha}/{acto}")
        mirar(pestana, f"admin-persona-{acto}")


@pytest.mark.parametrize("ancho", [390, 1280])
def test_an_access_is_suspended_by_the_keyboard_without_a_script(
    chromium: Browser, servido: Servido, ancho: int
) -> None:
    contexto = chromium.new_context(viewport={"width": ancho, "height": 844}, java_script_enabled=False)
    pagina = contexto.new_page()
    entrar(pagina, servido)
    consultar(pagina, servido, mundo.ROSA)
    pagina.get_by_role("link", name="Suspender el acceso").focus()
    pagina.keyboard.press("Enter")
    pagina.get_by_label("Motivo").focus()
    pagina.keyboard.type("Alguien entró con su clave")
    pagina.keyboard.press("Tab")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text("El acceso está suspendido y la persona fue avisada")).to_be_visible()
    expect(pagina.get_by_role("link", name="Rehabilitar el acceso")).to_be_visible()
    contexto.close()
