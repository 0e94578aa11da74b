"""Deposit by hand, where it stands: the step whose turn it is or, once deposited, what came of it."""

from datetime import datetime
from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.resources.administracion import FichaBorrador
from casilla.resources.borrador import Borrador
from casilla.services import borradores
from casilla.services.borradores import que_falta
from casilla.services.horas import fecha_con_dia, fecha_hora
from casilla.services.sobres import DatosInvalidos
from casilla.views.admin.notificar import dicho, nombre_de
from casilla.views.admin.pagina import direccion, ir


@view_config(
    context=FichaBorrador,
    request_method="GET",
    permission=Permiso.VER_DEPOSITOS,
    renderer="casilla:templates/admin_notificar_listo.pt",
    http_cache=0,
)
def ver(context: FichaBorrador, request: Request) -> Any:
    borrador = context.objeto
    if not request.has_permission(Permiso.NOTIFICAR, context):
        return ir(request, "notificar", borrador.__name__, "lectura")
    if borrador.descartado_en:
        palabras = f"Esa notificación se descartó el {fecha_hora(borrador.descartado_en)}. No se depositó."
        return ir(request, "notificar", palabras=palabras, cola="aviso")
    if not borrador.codigo:
        return ir(request, "notificar", borrador.__name__, que_falta(borrador) or _paso(borrador, request.ahora))
    notificacion, suya = request.sitio.registro[borrador.codigo], borrador.de == request.identity.usuario
    return {
        "n": notificacion,
        "nombre": nombre_de(borrador.destinatario, request),
        "documento": dicho(borrador.destinatario),
        "cuando": fecha_hora(notificacion.depositado_en),
        "computo": fecha_con_dia(notificacion.computo_desde),
        "vence": fecha_con_dia(notificacion.vence) if notificacion.vence else "",
        "constancia": direccion(request, "notificar", borrador.__name__, "archivo", "constancia") if suya else "",
        "seguimiento": direccion(request, "depositos", notificacion.codigo),
        "otra": direccion(request, "notificar"),
    }


def _paso(borrador: Borrador, ahora: datetime) -> str:
    """All is there; but what was right when it was typed may be so no longer."""
    try:
        borradores.sobre(borrador, ahora)
    except DatosInvalidos:
        return "datos"
    return "revisar"
