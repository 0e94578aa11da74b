"""Reading and annulling: the two changes that a deposited notification can undergo."""

from datetime import datetime

from casilla.resources.notificacion import Notificacion
from casilla.resources.sitio import Sitio
from casilla.services.eventos import registrar_evento


def leer(sitio: Sitio, notificacion: Notificacion, *, actor: str, ahora: datetime) -> None:
    """The person opens the notification: *depositado* becomes *leído*, once. Later openings change nothing."""
    if notificacion.estado == "depositado":
        _pasar(sitio, notificacion, "leer", "leido", actor, ahora)


def anular(sitio: Sitio, notificacion: Notificacion, *, motivo: str, actor: str, ahora: datetime) -> None:
    """The institution withdraws it, with a reason; nothing is erased. Raises TransicionInvalida the second time."""
    _pasar(sitio, notificacion, "anular", "anulado", actor, ahora, motivo)


def _pasar(
    sitio: Sitio, notificacion: Notificacion, acto: str, evento: str, actor: str, ahora: datetime, detalle: str = ""
) -> None:
    notificacion.pasar(acto, actor, ahora, detalle)
    notificacion.__parent__.reacomodar(notificacion)
    registrar_evento(sitio, evento, notificacion, ahora)
