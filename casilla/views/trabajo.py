"""A job of one's own: its file is collected, or it is cancelled."""

from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.resources.trabajo import Trabajo
from casilla.services.trabajos import cancelar
from casilla.views.cuenta.pagina import ir
from casilla.views.descargas import RespuestaDeArchivo
from casilla.workflow import TransicionInvalida


@view_config(context=Trabajo, name="descargar", request_method="GET", permission=Permiso.USAR_TRABAJO)
def descargar(context: Trabajo, request: Request) -> Response:
    """To whoever asked for it, if they may still see what it is about."""
    if not request.has_permission(Permiso.VER_CASILLA, context.sobre):
        raise HTTPNotFound
    archivo = context.resultado
    if archivo is None:
        return ir(request, "exportaciones")
    return RespuestaDeArchivo(
        request,
        archivo.abrir(),
        nombre=archivo.nombre,
        tipo=archivo.tipo,
        tamano=archivo.tamano,
        etag=archivo.huella,
        fecha=context.desde,
    )


@view_config(context=Trabajo, name="cancelar", request_method="POST", permission=Permiso.USAR_TRABAJO)
def desistir(context: Trabajo, request: Request) -> Response:
    try:
        cancelar(context, request.identity.usuario, request.ahora)
    except TransicionInvalida:
        return ir(request, "exportaciones", "Ya había terminado.", "aviso")
    return ir(request, "exportaciones", "Cancelamos la preparación del archivo.")
