"""The sample application, asked without a network and, for what only a browser shows, through Chromium."""

from collections.abc import Iterator
from typing import Any

import pytest
from webtest import TestApp

from tests.front import muestra
from tests.servir import servir


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
    with servir(hilos=2) as servidor:
        servidor.application = app
        yield f"http://127.0.0.1:{servidor.effective_port}", app.registry
