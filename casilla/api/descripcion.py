"""The description of the API: OpenAPI 3.1, and a page of it for people that loads nothing from elsewhere."""

import json
from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from casilla.api.puerta import Puerta
from casilla.permissions import Permiso
from casilla.services.sobres import openapi


@view_config(
    route_name="api",
    context=Puerta,
    name="openapi.json",
    request_method="GET",
    permission=Permiso.PUBLICO,
    renderer="json",
)
def descripcion(request: Request) -> dict[str, Any]:
    return openapi() | {"servers": [{"url": request.publica("api", "v1")}]}


@view_config(
    route_name="api",
    context=Puerta,
    name="docs",
    request_method="GET",
    permission=Permiso.PUBLICO,
    renderer="casilla:templates/api_docs.pt",
)
def docs(request: Request) -> dict[str, Any]:
    api = openapi()
    operaciones = [
        {"metodo": metodo.upper(), "ruta": "/api/v1" + ruta, **operacion}
        for ruta, metodos in api["paths"].items()
        for metodo, operacion in metodos.items()
    ]
    return {"api": api, "operaciones": operaciones, "esquemas": api["components"]["schemas"], "json": json}
