"""Jobs asked for, taken, carried on and brought to an end.

Whoever takes a job holds it for a time that each step renews, under a number of its own, its *turno*: one who was
slower than that, or whose job was cancelled, finds it out at the next step and changes nothing any more.
"""

from datetime import datetime, timedelta
from typing import Any

from casilla.resources.adjunto import Adjunto
from casilla.resources.sitio import Sitio
from casilla.resources.trabajo import Trabajo

# How long a worker may be busy with one step before another may think that it died.
TURNO = timedelta(minutes=2)
# Renewed at most so often: a step that only reads then writes nothing.
_RENOVACION = timedelta(seconds=15)
# A job that was taken so often and got no further is given up.
MAX_INTENTOS = 5
_PRIMERA_ESPERA = timedelta(seconds=30)
# How long it is told what became of a job that left nothing, or nothing any more.
_MEMORIA = timedelta(days=30)
_OBRERO = "obrero"


class DemasiadosTrabajos(Exception):
    """There are others of the same user to be done first."""


class Ajeno(Exception):
    """The job was cancelled, or somebody else has it: there is nothing more to do."""


def encargar(
    sitio: Sitio,
    clase: str,
    de: str,
    sobre: Any,
    parametros: dict[str, str],
    *,
    ahora: datetime,
    total: int = 0,
    maximo: int = 1_000,
) -> Trabajo:
    """Ask for a job. One like it that has not ended is not asked for again: it is the one returned.

    Raises DemasiadosTrabajos when ``maximo`` of this class and user have not ended.
    """
    pendientes = [t for t in sitio.trabajos.de(de) if t.pendiente and t.clase == clase]
    for otro in pendientes:
        if (otro.sobre, dict(otro.parametros)) == (sobre, parametros):
            return otro
    if len(pendientes) >= maximo:
        raise DemasiadosTrabajos
    trabajo = Trabajo(clase, de, sobre, parametros, total)
    trabajo.comenzar(de, ahora)
    sitio.trabajos.agregar(trabajo, ahora)
    return trabajo


def por_hacer(sitio: Sitio, ahora: datetime) -> list[str]:
    """The names of the jobs that nobody holds and whose time has come, oldest first."""
    return [trabajo.__name__ for trabajo in sitio.trabajos.pendientes() if _le_toca(trabajo, ahora)]


def _le_toca(trabajo: Trabajo, ahora: datetime) -> bool:
    libre = trabajo.tomado_hasta is None or trabajo.tomado_hasta <= ahora
    return trabajo.pendiente and libre and (trabajo.proximo is None or trabajo.proximo <= ahora)


def tomar(sitio: Sitio, nombre: str, ahora: datetime) -> int | None:
    """Hold a job: its turno from now on; None when it is gone, held, or was given up after too many attempts.

    Two who take at once: a conflict, and one wins.
    """
    trabajo = sitio.trabajos.get(nombre)
    if trabajo is None or not _le_toca(trabajo, ahora):
        return None
    if trabajo.intentos >= MAX_INTENTOS:
        fallar(trabajo, ahora, f"se interrumpió {MAX_INTENTOS} veces")
        return None
    trabajo.pasar("tomar", _OBRERO, ahora)
    trabajo.turno += 1
    trabajo.intentos += 1
    trabajo.tomado_hasta = ahora + TURNO
    return trabajo.turno


def propio(sitio: Sitio, nombre: str, turno: int, ahora: datetime) -> Trabajo:
    """The job that was taken under this turno, held for longer. Raises Ajeno."""
    trabajo = sitio.trabajos.get(nombre)
    if trabajo is None or (trabajo.estado, trabajo.turno) != ("en-curso", turno):
        raise Ajeno(nombre)
    if trabajo.tomado_hasta is None or trabajo.tomado_hasta < ahora + TURNO - _RENOVACION:
        trabajo.tomado_hasta = ahora + TURNO
    return trabajo


def avanzar(trabajo: Trabajo, hechas: int, *, total: int | None = None, cursor: int | None = None) -> None:
    """So many are done. What stands before ``cursor`` need not be done again: give it in the step that did it."""
    trabajo.hechas = hechas
    if total is not None:
        trabajo.total = total
    if cursor is not None and cursor != trabajo.cursor:
        trabajo.cursor = cursor
        trabajo.intentos = 0


def terminar(
    trabajo: Trabajo, ahora: datetime, resultado: Adjunto | None = None, hasta: datetime | None = None
) -> None:
    """It is done. The result, if there is one, is kept until ``hasta``."""
    trabajo.resultado = resultado
    _fin(trabajo, "terminar", ahora, "", hasta)


def fallar(trabajo: Trabajo, ahora: datetime, motivo: str) -> None:
    """It cannot be done: ``motivo`` in words for whoever asked."""
    _fin(trabajo, "fallar", ahora, motivo, ahora + _MEMORIA)


def soltar(trabajo: Trabajo, ahora: datetime, motivo: str = "") -> None:
    """Whoever had it has to leave, which is not the job's fault: the next one goes on at once."""
    trabajo.intentos -= 1
    _devolver(trabajo, ahora, ahora, motivo)


def aplazar(trabajo: Trabajo, ahora: datetime, motivo: str) -> None:
    """Something went wrong: again later, each time later, until it has been tried often enough."""
    if trabajo.intentos >= MAX_INTENTOS:
        fallar(trabajo, ahora, motivo)
    else:
        _devolver(trabajo, ahora, ahora + _PRIMERA_ESPERA * 2 ** (trabajo.intentos - 1), motivo)


def _devolver(trabajo: Trabajo, ahora: datetime, proximo: datetime, motivo: str = "") -> None:
    trabajo.pasar("soltar", _OBRERO, ahora, motivo)
    trabajo.tomado_hasta = None
    trabajo.proximo = proximo


def cancelar(trabajo: Trabajo, actor: str, ahora: datetime) -> None:
    """Whoever asked no longer wants it. Raises TransicionInvalida when it has ended."""
    trabajo.pasar("cancelar", actor, ahora)
    _fijar(trabajo, ahora + _MEMORIA)


def _fin(trabajo: Trabajo, acto: str, ahora: datetime, motivo: str, hasta: datetime | None = None) -> None:
    trabajo.pasar(acto, _OBRERO, ahora, motivo)
    _fijar(trabajo, hasta)


def _fijar(trabajo: Trabajo, hasta: datetime | None) -> None:
    trabajo.tomado_hasta = None
    trabajo.__parent__.fijar(trabajo, hasta)


def caducar(sitio: Sitio, ahora: datetime) -> None:
    """Files whose time is over go, and are said to have gone; later the job is forgotten."""
    for trabajo in sitio.trabajos.vencidos(ahora):
        if trabajo.resultado is None:
            del sitio.trabajos[trabajo.__name__]
        else:
            trabajo.resultado = None
            trabajo.pasar("caducar", _OBRERO, ahora)
            _fijar(trabajo, ahora + _MEMORIA)
