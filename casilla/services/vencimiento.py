"""How a term stands today, in words. A help to whoever reads, not a ruling: pages call it "cálculo referencial"."""

from dataclasses import dataclass
from datetime import date

from casilla.services.horas import fecha_con_dia
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
