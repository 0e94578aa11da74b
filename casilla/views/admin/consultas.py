"""Whose personal data somebody of the institution may see now: of whoever they left an entry about within the hour.

A GET writes nothing, so the pages of a thing that holds such data (``Ficha.reservada``) open by themselves to nobody:
they offer a button, whose POST leaves the entry. The session only remembers which entries are one's own
(``pagina.auditar``); what counts is what stands in the audit. Here is the one place that decides, for every view of
such a thing.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.resources.administracion import (
    Ficha,
    FichaBorrador,
    FichaDeposito,
    FichaPersona,
    FichaSolicitud,
    SeccionDepositos,
)
from casilla.services.consulta_de_depositos import Consulta
from casilla.views.admin.pagina import auditar, direccion

UNA_CONSULTA = timedelta(hours=1)
CONSULTAR = "consultar"

Vista = Callable[[Any, Request], Any]


def consultado(request: Request, sobre: str) -> bool:
    """Whether this person left an entry about it, as "personas/NOMBRE", within the hour."""
    auditoria = request.sitio.auditoria
    suyos = (auditoria[numero] for numero in request.session.get("asientos", ()) if numero <= len(auditoria))
    return any(
        (a.actor, a.sobre) == (request.identity.usuario, sobre) and request.ahora - a.cuando < UNA_CONSULTA
        for a in suyos
    )


def con_rastro(vista: Vista, info: Any) -> Vista:
    """Pyramid's view deriver for the views of one thing.

    What is sent is not lost for a look that is too long ago: the POST leaves the entry on its way.
    """
    contexto = info.options.get("context")
    if not (isinstance(contexto, type) and issubclass(contexto, Ficha)):
        return vista

    def con_entrada(context: Ficha, request: Request) -> Any:
        if context.reservada(request.identity.usuario) and not consultado(request, context.entrada):
            if request.method != "POST":
                return _ofrecer(request, context)
            auditar(request, CONSULTAR, context.entrada)
        return vista(context, request)

    return con_entrada


def _ofrecer(request: Request, ficha: Ficha) -> Response:
    pagina = (request.view_name, *request.subpath)
    return ofrecer(request, ficha.__parent__.__name__, _direccion(request, ficha, CONSULTAR, *pagina))


def ofrecer(request: Request, seccion: str, accion: str) -> Response:
    """The page in place of another: what seeing it means, and the button. ``accion``: where its POST goes."""
    datos = {"seccion": seccion, "accion": accion}
    return render_to_response("casilla:templates/admin_consultar.pt", datos, request=request)


def _direccion(request: Request, ficha: Ficha, *pagina: str) -> str:
    """Of a page of the thing, asked the same as this one was."""
    url = direccion(request, ficha.__parent__.__name__, ficha.__name__, *map(quote, pagina))
    return f"{url}?{request.query_string}" if request.query_string else url


@view_config(context=FichaPersona, name=CONSULTAR, request_method="POST", permission=Permiso.VER_PERSONAS)
@view_config(context=FichaSolicitud, name=CONSULTAR, request_method="POST", permission=Permiso.VER_SOLICITUDES)
@view_config(context=FichaDeposito, name=CONSULTAR, request_method="POST", permission=Permiso.VER_DEPOSITOS)
@view_config(context=FichaBorrador, name=CONSULTAR, request_method="POST", permission=Permiso.VER_DEPOSITOS)
def consultar(context: Ficha, request: Request) -> HTTPSeeOther:
    """``…/consultar/PAGINA``: to a page of the thing. The entry was left at the door (``con_rastro``)."""
    return HTTPSeeOther(_direccion(request, context, *request.subpath))


@view_config(context=SeccionDepositos, name=CONSULTAR, request_method="POST", permission=Permiso.VER_DEPOSITOS)
def consultar_tablero(context: SeccionDepositos, request: Request) -> HTTPSeeOther:
    """To the board of what somebody was notified of, by an address that was kept."""
    casilla = context.sitio.casillas.get(Consulta.leer(request.GET).valor("persona"))
    if casilla is not None:
        auditar(request, CONSULTAR, f"personas/{casilla.__name__}")
    return HTTPSeeOther(f"{direccion(request, 'depositos')}?{request.query_string}")
