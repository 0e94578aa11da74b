"""A notification: its envelope before it is opened, all of it after (guide, screen 15)."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.resources.casilla import LEIDOS, PENDIENTES
from casilla.resources.notificacion import Notificacion
from casilla.services.bandeja import vecinas
from casilla.services.documentos import peso
from casilla.services.horas import fecha_hora, fecha_hora_dicha, fecha_larga
from casilla.services.lectura import leer
from casilla.views.adjunto import direccion
from casilla.views.archivos import archivos
from casilla.views.casilla import TITULOS, con_vuelta, de_que_bandeja
from casilla.views.historia import historia
from casilla.views.plazo import AGENDA, plazo


@view_config(
    context=Notificacion,
    request_method="GET",
    permission=Permiso.VER_CASILLA,
    renderer="casilla:templates/notificacion.pt",
    http_cache=0,
)
def ver(context: Notificacion, request: Request) -> Any:
    """Looking at it changes nothing: whether it is opened is for the person to say, by a button."""
    casilla, numero = context.__parent__, int(context.__name__)
    bandeja = PENDIENTES if numero in casilla.pendientes else LEIDOS
    de_donde, volver = de_que_bandeja(casilla, request, request.GET.get("volver"), bandeja)
    return {
        "titulo": f"{context.tipo} {context.numero}",
        "seccion": bandeja,
        "n": context,
        "estado": estado_en_palabras(context),
        "url": direccion(context, request),
        "agenda": context.vence and request.resource_path(context, AGENDA),
        "volver": (TITULOS[de_donde], volver),
        "bandeja": TITULOS[bandeja],
        "vecinas": [
            v and con_vuelta(request.resource_path(casilla, str(v)), volver) for v in vecinas(casilla, bandeja, numero)
        ],
        "plazo": plazo(context, request),
        "archivos": archivos(context, request, volver),
        "peso_total": peso(sum(a.tamano for a in context.archivos)),
        "historia": historia(context, request),
        "motivo": next((detalle for hecho, _, _, detalle in context.historia if hecho == "anulado"), ""),
        "ahora": fecha_hora(request.ahora),
        "fecha_hora": fecha_hora,
        "fecha_hora_dicha": fecha_hora_dicha,
        "fecha_larga": fecha_larga,
    }


@view_config(context=Notificacion, name="abrir", request_method="POST", permission=Permiso.ABRIR)
def abrir(context: Notificacion, request: Request) -> HTTPSeeOther:
    if context.estado == "depositado":
        leer(request.sitio, context, actor=request.identity.usuario, ahora=request.ahora)
        request.session.flash(f"Quedó registrada su lectura: {fecha_hora(request.ahora)} (hora de Lima).")
    _, volver = de_que_bandeja(context.__parent__, request, request.POST.get("volver"), PENDIENTES)
    return HTTPSeeOther(con_vuelta(direccion(context, request), volver))


@view_config(context=Notificacion, name="abrir", request_method="GET", permission=Permiso.VER_CASILLA)
def abrir_por_enlace(context: Notificacion, request: Request) -> HTTPSeeOther:
    """Where a login interrupted in the middle of opening comes back to: to the envelope, to choose again."""
    return HTTPSeeOther(direccion(context, request))


def estado_en_palabras(notificacion: Notificacion) -> str:
    """As "Leído el 23 de enero de 2026, 10:11"."""
    estado = notificacion.estado
    cuando = {hecho: fecha_hora(cuando) for hecho, _, cuando, _ in notificacion.historia}[estado]
    return {"depositado": "Sin leer", "leido": f"Leído el {cuando}", "anulado": f"Anulado el {cuando}"}[estado]
