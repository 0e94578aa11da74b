"""Registers that many writers share without meeting: a key's hash says which fragment it lives in.

A deposit touches nothing that another deposit must fight for (docs/arquitectura.md). Two writers meet only when they
put the same key, which is then a conflict and the retry finds the first; or in the rare split of one bucket.
"""

from collections.abc import Iterator
from typing import Any
from zlib import crc32

from BTrees.LOBTree import LOBTree
from BTrees.OOBTree import OOBTree
from persistent import Persistent

FRAGMENTOS = 64


def fragmento(clave: str) -> int:
    """The fragment, 0 to 63, of a key. Never changes: what is stored depends on it."""
    return crc32(clave.encode()) % FRAGMENTOS


class Arbol(OOBTree):
    """With smaller nodes than the library's 30 and 250: a deposit writes a leaf again, at times what is above it."""

    max_leaf_size = 16
    max_internal_size = 32


class Lista(LOBTree):
    """The same for entries by number; the library's are 60 and 500."""

    max_leaf_size = 12
    max_internal_size = 32


class Registro(Persistent):
    """A mapping from text to a persistent object, in 64 trees."""

    __name__ = ""
    __parent__: Any = None
    arboles: tuple[Any, ...] = ()

    def __init__(self) -> None:
        self.__name__ = ""
        self.__parent__ = None
        self.arboles = tuple(Arbol() for _ in range(FRAGMENTOS))

    def _arbol(self, clave: str) -> Any:
        return self.arboles[fragmento(clave)]

    def get(self, clave: str) -> Any:
        return self._arbol(clave).get(clave)

    def __getitem__(self, clave: str) -> Any:
        return self._arbol(clave)[clave]

    def __setitem__(self, clave: str, valor: Any) -> None:
        """Raises KeyError when the key is there already: a register never forgets nor overwrites."""
        if not self._arbol(clave).insert(clave, valor):
            raise KeyError(f"{clave} ya está en el registro")

    def items(self) -> Iterator[tuple[str, Any]]:
        for arbol in self.arboles:
            yield from arbol.items()


class Bitacora(Persistent):
    """64 logs, each numbered from 1 inside its own transactions: what a log shows up to n will never change.

    Two transactions that append to one log take the same number, which is a conflict and a retry; so whoever has read
    a log up to n has missed nothing (a time would not give that: a later commit can carry an earlier time).
    """

    __name__ = ""
    __parent__: Any = None
    arboles: tuple[Any, ...] = ()

    def __init__(self) -> None:
        self.__name__ = ""
        self.__parent__ = None
        self.arboles = tuple(Lista() for _ in range(FRAGMENTOS))

    def agregar(self, clave: str, entrada: Any) -> tuple[int, int]:
        """Append to the log of ``clave``; returns the log and the number within it."""
        n = fragmento(clave)
        arbol = self.arboles[n]
        numero = arbol.maxKey() + 1 if arbol else 1
        arbol[numero] = entrada
        return n, numero

    def ultima(self, n: int) -> int:
        """The number of the last entry of log ``n``, 0 when it is empty."""
        arbol = self.arboles[n]
        return arbol.maxKey() if arbol else 0

    def desde(self, n: int, posicion: int, limite: int) -> list[tuple[int, Any]]:
        """Up to ``limite`` entries of log ``n`` after ``posicion``, in order."""
        entradas: list[tuple[int, Any]] = []
        for numero, entrada in self.arboles[n].items(min=posicion + 1):
            entradas.append((numero, entrada))
            if len(entradas) == limite:
                break
        return entradas
