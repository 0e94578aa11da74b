"""The index of SUNAT's public file: one SQLite file, read-only once it is in its place (docs/decisiones).

It is replaced whole and never changed, so readers take no lock, and who is reading keeps the old one to the end.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from zc.lockfile import LockError, LockFile

from casilla.gateways.protocolo import DatosEmpresa

APLICACION = 0x0CA51A20
"""In the header of the file: whose it is. The version of its tables stands beside it."""
VERSION = 1
# KiB of memory for pages: enough for the upper part of the tree when the RUC come in any order.
_CACHE = 32 * 1024

_TABLAS = """
CREATE TABLE empresa (ruc INTEGER PRIMARY KEY, nombre TEXT NOT NULL, estado TEXT, condicion TEXT, ubigeo TEXT);
CREATE TABLE importacion (
    importado_en TEXT, fuente TEXT, fuente_del TEXT, todos INTEGER, leidas INTEGER, malas INTEGER
);
"""

Fila = tuple[int, str, str | None, str | None, str | None]
"""RUC, name, estado, condición, ubigeo."""


class SinIndice(Exception):
    """There is no index that can be read; its text says why, in Spanish."""


class Ocupado(Exception):
    """Another import is at work on the same index."""


@dataclass(frozen=True)
class Importacion:
    """Where an index comes from. ``fuente``: the name of SUNAT's file, ``fuente_del``: when it was last written.

    ``todos``: whether it holds every RUC and not only those of companies. ``leidas`` and ``malas``: lines of the file,
    and those among them that could not be understood.
    """

    importado_en: datetime
    fuente: str
    fuente_del: datetime
    todos: bool
    leidas: int
    malas: int


def buscar(archivo: Path, ruc: str) -> DatosEmpresa | None:
    """The company, in some tenths of a millisecond. ``ruc``: 11 digits. Raises SinIndice."""
    consulta = "SELECT nombre, ubigeo, estado, condicion FROM empresa WHERE ruc = ?"
    with _abierto(archivo) as base:
        fila = base.execute(consulta, (int(ruc),)).fetchone()
    return DatosEmpresa(*fila) if fila else None


def estado(archivo: Path) -> Importacion:
    """What the index was made from. Raises SinIndice."""
    with _abierto(archivo) as base:
        importado_en, fuente, fuente_del, todos, leidas, malas = base.execute("SELECT * FROM importacion").fetchone()
    fechas = datetime.fromisoformat(importado_en), datetime.fromisoformat(fuente_del)
    return Importacion(fechas[0], fuente, fechas[1], bool(todos), leidas, malas)


def cuantas(archivo: Path) -> int:
    """How many RUC it holds: it counts them all. Raises SinIndice."""
    with _abierto(archivo) as base:
        return int(base.execute("SELECT count(*) FROM empresa").fetchone()[0])


@contextmanager
def _abierto(archivo: Path) -> Iterator[sqlite3.Connection]:
    """The index that lies there now, for one question: tomorrow's is another file."""
    if not os.access(archivo, os.R_OK):
        raise SinIndice(f"no existe el índice {archivo}, o no se puede leer: ejecute «casilla padron importar»")
    try:
        with closing(sqlite3.connect(f"{archivo.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            marcas = [base.execute(f"PRAGMA {marca}").fetchone()[0] for marca in ("application_id", "user_version")]
            if marcas != [APLICACION, VERSION]:
                raise SinIndice(f"{archivo} no es un índice de esta versión: ejecute «casilla padron importar»")
            yield base
    except sqlite3.Error as error:
        raise SinIndice(f"no se puede leer el índice {archivo} ({error})") from error


@contextmanager
def construccion(archivo: Path) -> Iterator["Obra"]:
    """A new index beside the one that is in use, which stays as it is until ``Obra.poner_en_uso``.

    Whatever a killed import left is removed by the next one. Raises Ocupado, OSError and sqlite3.Error.
    """
    archivo.parent.mkdir(parents=True, exist_ok=True)
    try:
        candado = LockFile(f"{archivo}.candado")
    except LockError as error:
        raise Ocupado from error
    nuevo = archivo.with_name(f"{archivo.name}.nuevo")
    try:
        nuevo.unlink(missing_ok=True)
        with closing(sqlite3.connect(nuevo, isolation_level=None)) as base:
            yield Obra(archivo, nuevo, base)
    finally:
        nuevo.unlink(missing_ok=True)
        candado.close()


class Obra:
    """An index under construction. Nothing guards it against being killed: then it is begun anew."""

    def __init__(self, archivo: Path, nuevo: Path, base: sqlite3.Connection) -> None:
        self._archivo, self._nuevo, self._base = archivo, nuevo, base
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute(f"PRAGMA cache_size = -{_CACHE}")
        base.execute(f"PRAGMA application_id = {APLICACION}")
        base.execute(f"PRAGMA user_version = {VERSION}")
        base.executescript(_TABLAS)
        base.execute("BEGIN")

    def llenar(self, filas: Iterable[Fila]) -> None:
        """Takes the companies as they come; of a RUC that comes twice the last stays."""
        self._base.executemany("INSERT OR REPLACE INTO empresa VALUES (?, ?, ?, ?, ?)", filas)

    def poner_en_uso(self, importacion: Importacion) -> None:
        """From now on this is the index: written to disk, then renamed over the old one in one step."""
        fechas = importacion.importado_en.isoformat(), importacion.fuente_del.isoformat()
        cuentas = importacion.todos, importacion.leidas, importacion.malas
        self._base.execute(
            "INSERT INTO importacion VALUES (?, ?, ?, ?, ?, ?)", (fechas[0], importacion.fuente, fechas[1], *cuentas)
        )
        self._base.execute("COMMIT")
        self._base.close()
        _a_disco(self._nuevo)
        os.replace(self._nuevo, self._archivo)
        _a_disco(self._archivo.parent)


def _a_disco(ruta: Path) -> None:
    descriptor = os.open(ruta, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
