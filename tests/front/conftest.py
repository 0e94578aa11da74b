"""The sample application, asked without a network and, for what only a browser shows, through Chromium."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from waitress import create_server
from webtest import TestApp

from tests.front import muestra


@pytest.fixture(scope="session")
def wsgi() -> Any:
    return muestra.aplicacion()


@pytest.fixture
def web(wsgi: Any) -> TestApp:
    return TestApp(wsgi)


@pytest.fixture(scope="module")
def servida() -> Iterator[tuple[str, Any]]:
    """(address, registry) of the sample behind a real server, its session of four minutes."""
    app = muestra.aplicacion(**{"casilla.sesion_minutos": "4"})
    servidor = create_server(app, host="127.0.0.1", port=0, threads=2)
    hilo = threading.Thread(target=servidor.run, daemon=True)
    hilo.start()
    yield f"http://127.0.0.1:{servidor.effective_port}", app.registry
    servidor.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        navegador = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield navegador
        navegador.close()


@pytest.fixture(params=[390, 1280])
def pestana(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """A tab as wide as a phone, then as a desk. It must stay silent: no console message, error or CSP violation."""
    contexto = chromium.new_context(viewport={"width": request.param, "height": 844}, locale="es-PE")
    pestana, voces = contexto.new_page(), []
    pestana.on("console", lambda mensaje: voces.append(mensaje.text))
    pestana.on("pageerror", lambda error: voces.append(str(error)))
    yield pestana
    contexto.close()
    assert voces == []
