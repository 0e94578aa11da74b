"""``/api/v1/casillas`` and ``/api/v1/eventos``: what a sender may ask and follow."""

from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from casilla.api.puerta import Afiliacion
from casilla.api.respuestas import hora
from casilla.permissions import Permiso
from casilla.resources.fragmentos import Bitacora
from casilla.services.eventos import CursorInvalido, eventos_desde
from casilla.services.sobres import DatosInvalidos

MAXIMO = 1000


@view_config(
    route_name="api", context=Afiliacion, name="", request_method="GET", permission=Permiso.CONSULTAR, renderer="json"
)
def afiliacion(context: Afiliacion, request: Request) -> dict[str, Any]:
    persona = context.persona
    if persona is None or persona.casilla.cerrada_en:
        return {"afiliado": False}
    return {"afiliado": True, "desde": hora(persona.casilla.abierta_en), "avisos": persona.avisos}


@view_config(
    route_name="api", context=Bitacora, name="", request_method="GET", permission=Permiso.CONSULTAR, renderer="json"
)
def eventos(context: Bitacora, request: Request) -> dict[str, Any]:
    try:
        lista, siguiente = eventos_desde(request.sitio, request.GET.get("desde", ""), _limite(request))
    except CursorInvalido as error:
        raise DatosInvalidos(("desde", "no es un cursor de esta dirección")) from error
    return {
        "eventos": [
            {"id": e.id, "tipo": e.tipo, "notificacion": e.notificacion, "cuando": hora(e.cuando)} for e in lista
        ],
        "siguiente": siguiente,
    }


def _limite(request: Request) -> int:
    texto = request.GET.get("limite", "100")
    if not (texto.isascii() and texto.isdigit() and len(texto) < 10 and 1 <= int(texto) <= MAXIMO):
        raise DatosInvalidos(("limite", f"debe ser un número de 1 a {MAXIMO}"))
    return int(texto)
