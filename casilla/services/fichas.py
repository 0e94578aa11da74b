"""What a search looks at in the rows of a tray: their words without accents or capitals, their times as numbers.

To fold the words of a hundred thousand rows, or only to read them from the store, takes longer than to search them.
What a row says of its document never changes, so each process keeps it, of as many rows as ``MAXIMO``, those of the
trays searched last. A deposit writes nothing for it: what arrived since is read by the next search.
"""

from collections import OrderedDict
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from casilla.resources.casilla import Casilla, Fila
from casilla.services.horas import en_lima
from casilla.services.palabras import plegar

# Some 700 bytes a row.
MAXIMO = 200_000
# How many rows may be read before the connection's cache lets go of what it does not need.
RESPIRO = 2_000

# The number of the row; all its words, a line for each column; its year on Lima's clock; the words of each column,
# folded; its times in seconds since 1970. Plain tuples: Python's garbage collector lets these alone, others not.
Ficha = tuple[Any, ...]
FILA, TEXTO, ANO, ASUNTO, DEPENDENCIA, EMISOR, TIPO, NUMERO, EMISION, ENVIO = range(10)


def ficha(numero: int, fila: Fila, plegadas: dict[str, str] | None = None) -> Ficha:
    """Of a row; ``plegadas`` remembers the words that repeat from row to row."""
    plegadas = {} if plegadas is None else plegadas
    for repetida in (fila.dependencia, fila.emisor, fila.tipo):
        if repetida not in plegadas:
            plegadas[repetida] = plegar(repetida)
    palabras = (
        plegar(fila.asunto),
        plegadas[fila.dependencia],
        plegadas[fila.emisor],
        plegadas[fila.tipo],
        plegar(fila.numero),
    )
    ano = en_lima(fila.fecha_emision).year
    return (numero, "\n".join(palabras), ano, *palabras, fila.fecha_emision.timestamp(), fila.depositado_en.timestamp())


class _Memoria:
    """The trays searched last in one store, each with the serial that its count had: it changes with the tray."""

    def __init__(self) -> None:
        self._cerrojo = Lock()
        self._bandejas: OrderedDict[bytes, tuple[bytes, list[Ficha]]] = OrderedDict()

    def tomar(self, oid: bytes) -> tuple[bytes, list[Ficha]]:
        with self._cerrojo:
            if oid not in self._bandejas:
                return b"", []
            self._bandejas.move_to_end(oid)
            return self._bandejas[oid]

    def poner(self, oid: bytes, serial: bytes, bandeja: list[Ficha]) -> None:
        with self._cerrojo:
            self._bandejas[oid] = (serial, bandeja)
            self._bandejas.move_to_end(oid)
            while len(self._bandejas) > 1 and sum(len(b) for _, b in self._bandejas.values()) > MAXIMO:
                self._bandejas.popitem(last=False)


_memorias: WeakKeyDictionary[Any, _Memoria] = WeakKeyDictionary()


def fichas(casilla: Casilla, nombre: str) -> list[Ficha]:
    """Of every row of the tray, the oldest first. Not to be changed: others use it too."""
    cuenta = casilla.bandeja(nombre).cuenta
    cuenta._p_activate()
    if cuenta._p_jar is None or cuenta._p_changed:
        return _leer(casilla, nombre, [])
    memoria = _memorias.setdefault(cuenta._p_jar.db(), _Memoria())
    serial, conocidas = memoria.tomar(cuenta._p_oid)
    if serial != cuenta._p_serial:
        conocidas = _leer(casilla, nombre, conocidas)
        memoria.poner(cuenta._p_oid, cuenta._p_serial, conocidas)
    return conocidas


def _leer(casilla: Casilla, nombre: str, conocidas: list[Ficha]) -> list[Ficha]:
    sabidas = {ficha[FILA]: ficha for ficha in conocidas}
    leidas: list[Ficha] = []
    plegadas: dict[str, str] = {}
    for numero in casilla.bandeja(nombre).numeros:
        leidas.append(sabidas.get(numero) or ficha(numero, casilla.fila(numero), plegadas))
        if len(leidas) % RESPIRO == 0 and casilla._p_jar is not None:
            casilla._p_jar.cacheGC()
    return leidas
