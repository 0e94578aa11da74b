"""What has happened to a notification, in words. What machines said to machines is left out."""

from typing import NamedTuple

from pyramid.request import Request

from casilla.resources.notificacion import Notificacion
from casilla.services.atencion import CONSULTADA
from casilla.services.horas import fecha_hora
from casilla.services.rebotes import motivo

# What is said of each fact; a fact that is not here concerns the machines only.
HECHOS = {
    "depositado": "Depositada en su casilla",
    "aviso-deposito:en-cola": "Aviso a su correo en preparación",
    "aviso-deposito:enviado": "Aviso enviado a su correo",
    "aviso-deposito:rechazado": "No se pudo entregar el aviso a su correo",
    "aviso-adicional:enviado": "Aviso enviado a su correo adicional",
    "aviso-adicional:rechazado": "No se pudo entregar el aviso a su correo adicional",
    "aviso-sms:enviado": "Aviso enviado por mensaje de texto",
    "aviso-sms:rechazado": "No se pudo enviar el aviso por mensaje de texto",
    "leido": "Leída por {actor}",
    "anulado": "Anulada por la institución",
    CONSULTADA: "Personal de la institución vio: {detalle}",
}
_RESUELTO = frozenset({"aviso-deposito:enviado", "aviso-deposito:rechazado"})


class Hecho(NamedTuple):
    """``porque``: the reason of an annulment or of a refusal, else empty."""

    que: str
    cuando: str
    porque: str


def historia(notificacion: Notificacion, request: Request) -> list[Hecho]:
    """In order of time; that a notice is being prepared is said until its fate is known."""
    resuelto = any(hecho in _RESUELTO for hecho, *_ in notificacion.historia)
    return [
        Hecho(
            HECHOS[hecho].format(actor=_nombre(actor, request), detalle=detalle),
            fecha_hora(cuando),
            _porque(hecho, detalle),
        )
        for hecho, actor, cuando, detalle in notificacion.historia
        if hecho in HECHOS and not (resuelto and hecho == "aviso-deposito:en-cola")
    ]


def _porque(hecho: str, detalle: str) -> str:
    if hecho in ("aviso-deposito:rechazado", "aviso-adicional:rechazado"):
        return motivo(detalle)
    return detalle if hecho == "anulado" else ""


def _nombre(actor: str, request: Request) -> str:
    usuario = request.sitio.usuarios.get(actor)
    return usuario.persona.nombre_completo if usuario else actor
