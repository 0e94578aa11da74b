"""The one seat: how a child enters the tree."""

from collections.abc import Iterator
from typing import Any

from BTrees.Length import Length
from BTrees.OOBTree import OOBTree
from persistent import Persistent


class AsientoOcupado(Exception):
    """The name is taken, or the child sits elsewhere already."""


def sentar(padre: Any, nombre: str, hijo: Any) -> None:
    """Give the child its name and its parent. Raises AsientoOcupado when it has one already."""
    if getattr(hijo, "__parent__", None) is not None:
        raise AsientoOcupado(f"{hijo!r} ya tiene lugar")
    hijo.__name__ = nombre
    hijo.__parent__ = padre


class Carpeta(Persistent):
    """A folder of named children: ``carpeta[nombre] = hijo`` seats, ``del`` unseats; counted without walking."""

    __name__ = ""
    __parent__: Any = None
    _hijos: Any = None
    _cuenta: Any = None

    def __init__(self) -> None:
        self.__name__ = ""
        self.__parent__ = None
        self._hijos = OOBTree()
        self._cuenta = Length()

    def __getitem__(self, nombre: str) -> Any:
        return self._hijos[nombre]

    def get(self, nombre: str, default: Any = None) -> Any:
        return self._hijos.get(nombre, default)

    def __contains__(self, nombre: str) -> bool:
        return nombre in self._hijos

    def __iter__(self) -> Iterator[str]:
        return iter(self._hijos)

    def __len__(self) -> int:
        return self._cuenta()

    def __bool__(self) -> bool:
        return True

    def values(self) -> Iterator[Any]:
        return iter(self._hijos.values())

    def __setitem__(self, nombre: str, hijo: Any) -> None:
        if nombre in self._hijos:
            raise AsientoOcupado(f"{nombre} ya existe")
        sentar(self, nombre, hijo)
        self._hijos[nombre] = hijo
        self._cuenta.change(1)

    def __delitem__(self, nombre: str) -> None:
        self._hijos.pop(nombre).__parent__ = None
        self._cuenta.change(-1)
