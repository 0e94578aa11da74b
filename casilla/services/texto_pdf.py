"""Whether a PDF has words that a screen reader can speak, or is a picture of them."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import pikepdf

from casilla.resources.adjunto import Adjunto

# Pages that are looked at, and how deep in forms within forms.
_PAGINAS, _HONDO = 20, 3


def es_imagen(adjunto: Adjunto) -> bool:
    """Whether the PDF is scanned, with no words behind its pictures. Remembered, for a file never changes."""
    return _es_imagen(adjunto.huella, adjunto.ruta)


@lru_cache(maxsize=10_000)
def _es_imagen(huella: str, ruta: str) -> bool:
    return not tiene_letras(Path(ruta))


def tiene_letras(ruta: Path) -> bool:
    """Whether any of the first pages names a font. One that cannot be looked into is believed to have words."""
    try:
        with pikepdf.open(ruta) as pdf:
            return any(_con_fuente(pagina.obj, _HONDO) for pagina in islice(pdf.pages, _PAGINAS))
    except (pikepdf.PdfError, OSError, RuntimeError, ValueError, RecursionError):
        return True


def _con_fuente(objeto: Any, hondo: int) -> bool:
    recursos = objeto.get("/Resources", {})
    if recursos.get("/Font"):
        return True
    return hondo > 0 and any(_con_fuente(forma, hondo - 1) for forma in _formas(recursos))


def _formas(recursos: Any) -> Iterator[Any]:
    for forma in (recursos.get("/XObject") or {}).values():
        if forma.get("/Subtype") == "/Form":
            yield forma
