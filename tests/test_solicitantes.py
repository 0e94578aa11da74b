"""The cookie of a registration."""

from typing import Any

import pytest
from pyramid import testing
from pyramid.request import Request, apply_request_extensions
from pyramid.response import Response


@pytest.fixture(params=["http://localhost", "https://casilla.example"])
def url(request: pytest.FixtureRequest) -> str:
    return request.param


def peticion(config: Any, galleta: str = "") -> Request:
    request = Request.blank("/registro", headers={"Cookie": galleta} if galleta else {})
    request.registry = config.registry
    apply_request_extensions(request)
    return request


def recordar(request: Request, nombre: str) -> str:
    """The cookie that the answer sets."""
    request.recordar_solicitud(nombre)
    respuesta = Response()
    request._process_response_callbacks(respuesta)
    return respuesta.headers["Set-Cookie"]


def test_it_lives_a_day_and_no_script_reads_it(url: str) -> None:
    with testing.testConfig(settings={"casilla.url": url}) as config:
        config.registry.secreto = b"x" * 32
        config.include("casilla.solicitantes")

        puesta = recordar(peticion(config), "una")

    assert "Max-Age=86400" in puesta
    assert "HttpOnly" in puesta
    assert "SameSite=Lax" in puesta
    assert ("secure" in puesta.lower()) == url.startswith("https:")


def test_it_remembers_the_newest_five_in_order_each_once() -> None:
    with testing.testConfig(settings={"casilla.url": "http://localhost"}) as config:
        config.registry.secreto = b"x" * 32
        config.include("casilla.solicitantes")
        galleta = ""
        for nombre in ("a", "b", "c", "d", "e", "f", "c"):
            galleta = recordar(peticion(config, galleta), nombre).partition(";")[0]

        assert peticion(config, galleta).solicitudes_propias == ("b", "d", "e", "f", "c")
        assert peticion(config, galleta[:-2] + "AA").solicitudes_propias == ()
        assert peticion(config).solicitudes_propias == ()
