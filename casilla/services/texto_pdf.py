"""Whether a PDF has words that a screen reader can speak, or is a picture of them."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import pikepdf

from casilla.gateways.pdftotext import SinTexto, leer_pdf
from casilla.resources.adjunto import Adjunto

# Pages that are looked at, and how deep in forms within forms.
_PAGINAS, _HONDO = 20, 3
# Letters that are text beyond doubt. Fewer may be a label beside the page, as ImageMagick writes them.
_BASTANTES = 300
# What may be spent on a file: one for each token and each 100 bytes, 50 to open a stream. It is under a second.
_GASTO, _BYTES, _TRAMO = 500_000, 100, 50
_MUESTRAN = {b"Tj", b"TJ", b"'", b'"'}
# Whatever strangers put where a dictionary belongs.
_ILEGIBLE = (
    pikepdf.PdfError,
    pikepdf.PasswordError,
    OSError,
    RuntimeError,
    ValueError,
    RecursionError,
    AttributeError,
    TypeError,
)


def es_imagen(adjunto: Adjunto) -> bool:
    """Whether the PDF is scanned, with no words behind its pictures. Remembered, for a file never changes."""
    return _es_imagen(adjunto.huella, adjunto.ruta)


@lru_cache(maxsize=10_000)
def _es_imagen(huella: str, ruta: str) -> bool:
    return not tiene_letras(Path(ruta))


def tiene_letras(ruta: Path) -> bool:
    """Whether any of the first pages shows text, seen or unseen, as OCR lays it under a scan.

    One that cannot be looked into, or only at great cost, is believed to have words.
    """
    try:
        with pikepdf.open(ruta) as pdf:
            letras = _Mirada(pdf).letras()
    except (_Basta, *_ILEGIBLE):
        return True
    return letras > 0 and _se_leen(ruta)


def _se_leen(ruta: Path) -> bool:
    """Whether the program that would read them to people finds any; without it, those that are shown count."""
    try:
        return any(pagina.strip() for pagina in leer_pdf(ruta, espera=2))
    except SinTexto:
        return True


class _Basta(Exception):
    """Enough was seen, or spent, to take it for text."""


class _Mirada:
    """Counts the letters that a file shows, and what it costs to know."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._mostradas = self._gasto = 0
        self._vistas: set[tuple[int, int]] = set()

    def letras(self) -> int:
        """In its first pages and the forms that they draw. Raises _Basta, as soon as may be."""
        for pagina in islice(self._pdf.pages, _PAGINAS):
            self._mirar(pagina.obj.get("/Contents"), pagina.resources, _HONDO)
        return self._mostradas

    def gastar(self, cuanto: int) -> None:
        self._gasto += cuanto
        if self._gasto > _GASTO:
            raise _Basta

    def mostrar(self, letras: int) -> None:
        self._mostradas += letras
        if self._mostradas > _BASTANTES:
            raise _Basta

    def _mirar(self, contenido: Any, recursos: Any, hondo: int) -> None:
        lector = _Lector(self)
        entero = self._pdf.make_stream(b"\n".join(self._inflados(contenido)), Subtype=pikepdf.Name.Form)
        pikepdf.Page(entero).get_filtered_contents(lector)
        if hondo:
            for forma in self._nuevas(recursos, lector.dibujadas):
                self._mirar(forma, forma.get("/Resources", recursos), hondo - 1)

    def _inflados(self, contenido: Any) -> Iterator[bytes]:
        """What is drawn, a stream or several: paid for one by one, for each may name the same again."""
        for tramo in contenido if isinstance(contenido, pikepdf.Array) else (contenido,):
            if isinstance(tramo, pikepdf.Stream):
                datos = tramo.read_bytes()
                self.gastar(_TRAMO + len(datos) // _BYTES)
                yield datos

    def _nuevas(self, recursos: Any, nombres: set[str]) -> Iterator[Any]:
        """The forms of these names, each once in a file."""
        objetos = recursos.get("/XObject", {})
        for nombre in nombres:
            forma = objetos.get(nombre)
            if forma is not None and forma.get("/Subtype") == "/Form" and forma.objgen not in self._vistas:
                self._vistas.add(forma.objgen)
                yield forma


class _Lector(pikepdf.TokenFilter):
    """Reads one stream of a page: what it shows goes to the look, what it draws is noted by name."""

    def __init__(self, mirada: _Mirada) -> None:
        super().__init__()
        self.dibujadas: set[str] = set()
        self._mirada, self._letras, self._nombre = mirada, 0, ""

    def handle_token(self, token: pikepdf.Token) -> None:  # type: ignore[override]  # qpdf always gives one
        self._mirada.gastar(1)
        if token.type_ == pikepdf.TokenType.string:
            self._letras += len(token.value)
        elif token.type_ == pikepdf.TokenType.name_:
            self._nombre = str(token.value)
        elif token.type_ == pikepdf.TokenType.word:
            self._orden(token.raw_value)

    def _orden(self, orden: bytes) -> None:
        if orden in _MUESTRAN:
            self._mirada.mostrar(self._letras)
        elif orden == b"Do":
            self.dibujadas.add(self._nombre)
        self._letras = 0
