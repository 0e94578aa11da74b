"""Keeping the index of the follow-up board up with what happens, some events at a time."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from casilla.resources.fragmentos import FRAGMENTOS
from casilla.resources.notificacion import Notificacion
from casilla.resources.sitio import Sitio

# Events in a transaction: some 50 ms of work.
TANDA = 128


@dataclass(frozen=True)
class Atraso:
    """What the index does not know yet: how many events, and when the first of them happened (None: it is current)."""

    cuantos: int
    desde: datetime | None


def poner_al_dia(sitio: Sitio, maximo: int, hoy: date) -> int:
    """Take in what happened since, and the terms that ended before ``hoy``; returns how many things, 0 when current.

    About ``maximo`` of them, in the transaction of whoever calls. It looks at each notification as it is now, so that
    to see an event twice, or late, changes nothing.
    """
    seguimiento = sitio.seguimiento
    vistos = _nuevos(sitio, maximo)
    por_revisar = list(islice(seguimiento.por_revisar, max(0, maximo - len(vistos))))
    for codigo in dict.fromkeys((*vistos, *por_revisar)):
        if notificacion := _legible(sitio, codigo):
            seguimiento.poner(notificacion)
    for codigo in por_revisar:
        seguimiento.por_revisar.remove(codigo)
    hechas = len(vistos) + len(por_revisar)
    return hechas + seguimiento.vencer(hoy, max(0, maximo - hechas))


def _legible(sitio: Sitio, codigo: str) -> Notificacion | None:
    """What is lost or spoilt must not keep the rest waiting; «casilla verificar» names it."""
    try:
        notificacion = sitio.registro[codigo]
        notificacion._p_activate()
        notificacion.__parent__._p_activate()
    except KeyError:  # ZODB's POSKeyError is one too
        return None
    return notificacion


def _nuevos(sitio: Sitio, maximo: int) -> list[str]:
    """The codes of the next events, taken from all logs alike: they come about in order of time."""
    posiciones = list(sitio.seguimiento.posiciones)
    atrasados = [n for n in range(FRAGMENTOS) if sitio.eventos.ultima(n) > posiciones[n]]
    codigos: list[str] = []
    for n in atrasados[:maximo]:
        nuevos = sitio.eventos.desde(n, posiciones[n], max(1, maximo // len(atrasados)))
        posiciones[n] = nuevos[-1][0]
        codigos += [codigo for _, (_, codigo, _) in nuevos]
    if codigos:
        sitio.seguimiento.posiciones = tuple(posiciones)
    return codigos


def revisar(sitio: Sitio, notificacion: Notificacion) -> None:
    """Have the index look at it again: something has changed that is no event for senders."""
    sitio.seguimiento.por_revisar.insert(notificacion.codigo)


def atraso(sitio: Sitio) -> Atraso:
    """How far the index is behind what this transaction sees."""
    cuantos, primeros = 0, []
    for n, posicion in enumerate(sitio.seguimiento.posiciones):
        faltan = sitio.eventos.ultima(n) - posicion
        if faltan > 0:
            cuantos += faltan
            primeros += [cuando for _, (_, _, cuando) in sitio.eventos.desde(n, posicion, 1)]
    return Atraso(cuantos, min(primeros, default=None))
