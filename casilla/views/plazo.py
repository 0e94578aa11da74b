"""The term of a notification: the box about it, and the event that a calendar takes in."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.printing.agenda import HechosPlazo, evento
from casilla.resources.notificacion import Notificacion
from casilla.services.horas import dia_en_lima, fecha_con_dia
from casilla.services.paquete import nombre_del_plazo
from casilla.services.vencimiento import dia_del_deposito, vencimiento
from casilla.views.descargas import disposicion

AGENDA = "plazo.ics"


@dataclass(frozen=True)
class Plazo:
    """The box about the term, each line in words; ``vence`` and ``ultimo`` empty when the document gives none.

    ``deposito``: why it counts as deposited another day, empty when it does not. ``saltados``: since the deposit.
    """

    deposito: str
    desde: str
    duracion: str
    vence: str
    ultimo: str
    vencido: bool
    saltados: tuple[str, ...]
    regla: tuple[str, ...]


def plazo(n: Notificacion, request: Request) -> Plazo:
    """The term of ``n`` as it stands today."""
    regla = tuple(request.sitio.contenidos["plazo"].en_uso(request.ahora).cuerpo.split("\n\n"))
    calendario = request.calendario_al(n.depositado_en)
    deposito = dia_del_deposito(calendario, n.depositado_en, n.computo_desde)
    desde = fecha_con_dia(n.computo_desde)
    saltados = tuple(
        f"{fecha_con_dia(dia)} ({que})"
        for dia, que in calendario.feriados_saltados(dia_en_lima(n.depositado_en), n.vence or n.computo_desde)
    )
    if n.vence is None:
        return Plazo(deposito, desde, "El documento no señala un plazo", "", "", False, saltados, regla)
    como = vencimiento(n.vence, n.computo_desde, dia_en_lima(request.ahora), calendario)
    return Plazo(
        deposito,
        desde,
        "1 día hábil" if n.plazo == 1 else f"{n.plazo} días hábiles",
        str(como),
        fecha_con_dia(n.vence),
        como.vencido,
        saltados,
        regla,
    )


@view_config(context=Notificacion, name=AGENDA, request_method="GET", permission=Permiso.VER_CASILLA, http_cache=0)
def agenda(context: Notificacion, request: Request) -> Response:
    """There is none for what gives no term, nor for what was annulled."""
    if context.vence is None or context.estado == "anulado":
        raise HTTPNotFound
    hechos = HechosPlazo(
        codigo=context.codigo,
        documento=f"{context.tipo} {context.numero}",
        depositado_en=context.depositado_en,
        vence=context.vence,
        anfitrion=urlsplit(request.publica()).hostname or "casilla",
        url=request.publica("casilla", context.__parent__.__name__, context.__name__),
    )
    return Response(
        evento(hechos),
        content_type="text/calendar",
        charset="utf-8",
        content_disposition=disposicion(nombre_del_plazo(context)),
    )
