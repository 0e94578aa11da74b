"""Deposits that somebody of the institution prepares by hand: nothing of one is a notification before it is made."""

from collections.abc import Iterator
from datetime import datetime
from secrets import token_hex
from typing import Any

from persistent import Persistent

from casilla.resources.adjunto import Adjunto
from casilla.resources.asiento import Carpeta


class Borrador(Persistent):
    """A deposit in the making. Its name is also the key by which it is deposited once, however often it is asked for.

    ``de``: user name; ``destinatario``: TIPO-NUMERO; ``datos``: pairs of text, the names as in the API's JSON joined by
    dots; ``documento``, ``anexos``: Adjuntos, until they go over to the notification, whose ``codigo`` is kept.
    ``otros``: documents that came from another tab while there was one; all but one are taken out before the deposit.
    ``tecleado``: what is in the boxes of the form and was not saved, pairs of a box's name and its text.
    """

    __name__ = ""
    __parent__: Any = None
    de = ""
    destinatario = ""
    creado_en: Any = None
    datos: tuple[tuple[str, str], ...] = ()
    tecleado: tuple[tuple[str, str], ...] = ()
    documento: Any = None
    otros: tuple[Any, ...] = ()
    anexos: tuple[Any, ...] = ()
    codigo = ""
    descartado_en: Any = None

    def __init__(self, de: str, destinatario: str, creado_en: datetime) -> None:
        self.__name__ = ""
        self.__parent__ = None
        self.de = de
        self.destinatario = destinatario
        self.creado_en = creado_en
        self.codigo = ""
        self.descartado_en = None
        self.vaciar()

    def vaciar(self) -> None:
        """Nothing was said of the document, and there are no files."""
        self.datos = ()
        self.tecleado = ()
        self.documento = None
        self.otros = ()
        self.anexos = ()

    @property
    def en_curso(self) -> bool:
        """Neither deposited nor thrown away."""
        return not self.codigo and self.descartado_en is None

    @property
    def archivos(self) -> dict[str, Adjunto]:
        """By the names that they will have in the notification; a document too many is ``otro-1`` …"""
        documento = {"documento": self.documento} if self.documento else {}
        otros = {f"otro-{n}": otro for n, otro in enumerate(self.otros, 1)}
        return documento | otros | {f"anexo-{n}": anexo for n, anexo in enumerate(self.anexos, 1)}


class Apartado(Carpeta):
    """Things of one's own, each for a time: their names, ``USUARIO~SEGUNDOS-AZAR``, say whose they are and since when.

    So the tree is its own index of both.
    """

    def agregar(self, cosa: Any, ahora: datetime) -> None:
        """Seat what has a ``de``."""
        self[f"{cosa.de}~{int(ahora.timestamp()):011}-{token_hex(8)}"] = cosa

    def de(self, usuario: str) -> Iterator[Any]:
        """Those of one user, newest first."""
        for nombre in reversed(self._hijos.keys(f"{usuario}~", f"{usuario}~\uffff")):
            yield self[nombre]

    def anteriores(self, cuando: datetime) -> list[str]:
        """The names of those that were put in before, without loading them."""
        limite = int(cuando.timestamp())
        return [nombre for nombre in self if _segundos(nombre) < limite]

    def por_fecha(self) -> list[str]:
        """The names of all, newest first, without loading them."""
        return sorted(self, key=_segundos, reverse=True)


def _segundos(nombre: str) -> int:
    """Since when it is there."""
    return int(nombre.rpartition("~")[2].partition("-")[0])


class Borradores(Apartado):
    """Every deposit in the making."""
