"""The letters as a phone shows them: real Chromium, 390 px wide, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.mail.test_cartas import TODAS, aviso


@pytest.mark.parametrize("esquema", ["light", "dark"])
def test_every_letter_fits_a_phone_and_passes_axe(chromium, esquema):
    pagina = chromium.new_page(viewport={"width": 390, "height": 844}, color_scheme=esquema)
    for hacer in TODAS:
        pagina.set_content(hacer().html.data)
        faltas = Axe().run(pagina).response["violations"]
        assert faltas == [], hacer.__name__
        assert pagina.evaluate("document.documentElement.scrollWidth") == 390, hacer.__name__
    pagina.close()


def test_a_word_without_end_does_not_widen_the_page(chromium):
    pagina = chromium.new_page(viewport={"width": 390, "height": 844})
    pagina.set_content(aviso(nombres="X" * 500, numero="9" * 500).html.data)
    assert pagina.evaluate("document.documentElement.scrollWidth") == 390
    pagina.close()


def test_the_dark_letter_is_dark_and_its_button_tall_enough_for_a_thumb(chromium):
    pagina = chromium.new_page(viewport={"width": 390, "height": 844}, color_scheme="dark")
    pagina.set_content(aviso().html.data)
    assert pagina.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(255, 255, 255)"
    assert pagina.get_by_role("link", name="Ver la notificación").bounding_box()["height"] >= 44
    pagina.close()
