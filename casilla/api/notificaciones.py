"""``/api/v1/notificaciones``: deposit, consult, annul."""

import re
from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.response import FileResponse
from pyramid.view import view_config

from casilla.api.recepcion import envio_de
from casilla.api.respuestas import consulta, depositada, direccion
from casilla.permissions import Permiso
from casilla.resources.adjunto import Adjunto
from casilla.resources.fragmentos import Registro
from casilla.resources.notificacion import Notificacion
from casilla.services.deposito import depositar
from casilla.services.lectura import anular
from casilla.services.sobres import DatosInvalidos, sobre_de, validar


@view_config(
    route_name="api",
    context=Registro,
    name="",
    request_method="POST",
    permission=Permiso.DEPOSITAR,
    require_csrf=False,
    renderer="json",
)
def nueva(context: Registro, request: Request) -> dict[str, Any]:
    clave = _clave_de_idempotencia(request)
    with envio_de(request, request.sitio.carpeta_temporal) as envio:
        notificacion, es_nueva = depositar(
            request.sitio,
            sobre_de(envio.datos, request.ahora),
            envio.documento,
            envio.anexos,
            remitente=request.identity.usuario,
            clave=clave,
            ahora=request.ahora,
            calendario=request.calendario,
            imprimir=request.imprimir,
        )
    request.response.status_int = 201 if es_nueva else 200
    request.response.location = direccion(request, notificacion)
    return depositada(request, notificacion)


def _clave_de_idempotencia(request: Request) -> str:
    clave = request.headers.get("Idempotency-Key", "")
    if not re.fullmatch(r"[\x20-\x7e]{1,255}", clave):
        raise DatosInvalidos(("Idempotency-Key", "falta, o no tiene de 1 a 255 caracteres ASCII imprimibles"))
    return clave


@view_config(
    route_name="api", context=Notificacion, name="", request_method="GET", permission=Permiso.CONSULTAR, renderer="json"
)
def consultar(context: Notificacion, request: Request) -> dict[str, Any]:
    return consulta(request, context)


@view_config(route_name="api", context=Adjunto, name="", request_method="GET", permission=Permiso.CONSULTAR)
def constancia(context: Adjunto, request: Request) -> FileResponse:
    """The sender has the other files already; this door gives out the constancia only."""
    if context.__name__ != "constancia":
        raise HTTPNotFound
    respuesta = FileResponse(context.ruta, request, content_type=context.tipo)
    respuesta.content_disposition = f'attachment; filename="{context.nombre}"'
    return respuesta


@view_config(
    route_name="api",
    context=Notificacion,
    name="anulacion",
    request_method="POST",
    permission=Permiso.ANULAR,
    require_csrf=False,
    renderer="json",
)
def anulacion(context: Notificacion, request: Request) -> dict[str, Any]:
    datos = _json(request)
    validar("Anulacion", datos)
    anular(request.sitio, context, motivo=datos["motivo"], actor=request.identity.usuario, ahora=request.ahora)
    return consulta(request, context)


def _json(request: Request) -> Any:
    if (request.content_length or 0) > 10_000:
        raise DatosInvalidos(("cuerpo", "es demasiado largo"))
    try:
        return request.json_body
    except (ValueError, RecursionError) as error:
        raise DatosInvalidos(("cuerpo", "no es JSON en UTF-8")) from error
