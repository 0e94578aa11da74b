"""A bulk, as large as it may be: how long its dry run and its deposits take, and how much memory.

    python -m tests.bench.lote [filas]

A store of its own with a few hundred people; a document of some 20 KB for each row; the obrero alone in the process.
"""

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from casilla.resources.almacen import abrir
from casilla.resources.sitio import Sitio
from casilla.services.lotes import DEPOSITO, encargar_trabajo
from casilla.services.tabla_de_lote import leer_tabla
from tests import mundo
from tests.lotes import FILA, en, obrar, paquete, tabla, traer

PERSONAS = 300


@contextmanager
def cronometro(que: str, filas: int) -> Iterator[None]:
    desde, procesador = perf_counter(), process_time()
    yield
    segundos, procesador = perf_counter() - desde, process_time() - procesador
    memoria = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ritmo = f"{segundos:8.1f} s ({procesador:.1f} de procesador) {filas / segundos:8.0f} filas/s"
    print(f"{que:16} {ritmo}   pico {memoria:6.0f} MB", flush=True)


def las_filas(cuantas: int) -> list[dict[str, str]]:
    return [
        {**FILA, "numero": f"{n:06}-2026-LOTE", "numero_documento": f"{41000000 + n % PERSONAS}", "archivo": f"{n}.pdf"}
        for n in range(1, cuantas + 1)
    ]


def medir(cuantas: int, carpeta: Path) -> None:
    ajustes: dict[str, Any] = {"casilla.url": "http://localhost", "casilla.secreto_archivo": str(carpeta / "secreto")}
    (carpeta / "secreto").write_bytes(mundo.SECRETO)
    db = abrir(mundo.carpeta_vacia(carpeta))
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
    with cronometro("leer la tabla", cuantas):
        leer_tabla(tabla(filas))
    print(f"ZIP de {len(paquete(entradas)) >> 20} MB")
    en(db, lambda sitio: traer(sitio, filas, entradas))
    with cronometro("revisar", cuantas):
        assert obrar(db, ajustes) == ["terminado"]
    en(db, lambda s: encargar_trabajo(s, next(s.lotes.de("notificador")), DEPOSITO, datetime.now(UTC)))
    with cronometro("depositar", cuantas):
        assert obrar(db, ajustes) == ["terminado"]

    def comprobar(sitio: Sitio) -> None:
        lote = next(sitio.lotes.de("notificador"))
        assert len(lote.hechas) == cuantas
        assert not lote.errores

    en(db, comprobar)
    db.close()


if __name__ == "__main__":
    with TemporaryDirectory() as temporal:
        medir(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, Path(temporal))
