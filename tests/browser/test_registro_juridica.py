"""A company registers through a real browser, wide and narrow."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Servido, texto
from tests.browser.test_camino import mirar

CORREO = "empresa@correo.example"


def hasta_los_datos(pagina: Page, servido: Servido) -> None:
    pagina.goto(f"{servido.direccion}/registro/terminos")
    for _ in range(2):
        pagina.get_by_role("checkbox").check()
        pagina.get_by_role("button", name="Aceptar").click()
    pagina.get_by_label("Persona Jurídica").check()
    pagina.get_by_role("button", name="Continuar").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Persona jurídica")


def test_a_company_registers_and_gets_its_credentials(pestana: Page, servido: Servido) -> None:
    hasta_los_datos(pestana, servido)
    pestana.get_by_role("button", name="Continuar").click()
    mirar(pestana, "empresa-con-errores")
    pestana.get_by_label("RUC", exact=True).fill("20 56611860-3")
    pestana.get_by_label("Razón Social").fill("Comercial Ejemplo Ficticio S.A.C.")
    pestana.get_by_label("Distrito", exact=True).fill("Miraflores")
    pestana.get_by_label("Teléfono/Celular").fill("987 654 321")
    pestana.get_by_label("Correo Electrónico", exact=True).fill(CORREO)
    pestana.get_by_label("Repetir Correo Electrónico").fill(CORREO)
    pestana.get_by_role("button", name="Continuar").click()

    mirar(pestana, "empresa-elige-distrito")
    pestana.get_by_label("Miraflores, Lima, Lima").check()
    pestana.get_by_role("button", name="Continuar").click()
    mirar(pestana, "empresa-no-coincide")
    expect(pestana.get_by_label("Distrito", exact=True)).to_have_value("Miraflores, Lima, Lima")
    pestana.get_by_label("Distrito", exact=True).fill("LIMA - LIMA - LIMA")
    pestana.get_by_role("button", name="Continuar").click()

    expect(pestana.get_by_role("heading", name="VERIFICACIÓN DE CORREO")).to_be_visible()
    codigo = re.search(r"correo electrónico es: (\w{6})", texto(servido.carta(CORREO, "Validación")))
    assert codigo is not None
    pestana.get_by_label("Clave de validación").fill(codigo[1])
    pestana.get_by_role("button", name="Validar").click()
    assert "Usuario: 8-20566118603" in texto(servido.carta(CORREO, "Credenciales"))


def test_a_silent_register_leaves_the_data_waiting(pestana: Page, servido: Servido) -> None:
    hasta_los_datos(pestana, servido)
    mirar(pestana, "empresa")
    textos = {"RUC": "20999000127", "Razón Social": "NADIE S.A.C.", "Distrito": "Yanahuara"}
    textos |= {"Teléfono/Celular": "987654321", "Correo Electrónico": CORREO, "Repetir Correo Electrónico": CORREO}
    for rotulo, valor in textos.items():
        pestana.get_by_label(rotulo, exact=True).fill(valor)
    pestana.get_by_role("button", name="Continuar").click()

    expect(pestana.get_by_text("Yanahuara, Arequipa, Arequipa")).to_be_visible()
    mirar(pestana, "empresa-en-espera")
