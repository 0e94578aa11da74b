"""Deposits in bulk: a table and a ZIP with its documents, and what became of each row."""

from datetime import datetime
from typing import Any

from BTrees.LOBTree import LOBTree
from persistent import Persistent

from casilla.resources.borrador import Apartado


class Lote(Persistent):
    """A bulk. ``de``: user name; ``tabla``, ``paquete``: Adjuntos, the CSV and the ZIP.

    ``trabajo``: the name of the job that was asked for last, to look at it or to deposit it; ``asentado``: that whose
    end the audit tells. ``filas``: how many rows the table has, once it was looked at. Rows go by their number in the
    table, whose head is 1: ``errores``, row → tuples ``(columna, motivo)``; ``avisos`` the same, of what keeps nothing
    back, 0 being for what concerns no row; ``hechas``: row → code of its notification.
    """

    __name__ = ""
    __parent__: Any = None
    de = ""
    creado_en: Any = None
    tabla: Any = None
    paquete: Any = None
    trabajo = ""
    asentado = ""
    filas = 0
    errores: Any = None
    avisos: Any = None
    hechas: Any = None

    def __init__(self, de: str, creado_en: datetime) -> None:
        self.__name__ = ""
        self.__parent__ = None
        self.de = de
        self.creado_en = creado_en
        self.tabla = None
        self.paquete = None
        self.trabajo = ""
        self.asentado = ""
        self.olvidar()
        self.hechas = LOBTree()

    def olvidar(self) -> None:
        """What was found when it was looked at, before it is looked at again."""
        self.filas = 0
        self.errores = LOBTree()
        self.avisos = LOBTree()


class Lotes(Apartado):
    """Every bulk."""
