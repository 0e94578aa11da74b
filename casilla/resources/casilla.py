"""The mailbox: rows for the tray, and two trays that are sets of row numbers.

A tray page, a count and a deposit cost the same with ten or a hundred thousand notifications: rows are small tuples in
a tree keyed by their number, pages walk a set of numbers downwards by key, counts are kept by ``BTrees.Length``.
"""

from collections.abc import Iterator
from datetime import date, datetime
from secrets import randbelow
from typing import Any, NamedTuple

from BTrees.Length import Length
from BTrees.LLBTree import LLTreeSet
from BTrees.LOBTree import LOBTree
from persistent import Persistent

from casilla.permissions import ALLOW, NADA_MAS, SGD, Permiso, titular
from casilla.resources.asiento import sentar
from casilla.resources.notificacion import Notificacion

VERSION = 1
PENDIENTES = "pendientes"
LEIDOS = "leidos"
BANDEJAS = (PENDIENTES, LEIDOS)


class Fila(NamedTuple):
    """What a tray shows of a notification; stored as a plain tuple behind the number of its version."""

    codigo: str
    asunto: str
    dependencia: str
    emisor: str
    tipo: str
    numero: str
    fecha_emision: datetime
    depositado_en: datetime
    vence: date | None
    anulado: bool
    notificacion: Notificacion


class Filas(LOBTree):
    """Rows by number. Smaller nodes than the library's 60 and 500: a deposit writes a leaf again."""

    max_leaf_size = 12
    max_internal_size = 32


class Numeros(LLTreeSet):
    """Row numbers, in smaller nodes than the library's 120 and 500, for the same reason."""

    max_leaf_size = 60
    max_internal_size = 32


class Bandeja(Persistent):
    """A set of row numbers with its count."""

    numeros: Any = None
    cuenta: Any = None

    def __init__(self) -> None:
        self.numeros = Numeros()
        self.cuenta = Length()

    def __len__(self) -> int:
        return self.cuenta()

    def __bool__(self) -> bool:
        return True

    def __contains__(self, numero: int) -> bool:
        return numero in self.numeros

    def poner(self, numero: int) -> None:
        if self.numeros.insert(numero):
            self.cuenta.change(1)

    def quitar(self, numero: int) -> None:
        self.numeros.remove(numero)
        self.cuenta.change(-1)

    def desde_arriba(self, hasta: int | None, cuantos: int) -> list[int]:
        """Up to ``cuantos`` numbers, newest first, none above ``hasta``."""
        numeros: list[int] = []
        while len(numeros) < cuantos:
            try:
                numero = self.numeros.maxKey(hasta) if hasta is not None else self.numeros.maxKey()
            except ValueError:
                break
            numeros.append(numero)
            hasta = numero - 1
        return numeros

    def desde_abajo(self, desde: int | None, cuantos: int) -> list[int]:
        """Up to ``cuantos`` numbers not below ``desde``, the nearest to it, returned newest first."""
        numeros: list[int] = []
        for numero in self.numeros.keys(min=desde):
            numeros.append(numero)
            if len(numeros) == cuantos:
                break
        return numeros[::-1]


class Casilla(Persistent):
    """One person's mailbox; its name is opaque, so that no address shows a document number."""

    __name__ = ""
    __parent__: Any = None
    persona: Any = None
    abierta_en: datetime | None = None
    cerrada_en: datetime | None = None
    filas: Any = None
    pendientes: Any = None
    leidos: Any = None

    def __init__(self, persona: Any, abierta_en: datetime) -> None:
        self.__name__ = ""
        self.__parent__ = None
        self.persona = persona
        self.abierta_en = abierta_en
        self.cerrada_en = None
        self.filas = Filas()
        self.pendientes = Bandeja()
        self.leidos = Bandeja()

    @property
    def __acl__(self) -> list[Any]:
        return [
            (ALLOW, titular(self.__name__), (Permiso.VER_CASILLA, Permiso.ABRIR)),
            (ALLOW, SGD, (Permiso.CONSULTAR, Permiso.ANULAR)),
            NADA_MAS,
        ]

    def bandeja(self, nombre: str) -> Bandeja:
        return {PENDIENTES: self.pendientes, LEIDOS: self.leidos}[nombre]

    def __getitem__(self, nombre: str) -> Notificacion:
        """The notification whose number is ``nombre``; KeyError for anything else."""
        if not (nombre.isascii() and nombre.isdigit()) or len(nombre) > 18:
            raise KeyError(nombre)
        return self.fila(int(nombre)).notificacion

    def fila(self, numero: int) -> Fila:
        """Raises KeyError when there is no such row."""
        return Fila._make(self.filas[numero][1:])

    def __iter__(self) -> Iterator[Notificacion]:
        for fila in self.filas.values():
            yield Fila._make(fila[1:]).notificacion

    def sentar(self, notificacion: Notificacion) -> None:
        """The only way in: a number, a row, and the tray of what is unread.

        The number is the time of the deposit, finely divided: two deposits at once get different ones, and ZODB
        merges their rows where a running number would make the second try again.
        """
        numero = int(notificacion.depositado_en.timestamp() * 1_000_000) * 100 + randbelow(100)
        while numero in self.filas:
            numero += 1
        sentar(self, str(numero), notificacion)
        self.filas[numero] = _fila(notificacion)
        self.pendientes.poner(numero)

    def reacomodar(self, notificacion: Notificacion) -> None:
        """After a change of state: the row and its tray say again what the notification says."""
        numero = int(notificacion.__name__)
        self.filas[numero] = _fila(notificacion)
        nueva = self._bandeja_de(notificacion)
        if numero in nueva:
            return
        otra = self.leidos if nueva is self.pendientes else self.pendientes
        otra.quitar(numero)
        nueva.poner(numero)

    def _bandeja_de(self, notificacion: Notificacion) -> Bandeja:
        return self.pendientes if notificacion.estado == "depositado" else self.leidos

    def diferencias(self) -> list[str]:
        """Where rows, trays and counts do not say what the notifications say; empty when all is well."""
        halladas = []
        for numero, fila in self.filas.items():
            notificacion = fila[-1]
            bandeja = self._bandeja_de(notificacion)
            otra = self.leidos if bandeja is self.pendientes else self.pendientes
            if numero not in bandeja or numero in otra:
                halladas.append(f"casilla {self.__name__}: la fila {numero} no está en su bandeja")
            if fila != _fila(notificacion) or notificacion.__name__ != str(numero):
                halladas.append(f"casilla {self.__name__}: la fila {numero} no dice lo que su notificación")
        total = 0
        for nombre in BANDEJAS:
            numeros = len(self.bandeja(nombre).numeros)
            total += numeros
            if numeros != len(self.bandeja(nombre)):
                halladas.append(f"casilla {self.__name__}: la cuenta de {nombre} no es la de su bandeja")
        if total != len(self.filas):
            halladas.append(f"casilla {self.__name__}: hay números de más en las bandejas")
        return halladas

    def rehacer(self) -> None:
        """Make rows and trays anew from the notifications."""
        notificaciones = [(numero, fila[-1]) for numero, fila in self.filas.items()]
        self.pendientes, self.leidos = Bandeja(), Bandeja()
        for numero, notificacion in notificaciones:
            self.filas[numero] = _fila(notificacion)
            self._bandeja_de(notificacion).poner(numero)


def _fila(n: Notificacion) -> tuple[Any, ...]:
    anulado = n.estado == "anulado"
    fila = Fila(
        n.codigo,
        n.asunto,
        n.dependencia,
        n.firmado_por,
        n.tipo,
        n.numero,
        n.fecha_emision,
        n.depositado_en,
        n.vence,
        anulado,
        n,
    )
    return (VERSION, *fila)
