"""``python -m tests.bench.exportar [ROWS …]``: lists written by us and by the bare libraries, each in a fresh process.

Processor time and the most memory that the process held, less what it held before. No store: rows are made as they go.
"""

import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from time import process_time
from typing import Any, BinaryIO

from openpyxl import Workbook
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from casilla import printing
from casilla.printing.formatos import FORMATOS
from casilla.printing.hoja import APAISADA, MARGEN
from casilla.printing.listado import COLUMNAS, Listado
from casilla.printing.listado_pdf import _DATO, _dicho
from casilla.resources.casilla import Fila

COMIENZO = datetime(2025, 1, 1, 3, tzinfo=UTC)
DEPENDENCIAS = ("OFICINA GENERAL DE TECNOLOGÍAS DE LA INFORMACIÓN", "DIRECCIÓN DE FAMILIA Y COMUNIDAD", "PROCURADURÍA")


def filas(cuantas: int) -> Iterator[Fila]:
    for n in range(cuantas):
        cuando = COMIENZO + timedelta(minutes=n)
        yield Fila(
            f"C{n}",
            f"Respuesta a su solicitud de acceso a la información n.° {n}",
            DEPENDENCIAS[n % 3],
            "PERSONA FICTICIA QUE FIRMA",
            "CARTA",
            f"{n:06}-2025-OGTI",
            cuando,
            cuando,
            date(2026, 2, 14) if n % 3 else None,
            False,
            None,  # type: ignore[arg-type]
        )


def listado(cuantas: int) -> Listado:
    orden = "Fecha de envío de mensaje: recientes primero"
    return Listado("pendientes", "ROSA QUISPE MAMANI", "Ministerio", "", orden, COMIENZO, cuantas, filas(cuantas))


def nuestro(formato: str, cuantas: int, destino: BinaryIO) -> None:
    FORMATOS[formato].escribir(listado(cuantas), destino)


def excel_desnudo(cuantas: int, destino: BinaryIO) -> None:
    """openpyxl, write-only, the same values and nothing else."""
    libro = Workbook(write_only=True)
    hoja = libro.create_sheet()
    for valores in listado(cuantas).valores():
        hoja.append(valores)
    libro.save(destino)


def lienzo_desnudo(cuantas: int, destino: BinaryIO) -> None:
    """reportlab's canvas, the same words at the same places: no tags, no lines, no numbers on the pages."""
    ruta = Path(printing.__file__).with_name("NotoSans-Regular.ttf")
    pdfmetrics.registerFont(TTFont("N", str(ruta)))
    ancho = (APAISADA[0] - 2 * MARGEN) / sum(columna.ancho for columna in COLUMNAS)
    lienzo, y = Canvas(destino, pagesize=APAISADA, pageCompression=1), 0.0
    for valores in listado(cuantas).valores():
        celdas = [_DATO.lineas(_dicho(v), c.ancho * ancho - 5) for v, c in zip(valores, COLUMNAS, strict=True)]
        alto = 10 * max(map(len, celdas)) + 8
        if y < 48 + alto:
            if y:
                lienzo.showPage()
            lienzo.setFont("N", 7.5)
            y = APAISADA[1] - 42
        x = MARGEN
        for lineas, columna in zip(celdas, COLUMNAS, strict=True):
            for n, linea in enumerate(lineas, 1):
                lienzo.drawString(x, y - 10 * n, linea)
            x += columna.ancho * ancho
        y -= alto
    lienzo.save()


ESCRITORES: dict[str, Callable[[int, BinaryIO], Any]] = {
    "xlsx": partial(nuestro, "xlsx"),
    "xlsx, openpyxl": excel_desnudo,
    "pdf": partial(nuestro, "pdf"),
    "pdf, canvas": lienzo_desnudo,
    "csv": partial(nuestro, "csv"),
    "ods": partial(nuestro, "ods"),
}


def medir(escritor: str, cuantas: int) -> str:
    """A row of a Markdown table."""
    with TemporaryFile() as destino:
        ESCRITORES[escritor](10, destino)
        destino.seek(0)
        antes, comienzo = _memoria(), process_time()
        ESCRITORES[escritor](cuantas, destino)
        segundos = process_time() - comienzo
        tamano = destino.seek(0, 2)
    return f"| {escritor} | {cuantas:,} | {segundos:.2f} | {_memoria() - antes:.0f} | {tamano / 1e6:.1f} |"


def _memoria() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(argumentos: list[str]) -> None:
    if argumentos and argumentos[0] in ESCRITORES:
        print(medir(argumentos[0], int(argumentos[1])))
        return
    print("| written by | rows | s | MB more | file MB |\n| --- | --- | --- | --- | --- |", flush=True)
    for cuantas in argumentos or ("10000", "100000"):
        for escritor in ESCRITORES:
            subprocess.run([sys.executable, "-m", __spec__.name, escritor, cuantas], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
