"""Every page of the public and of a casilla, whatever it is about: light on a slow line, walked with keys alone.

And what people come for, done once more without a script."""

import re
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests import mundo
from tests.browser import test_camino as camino
from tests.browser import test_contenidos as contenidos
from tests.browser import test_cuenta as cuenta
from tests.browser import test_recuperacion as recuperacion
from tests.browser.conftest import Servido
from tests.browser.test_peso import PRESUPUESTO, Linea

ENLACES = "() => [...document.querySelectorAll('a[href]')].map(a => a.href)"
# What the keyboard must come by: of radio buttons one of each name, which the arrows leave.
CONTROLES = """() => {
  const grupos = new Set();
  window.controles = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter(e => e.checkVisibility() && !e.disabled && e.type !== 'hidden')
    .filter(e => e.type !== 'radio' || (!grupos.has(e.name) && grupos.add(e.name)));
  getSelection().removeAllRanges();
  document.activeElement.blur();
  return controles.map(e => e.id || e.name || e.textContent.trim());
}"""
PARADA = """() => {
  const e = document.activeElement, caja = e.getBoundingClientRect(), estilo = getComputedStyle(e);
  const x = caja.x + Math.min(caja.width / 2, 20), y = caja.y + Math.min(caja.height, 20) / 2;
  const encima = document.elementFromPoint(x, y);
  const mismo = c => c === e || (e.type === 'radio' && c.name === e.name);
  return {lugar: controles.findIndex(mismo), que: e.id || e.name || e.textContent.trim(),
          anillo: parseFloat(estilo.outlineWidth), dentro: caja.left >= 0 && caja.right <= innerWidth + 1,
          visible: !!encima && (e.contains(encima) || encima.contains(e)
                                || [...e.labels || []].some(l => l.contains(encima)))};
}"""
PUERTAS = {"de fuera": ("/", "/registro/terminos", "/recuperar"), "de Rosa": ("/cuenta", "/cuenta/exportaciones")}


def recorrer(pagina: Page, servido: Servido, *puertas: str) -> Iterator[str]:
    """The pages that links lead to from the doors, one of each kind, each open when it is given."""
    vistas: set[str] = set()
    por_ver = [servido.direccion + puerta for puerta in puertas]
    while por_ver:
        direccion = por_ver.pop()
        lugar = urlsplit(direccion)
        if _clase(lugar.path) in vistas or f"{lugar.scheme}://{lugar.netloc}" != servido.direccion:
            continue
        vistas.add(_clase(lugar.path))
        if lugar.path.startswith(("/api/", "/admin")) or not _es_pagina(pagina, direccion):
            continue
        pagina.goto(direccion)
        vistas.add(_clase(urlsplit(pagina.url).path))
        enlaces = [urljoin(pagina.url, enlace) for enlace in pagina.evaluate(ENLACES)]
        yield lugar.path
        por_ver += enlaces
    assert len(vistas) > 10


def _clase(camino: str) -> str:
    """An address without what tells one thing from another of its kind: codes, numbers."""
    return re.sub(r"/(?=[^/]*\d)[^/]+", "/*", camino).rstrip("/")


def _es_pagina(pagina: Page, direccion: str) -> bool:
    respuesta = pagina.request.get(direccion, max_redirects=3)
    return respuesta.ok and respuesta.headers["content-type"].startswith("text/html")


@pytest.fixture(params=PUERTAS)
def abiertas(request: pytest.FixtureRequest, pestana: Page, servido: Servido) -> Iterator[str]:
    if request.param == "de Rosa":
        for n in range(3):
            servido.hacer(lambda sitio, n=n: mundo.deposito(sitio, mundo.ROSA, 50 + n, ahora=datetime.now(UTC)))
        pestana.goto(servido.direccion)
        camino.entrar(pestana, mundo.ROSA, mundo.CLAVE)
    return recorrer(pestana, servido, *PUERTAS[request.param])


def test_every_page_is_light_and_the_keyboard_comes_by_all_of_it(pestana: Page, abiertas: Iterator[str]) -> None:
    for direccion in abiertas:
        pesado(pestana, direccion)
        recorrido_con_el_tabulador(pestana, direccion)


def pesado(pagina: Page, direccion: str) -> None:
    """A first visit, on slow 3G little more than a second."""
    linea = Linea(pagina)
    pagina.goto(pagina.url)
    linea.esperar(4)  # page, two style sheets, script
    assert sum(linea.pesos) <= PRESUPUESTO, f"{direccion}: {sum(linea.pesos)}"


def recorrido_con_el_tabulador(pagina: Page, direccion: str) -> None:
    """One comes by every control, and sees each time where one is."""
    controles = pagina.evaluate(CONTROLES)
    paradas: list[dict[str, Any]] = []
    for _ in controles:
        pagina.keyboard.press("Tab")
        paradas.append(pagina.evaluate(PARADA))
    vistas = {parada["lugar"] for parada in paradas}
    assert [que for n, que in enumerate(controles) if n not in vistas] == [], direccion
    for parada in paradas:
        assert parada["anillo"] >= 2, (direccion, parada)
        assert parada["visible"], (direccion, parada)
        assert parada["dentro"], (direccion, parada)


HISTORIAS = (
    camino.test_a_person_registers_is_notified_and_reads,
    recuperacion.test_a_person_recovers_the_password,
    contenidos.test_a_question_is_searched_for_with_the_keyboard_alone,
    contenidos.test_a_norm_is_filtered_and_its_pdf_kept,
    contenidos.test_a_new_version_is_accepted_before_the_casilla_opens,
    cuenta.test_a_person_manages_the_account_and_closes_the_casilla,
)


@pytest.fixture
def sin_guion(chromium: Browser) -> Iterator[Page]:
    contexto = chromium.new_context(viewport={"width": 390, "height": 844}, locale="es-PE", java_script_enabled=False)
    yield contexto.new_page()
    contexto.close()


@pytest.mark.parametrize("historia", HISTORIAS, ids=lambda historia: historia.__name__)
def test_without_a_script_the_same_is_done(
    sin_guion: Page, servido: Servido, historia: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[historia.__module__], "mirar", mirar)
    historia(sin_guion, servido)


def mirar(pagina: Page, nombre: str) -> None:
    """What can be looked at without a script (axe is one)."""
    assert pagina.locator("h1").count() == 1, nombre
    assert pagina.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{nombre}: se sale de la ventana"
