"""What a slow line has to carry: the first pages that people see, counted as they travel."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Servido
from tests.browser.test_registro_juridica import elegir_distrito, hasta_los_datos, llenar

# At 400 kbit a second, slow 3G, this is little more than a second.
PRESUPUESTO = 60 * 1024


class Linea:
    """What has come through to a tab, in bytes as they travel; nothing is kept from an earlier visit."""

    def __init__(self, pagina: Page) -> None:
        cdp = pagina.context.new_cdp_session(pagina)
        cdp.send("Network.enable")
        cdp.send("Network.clearBrowserCache")
        self.pesos: list[float] = []
        cdp.on("Network.loadingFinished", lambda dicho: self.pesos.append(dicho["encodedDataLength"]))
        self._pagina = pagina

    def esperar(self, cuantos: int) -> None:
        """Until so many things have been told of: a page may be there before the line has told of it."""
        for _ in range(200):
            if len(self.pesos) >= cuantos:
                return
            self._pagina.wait_for_timeout(50)
        raise AssertionError(f"{self._pagina.url}: vinieron {len(self.pesos)} y no {cuantos}")


@pytest.fixture
def pagina(chromium: Browser) -> Iterator[Page]:
    contexto = chromium.new_context(viewport={"width": 390, "height": 844})
    yield contexto.new_page()
    contexto.close()


@pytest.mark.parametrize("camino", ["/", "/registro", "/registro/terminos", "/verificar"])
def test_a_first_visit_is_light_enough_for_slow_3g(pagina: Page, servido: Servido, camino: str) -> None:
    linea = Linea(pagina)

    pagina.goto(servido.direccion + camino, wait_until="networkidle")

    assert len(linea.pesos) >= 4, "page, two style sheets, script"
    assert sum(linea.pesos) <= PRESUPUESTO


def test_the_form_of_a_company_is_light_with_the_names_of_all_districts(pagina: Page, servido: Servido) -> None:
    hasta_los_datos(pagina, servido)
    linea = Linea(pagina)

    pagina.goto(pagina.url, wait_until="networkidle")
    assert len(linea.pesos) >= 5, "page, two style sheets, two scripts"
    sin_nombres = sum(linea.pesos)
    llenar(pagina)
    elegir_distrito(pagina, "lima", "Lima, Lima, Lima")
    assert sin_nombres + 12_000 < sum(linea.pesos) <= PRESUPUESTO


def test_each_list_without_a_script_and_the_pages_after_it_are_light(pagina: Page, servido: Servido) -> None:
    pagina.route("**/distritos.js*", lambda ruta: ruta.fulfill(body="", content_type="text/javascript"))
    hasta_los_datos(pagina, servido)
    llenar(pagina)
    for lista, lugar, boton in (
        ("Departamento", "Lima", "Ver provincias"),
        ("Provincia", "Lima", "Ver distritos"),
        ("Distrito", "Lima", "Continuar"),
    ):
        pagina.get_by_label(lista, exact=True).select_option(lugar)
        linea = Linea(pagina)
        pagina.get_by_role("button", name=boton).click()
        pagina.wait_for_load_state("networkidle")
        assert len(linea.pesos) >= 4, "all comes anew"
        assert sum(linea.pesos) <= PRESUPUESTO
    expect(pagina.get_by_role("heading", name="VERIFICACIÓN DE CORREO")).to_be_visible()
