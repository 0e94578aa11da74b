"""What the institution's people did: a chain of sealed entries, only ever appended to."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from BTrees.LOBTree import LOBTree
from persistent import Persistent

VERSION = 1


class Asiento(NamedTuple):
    """Who did what, when and from where; stored as a plain tuple behind the number of its version.

    ``acto``: a verb, as "suspender"; ``sobre``: what was acted on, as "cuentas/mquispe"; ``antes``, ``despues``: what
    was changed, each a text, often empty. ``sello`` is made from the seal before it (services.auditoria), so that none
    can be taken out or changed unnoticed.
    """

    numero: int
    cuando: datetime
    actor: str
    direccion: str
    acto: str
    sobre: str
    antes: str
    despues: str
    sello: str


class Auditoria(Persistent):
    """The entries by number, from 1. Two that are made at once are a conflict, and the second is made again.

    ``cabeza``: the number of the last entry and a seal of that number (services.auditoria), so that the loss of the
    last entries shows; None while there is none.
    """

    __name__ = ""
    __parent__: Any = None
    cabeza: tuple[int, str] | None = None
    _asientos: Any = None

    def __init__(self) -> None:
        self.__name__ = ""
        self.__parent__ = None
        self.cabeza = None
        self._asientos = LOBTree()

    def __len__(self) -> int:
        """The number of the last entry."""
        return self._asientos.maxKey() if self._asientos else 0

    def __bool__(self) -> bool:
        return True

    def __getitem__(self, numero: int) -> Asiento:
        """Raises KeyError."""
        return Asiento._make(self._asientos[numero][1:])

    def __iter__(self) -> Iterator[Asiento]:
        """Oldest first."""
        return (Asiento._make(asiento[1:]) for asiento in self._asientos.values())

    def hacia_atras(self, desde: int | None = None) -> Iterator[Asiento]:
        """Newest first, from number ``desde`` on."""
        numero = len(self) if desde is None else min(desde, len(self))
        while numero in self._asientos:
            yield self[numero]
            numero -= 1

    def agregar(self, asiento: Asiento, sello_de_cabeza: str) -> None:
        """Raises KeyError when the number is not the next one."""
        if asiento.numero != len(self) + 1:
            raise KeyError(asiento.numero)
        self._asientos[asiento.numero] = (VERSION, *asiento)
        self.cabeza = (asiento.numero, sello_de_cabeza)

    def reescribir(self) -> None:
        """Write the head again as it is: for the store as much work as an entry, and the same conflicts."""
        self._p_changed = True
