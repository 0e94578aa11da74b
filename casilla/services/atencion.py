"""What the institution's people do with a notification: see its files, which leaves a trace, and repeat its notice."""

from datetime import datetime, timedelta

from casilla.resources.notificacion import AVISO_DEPOSITO, Notificacion
from casilla.resources.sitio import Sitio
from casilla.services.deposito import anunciar
from casilla.services.horas import hora
from casilla.services.seguimiento import revisar

# Facts of the history; the first is told to the citizen too.
CONSULTADA, REENVIO = "consultada", "aviso-reenviado"

# Between two notices of the same notification.
ENTRE_AVISOS = timedelta(hours=1)
# Somebody who sees the same file again within this time has not seen anything else.
_UNA_CONSULTA = timedelta(hours=1)


class NoSeReenvia(Exception):
    """Says in words, for whoever asked, why the notice is not sent again."""


def consultar(notificacion: Notificacion, que: str, *, actor: str, ahora: datetime) -> None:
    """Leave a trace that ``actor`` sees ``que``, as "Documento original". The citizen has not read it for that."""
    for hecho, quien, cuando, detalle in reversed(notificacion.historia):
        if (hecho, quien, detalle) == (CONSULTADA, actor, que) and ahora - cuando < _UNA_CONSULTA:
            return
    notificacion.anotar(CONSULTADA, actor, ahora, que)


def motivo_para_no_reenviar(notificacion: Notificacion, ahora: datetime) -> str:
    """In words; empty when the notice may be sent again."""
    if notificacion.estado == "anulado":
        return "La notificación está anulada."
    if notificacion.__parent__.cerrada_en:
        return "La casilla está cerrada."
    if notificacion.aviso == "en-cola":
        return "El aviso anterior todavía está en cola."
    anterior = notificacion.cuando(f"{AVISO_DEPOSITO}:en-cola")
    if anterior and ahora - anterior < ENTRE_AVISOS:
        return f"Hace menos de una hora se envió otro. Podrá reenviarlo desde las {hora(anterior + ENTRE_AVISOS)}."
    return ""


def reenviar_aviso(sitio: Sitio, notificacion: Notificacion, *, actor: str, ahora: datetime) -> None:
    """Promise the notices once more, to the addresses that the person has now. Raises NoSeReenvia."""
    motivo = motivo_para_no_reenviar(notificacion, ahora)
    if motivo:
        raise NoSeReenvia(motivo)
    notificacion.anotar(REENVIO, actor, ahora)
    anunciar(sitio, notificacion.__parent__, notificacion, ahora)
    revisar(sitio, notificacion)
