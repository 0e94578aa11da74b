"""What others read in a PDF that we made: pypdf for its objects, poppler for its text and its picture."""

import io
import re
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject


def leer(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf), strict=True)


def poppler(programa: str, pdf: bytes, *opciones: str) -> str:
    """Output of one of poppler's programs, which found nothing to complain of in the PDF."""
    salida = ["-"] if programa == "pdftotext" else []
    resultado = subprocess.run([programa, *opciones, "-", *salida], input=pdf, capture_output=True, check=True)
    assert not resultado.stderr
    return resultado.stdout.decode()


def estructura(pdf: bytes) -> list[tuple[str, str]]:
    """What a screen reader follows: (tag, text) in order, as poppler reads it."""
    leido: list[tuple[str, str]] = []
    etiqueta = ""
    for linea in poppler("pdfinfo", pdf, "-struct-text").splitlines():
        linea = linea.strip()
        if linea.startswith('"'):
            leido.append((etiqueta, linea.strip('"')))
        elif re.match(r"[A-Z]\w*( \((block|inline)\))?:?$", linea):
            etiqueta = linea.rstrip(":").split(" ")[0]
    return leido


def datos(pdf: bytes) -> dict[str, str]:
    """The tables of labels and values, by label."""
    return {rotulo: dato for (a, rotulo), (b, dato) in pairwise(estructura(pdf)) if (a, b) == ("TH", "TD")}


def operadores(lector: PdfReader) -> Iterator[tuple[int, list[Any], str]]:
    """(page, operands, operator) of everything drawn."""
    for n, pagina in enumerate(lector.pages):
        for operandos, operador in ContentStream(pagina.get_contents(), lector).operations:
            yield n, operandos, operador.decode()


def elementos(lector: PdfReader) -> Iterator[DictionaryObject]:
    """Every structure element, in reading order."""

    def bajar(elemento: DictionaryObject) -> Iterator[DictionaryObject]:
        yield elemento
        for hijo in elemento["/K"]:
            hijo = hijo.get_object()
            if isinstance(hijo, DictionaryObject) and "/S" in hijo:
                yield from bajar(hijo)

    yield from bajar(lector.root_object["/StructTreeRoot"]["/K"])


def retratar(pdf: bytes, carpeta: Path, puntos_por_pulgada: int) -> list[Image.Image]:
    """A grey picture of each page."""
    subprocess.run(["pdftoppm", "-gray", "-r", str(puntos_por_pulgada), "-", carpeta / "hoja"], input=pdf, check=True)
    return [Image.open(archivo) for archivo in sorted(carpeta.glob("hoja*.pgm"))]
