"""Sets of notifications in order of time: a notification's number is the time of its deposit, and says its day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from zlib import crc32

from BTrees.LLBTree import LLBTree
from persistent import Persistent

from casilla.resources.casilla import Numeros

# Numbers in a millisecond. The code says which of them, so that a notification's number need not be kept anywhere.
_SITIOS = 100_000
_DIA = 86_400_000
# Lima's midnight in milliseconds of UTC; Peru is UTC-5 all year.
_MEDIANOCHE = 5 * 3_600_000
_DIA_CERO = date(1970, 1, 1).toordinal()


def numero(codigo: str, depositada_en: datetime) -> int:
    """Of a notification, unless another one has it: then the next that is free."""
    return int(depositada_en.timestamp() * 1000) * _SITIOS + crc32(codigo.encode()) % _SITIOS


def momento(numero: int) -> datetime:
    """When what has this number was deposited, to the millisecond."""
    return datetime.fromtimestamp(numero // _SITIOS / 1000, UTC)


def dia(numero: int) -> int:
    """The day of that deposit on Lima's clock, counted as ``date.toordinal`` does."""
    return (numero // _SITIOS - _MEDIANOCHE) // _DIA + _DIA_CERO


def primero(dia: int) -> int:
    """The least number of that day."""
    return ((dia - _DIA_CERO) * _DIA + _MEDIANOCHE) * _SITIOS


class Conjunto(Persistent):
    """A set of numbers, with how many they are in all and of each day.

    Plain counts: two workers at once are to be a conflict, and not to be merged.
    """

    numeros: Any = None
    dias: Any = None
    cuenta = 0

    def __init__(self) -> None:
        self.numeros = Numeros()
        self.dias = LLBTree()
        self.cuenta = 0

    def __contains__(self, numero: int) -> bool:
        return numero in self.numeros

    def poner(self, numero: int) -> None:
        if self.numeros.insert(numero):
            self._contar(numero, 1)

    def quitar(self, numero: int) -> None:
        """Raises KeyError when it is not there."""
        self.numeros.remove(numero)
        self._contar(numero, -1)

    def _contar(self, numero: int, cuantos: int) -> None:
        self.cuenta += cuantos
        suyo = dia(numero)
        del_dia = self.dias.get(suyo, 0) + cuantos
        if del_dia:
            self.dias[suyo] = del_dia
        else:
            del self.dias[suyo]

    def cuantos(self, desde: int | None = None, hasta: int | None = None) -> int:
        """Of the days from ``desde`` to ``hasta``, both included."""
        if desde is None and hasta is None:
            return self.cuenta
        return sum(self.dias.values(desde, hasta))

    def por_dia(self, desde: int | None, hasta: int | None) -> dict[int, int]:
        """How many of each of those days, days without any left out."""
        return dict(self.dias.items(desde, hasta))

    def hacia_abajo(self, desde: int, hasta: int) -> Iterator[int]:
        """Newest first, from number ``hasta`` down to ``desde``."""
        try:
            while (hasta := self.numeros.maxKey(hasta)) >= desde:
                yield hasta
                hasta -= 1
        except ValueError:
            return

    def hacia_arriba(self, desde: int, hasta: int) -> Iterator[int]:
        """Oldest first, from number ``desde`` up to ``hasta``."""
        return iter(self.numeros.keys(desde, hasta))

    def concuerda(self, cuantos: int) -> bool:
        """Whether there are so many, by every count."""
        return cuantos == self.cuenta == len(self.numeros) == sum(self.dias.values())
