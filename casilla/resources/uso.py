"""What people found in the questions, by month: whether an answer served them, and what they searched for in vain.

Nothing says who: only counts are kept.
"""

from typing import Any

from BTrees.Length import Length
from BTrees.LOBTree import LOBTree
from BTrees.OOBTree import OOBTree
from persistent import Persistent


class MesDeUso(Persistent):
    """``si``, ``no``: name of a question → Length; ``busquedas``: words, folded → Length, which two writers do not
    fight for; ``sin_guardar``: how many searches whose words were not kept.
    """

    si: Any = None
    no: Any = None
    busquedas: Any = None
    sin_guardar: Any = None

    def __init__(self) -> None:
        self.si = OOBTree()
        self.no = OOBTree()
        self.busquedas = OOBTree()
        self.sin_guardar = Length()


class Uso(Persistent):
    """``meses``: year × 12 + month (0 to 11) on Lima's clock → MesDeUso."""

    __name__ = ""
    __parent__: Any = None
    meses: Any = None

    def __init__(self) -> None:
        self.__name__ = ""
        self.__parent__ = None
        self.meses = LOBTree()

    def del_mes(self, mes: int) -> MesDeUso:
        """Made when it is first asked for."""
        if mes not in self.meses:
            self.meses[mes] = MesDeUso()
        suyo: MesDeUso = self.meses[mes]
        return suyo


def sumar(cuentas: Any, clave: str, cuantas: int = 1) -> None:
    """So many more, in a mapping to Length."""
    if clave not in cuentas:
        cuentas[clave] = Length()
    cuentas[clave].change(cuantas)
