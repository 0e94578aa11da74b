"""Errors as problem documents (RFC 9457) with a stable ``codigo``."""

import logging
from collections.abc import Callable
from traceback import format_tb
from typing import Any

from pyramid.httpexceptions import HTTPException, HTTPForbidden, HTTPMethodNotAllowed, HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import exception_view_config, forbidden_view_config, notfound_view_config

from casilla.gateways.protocolo import NoResponde
from casilla.request import NoListo
from casilla.services.deposito import ClaveYaUsada, DestinatarioSinCasilla
from casilla.services.documentos import DemasiadoGrande, DocumentoInvalido, Infectado, NoExaminable, TipoNoAdmitido
from casilla.services.sobres import DatosInvalidos
from casilla.workflow import TransicionInvalida

registro = logging.getLogger(__name__)

TITULOS = {
    "no-autenticado": (401, "La clave de acceso falta, no es válida o fue revocada."),
    "sin-permiso": (403, "La clave de acceso no permite esta operación."),
    "no-encontrado": (404, "No existe lo que se pide."),
    "destinatario-sin-casilla": (404, "El destinatario no tiene casilla electrónica o la cerró."),
    "metodo-no-admitido": (405, "Esta dirección no admite ese método."),
    "clave-ya-usada": (409, "La clave de idempotencia se usó antes con otro contenido."),
    "estado-no-admite": (409, "El estado de la notificación no admite la operación."),
    "demasiado-grande": (413, "El envío supera el tamaño admitido."),
    "tipo-no-admitido": (415, "Un anexo es de un tipo que no se admite."),
    "datos-invalidos": (422, "Los datos enviados no son como se describe."),
    "documento-invalido": (422, "El documento no es un PDF que se pueda leer."),
    "demasiadas-solicitudes": (429, "Demasiadas solicitudes; espere antes de repetir."),
    "error-interno": (500, "Ocurrió un error; no se guardó nada. Puede repetir la solicitud con la misma clave."),
    "no-disponible": (503, "El servicio no está disponible por el momento; no se guardó nada."),
}


class DemasiadasSolicitudes(Exception):
    """The sender must wait ``segundos``."""

    def __init__(self, segundos: int) -> None:
        super().__init__(segundos)
        self.segundos = segundos


def problema(codigo: str, detalle: str = "", **mas: Any) -> Response:
    """The response for a ``codigo`` of TITULOS; ``mas`` are further members of the document."""
    estado, titulo = TITULOS[codigo]
    cuerpo = {"type": "about:blank", "title": titulo, "status": estado, "codigo": codigo, **mas}
    if detalle:
        cuerpo["detail"] = detalle
    respuesta = Response(json_body=cuerpo, status=estado, content_type="application/problem+json", charset="utf-8")
    if estado == 401:
        respuesta.headers["WWW-Authenticate"] = 'Bearer realm="casilla"'
    return respuesta


def _problema_de(excepcion: type[Exception], **filtros: Any) -> Callable:
    """Decorator: the exception view of the API's route for this exception."""
    return exception_view_config(excepcion, route_name="api", **filtros)


@_problema_de(DatosInvalidos)
def datos_invalidos(error: DatosInvalidos, request: Request) -> Response:
    errores = [{"campo": campo, "motivo": motivo} for campo, motivo in error.errores]
    return problema(
        "datos-invalidos", "; ".join(f"{campo}: {motivo}" for campo, motivo in error.errores[:3]), errores=errores
    )


@_problema_de(DocumentoInvalido)
def documento_invalido(error: DocumentoInvalido, request: Request) -> Response:
    return problema("documento-invalido", f"documento: {error}")


@_problema_de(Infectado)
def infectado(error: Infectado, request: Request) -> Response:
    return problema("documento-invalido", str(error), title="El antivirus encontró algo en un archivo del envío.")


@_problema_de(TipoNoAdmitido)
def tipo_no_admitido(error: TipoNoAdmitido, request: Request) -> Response:
    return problema("tipo-no-admitido", str(error))


@_problema_de(DemasiadoGrande)
def demasiado_grande(error: DemasiadoGrande, request: Request) -> Response:
    return problema("demasiado-grande", str(error) if isinstance(error, NoExaminable) else "")


@_problema_de(DestinatarioSinCasilla)
def destinatario_sin_casilla(error: DestinatarioSinCasilla, request: Request) -> Response:
    return problema("destinatario-sin-casilla")


@_problema_de(ClaveYaUsada)
def clave_ya_usada(error: ClaveYaUsada, request: Request) -> Response:
    return problema("clave-ya-usada")


@_problema_de(TransicionInvalida)
def estado_no_admite(error: TransicionInvalida, request: Request) -> Response:
    return problema("estado-no-admite", f"la notificación está en estado {error.estado}")


@_problema_de(DemasiadasSolicitudes)
def demasiadas_solicitudes(error: DemasiadasSolicitudes, request: Request) -> Response:
    respuesta = problema("demasiadas-solicitudes", f"espere {error.segundos} segundos")
    respuesta.headers["Retry-After"] = str(error.segundos)
    return respuesta


@_problema_de(NoListo)
@_problema_de(NoResponde)
def no_disponible(error: NoListo | NoResponde, request: Request) -> Response:
    registro.error("no disponible: %s", error)
    return problema("no-disponible")


@forbidden_view_config(route_name="api")
def prohibido(error: HTTPForbidden, request: Request) -> Response:
    return problema("sin-permiso" if request.identity else "no-autenticado")


@notfound_view_config(route_name="api")
def no_encontrado(error: HTTPNotFound, request: Request) -> Response:
    """Strangers learn nothing of what exists; and a known address with another method is told so."""
    if request.identity is None:
        return problema("no-autenticado")
    if isinstance(error, HTTPMethodNotAllowed) or "predicate mismatch" in str(error.detail):
        return problema("metodo-no-admitido")
    return problema("no-encontrado")


@_problema_de(Exception, retryable_error=False)
def error_interno(error: Exception, request: Request) -> Response:
    if isinstance(error, HTTPException):
        return problema({400: "datos-invalidos", 405: "metodo-no-admitido"}.get(error.code, "error-interno"))
    # Not the words of the exception nor the whole address: either may quote personal data.
    tramos = "".join(format_tb(error.__traceback__))
    registro.error("error en %s /api/v1: %s\n%s", request.method, type(error).__qualname__, tramos)
    return problema("error-interno")
