"""Telling people when the service could not be used: by the operator, beforehand or afterwards, or by itself.

What is told stays: a slip is annulled with its reason, and the number keeps saying so to whoever holds a constancia.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from casilla.resources.interrupcion import Interrupcion
from casilla.resources.sitio import Sitio
from casilla.services.horas import dia_en_lima
from casilla.services.plazos import Calendario

# What people can be without, by the code under which it is kept.
SERVICIOS = {
    "casilla": "Ingreso a la casilla y lectura de notificaciones",
    "registro": "Registro de nuevas casillas",
    "depositos": "Depósito de notificaciones",
    "avisos": "Avisos por correo electrónico",
}
SISTEMA = "sistema"
DETECTADA = "El sistema no estuvo en funcionamiento (detección automática)."

Fase = Literal["programada", "en curso", "terminada", "anulada"]


class FechasImposibles(Exception):
    """The text says in Spanish what cannot be."""


def registrar(
    sitio: Sitio,
    servicios: Iterable[str],
    motivo: str,
    *,
    desde: datetime,
    hasta: datetime | None = None,
    actor: str,
    ahora: datetime,
) -> Interrupcion:
    """Tell an interruption, under way or to come; ``hasta``: the end that is announced. Raises FechasImposibles."""
    _exigir_orden(desde, hasta)
    nombrados = tuple(s for s in SERVICIOS if s in set(servicios))
    interrupcion = Interrupcion(nombrados, motivo, desde.astimezone(UTC), hasta and hasta.astimezone(UTC))
    interrupcion.comenzar(actor, ahora)
    sitio.interrupciones.agregar(interrupcion)
    return interrupcion


def cerrar(interrupcion: Interrupcion, hasta: datetime, *, actor: str, ahora: datetime) -> None:
    """It ended at ``hasta``, whatever was announced. Raises FechasImposibles; TransicionInvalida the second time."""
    _exigir_orden(interrupcion.desde, hasta)
    if hasta > ahora:
        raise FechasImposibles("no puede haber terminado en el futuro")
    interrupcion.pasar("cerrar", actor, ahora)
    interrupcion.hasta = hasta.astimezone(UTC)


def anular(interrupcion: Interrupcion, motivo: str, *, actor: str, ahora: datetime) -> None:
    """It was told wrong, or did not come to pass. Raises TransicionInvalida the second time."""
    interrupcion.pasar("anular", actor, ahora, motivo)


def detectar(sitio: Sitio, desde: datetime, hasta: datetime) -> Interrupcion | None:
    """Nothing worked from ``desde`` to ``hasta``, which is now; None when that was told already."""
    if any(_cubre(otra, desde, hasta) for otra in sitio.interrupciones.values()):
        return None
    hallada = registrar(sitio, SERVICIOS, DETECTADA, desde=desde, hasta=hasta, actor=SISTEMA, ahora=hasta)
    cerrar(hallada, hasta, actor=SISTEMA, ahora=hasta)
    return hallada


def fase(interrupcion: Interrupcion, ahora: datetime) -> Fase:
    """Where it stands; an end that was announced is believed until somebody says otherwise."""
    if interrupcion.estado == "anulada":
        return "anulada"
    if ahora < interrupcion.desde:
        return "programada"
    return "en curso" if interrupcion.hasta is None or ahora < interrupcion.hasta else "terminada"


def en_fase(sitio: Sitio, ahora: datetime, *fases: Fase) -> list[Interrupcion]:
    """Those that stand so, the latest first."""
    halladas = (i for i in sitio.interrupciones.values() if fase(i, ahora) in fases)
    return sorted(halladas, key=lambda i: i.desde, reverse=True)


def registrada_por(interrupcion: Interrupcion) -> str:
    """The principal who told it."""
    return interrupcion.historia[0][1]


def momento_del_calendario(interrupcion: Interrupcion, ahora: datetime) -> datetime:
    """When the calendar was read that says which of its days were business days: what was attested stays so.

    When it was closed; when its announced end came, or was told, if nobody closed it; now, while it goes on.
    """
    cerrada = interrupcion.cuando("cerrada")
    if cerrada is not None:
        return cerrada
    hasta = interrupcion.hasta
    return ahora if hasta is None or ahora < hasta else max(hasta, interrupcion.historia[0][2])


def dias_habiles(interrupcion: Interrupcion, hasta: datetime, calendario: Calendario) -> Sequence[date]:
    """The business days that it touched, up to ``hasta``."""
    return [dia for dia in _dias(interrupcion.desde, hasta) if calendario.es_habil(dia)]


def _dias(desde: datetime, hasta: datetime) -> Iterator[date]:
    primero = dia_en_lima(desde)
    return (primero + timedelta(days=n) for n in range((dia_en_lima(hasta) - primero).days + 1))


def _exigir_orden(desde: datetime, hasta: datetime | None) -> None:
    if hasta is not None and hasta <= desde:
        raise FechasImposibles("debe terminar después de empezar")


def _cubre(otra: Interrupcion, desde: datetime, hasta: datetime) -> bool:
    """Whether the other one says of every service that it could not be used all that time."""
    if otra.estado == "anulada" or len(otra.servicios) < len(SERVICIOS):
        return False
    return otra.desde <= desde and (otra.hasta is None or hasta <= otra.hasta)
