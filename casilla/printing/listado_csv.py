"""The list as CSV (RFC 4180), for other programs: the head of the table is the first line, times are ISO 8601."""

import csv
import re
from datetime import datetime
from io import TextIOWrapper
from typing import IO

from casilla.printing.listado import Lista, Valor

TIPO = "text/csv"
# What a spreadsheet would calculate, were it to open the file; its wide forms too (OWASP, CSV Injection).
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")


def escribir(listado: Lista, destino: IO[bytes]) -> None:
    """Write the file in UTF-8 with a byte order mark, without which Excel spoils accents.

    A list that goes beside a table with another ``separador`` than the comma has the same.
    """
    texto = TextIOWrapper(destino, encoding="utf-8-sig", newline="")
    renglones = csv.writer(texto, delimiter=getattr(listado, "separador", ","))
    renglones.writerow(columna.titulo for columna in listado.columnas)
    renglones.writerows(map(_dicho, valores) for valores in listado.valores())
    texto.detach()


def _dicho(valor: Valor) -> str | int:
    """A text that looks like a formula has a quote before it: CSV knows no types."""
    if isinstance(valor, str):
        return f"'{valor}" if _FORMULA.match(valor) else valor
    if isinstance(valor, datetime):
        return f"{valor:%Y-%m-%d %H:%M:%S}"
    return valor if isinstance(valor, int) else valor.isoformat() if valor else ""
