"""Bulks for the tests: a table, its ZIP, and the obrero that does them."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from threading import Event
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from ZODB import DB

from casilla.resources.almacen import abrir
from casilla.resources.lote import Lote
from casilla.resources.sitio import Sitio
from casilla.scripts.obrero import Obrero
from casilla.services import lotes
from casilla.services.fundacion import RAIZ
from casilla.services.tabla_de_lote import COLUMNAS
from tests import mundo

FILA = {
    "tipo_documento": "DNI",
    "numero_documento": "40000001",
    "expediente": "OGT002026000100",
    "fecha_expediente": "16/01/2026",
    "tipo": "OFICIO",
    "asunto": "Respuesta a su solicitud",
    "fecha": "16/01/2026 10:34",
    "firmado_por": "PERSONA FICTICIA QUE FIRMA",
    "elaborado_por": "PERSONA FICTICIA QUE ELABORA",
    "plazo_dias_habiles": "15",
    "archivo": "a.pdf",
}
PDF = mundo.pdf(2)


def filas(cuantas: int, **comun: str) -> list[dict[str, str]]:
    """So many rows that are right, for Rosa."""
    return [{**FILA, "numero": f"{n:06}-2026-LOTE", **comun} for n in range(1, cuantas + 1)]


def tabla(filas: list[dict[str, str]]) -> bytes:
    nombres = [columna.nombre for columna in COLUMNAS]
    lineas = [nombres, *([fila.get(nombre, "") for nombre in nombres] for fila in filas)]
    return "\r\n".join(";".join(linea) for linea in lineas).encode()


def paquete(entradas: Mapping[str, bytes] | None = None) -> bytes:
    salida = BytesIO()
    with ZipFile(salida, "w", ZIP_DEFLATED) as zip_:
        for nombre, contenido in (entradas or {"a.pdf": PDF}).items():
            zip_.writestr(nombre, contenido)
    return salida.getvalue()


def traer(sitio: Sitio, las_filas: list[dict[str, str]] | bytes, entradas: Mapping[str, bytes] | None = None) -> Lote:
    """A bulk of the notifier's, whose dry run is asked for; its table as rows, or written out."""
    escrita = las_filas if isinstance(las_filas, bytes) else tabla(las_filas)
    csv = mundo.archivo(sitio, escrita, "lote.csv", "text/csv")
    zip_ = mundo.archivo(sitio, paquete(entradas), "lote.zip", "application/zip")
    return lotes.traer(sitio, "notificador", csv, zip_, mundo.ENERO)


def en(db: DB, acto: Callable[[Sitio], Any]) -> Any:
    """Do it in a transaction of its own."""
    with db.transaction() as conexion:
        return acto(conexion.root()[RAIZ])


def en_el_almacen(uri: str, acto: Callable[[Sitio], Any]) -> None:
    """The same in a store that no process has open."""
    db = abrir(uri)
    try:
        en(db, acto)
    finally:
        db.close()


def obrar(db: DB, ajustes: Mapping[str, Any], **cambios: Any) -> list[str]:
    """A round of the obrero."""
    obrero = Obrero(db, ajustes, **{"reloj": lambda: datetime.now(UTC), **cambios})
    return list(obrero.ronda(Event()))
