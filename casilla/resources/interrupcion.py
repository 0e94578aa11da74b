"""Times in which the service, or a part of it, could not be used: kept so that people can prove them."""

from datetime import datetime
from typing import Any

from persistent import Persistent

from casilla.resources.asiento import Carpeta
from casilla.resources.historia import ConHistoria
from casilla.workflow import INTERRUPCION


class Interrupcion(ConHistoria, Persistent):
    """From ``desde`` to ``hasta``, both aware; ``hasta`` is None while nobody knows, and an announcement until closed.

    ``servicios``: codes of what could not be used (services.interrupciones.SERVICIOS); ``motivo``: in the words that
    people read. One told wrong is annulled, with the reason, and told anew: nothing is erased.
    """

    flujo = INTERRUPCION

    __name__ = ""
    __parent__: Any = None
    servicios: tuple[str, ...] = ()
    motivo = ""
    desde: Any = None
    hasta: datetime | None = None

    def __init__(self, servicios: tuple[str, ...], motivo: str, desde: datetime, hasta: datetime | None) -> None:
        self.__name__ = ""
        self.__parent__ = None
        self.servicios = servicios
        self.motivo = motivo
        self.desde = desde
        self.hasta = hasta
        self.historia = ()


class Interrupciones(Carpeta):
    """All of them, numbered from 1 in the order in which they were told; two told at once conflict."""

    def agregar(self, interrupcion: Interrupcion) -> None:
        self[str(len(self) + 1)] = interrupcion
