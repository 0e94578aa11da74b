"""How text is set: styles, and cells that turn text into lines. Lengths are points (1/72 inch)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from casilla.printing.fuentes import REGULAR, Fuente, legible

# Colours are the operands of PDF's operator rg: red, green, blue from 0 to 1.
NEGRO = b"0.1 0.12 0.15"
BLANCO = b"1 1 1"


@dataclass(frozen=True)
class Estilo:
    """A way to set text: ``cuerpo`` is its size, ``salto`` the height of a line."""

    fuente: Fuente = REGULAR
    cuerpo: float = 10.0
    salto: float = 14.5
    color: bytes = NEGRO

    def ancho(self, texto: str) -> float:
        """Width of a legible text."""
        return self.fuente.ancho(texto, self.cuerpo)

    def lineas(self, texto: str, ancho: float) -> Sequence[str]:
        """Lines of at most that width. One that ends at a blank keeps it, so that no reader joins two words."""
        return _lineas(self, texto, ancho)

    def _componer(self, texto: str, ancho: float) -> Iterator[str]:
        linea, usado, blanco = "", 0.0, self.ancho(" ")
        for palabra in legible(texto).split(" "):
            medida = self.ancho(palabra)
            if medida and linea and usado + medida > ancho:
                yield linea
                linea, usado = "", 0.0
            if medida > ancho:
                *enteras, palabra = self._partir(palabra, ancho)
                yield from enteras
                medida = self.ancho(palabra)
            linea += palabra + " "
            usado += medida + blanco
        yield linea[:-1]

    def _partir(self, palabra: str, ancho: float) -> Iterator[str]:
        """A word wider than a line, cut wherever the line is full."""
        trozo, usado = "", 0.0
        for letra in palabra:
            medida = self.ancho(letra)
            if usado + medida > ancho:
                yield trozo
                trozo, usado = "", 0.0
            trozo += letra
            usado += medida
        yield trozo


@lru_cache(maxsize=512)
def _lineas(estilo: Estilo, texto: str, ancho: float) -> Sequence[str]:
    """The institution's own words stand on every paper: they are measured once."""
    return tuple(estilo._componer(texto, ancho))


Partes = Sequence[tuple[Estilo, str]]


@dataclass(frozen=True)
class Celda:
    """Text in a column: its tag, where the column stands from the left margin, how wide it is, and what it says.

    Each of the ``partes`` begins a new line in its own style. ``alcance`` is what a TH heads: "Row" or "Column".
    """

    etiqueta: str
    x: float
    ancho: float
    partes: Partes
    alcance: str = ""
    a_la_derecha: bool = False

    def lineas(self) -> list[tuple[Estilo, str]]:
        """The lines, each in its style. A part that another one follows ends in a blank, as lines do."""
        ultima = len(self.partes) - 1
        return [
            (estilo, linea)
            for n, (estilo, texto) in enumerate(self.partes)
            for linea in estilo.lineas(texto if n == ultima else f"{texto} ", self.ancho)
        ]

    def alto(self) -> float:
        return sum(estilo.salto for estilo, _ in self.lineas())
