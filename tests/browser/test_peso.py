"""What a slow line has to carry: the first pages that people see, counted as they travel."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Servido

# At 400 kbit a second, slow 3G, this is little more than a second.
PRESUPUESTO = 60 * 1024


@pytest.mark.parametrize("camino", ["/", "/registro", "/registro/terminos", "/verificar"])
def test_a_first_visit_is_light_enough_for_slow_3g(chromium: Browser, servido: Servido, camino: str) -> None:
    contexto = chromium.new_context(viewport={"width": 390, "height": 844})
    pagina = contexto.new_page()
    cdp = contexto.new_cdp_session(pagina)
    cdp.send("Network.enable")
    pesos: list[float] = []
    cdp.on("Network.loadingFinished", lambda dicho: pesos.append(dicho["encodedDataLength"]))

    pagina.goto(servido.direccion + camino, wait_until="networkidle")

    assert len(pesos) >= 4, "page, two style sheets, script"
    assert sum(pesos) <= PRESUPUESTO
    contexto.close()
