"""The typeface of the paper: two weights of Noto Sans, and what is printed of characters that they lack.

The files are parts of Noto Sans (licence in NotoSans-OFL.txt;
docs/decisiones/003-papel-etiquetado.md says how they were cut).
To cut two fonts to measure for each paper would take half as long as the rest of it, so the letters of Spanish go into
every paper as one same part, made once; only letters beyond those are cut out anew. reportlab cuts them.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from reportlab.pdfbase.ttfonts import TTFontFace, makeToUnicodeCMap

from casilla.printing.documento import Documento, referencia

# All of these are in Windows-1252, which gives each of them its one-byte code.
CORRIENTES = "".join(map(chr, range(0x20, 0x7F))) + "áéíóúüñÁÉÍÓÚÜÑ¿¡ªº°«»–—‘’“”…·•€§\u00a0"
_RACHA = re.compile(f"([{re.escape(CORRIENTES)}]+)")
# Uncommon letters in one part of a font, and the code of the first: none of them is taken for a blank.
_RARAS, _PRIMERA = 200, 33
_BLANCOS = "\t\n\v\f\r\x85"


class Fuente:
    """One weight, shared by all papers and threads; ``clave`` is its name inside a PDF."""

    def __init__(self, clave: str, archivo: str) -> None:
        self.clave = clave
        self._cara = TTFontFace(str(Path(__file__).with_name(archivo)))
        self._turno = Lock()  # the face reads its file by a shared position
        self.anchos = {chr(codigo): ancho for codigo, ancho in self._cara.charWidths.items()}
        codigos = [ord(letra) if letra in CORRIENTES else 0 for letra in bytes(range(256)).decode("cp1252", "replace")]
        self._corrientes = self._cortar("CASILL", codigos)

    def ancho(self, texto: str, cuerpo: float) -> float:
        """Width in points of a legible text (see ``legible``) at a size in points."""
        return sum(map(self.anchos.__getitem__, texto)) * cuerpo / 1000

    def codificar(self, texto: str, documento: Documento) -> Iterator[tuple[str, bytes]]:
        """Pieces (font resource, PDF string) that show a legible text in this document."""
        for racha in filter(None, _RACHA.split(texto)):
            if racha[0] in CORRIENTES:
                yield self.clave, _literal(racha.encode("cp1252"))
                continue
            raras = documento.raras.setdefault(self.clave, {})
            puestos = [divmod(raras.setdefault(letra, len(raras)), _RARAS) for letra in racha]
            for parte, suyos in groupby(puestos, itemgetter(0)):
                yield f"{self.clave}{parte}", b"<%s>" % bytes(_PRIMERA + puesto for _, puesto in suyos).hex().encode()

    def incrustar(self, documento: Documento) -> None:
        """Put the everyday letters into the document, as the font resource ``clave``."""
        self._poner(documento, self.clave, self._corrientes)

    def incrustar_raras(self, documento: Documento) -> None:
        """Put the uncommon letters that were used into the document, which gets no more text."""
        raras = [ord(letra) for letra in documento.raras.get(self.clave, ())]
        for parte, desde in enumerate(range(0, len(raras), _RARAS)):
            suyas = raras[desde : desde + _RARAS]
            codigos = [0] * _PRIMERA + suyas + [0] * (256 - _PRIMERA - len(suyas))
            self._poner(documento, f"{self.clave}{parte}", self._cortar(f"RARA{chr(65 + parte)}{self.clave}", codigos))

    def _cortar(self, marca: str, codigos: list[int]) -> "_Parte":
        """The letters with these codes, in their order; 0 for none."""
        nombre = f"{marca}+{self._cara.name.decode()}"
        with self._turno:
            parte = self._cara.makeSubset(codigos)
        letras = makeToUnicodeCMap(nombre, codigos).encode()
        programa = _corriente(parte, b" /Length1 %d" % len(parte))
        return _Parte(programa, _corriente(letras), *_diccionarios(self._cara, nombre.encode(), codigos))

    def _poner(self, documento: Documento, recurso: str, parte: "_Parte") -> None:
        programa, letras = documento.suelto(parte.programa), documento.suelto(parte.letras)
        descriptor = documento.poner(parte.descriptor % referencia(programa))
        fuente = documento.poner(parte.fuente % (referencia(letras), referencia(descriptor)))
        documento.fuentes[recurso] = referencia(fuente)


class _Parte(NamedTuple):
    """Some letters of a font, as objects of a PDF without their references to one another."""

    programa: bytes
    letras: bytes
    descriptor: bytes
    fuente: bytes


class _Visibles(dict[int, int | str]):
    """A table for ``str.translate`` that keeps what can be printed and spells out the rest."""

    def __missing__(self, codigo: int) -> str:
        letra = chr(codigo)
        return " " if letra in _BLANCOS or unicodedata.category(letra)[0] == "Z" else f"[U+{codigo:04X}]"


def legible(texto: str) -> str:
    """The text with nothing lost on paper: blanks are spaces, and what has no picture reads as its code, "[U+1F600]".

    That holds for letters outside the typeface and for signs that act unseen: control characters, and those that
    turn the direction of writing, with which a file name can feign another.
    """
    return unicodedata.normalize("NFC", texto).translate(_VISIBLES)


def _diccionarios(cara: TTFontFace, nombre: bytes, codigos: list[int]) -> tuple[bytes, bytes]:
    """The font descriptor, less the reference to its file, and the font, less those to its ToUnicode and descriptor."""
    anchos = b" ".join(b"%d" % cara.getCharWidth(codigo) for codigo in codigos)
    caja = b"/FontBBox [%d %d %d %d]" % tuple(cara.bbox)
    alturas = b"/Ascent %d /Descent %d /CapHeight %d" % (cara.ascent, cara.descent, cara.capHeight)
    trazo = b"/Flags 4 /ItalicAngle 0 /StemV %d" % cara.stemV  # flag 4: the codes are those of the font itself
    return (
        b"<</Type /FontDescriptor /FontName /%s %s %s %s /FontFile2 %%s>>" % (nombre, caja, alturas, trazo),
        b"<</Type /Font /Subtype /TrueType /BaseFont /%s /FirstChar 0 /LastChar 255 /Widths [%s]"
        b" /ToUnicode %%s /FontDescriptor %%s>>" % (nombre, anchos),
    )


def _corriente(contenido: bytes, atributos: bytes = b"") -> bytes:
    comprimido = zlib.compress(contenido, 9)
    cabeza = b"<</Filter /FlateDecode /Length %d%s>>" % (len(comprimido), atributos)
    return b"%s\nstream\n%s\nendstream" % (cabeza, comprimido)


def _literal(codigos: bytes) -> bytes:
    return b"(%s)" % codigos.replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def _imprimibles() -> Iterator[int]:
    for letra in REGULAR.anchos.keys() & SEMINEGRA.anchos.keys():
        if letra in CORRIENTES or unicodedata.category(letra)[0] not in "CZ":
            yield ord(letra)


REGULAR = Fuente("R", "NotoSans-Regular.ttf")
SEMINEGRA = Fuente("N", "NotoSans-SemiBold.ttf")
_VISIBLES = _Visibles((codigo, codigo) for codigo in _imprimibles())
