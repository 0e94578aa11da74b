"""A term in words: how it stands today, and why its deposit counts as made another day.

A help to whoever reads, not a ruling: pages call it "cálculo referencial".
"""

from dataclasses import dataclass
from datetime import date, datetime

from casilla.services.horas import DIAS, dia_en_lima, fecha_con_dia
from casilla.services.plazos import Calendario


@dataclass(frozen=True)
class Vencimiento:
    """The last day of a term, seen from ``hoy``; ``quedan``: business days left to act, that one included."""

    vence: date
    hoy: date
    quedan: int

    @property
    def vencido(self) -> bool:
        return self.hoy > self.vence

    def __str__(self) -> str:
        """As "Vence el viernes 13 de febrero de 2026, quedan 9 días hábiles"."""
        dia = fecha_con_dia(self.vence)
        if self.vencido:
            return f"Vencido el {dia}"
        if self.hoy == self.vence:
            return f"Vence hoy, {dia}"
        return f"Vence el {dia}, {'queda 1 día hábil' if self.quedan == 1 else f'quedan {self.quedan} días hábiles'}"


def vencimiento(vence: date, desde: date, hoy: date, calendario: Calendario) -> Vencimiento:
    """``desde``: first day of the term, before which none of its days is spent."""
    return Vencimiento(vence, hoy, calendario.dias_habiles_restantes(max(hoy, desde), vence))


def dia_del_deposito(calendario: Calendario, depositado_en: datetime, desde: date) -> str:
    """Why a deposit made at an aware moment counts as made another day, and which; empty when it does not.

    ``calendario``: the one of that moment; ``desde``: first day of the term. Empty too when that calendar does not give
    that day: older stores had days and hours in a setting, and what is no longer known is not explained.
    """
    cuenta = calendario.dia_de_deposito(depositado_en)
    if cuenta == dia_en_lima(depositado_en) or calendario.siguiente_habil(cuenta) != desde:
        return ""
    porque = _por_que_otro_dia(calendario, dia_en_lima(depositado_en))
    return f"Se depositó {porque}: se tiene por depositado el día hábil siguiente, {fecha_con_dia(cuenta)}."


def _por_que_otro_dia(calendario: Calendario, dia: date) -> str:
    if dia.weekday() > 4:
        return f"un {DIAS[dia.weekday()]}"
    if calendario.horario and calendario.es_habil(dia):
        return f"después de las {calendario.horario[1]:%H:%M}"
    [(_, nombre)] = calendario.feriados_saltados(dia, dia)
    return f"en un día no hábil ({nombre})"
