"""The kinds of file that a list may be written as."""

from types import ModuleType

from casilla.printing import listado_csv, listado_excel, listado_ods, listado_pdf

# Each module has TIPO, its media type, and ``escribir(listado, destino)``.
FORMATOS: dict[str, ModuleType] = {
    "xlsx": listado_excel,
    "pdf": listado_pdf,
    "csv": listado_csv,
    "ods": listado_ods,
}
NOMBRES = {"xlsx": "Excel", "pdf": "PDF", "csv": "CSV", "ods": "ODS"}
