"""The bare limit of a deposit: a ZODB commit of one object with the same two Blobs, each flushed to disk."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from persistent.mapping import PersistentMapping
from transaction import TransactionManager
from ZODB import DB
from ZODB.blob import Blob
from ZODB.FileStorage import FileStorage

from tests.bench.carga import Medicion


def confirmar(carpeta: Path, archivos: tuple[bytes, ...], hilos: int, segundos: float) -> Medicion:
    """Commits in a new FileStorage, from that many threads, each with an object of its own."""
    with _almacen(carpeta, hilos) as db, ThreadPoolExecutor(hilos) as obreros:
        partes = list(obreros.map(lambda n: _repetir(db, n, archivos, segundos), range(hilos)))
    latencias = tuple(sorted(latencia for suyas in partes for latencia in suyas))
    return Medicion(latencias, Counter({201: len(latencias)}), sum(len(suyas) / sum(suyas) for suyas in partes))


def anexar(carpeta: Path, segundos: float) -> Medicion:
    """What the disk gives: 4 KiB appended to a file and flushed."""
    latencias = []
    with (carpeta / "anexar").open("wb") as archivo:
        fin = perf_counter() + segundos
        while (antes := perf_counter()) < fin:
            archivo.write(bytes(4096))
            _asegurar(archivo)
            latencias.append(perf_counter() - antes)
    (carpeta / "anexar").unlink()
    return Medicion(tuple(sorted(latencias)), Counter(), len(latencias) / sum(latencias))


@contextmanager
def _almacen(carpeta: Path, objetos: int) -> Iterator[DB]:
    carpeta = carpeta / "desnudo"
    shutil.rmtree(carpeta, ignore_errors=True)
    carpeta.mkdir()
    db = DB(FileStorage(str(carpeta / "Data.fs"), blob_dir=str(carpeta / "blobs")), pool_size=16)
    with db.transaction() as conexion:
        conexion.root().update({n: PersistentMapping() for n in range(objetos)})
    try:
        yield db
    finally:
        db.close()
        shutil.rmtree(carpeta)


def _repetir(db: DB, n: int, archivos: tuple[bytes, ...], segundos: float) -> list[float]:
    manager = TransactionManager(explicit=True)
    conexion = db.open(manager)
    latencias = []
    fin = perf_counter() + segundos
    while (antes := perf_counter()) < fin:
        with manager:
            suyo = conexion.root()[n]
            for nombre, contenido in enumerate(archivos):
                suyo[nombre] = blob = Blob()
                with blob.open("w") as archivo:
                    archivo.write(contenido)
                    _asegurar(archivo)
        latencias.append(perf_counter() - antes)
    conexion.close()
    return latencias


def _asegurar(archivo: Any) -> None:
    archivo.flush()
    os.fsync(archivo.fileno())
