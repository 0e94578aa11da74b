"""A PDF file written as it goes (ISO 32000-1, 7.5): what is finished leaves the memory.

Small objects go together into compressed object streams (7.5.7), and the table of where everything lies is a stream too
(7.5.8): a long tagged table is mostly small objects, a hundred bytes each, and takes a sixth of the room that way.
"""

import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import md5
from typing import BinaryIO

# Small objects that go into one stream: more take longer to be read one by one, fewer compress less.
_POR_CORRIENTE = 200
# An entry of the table: its kind in 1 byte, then 5 and 2 (table 18).
_ANCHO = 8
_SUELTO, _EN_CORRIENTE = 1, 2


class Documento:
    """A PDF being written to ``destino``; the same calls give the same bytes.

    Objects are known by their numbers, given out in order; ``poner`` or ``corriente`` write each of them once.
    """

    def __init__(self, destino: BinaryIO) -> None:
        self._destino = destino
        self._lugar = 0
        self._huella = md5(usedforsecurity=False)
        self._tabla = bytearray(_ANCHO)
        self._menores: list[tuple[int, bytes]] = []
        self.fuentes: dict[str, bytes] = {}  # by the name that pages call them
        self.raras: dict[str, dict[str, int]] = {}  # by font, its uncommon letters in the order of their first use
        self._recurso = self.reservar()
        self._escribir(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    @property
    def recursos(self) -> bytes:
        """The resources of any page: the fonts that were put into ``fuentes`` by the end."""
        return b"<</Font %s>>" % referencia(self._recurso)

    def reservar(self) -> int:
        """The number of an object to be written later."""
        self._tabla += bytes(_ANCHO)
        return len(self._tabla) // _ANCHO - 1

    def poner(self, cuerpo: bytes, numero: int = 0) -> int:
        """Write an object that is no stream; returns its number."""
        numero = numero or self.reservar()
        self._menores.append((numero, cuerpo))
        if len(self._menores) == _POR_CORRIENTE:
            self._juntar()
        return numero

    def corriente(self, contenido: bytes, atributos: bytes = b"") -> int:
        """Write a stream, compressed; returns its number."""
        comprimido = zlib.compress(contenido)
        cabeza = b"<</Filter /FlateDecode /Length %d%s>>" % (len(comprimido), atributos)
        return self.suelto(b"%s\nstream\n%s\nendstream" % (cabeza, comprimido))

    def suelto(self, cuerpo: bytes, numero: int = 0) -> int:
        """Write an object by itself, as a stream must be; returns its number."""
        numero = numero or self.reservar()
        self._anotar(numero, _SUELTO, self._lugar)
        self._escribir(b"%d 0 obj\n%s\nendobj\n" % (numero, cuerpo))
        return numero

    def cerrar(self, catalogo: int, informacion: int) -> None:
        """Write what is left, and the table; the numbers are those of the catalog and of the document's information."""
        fuentes = b" ".join(b"/%s %s" % (nombre.encode(), objeto) for nombre, objeto in self.fuentes.items())
        self.poner(b"<<%s>>" % fuentes, self._recurso)
        self._juntar()
        tabla, aqui = self.reservar(), self._lugar
        self._anotar(tabla, _SUELTO, aqui)
        comprimida = zlib.compress(self._tabla)
        marca = self._huella.hexdigest().encode()
        self._escribir(
            b"%d 0 obj\n<</Type /XRef /Size %d /W [1 5 2] /Root %s /Info %s /ID [<%s> <%s>]"
            b" /Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
            % (
                *(tabla, tabla + 1, referencia(catalogo), referencia(informacion)),
                *(marca, marca, len(comprimida), comprimida, aqui),
            )
        )

    def _juntar(self) -> None:
        if not self._menores:
            return
        indice, cuerpos, lugar = [], [], 0
        for numero, cuerpo in self._menores:
            indice.append(b"%d %d" % (numero, lugar))
            cuerpos.append(cuerpo)
            lugar += len(cuerpo) + 1
        cabeza = b" ".join(indice) + b"\n"
        atributos = b" /Type /ObjStm /N %d /First %d" % (len(cuerpos), len(cabeza))
        corriente = self.corriente(cabeza + b"\n".join(cuerpos), atributos)
        for puesto, (numero, _) in enumerate(self._menores):
            self._anotar(numero, _EN_CORRIENTE, corriente, puesto)
        self._menores.clear()

    def _anotar(self, numero: int, clase: int, lugar: int, puesto: int = 0) -> None:
        entrada = bytes((clase,)) + lugar.to_bytes(5, "big") + puesto.to_bytes(2, "big")
        self._tabla[numero * _ANCHO : (numero + 1) * _ANCHO] = entrada

    def _escribir(self, trozo: bytes) -> None:
        self._destino.write(trozo)
        self._huella.update(trozo)
        self._lugar += len(trozo)


def referencia(numero: int) -> bytes:
    return b"%d 0 R" % numero


def cadena(texto: str) -> bytes:
    """A text string (7.9.2.2)."""
    if texto.isascii():
        return b"(%s)" % texto.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode()
    return b"<feff%s>" % texto.encode("utf-16-be").hex().encode()


def diccionario(**valores: bytes) -> bytes:
    return b"<<%s>>" % b" ".join(b"/%s %s" % (nombre.encode(), valor) for nombre, valor in valores.items())


def momento(cuando: datetime) -> bytes:
    """A date (7.9.4), of an aware time."""
    return b"(%s)" % f"{cuando.astimezone(UTC):D:%Y%m%d%H%M%SZ}".encode()


def lista(cosas: Iterable[bytes]) -> bytes:
    return b"[%s]" % b" ".join(cosas)
