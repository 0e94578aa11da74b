"""A bulk, as large as it may be: how long its dry run and its deposits take, and how much memory.

    python -m tests.bench.lote [filas [muertes]]

A store of its own with a few hundred people; a document of some 20 KB for each row; the obrero in a process of its own,
killed so many times while it deposits.
"""

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from casilla.resources.almacen import abrir
from casilla.resources.sitio import Sitio
from casilla.services.lotes import DEPOSITO, encargar_trabajo
from tests import mundo
from tests.lotes import FILA, en, en_el_almacen, paquete, traer
from tests.obreros import Obreros

PERSONAS = 300


def procesador_de_los_obreros() -> float:
    """Seconds, of all that have ended."""
    hijos = resource.getrusage(resource.RUSAGE_CHILDREN)
    return hijos.ru_utime + hijos.ru_stime


@contextmanager
def cronometro(que: str, filas: int, obreros: Obreros) -> Iterator[None]:
    desde, procesador = perf_counter(), procesador_de_los_obreros()
    yield
    segundos, procesador = perf_counter() - desde, procesador_de_los_obreros() - procesador
    ritmo = f"{segundos:8.1f} s ({procesador:.1f} de procesador) {filas / segundos:8.0f} filas/s"
    print(f"{que:16} {ritmo}   pico {obreros.memoria >> 10:6} MB", flush=True)


def las_filas(cuantas: int) -> list[dict[str, str]]:
    return [
        {**FILA, "numero": f"{n:06}-2026-LOTE", "numero_documento": f"{41000000 + n % PERSONAS}", "archivo": f"{n}.pdf"}
        for n in range(1, cuantas + 1)
    ]


def medir(cuantas: int, muertes: int, carpeta: Path) -> None:
    ajustes: dict[str, Any] = {"casilla.url": "http://localhost", "casilla.secreto_archivo": str(carpeta / "secreto")}
    (carpeta / "secreto").write_bytes(mundo.SECRETO)
    uri = mundo.carpeta_vacia(carpeta)
    db = abrir(uri)
    with db.transaction() as conexion:
        sitio = mundo.construir(conexion.root())
        for n in range(PERSONAS):
            documento = f"1-{41000000 + n}"
            mundo.afiliada(
                sitio,
                documento,
                nombres="UNA",
                apellido_paterno="DE",
                apellido_materno="MUCHAS",
                correo=f"{n}@correo.example",
            )
    filas = las_filas(cuantas)
    pdf = mundo.pdf(2, 20_000)
    entradas = {fila["archivo"]: pdf for fila in filas}
    print(f"ZIP de {len(paquete(entradas)) >> 20} MB")
    en(db, lambda sitio: traer(sitio, filas, entradas))
    db.close()
    obreros = Obreros(uri, ajustes, Random(0))
    with cronometro("revisar", cuantas, obreros):
        assert obreros.obrar() == "terminado"
    en_el_almacen(uri, lambda s: encargar_trabajo(s, next(s.lotes.de("notificador")), DEPOSITO, datetime.now(UTC)))
    with cronometro("depositar", cuantas, obreros):
        assert obreros.depositar(cuantas, muertes) == "terminado"

    def comprobar(sitio: Sitio) -> None:
        lote = next(sitio.lotes.de("notificador"))
        assert len(lote.hechas) == cuantas
        assert not lote.errores

    en_el_almacen(uri, comprobar)


if __name__ == "__main__":
    cuantas, muertes = [*map(int, sys.argv[1:]), *(10_000, 0)[len(sys.argv) - 1 :]]
    with TemporaryDirectory() as temporal:
        medir(cuantas, muertes, Path(temporal))
