"""The typeface of the paper: two weights of Noto Sans, and what is printed of characters that they lack.

The files are parts of Noto Sans (licence in NotoSans-OFL.txt;
docs/decisiones/003-papel-etiquetado.md says how they were cut).
To cut two fonts to measure for each paper would take half as long as the rest of it, so the letters of Spanish go into
every paper as one same part, made once; only letters beyond those are cut out anew, by reportlab.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace, makeToUnicodeCMap

# All of these are in Windows-1252, which gives each of them its one-byte code.
CORRIENTES = "".join(map(chr, range(0x20, 0x7F))) + "áéíóúüñÁÉÍÓÚÜÑ¿¡ªº°«»–—‘’“”…·•€§\u00a0"
_RACHA = re.compile(f"([{re.escape(CORRIENTES)}]+)")
_BLANCOS = "\t\n\v\f\r\x85"


class Fuente:
    """One weight, shared by all papers and threads; ``clave`` is its name inside a PDF."""

    def __init__(self, clave: str, archivo: str) -> None:
        self.clave = clave
        self._rara = _FuenteRara(archivo, str(Path(__file__).with_name(archivo)))
        self._cara = self._rara.face
        self.anchos = {chr(codigo): ancho for codigo, ancho in self._cara.charWidths.items()}
        nombre = f"CASILL+{self._cara.name.decode()}"
        codigos = [ord(letra) if letra in CORRIENTES else 0 for letra in bytes(range(256)).decode("cp1252", "replace")]
        parte = self._cara.makeSubset(codigos)
        self._parte = _corriente(parte, b" /Length1 %d" % len(parte))
        self._letras = _corriente(makeToUnicodeCMap(nombre, codigos).encode())
        self._descriptor, self._fuente = _diccionarios(self._cara, nombre.encode(), codigos)

    def ancho(self, texto: str, cuerpo: float) -> float:
        """Width in points of a legible text (see ``legible``) at a size in points."""
        return sum(map(self.anchos.__getitem__, texto)) * cuerpo / 1000

    def codificar(self, texto: str, documento: pdfdoc.PDFDocument) -> Iterator[tuple[str, bytes]]:
        """Pieces (font resource, PDF string) that show a legible text in this document."""
        for racha in filter(None, _RACHA.split(texto)):
            if racha[0] in CORRIENTES:
                yield self.clave, _literal(racha.encode("cp1252"))
            else:
                for parte, codigos in self._rara.splitString(racha, documento):
                    yield self._rara.getSubsetInternalName(parte, documento)[1:], b"<%s>" % codigos.hex().encode()

    def incrustar(self, documento: pdfdoc.PDFDocument) -> None:
        """Put the everyday letters into the document, as the font resource ``clave``."""

        def referir(contenido: bytes, nombre: str) -> bytes:
            return documento.Reference(contenido, f"{nombre}-{self.clave}").format(documento)

        descriptor = self._descriptor % referir(self._parte, "parte")
        fuente = self._fuente % (referir(self._letras, "letras"), referir(descriptor, "descriptor"))
        documento.idToObject[pdfdoc.BasicFonts][self.clave] = referir(fuente, "fuente")


class _FuenteRara(TTFont):
    """reportlab's own font, for the uncommon letters. It reads its file by a shared position: one thread at a time."""

    _turno = Lock()

    def __init__(self, nombre: str, archivo: str) -> None:
        super().__init__(nombre, archivo, asciiReadable=False, shapable=False)

    def addObjects(self, doc: pdfdoc.PDFDocument) -> None:
        with self._turno:
            super().addObjects(doc)


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
    return b"%s\nstream\n%s\nendstream\n" % (cabeza, comprimido)


def _literal(codigos: bytes) -> bytes:
    return b"(%s)" % codigos.replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def _imprimibles() -> Iterator[int]:
    for letra in REGULAR.anchos.keys() & SEMINEGRA.anchos.keys():
        if letra in CORRIENTES or unicodedata.category(letra)[0] not in "CZ":
            yield ord(letra)


REGULAR = Fuente("R", "NotoSans-Regular.ttf")
SEMINEGRA = Fuente("N", "NotoSans-SemiBold.ttf")
_VISIBLES = _Visibles((codigo, codigo) for codigo in _imprimibles())
