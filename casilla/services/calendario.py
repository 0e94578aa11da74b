"""The calendar that holds at a moment, and what the institution may say of days and hours to come.

Nothing already certified is worked out anew: what was deposited keeps its dates, and is explained by the calendar of
its own moment. So no fact changes the past, and each holds only from a little after it is said.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from casilla.resources.calendario import CalendarioOficial, Dia, Horas
from casilla.resources.sitio import Sitio
from casilla.services.feriados import base_legal, feriados
from casilla.services.horas import DIAS, dia_en_lima
from casilla.services.plazos import Calendario

# A deposit may have read the calendar just before it changed, and be dated just after: longer than a deposit takes.
GRACIA = timedelta(minutes=1)
# How far ahead days are declared, in years.
ADELANTE = 10
# So many terms are counted, and no more.
TOPE = 10_000
NACIONAL, NO_LABORABLE, HABIL = "nacional", "no-laborable", "habil"


class NoSePuede(Exception):
    """Says in words, for whoever asked, why this cannot be said of that day."""


@dataclass(frozen=True)
class Renglon:
    """A day of the year that does not count or, though a holiday, does. ``clase``: NACIONAL, NO_LABORABLE or HABIL."""

    dia: date
    nombre: str
    clase: str
    base: str


def calendario_al(sitio: Sitio, momento: datetime | None) -> Calendario:
    """As it held at an aware moment; with None, as it is to be with everything that has been said."""
    oficial: CalendarioOficial = sitio.calendario
    revision = oficial.revision(momento)
    if revision not in oficial.recuerdos:
        oficial.recuerdos[revision] = _calendario(oficial, *revision)
    return oficial.recuerdos[revision]


def _calendario(oficial: CalendarioOficial, dias: int, horas: int) -> Calendario:
    declarados = oficial.declarados(dias)
    horario = oficial.horario(horas)
    return Calendario(
        no_laborables={dia: hecho.nombre for dia, hecho in declarados.items() if not hecho.habil},
        habiles=frozenset(dia for dia, hecho in declarados.items() if hecho.habil),
        horario=(time.fromisoformat(horario.abre), time.fromisoformat(horario.cierra))
        if horario and horario.abre
        else None,
    )


def renglones(sitio: Sitio, anio: int) -> list[Renglon]:
    """The year with everything that has been said of it, in order."""
    nacionales = {dia: Renglon(dia, que, NACIONAL, base_legal(dia)) for dia, que in feriados(anio).items()}
    declarados = sitio.calendario.declarados(len(sitio.calendario.dias))
    propios = {
        dia: Renglon(dia, hecho.nombre, HABIL if hecho.habil else NO_LABORABLE, hecho.base)
        for dia, hecho in declarados.items()
        if dia.year == anio
    }
    return sorted((nacionales | propios).values(), key=lambda r: r.dia)


def dias_habiles(calendario: Calendario, anio: int) -> int:
    """How many the year has."""
    return calendario.dias_habiles_restantes(date(anio, 1, 1), date(anio, 12, 31))


def plazos_en_curso(sitio: Sitio, dia: date) -> int:
    """How many terms under way end that day or later, up to TOPE; the follow-up index knows them in that order."""
    return sum(1 for _ in islice(sitio.seguimiento.por_vencer.keys((dia.toordinal(),)), TOPE))


def declarado(sitio: Sitio, dia: date) -> Dia | None:
    """What is said of a day, beside the national holidays; None for nothing."""
    return sitio.calendario.declarados(len(sitio.calendario.dias)).get(dia)


def exigir_declarable(sitio: Sitio, dia: date, ahora: datetime) -> None:
    """That the day may be declared without business. Raises NoSePuede."""
    _exigir_por_venir(dia, ahora)
    if dia.weekday() > 4:
        raise NoSePuede(f"Es {DIAS[dia.weekday()]}: los sábados y domingos ya no cuentan")
    if not calendario_al(sitio, None).es_habil(dia):
        raise NoSePuede("Ese día ya no es hábil: búsquelo en el calendario")
    if declarado(sitio, dia):
        raise NoSePuede("Ese feriado se declaró hábil: primero retire esa declaración")


def no_laborable(sitio: Sitio, dia: date, nombre: str, base: str, *, actor: str, ahora: datetime) -> None:
    """Declare a day without business. Raises NoSePuede."""
    exigir_declarable(sitio, dia, ahora)
    _decir(sitio, dia, False, nombre, base, actor, ahora)


def habil(sitio: Sitio, dia: date, base: str, *, actor: str, ahora: datetime) -> None:
    """Declare a national holiday a business day. Raises NoSePuede."""
    _exigir_por_venir(dia, ahora)
    if dia not in feriados(dia.year) or dia.weekday() > 4 or declarado(sitio, dia):
        raise NoSePuede("Ese día no es un feriado nacional que se pueda declarar hábil")
    _decir(sitio, dia, True, feriados(dia.year)[dia], base, actor, ahora)


def retirar(sitio: Sitio, dia: date, base: str, *, actor: str, ahora: datetime) -> None:
    """Take back what was declared of a day. Raises NoSePuede."""
    _exigir_por_venir(dia, ahora)
    hecho = declarado(sitio, dia)
    if hecho is None:
        raise NoSePuede("De ese día no hay nada declarado")
    _decir(sitio, dia, None, hecho.nombre, base, actor, ahora)


def fijar_horario(sitio: Sitio, abre: str, cierra: str, base: str, *, actor: str, ahora: datetime) -> None:
    """Receive from ``abre`` to ``cierra``, as "08:30"; both empty, the whole day. Raises ValueError for others."""
    if abre or cierra:
        Calendario(horario=(time.fromisoformat(abre), time.fromisoformat(cierra)))
    sitio.calendario.decir_horas(Horas(rige_desde(ahora), actor, abre, cierra, base))


def rige_desde(ahora: datetime) -> datetime:
    """From when what is said now holds: a whole minute, so that pages, which show no seconds, say it exactly."""
    pronto = ahora + GRACIA
    minuto = pronto.replace(second=0, microsecond=0)
    return minuto if minuto == pronto else minuto + timedelta(minutes=1)


def _exigir_por_venir(dia: date, ahora: datetime) -> None:
    hoy = dia_en_lima(ahora)
    if dia < hoy:
        raise NoSePuede("Ese día ya pasó: lo que ya se contó no se cambia")
    if dia.year > hoy.year + ADELANTE:
        raise NoSePuede(f"Se pueden declarar días hasta el año {hoy.year + ADELANTE}")


def _decir(sitio: Sitio, dia: date, habil: bool | None, nombre: str, base: str, actor: str, ahora: datetime) -> None:
    sitio.calendario.decir_dia(Dia(rige_desde(ahora), actor, dia, habil, nombre, base))
