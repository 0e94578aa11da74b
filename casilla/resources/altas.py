"""How many casillas were opened, by day: a count beside them, so that nobody has to walk millions to know."""

from collections import Counter
from datetime import datetime
from typing import Any

from BTrees.Length import Length
from BTrees.LOBTree import LOBTree
from persistent import Persistent

from casilla.resources import conjunto

_RESPIRO = 1_000


class Altas(Persistent):
    """``dias``: day of opening on Lima's clock, as ``date.toordinal`` counts → Length, which two writers do not fight
    for; only the first of a day do.
    """

    __name__ = ""
    __parent__: Any = None
    dias: Any = None

    def __init__(self) -> None:
        self.__name__ = ""
        self.__parent__ = None
        self.dias = LOBTree()

    def contar(self, abierta_en: datetime) -> None:
        """One more, opened at an aware moment."""
        dia = _dia(abierta_en)
        if dia not in self.dias:
            self.dias[dia] = Length()
        self.dias[dia].change(1)

    def por_dia(self, desde: int, hasta: int) -> dict[int, int]:
        """How many of each day, both included; days without any left out."""
        return {dia: cuenta() for dia, cuenta in self.dias.items(desde, hasta)}

    def diferencias(self) -> list[str]:
        """Where it does not say what the casillas say."""
        if {dia: cuenta() for dia, cuenta in self.dias.items()} == self._verdaderas():
            return []
        return ["altas: la cuenta por día no es la de las casillas"]

    def rehacer(self) -> None:
        self.dias = LOBTree({dia: Length(cuantas) for dia, cuantas in self._verdaderas().items()})

    def _verdaderas(self) -> dict[int, int]:
        cuentas: Counter[int] = Counter()
        for leidas, casilla in enumerate(self.__parent__.casillas.values(), 1):
            cuentas[_dia(casilla.abierta_en)] += 1
            if leidas % _RESPIRO == 0 and self._p_jar is not None:
                self._p_jar.cacheGC()
        return dict(cuentas)


def _dia(momento: datetime) -> int:
    """The day on Lima's clock, as notifications are counted too."""
    return conjunto.dia(conjunto.numero("", momento))
