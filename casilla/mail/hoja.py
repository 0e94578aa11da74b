"""The sheet of every letter: one list of blocks, read twice, once as plain text and once as HTML.

Wording lives in the blocks only, so the two versions cannot drift apart.
"""

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from chameleon import PageTemplateFile

PLANTILLA = PageTemplateFile(str(Path(__file__).parent / "plantillas" / "carta.pt"))


@dataclass(frozen=True)
class Bloque:
    """A piece of a letter: `forma` chooses how the template draws it, `pares` are its (label, value) rows."""

    forma: str
    pares: tuple[tuple[str, str], ...]

    def en_texto(self) -> str:
        return "\n".join(f"{rotulo}: {valor}" if rotulo else valor for rotulo, valor in self.pares)


def parrafo(texto: str) -> Bloque:
    return Bloque("parrafo", (("", una_linea(texto)),))


def datos(*pares: tuple[str, str]) -> Bloque:
    """Facts worth finding at a glance, each with its label."""
    return Bloque("datos", tuple((una_linea(rotulo), una_linea(valor)) for rotulo, valor in pares))


def boton(rotulo: str, url: str) -> Bloque:
    """A link: a button in HTML, "label: address" in text. Raises ValueError unless the address is http or https."""
    if not url.startswith(("https://", "http://")):
        raise ValueError(f"not a web address: {url!r}")
    return Bloque("boton", ((una_linea(rotulo), una_linea(url)),))


@dataclass(frozen=True)
class Hoja:
    """A whole letter, each of its strings one line: `cabecera` names the institution, `firma` the sender, `avisos` is
    the small print.
    """

    cabecera: str
    titulo: str
    cuerpo: tuple[Bloque, ...]
    firma: tuple[str, ...]
    avisos: tuple[str, ...]

    def en_texto(self) -> str:
        cuerpo = (bloque.en_texto() for bloque in self.cuerpo)
        partes = [self.cabecera, self.titulo, *cuerpo, "\n".join(self.firma), "--------", *self.avisos]
        return "\n\n".join(partes) + "\n"

    def en_html(self) -> str:
        return str(PLANTILLA(hoja=self))


def una_linea(texto: str) -> str:
    """`texto` on one line, without control, direction or otherwise invisible characters.

    What senders and registers give us must not be able to add a paragraph, a header or a hidden turn of direction.
    """
    return " ".join("".join(map(_visible, texto)).split())


def _visible(caracter: str) -> str:
    categoria = unicodedata.category(caracter)
    if categoria == "Cc" or categoria.startswith("Z"):
        return " "
    return "" if categoria.startswith("C") else caracter
