"""What a person reads when a page cannot be shown. The machine door answers for itself: nothing here for ``/api/``."""

import logging
from traceback import format_tb
from typing import Any

from psycopg2 import OperationalError
from pyramid.exceptions import BadCSRFOrigin, BadCSRFToken, PredicateMismatch, URLDecodeError
from pyramid.httpexceptions import HTTPClientError, HTTPForbidden, HTTPServerError
from pyramid.request import Request
from pyramid.view import exception_view_config, forbidden_view_config, notfound_view_config
from transaction.interfaces import TransientError
from ZODB.POSException import StorageError

from casilla.redes import OtraRed
from casilla.request import NoListo
from casilla.services.codigos import codigo_nuevo
from casilla.services.fundacion import institucion_inicial
from casilla.views.admin.sin_sesion import devolver
from casilla.views.caminos import (
    al_cambio_de_clave,
    al_cambio_de_clave_del_modulo,
    al_ingreso,
    al_ingreso_del_modulo,
    al_texto_por_aceptar,
)
from casilla.views.portada import retomar

PLANTILLA = "casilla:templates/error.pt"
PERSONAS = "^(?!/api/)"
# Whoever asks for these must have come in, whether the address exists or not.
PRIVADO = ("casilla", "cuenta", "trabajos", "cambiar-clave", "aceptar", "salir", "sesion")
METODOS = ("GET", "HEAD", "POST")
registro = logging.getLogger(__name__)

PALABRAS = {
    400: (
        "No pudimos leer lo que envió",
        "Lo que llegó está incompleto o dañado. Vuelva a la página anterior e inténtelo otra vez.",
    ),
    403: (
        "Su cuenta no puede hacer esto",
        "Lo que pidió corresponde a otro rol o a otra dependencia. Si lo necesita para su trabajo, pídalo a quien "
        "administra las cuentas.",
    ),
    404: (
        "No encontramos esa página",
        "Revise que la dirección esté completa y bien escrita. Puede que la página ya no exista.",
    ),
    405: ("Esta dirección no se puede usar así", "Vuelva al inicio y siga los enlaces de las páginas."),
    413: ("Lo que envió es demasiado grande", "Reduzca el tamaño de lo que envía e inténtelo otra vez."),
    500: ("Tuvimos un problema", "El error es nuestro, no suyo. No se guardó nada de lo que envió en este momento."),
    503: (
        "El servicio no está disponible por ahora",
        "Estamos trabajando para restablecerlo. No se guardó nada de lo que envió en este momento.",
    ),
}


@forbidden_view_config(path_info=PERSONAS, renderer=PLANTILLA)
@notfound_view_config(path_info=PERSONAS, renderer=PLANTILLA)
def sin_acceso(exc: Exception, request: Request) -> Any:
    """Missing and foreign are told apart by nobody: a stranger is asked to come in, whoever is in gets the same 404."""
    if request.en_admin:
        return _en_el_modulo(exc, request)
    if request.path_info.lstrip("/").partition("/")[0] in PRIVADO:
        if request.identity is None:
            return retomar(request) or al_ingreso(request, _despues(request))
        if request.identity.temporal:
            return al_cambio_de_clave(request, _despues(request))
        if request.identity.por_aceptar:
            return al_texto_por_aceptar(request, _despues(request))
    if isinstance(exc, PredicateMismatch) and request.method not in METODOS:
        request.response.allow = METODOS
        return _pagina(request, 405)
    return _pagina(request, 404)


def _en_el_modulo(exc: Exception, request: Request) -> Any:
    """The institution's own may know what there is that they may not do."""
    if isinstance(exc, OtraRed):
        return _pagina(request, 404)
    if request.identity is None:
        return devolver(request) or al_ingreso_del_modulo(request, _despues(request))
    if request.identity.temporal:
        return al_cambio_de_clave_del_modulo(request)
    return _pagina(request, 403 if isinstance(exc, HTTPForbidden) else 404)


def _despues(request: Request) -> str | None:
    """Where to go on after the login. A POST is not sent again: on to the page of what it was about."""
    if request.path_info in ("/salir", "/admin/salir"):
        return None
    if request.method in ("GET", "HEAD"):
        return request.path_qs
    vista = getattr(request, "view_name", "")
    return request.path.removesuffix(f"/{vista}") if vista != "cambiar-clave" else request.path


@exception_view_config(BadCSRFToken, path_info=PERSONAS, renderer=PLANTILLA)
@exception_view_config(BadCSRFOrigin, path_info=PERSONAS, renderer=PLANTILLA)
def pagina_vencida(exc: Exception, request: Request) -> Any:
    return (devolver if request.en_admin else retomar)(request) or _pagina(
        request,
        400,
        "La página que tenía abierta venció",
        "Estuvo abierta mucho tiempo o su sesión terminó, y por seguridad no la aceptamos. No se guardó nada: "
        "vuelva atrás, cargue la página de nuevo y envíe otra vez.",
    )


@exception_view_config(URLDecodeError, renderer=PLANTILLA)
def direccion_ilegible(exc: URLDecodeError, request: Request) -> Any:
    """An address that is not UTF-8: whoever looks at it again fails again, so the page may not."""
    return _pagina(request, 400, *PALABRAS[404], aislada=True)


@exception_view_config(HTTPClientError, path_info=PERSONAS, renderer=PLANTILLA)
@exception_view_config(HTTPServerError, path_info=PERSONAS, renderer=PLANTILLA)
def http(exc: HTTPClientError, request: Request) -> Any:
    request.response.headers.update({n: v for n, v in exc.headers.items() if n in ("Allow", "Retry-After")})
    return _pagina(request, exc.status_int, aislada=exc.status_int >= 500)


@exception_view_config(NoListo, path_info=PERSONAS, renderer=PLANTILLA)
@exception_view_config(OperationalError, path_info=PERSONAS, retryable_error=False, renderer=PLANTILLA)
@exception_view_config(StorageError, path_info=PERSONAS, retryable_error=False, renderer=PLANTILLA)
@exception_view_config(TransientError, path_info=PERSONAS, retryable_error=False, renderer=PLANTILLA)
def sin_servicio(exc: Exception, request: Request) -> Any:
    """The store does not answer, is not ready, or too many wanted the same thing at once."""
    registro.error("sin servicio: %s %s", type(exc).__name__, exc if isinstance(exc, NoListo) else "")
    request.response.retry_after = 60
    return _pagina(request, 503, aislada=True)


@exception_view_config(Exception, path_info=PERSONAS, retryable_error=False, renderer=PLANTILLA)
def fallo(exc: Exception, request: Request) -> Any:
    """A fault of ours. The log tells where, under a number that the person can quote, and nothing of what they sent."""
    referencia = codigo_nuevo(40)
    registro.error("fallo %s en %s %s\n%s", referencia, request.method, request.path, _donde(exc))
    return _pagina(request, 500, referencia=referencia, aislada=True)


def _donde(exc: BaseException | None) -> str:
    """The stack of the exception and of those that led to it, without their messages: these may quote personal data."""
    tramos = []
    while exc is not None:
        tramos.append("".join(format_tb(exc.__traceback__)) + type(exc).__qualname__)
        exc = exc.__cause__ or exc.__context__
    return "\n".join(reversed(tramos))


def _pagina(
    request: Request, codigo: int, titulo: str = "", texto: str = "", *, referencia: str = "", aislada: bool = False
) -> dict[str, Any]:
    request.response.status_int = codigo
    comun = PALABRAS.get(codigo, PALABRAS[400 if codigo < 500 else 500])
    return {
        "titulo": titulo or comun[0],
        "texto": texto or comun[1],
        "referencia": referencia,
        "aislada": aislada,
        "contacto": institucion_inicial() if codigo == 503 else request.institucion or institucion_inicial(),
    }
