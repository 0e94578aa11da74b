"""When a term starts and when it ends: business days in Peru.

Rules, with their sources: the term starts on the business day after the deposit (num. 5.3 of Ley 31736); Saturdays,
Sundays, national holidays and the days declared non-working for the public sector do not count; a deposit outside
office hours or on a non-business day counts as made on the next business day. A day is a day in Lima.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from casilla.services.feriados import feriados
from casilla.services.horas import en_lima

PLAZO_MAXIMO = 3650  # business days; the same bound as in the description of the API

Horario = tuple[time, time]


@dataclass(frozen=True)
class Computo:
    """`desde`: day 1 of the term. `vence`: its last day, or None when the document gives no term."""

    desde: date
    vence: date | None


@dataclass(frozen=True)
class Calendario:
    """The business days of the institution.

    no_laborables: days declared non-working beside the national holidays, each with its name.
    habiles: national holidays declared working all the same.
    horario: opening and closing time of the intake in Lima, both included; None is the whole day.
    regla: what makes a term start. Only 'deposito' exists: an acknowledgement ('acuse') is no fact of this system.
    """

    no_laborables: Mapping[date, str] = field(default_factory=dict)
    habiles: frozenset[date] = frozenset()
    horario: Horario | None = None
    regla: str = "deposito"

    def __post_init__(self) -> None:
        if self.regla != "deposito":
            raise ValueError(f"regla de cómputo desconocida: {self.regla!r}")
        if self.horario and self.horario[0] >= self.horario[1]:
            raise ValueError("el horario debe abrir antes de cerrar")

    def es_habil(self, dia: date) -> bool:
        if dia.weekday() > 4 or dia in self.no_laborables:
            return False
        return dia in self.habiles or dia not in feriados(dia.year)

    def siguiente_habil(self, dia: date) -> date:
        """The first business day strictly after `dia`."""
        dia += timedelta(days=1)
        while not self.es_habil(dia):
            dia += timedelta(days=1)
        return dia

    def dia_de_deposito(self, depositado_en: datetime) -> date:
        """The business day on which a deposit made at an aware moment counts as made."""
        local = en_lima(depositado_en)
        dia = local.date()
        tarde = self.horario is not None and local.time() > self.horario[1]
        return dia if self.es_habil(dia) and not tarde else self.siguiente_habil(dia)

    def computo(self, depositado_en: datetime, plazo: int | None = None) -> Computo:
        """The term of a deposit made at an aware moment; `plazo` in business days, 1 to PLAZO_MAXIMO.

        Raises ValueError for another `plazo`, or for a moment without time zone.
        """
        if plazo is not None and not 1 <= plazo <= PLAZO_MAXIMO:
            raise ValueError(f"el plazo va de 1 a {PLAZO_MAXIMO} días hábiles, no {plazo}")
        desde = vence = self.siguiente_habil(self.dia_de_deposito(depositado_en))
        if plazo is None:
            return Computo(desde, None)
        for _ in range(plazo - 1):
            vence = self.siguiente_habil(vence)
        return Computo(desde, vence)

    def dias_habiles_restantes(self, hoy: date, vence: date) -> int:
        """Business days on which one can still act, `hoy` and `vence` included: 1 on the last day, 0 after it."""
        return sum(map(self.es_habil, _dias(hoy, vence)))

    def feriados_saltados(self, desde: date, hasta: date) -> tuple[tuple[date, str], ...]:
        """The days from Monday to Friday that do not count, both ends included, each with its name in Spanish."""
        return tuple(
            (dia, self.no_laborables.get(dia) or feriados(dia.year)[dia])
            for dia in _dias(desde, hasta)
            if dia.weekday() < 5 and not self.es_habil(dia)
        )


def _dias(desde: date, hasta: date) -> Iterator[date]:
    return (desde + timedelta(days=n) for n in range((hasta - desde).days + 1))
