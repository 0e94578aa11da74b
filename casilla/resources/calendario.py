"""The institution's own calendar: days declared with or without business, and the hours of intake, as dated facts."""

from bisect import bisect_right
from datetime import date, datetime
from typing import Any, NamedTuple

from persistent import Persistent


class Dia(NamedTuple):
    """What somebody said of a day; stored as a plain tuple. It holds for what is deposited from ``desde`` on.

    ``habil``: whether it is a business day; None takes back what was said of it before. ``base``: the norm or the
    reason.
    """

    desde: datetime
    actor: str
    dia: date
    habil: bool | None
    nombre: str
    base: str


class Horas(NamedTuple):
    """From when to when documents are received, as "08:30"; both empty for the whole day. The rest is as in Dia."""

    desde: datetime
    actor: str
    abre: str
    cierra: str
    base: str


class CalendarioOficial(Persistent):
    """Facts in order of time: none is ever changed or taken out, so that one can say what held at any moment.

    Beside the national holidays, which are in no store. Two who write at once conflict.
    """

    __name__ = ""
    __parent__: Any = None
    dias: tuple[Any, ...] = ()
    horas: tuple[Any, ...] = ()

    def __init__(self) -> None:
        self.__name__ = ""
        self.__parent__ = None
        self.dias = ()
        self.horas = ()

    def decir_dia(self, hecho: Dia) -> None:
        self.dias += (tuple(hecho._replace(desde=_despues(self.dias, hecho.desde))),)

    def decir_horas(self, hecho: Horas) -> None:
        self.horas += (tuple(hecho._replace(desde=_despues(self.horas, hecho.desde))),)

    def revision(self, momento: datetime | None) -> tuple[int, int]:
        """How many facts, of days and of hours, held at that moment; None for all that have been said."""
        if momento is None:
            return len(self.dias), len(self.horas)
        return tuple(bisect_right(hechos, momento, key=_desde) for hechos in (self.dias, self.horas))  # type: ignore

    def declarados(self, cuantos: int) -> dict[date, Dia]:
        """What the first so many facts say, by day."""
        dichos = {hecho[2]: Dia._make(hecho) for hecho in self.dias[:cuantos]}
        return {dia: hecho for dia, hecho in dichos.items() if hecho.habil is not None}

    def horario(self, cuantos: int) -> Horas | None:
        """The last of the first so many; None when nobody has said any."""
        return Horas._make(self.horas[cuantos - 1]) if cuantos else None

    @property
    def recuerdos(self) -> dict[tuple[int, int], Any]:
        """What has been worked out of these facts, by revision; it is kept in no store, and goes when they change."""
        try:
            return self._v_recuerdos
        except AttributeError:
            self._v_recuerdos: dict[tuple[int, int], Any] = {}
            return self._v_recuerdos


def _desde(hecho: tuple[Any, ...]) -> datetime:
    return hecho[0]


def _despues(hechos: tuple[Any, ...], desde: datetime) -> datetime:
    """Not before the last: clocks of two machines may differ, and the order must be that of the facts."""
    return max(desde, hechos[-1][0]) if hechos else desde
