"""What the API does is what its description says."""

import json
from typing import Any

from jsonschema import Draft202012Validator
from openapi_core import Config, OpenAPI
from openapi_core.contrib.requests import RequestsOpenAPIRequest
from openapi_core.testing import MockResponse
from requests import Request

from casilla.api.descripcion import openapi
from casilla.api.problemas import TITULOS
from tests import mundo
from tests.api.sgd import Sgd
from tests.conftest import Navegador


def test_the_description_is_valid_openapi_3_1() -> None:
    assert OpenAPI.from_dict(openapi()).version.major == "3"
    assert openapi()["openapi"].startswith("3.1")


def test_every_problem_that_the_description_names_exists() -> None:
    nombrados = {
        codigo.strip()
        for metodos in openapi()["paths"].values()
        for operacion in metodos.values()
        for estado, respuesta in operacion["responses"].items()
        if "Problema:" in respuesta["description"]
        for codigo in respuesta["description"].removeprefix("Problema:").split(",")
        if TITULOS[codigo.strip()][0] == int(estado)
    }

    assert nombrados == set(TITULOS) - {"sin-permiso", "metodo-no-admitido"}


def _validar(respuesta: Any, metodo: str, ruta: str) -> None:
    """The answer is one that the description allows."""
    descripcion = openapi() | {"servers": [{"url": "http://localhost/api/v1"}]}
    api = OpenAPI.from_dict(
        descripcion, Config(extra_media_type_deserializers={"application/problem+json": json.loads})
    )
    pedido = RequestsOpenAPIRequest(
        Request(metodo, f"http://localhost/api/v1{ruta}", headers={"Authorization": "Bearer x"})
    )
    dada = MockResponse(
        respuesta.body,
        status_code=respuesta.status_int,
        content_type=respuesta.content_type,
        headers=dict(respuesta.headers),
    )
    api.validate_response(pedido, dada)


def test_every_answer_is_as_described(sgd: Sgd) -> None:
    depositada = sgd.depositar(mundo.pdf())
    codigo = depositada.json["codigo"]

    _validar(depositada, "POST", "/notificaciones")
    _validar(sgd.depositar(mundo.pdf()), "POST", "/notificaciones")
    _validar(sgd.depositar(b""), "POST", "/notificaciones")
    _validar(sgd.depositar(mundo.pdf(), {}), "POST", "/notificaciones")
    _validar(sgd.get(f"/notificaciones/{codigo}"), "GET", f"/notificaciones/{codigo}")
    _validar(sgd.get("/notificaciones/NADA"), "GET", "/notificaciones/NADA")
    _validar(sgd.get(f"/casillas/{mundo.ROSA}"), "GET", f"/casillas/{mundo.ROSA}")
    _validar(sgd.get("/casillas/1-99999999"), "GET", "/casillas/1-99999999")
    _validar(sgd.get("/eventos"), "GET", "/eventos")
    _validar(sgd.get("/eventos?limite=0"), "GET", "/eventos?limite=0")


def test_the_description_is_served_with_the_public_address(navegador: Navegador) -> None:
    servida = navegador.get("/api/v1/openapi.json").json

    assert servida["servers"] == [{"url": "http://localhost/api/v1"}]
    Draft202012Validator.check_schema(servida["components"]["schemas"]["Notificacion"])


def test_the_page_for_people_loads_nothing_from_elsewhere(navegador: Navegador) -> None:
    pagina = navegador.get("/api/v1/docs")

    assert "Depositar una notificación" in pagina
    assert not [e for e in pagina.html.select("[src], link[href]") if "//" in (e.get("src") or e.get("href"))]
