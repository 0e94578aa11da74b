"""Back and Forward of the browser in the middle of a registration."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Servido
from tests.browser.test_camino import hasta_los_datos, llenar_los_datos


def test_back_and_forward_keep_what_was_answered(pestana: Page, servido: Servido) -> None:
    hasta_los_datos(pestana, servido)
    llenar_los_datos(pestana)
    pestana.get_by_role("button", name="Continuar").click()
    expect(pestana.get_by_role("heading", name="VERIFICACIÓN DE CORREO")).to_be_visible()

    pestana.go_back()
    expect(pestana.get_by_role("heading", level=1)).to_have_text("Persona natural")
    expect(pestana.get_by_label("Correo Electrónico", exact=True)).to_have_value("nueva@correo.example")
    expect(pestana.get_by_label("Nombres")).not_to_have_value("")
    pestana.go_back()
    expect(pestana.get_by_label("Persona Natural")).to_be_checked()

    pestana.go_forward()
    expect(pestana.get_by_label("Correo Electrónico", exact=True)).to_have_value("nueva@correo.example")
    pestana.go_forward()
    expect(pestana.get_by_role("heading", name="VERIFICACIÓN DE CORREO")).to_be_visible()
