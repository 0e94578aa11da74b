"""Who wants a summary of their casilla each morning, and how far the summaries of the day have got."""

from datetime import date, datetime
from typing import Any

from persistent import Persistent

from casilla.resources.asiento import Carpeta

# Facts kept of a subscription. The summary is a courtesy beside the notices, whose every fact is kept: a letter a day
# would otherwise grow without end.
_MEMORIA = 20


class Suscripcion(Persistent):
    """Somebody's wish for the daily summary; named as their user. ``historia``: the last facts, as elsewhere."""

    __name__ = ""
    __parent__: Any = None
    usuario: Any = None
    desde: datetime | None = None
    historia: tuple[Any, ...] = ()

    def __init__(self, usuario: Any, desde: datetime) -> None:
        self.__name__ = ""
        self.__parent__ = None
        self.usuario = usuario
        self.desde = desde
        self.historia = ()

    def anotar(self, hecho: str, actor: str, ahora: datetime, detalle: str = "") -> None:
        """Append a fact ``(hecho, actor, cuando, detalle)``; the oldest go."""
        self.historia = (*self.historia, (hecho, actor, ahora, detalle))[-_MEMORIA:]


class Resumenes(Carpeta):
    """The subscriptions, by user name.

    ``dia``: the last day in Lima whose summaries were begun; ``hasta``: the last user name that had its turn that day,
    None when all have had theirs.
    """

    dia: date | None = None
    hasta: str | None = None

    def __init__(self) -> None:
        super().__init__()
        self.dia = None
        self.hasta = None

    def siguientes(self, hasta: str, cuantos: int) -> list[Suscripcion]:
        """Up to so many subscriptions after that user name, in order of their names."""
        siguientes: list[Suscripcion] = []
        for suscripcion in self._hijos.values(min=hasta, excludemin=bool(hasta)):
            siguientes.append(suscripcion)
            if len(siguientes) == cuantos:
                break
        return siguientes
