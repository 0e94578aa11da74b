"""The sample application, asked without a network and, for what only a browser shows, through Chromium."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
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
