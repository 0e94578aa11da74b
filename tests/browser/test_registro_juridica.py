"""A company registers through a real browser, wide and narrow."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Servido, texto
from tests.browser.test_camino import mirar

CORREO = "empresa@correo.example"
RUC, NOMBRE = "20566118603", "Comercial Ejemplo Ficticio S.A.C."


def hasta_los_datos(pagina: Page, servido: Servido) -> None:
    pagina.goto(f"{servido.direccion}/registro/terminos")
    for _ in range(2):
        pagina.get_by_role("checkbox").check()
        pagina.get_by_role("button", name="Aceptar").click()
    pagina.get_by_label("Persona Jurídica").check()
    pagina.get_by_role("button", name="Continuar").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Persona jurídica")


def llenar(pagina: Page, ruc: str = RUC, nombre: str = NOMBRE) -> None:
    """All but the district."""
    textos = {"RUC": ruc, "Razón Social": nombre, "Teléfono/Celular": "987 654 321"}
    for rotulo, valor in (textos | {"Correo Electrónico": CORREO, "Repetir Correo Electrónico": CORREO}).items():
        pagina.get_by_label(rotulo, exact=True).fill(valor)


def elegir_distrito(pagina: Page, escrito: str, elegido: str) -> None:
    pagina.get_by_label("Distrito", exact=True).fill(escrito)
    pagina.get_by_role("option", name=elegido, exact=True).click()


def validar(pagina: Page, servido: Servido) -> None:
    """With the code of the letter; then the credentials come."""
    expect(pagina.get_by_role("heading", name="VERIFICACIÓN DE CORREO")).to_be_visible()
    codigo = re.search(r"correo electrónico es: (\w{6})", texto(servido.carta(CORREO, "Validación")))
    assert codigo is not None
    pagina.get_by_label("Clave de validación").fill(codigo[1])
    pagina.get_by_role("button", name="Validar").click()
    assert f"Usuario: 8-{RUC}" in texto(servido.carta(CORREO, "Credenciales"))


def test_a_company_registers_and_gets_its_credentials(pestana: Page, servido: Servido) -> None:
    hasta_los_datos(pestana, servido)
    pestana.get_by_role("button", name="Continuar").click()
    mirar(pestana, "empresa-con-errores")
    llenar(pestana, ruc="20 56611860-3")
    elegir_distrito(pestana, "miraflores lima", "Miraflores, Lima, Lima")
    pestana.get_by_role("button", name="Continuar").click()

    mirar(pestana, "empresa-no-coincide")
    expect(pestana.get_by_label("Distrito", exact=True)).to_have_value("Miraflores, Lima, Lima")
    pestana.get_by_role("link", name="Distrito: no coincide").click()
    expect(pestana.get_by_label("Distrito", exact=True)).to_be_focused()
    elegir_distrito(pestana, "lima", "Lima, Lima, Lima")
    pestana.get_by_role("button", name="Continuar").click()
    validar(pestana, servido)


def test_a_silent_register_leaves_the_data_waiting(pestana: Page, servido: Servido) -> None:
    hasta_los_datos(pestana, servido)
    mirar(pestana, "empresa")
    llenar(pestana, "20999000127", "NADIE S.A.C.")
    elegir_distrito(pestana, "Yanahuara", "Yanahuara, Arequipa, Arequipa")
    pestana.get_by_role("button", name="Continuar").click()

    expect(pestana.get_by_text("Yanahuara, Arequipa, Arequipa")).to_be_visible()
    mirar(pestana, "empresa-en-espera")
    pestana.get_by_role("link", name=re.compile("^Cambiar Empresa")).click()
    expect(pestana.get_by_role("combobox", name="Distrito")).to_have_value("Yanahuara, Arequipa, Arequipa")
