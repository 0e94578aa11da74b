"""Recovery of the password through a real browser, wide and narrow."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from casilla.resources.sitio import Sitio
from casilla.services import recuperacion
from tests import mundo
from tests.browser.conftest import Servido, texto
from tests.browser.test_camino import entrar, mirar

CORREO, NUEVA = "rosa@correo.example", "Nueva-clave-22"
ASUNTO = "Recuperación de contraseña"


def enlace_de(servido: Servido) -> str:
    hallado = re.search(r"Ingrese aquí: (\S+)", texto(servido.carta(CORREO, ASUNTO)))
    assert hallado is not None
    return hallado[1]


def test_a_person_recovers_the_password(pestana: Page, servido: Servido) -> None:
    pestana.goto(servido.direccion)
    pestana.get_by_role("link", name="¿Olvidaste tu contraseña?").click()
    pestana.get_by_role("button", name="Continuar").click()
    mirar(pestana, "recuperar-con-errores")
    pestana.get_by_label("Persona Natural").check()
    pestana.get_by_label("DNI", exact=True).check()
    pestana.get_by_label("Número de documento").fill("4000 0001")
    pestana.get_by_label("Correo Electrónico registrado").fill(CORREO)
    mirar(pestana, "recuperar")
    pestana.get_by_role("button", name="Continuar").click()
    expect(pestana.get_by_role("heading", level=1)).to_have_text("Revise su correo")
    mirar(pestana, "recuperar-enviado")

    enlace = enlace_de(servido)
    pestana.goto(enlace)
    mirar(pestana, "recuperar-cambio")
    pestana.get_by_label("Contraseña nueva", exact=True).fill(NUEVA)
    pestana.get_by_label("Repetir contraseña nueva", exact=True).fill(NUEVA)
    pestana.get_by_role("button", name="Guardar").click()
    expect(pestana.get_by_text("Su contraseña cambió. Inicie sesión con la nueva.")).to_be_visible()
    mirar(pestana, "recuperar-listo")
    pestana.goto(enlace)
    mirar(pestana, "recuperar-usado")

    pestana.goto(servido.direccion)
    entrar(pestana, mundo.ROSA, NUEVA)
    expect(pestana.get_by_role("heading", level=1)).to_have_text("Pendientes por leer")


def test_opening_an_expired_link_sends_another(pestana: Page, servido: Servido) -> None:
    def pedir(sitio: Sitio) -> str:
        recuperacion.pedir(sitio, mundo.ROSA, CORREO, ahora=datetime.now(UTC) - timedelta(days=3))
        return recuperacion.direccion(mundo.SECRETO, sitio.usuarios[mundo.ROSA])

    pestana.goto(f"{servido.direccion}/{servido.hacer(pedir)}")

    expect(pestana.get_by_role("heading", name="Mire su correo")).to_be_visible()
    mirar(pestana, "recuperar-vencido")
    enviado = servido.hacer(lambda sitio: recuperacion.enviado_en(sitio.usuarios[mundo.ROSA]))
    assert datetime.now(UTC) - enviado < timedelta(minutes=1)
