"""The files of a notification. The constancia went out by mail: it may be had at once; the rest, once it was opened."""

from collections.abc import Sequence
from hashlib import sha256
from io import BytesIO
from tempfile import TemporaryFile

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.printing.certificacion import hechos_de_lectura
from casilla.printing.lectura import constancia_de_lectura
from casilla.resources.adjunto import Adjunto
from casilla.resources.notificacion import Notificacion
from casilla.services.paquete import (
    Suelto,
    empaquetar,
    leeme,
    nombre_de_descarga,
    nombre_de_lectura,
    nombre_del_paquete,
    visibles,
)
from casilla.views.descargas import RespuestaDeArchivo

PDF = "application/pdf"
LECTURA = "constancia-de-lectura"


def direccion(notificacion: Notificacion, request: Request) -> str:
    """The path of its page."""
    return request.resource_path(notificacion.__parent__, notificacion.__name__)


@view_config(context=Adjunto, request_method="GET", permission=Permiso.VER_CASILLA)
def adjunto(context: Adjunto, request: Request) -> Response:
    """The file itself; with ``?ver=1`` a PDF is shown by the browser."""
    notificacion = context.__parent__
    if context not in visibles(notificacion):
        return _al_sobre(notificacion, request)
    return RespuestaDeArchivo(
        request,
        context.abrir(),
        nombre=nombre_de_descarga(notificacion, context),
        tipo=context.tipo,
        tamano=context.tamano,
        etag=context.huella,
        fecha=notificacion.depositado_en,
        mostrar=context.tipo == PDF and request.GET.get("ver") == "1",
    )


@view_config(context=Notificacion, name="anexos.zip", request_method="GET", permission=Permiso.VER_CASILLA)
def anexos(context: Notificacion, request: Request) -> Response:
    return _paquete(context, request, context.anexos, "anexos")


@view_config(context=Notificacion, name="todo.zip", request_method="GET", permission=Permiso.VER_CASILLA)
def todo(context: Notificacion, request: Request) -> Response:
    sueltos = (lectura(context, request),) if context.abierta else ()
    return _paquete(context, request, context.archivos, "", sueltos)


@view_config(context=Notificacion, name=LECTURA, request_method="GET", permission=Permiso.VER_CASILLA)
def constancia_leida(context: Notificacion, request: Request) -> Response:
    """The constancia de lectura, made anew each time, the same bytes each time."""
    if not context.abierta:
        return _al_sobre(context, request)
    papel = lectura(context, request)
    return RespuestaDeArchivo(
        request,
        BytesIO(papel.contenido),
        nombre=papel.nombre,
        tipo=PDF,
        tamano=len(papel.contenido),
        etag=papel.huella,
        fecha=context.depositado_en,
        mostrar=request.GET.get("ver") == "1",
    )


def lectura(notificacion: Notificacion, request: Request) -> Suelto:
    """The constancia de lectura of a notification that was opened, by the institution as it was called then."""
    actor, leido_en = next((quien, cuando) for hecho, quien, cuando, _ in notificacion.historia if hecho == "leido")
    lector, institucion = request.sitio.usuarios.get(actor), request.institucion.en(leido_en)
    url = request.publica("verificar", notificacion.codigo)
    hechos = hechos_de_lectura(notificacion, lector and lector.persona, institucion, url)
    return Suelto(nombre_de_lectura(notificacion), constancia_de_lectura(hechos))


def _paquete(
    notificacion: Notificacion,
    request: Request,
    adjuntos: Sequence[Adjunto],
    contenido: str,
    sueltos: Sequence[Suelto] = (),
) -> Response:
    if not (notificacion.abierta and adjuntos):
        return _al_sobre(notificacion, request)
    texto = leeme(notificacion, adjuntos, request.publica("verificar", notificacion.codigo), sueltos)
    archivo = TemporaryFile(dir=request.sitio.carpeta_temporal)  # noqa: SIM115 - the answer closes it
    empaquetar(notificacion, adjuntos, texto, archivo, sueltos)
    tamano = archivo.tell()
    archivo.seek(0)
    return RespuestaDeArchivo(
        request,
        archivo,
        nombre=nombre_del_paquete(notificacion, contenido),
        tipo="application/zip",
        tamano=tamano,
        etag=sha256(texto.encode()).hexdigest(),
        fecha=notificacion.depositado_en,
    )


def _al_sobre(notificacion: Notificacion, request: Request) -> Response:
    return HTTPSeeOther(direccion(notificacion, request))
