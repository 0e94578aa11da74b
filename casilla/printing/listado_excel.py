"""The list as an Excel workbook (ECMA-376), row after row by openpyxl: never whole in memory."""

import re
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from casilla.printing.listado import FECHA, FECHA_HORA, TEXTO, Lista

TIPO = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMATOS = {FECHA: "dd/mm/yyyy", FECHA_HORA: "dd/mm/yyyy hh:mm"}
_TITULO, _NEGRITA = Font("Calibri", 14, bold=True), Font("Calibri", 11, bold=True)
# Excel reads "_x0041_" as "A": the underscore is written as its own code (ECMA-376, part 1, 22.9.2.19).
_CODIGO = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def escribir(listado: Lista, destino: IO[bytes]) -> None:
    """Write the workbook: one sheet, the head of its table fixed and repeated on paper."""
    libro = Workbook(write_only=True)
    libro.properties.title = listado.titulo
    libro.properties.creator = listado.institucion
    hoja = libro.create_sheet(listado.hoja)
    _acomodar(hoja, len(listado.encabezado) + 2, listado)
    hoja.append([_texto(hoja, listado.titulo, _TITULO)])
    for linea in listado.encabezado:
        hoja.append([_texto(hoja, linea)])
    hoja.append([_titulo(hoja, columna.titulo) for columna in listado.columnas])
    _filas(hoja, listado)
    libro.save(destino)


def _acomodar(hoja: Any, cabeza: int, listado: Lista) -> None:
    for n, columna in enumerate(listado.columnas, 1):
        hoja.column_dimensions[get_column_letter(n)].width = columna.ancho
    hoja.freeze_panes = f"A{cabeza + 1}"
    hoja.auto_filter.ref = f"A{cabeza}:{get_column_letter(len(listado.columnas))}{cabeza + listado.cuantas}"
    hoja.print_title_rows = f"{cabeza}:{cabeza}"
    hoja.page_setup.orientation = "landscape"
    hoja.page_setup.paperSize = "9"  # A4 (ECMA-376, part 1, 18.3.1.63)
    hoja.page_setup.fitToHeight = 0
    hoja.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    hoja.oddFooter.center.text = "Página &P de &N"


def _filas(hoja: Any, listado: Lista) -> None:
    """A row is written when it is appended, so the same cells serve for all of them."""
    celdas = [_celda(hoja, columna.clase) for columna in listado.columnas]
    textos = [columna.clase == TEXTO for columna in listado.columnas]
    for valores in listado.valores():
        for celda, valor, es_texto in zip(celdas, valores, textos, strict=True):
            if es_texto:
                _poner(celda, str(valor))
            else:
                celda.value = valor
        hoja.append(celdas)


def _celda(hoja: Any, clase: str) -> Cell:
    celda = WriteOnlyCell(hoja)
    if clase in _FORMATOS:
        celda.number_format = _FORMATOS[clase]
    elif clase == TEXTO:
        _como_texto(celda)
    return celda


def _texto(hoja: Any, texto: str, letra: Font | None = None) -> Cell:
    celda = _celda(hoja, TEXTO)
    if letra:
        celda.font = letra
    _poner(celda, texto)
    return celda


def _titulo(hoja: Any, texto: str) -> Cell:
    celda = _texto(hoja, texto, _NEGRITA)
    celda.alignment = Alignment(vertical="top", wrap_text=True)
    return celda


def _como_texto(celda: Cell) -> None:
    """Text for Excel too when the cell is edited: the format "@", and the mark of what was typed after a quote."""
    celda.number_format = "@"
    celda.quotePrefix = True


def _poner(celda: Cell, texto: str) -> None:
    """openpyxl guesses: "=1+1" would be a formula, "#N/A" an error. It is text, whatever it looks like."""
    celda.value = _CODIGO.sub("_x005F_", texto)
    celda.data_type = "s"
