"""Files as they come in: copied once to disk, measured and hashed on the way, opened before they are believed."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

import pikepdf

TROZO = 1 << 20
# A PDF says what it is near its start and ends with its mark; a truncated file lacks the second (ISO 32000-1, 7.5; Annex H).
_MARGEN = 1024


class DocumentoInvalido(Exception):
    """The file is not a PDF that a person could open; the text says why, in Spanish."""


class DemasiadoGrande(Exception):
    """More bytes than are admitted."""


@dataclass(frozen=True)
class Archivo:
    """A received file on disk: ``ruta`` is temporary, ``huella`` SHA-256 in hexadecimal, ``tamano`` in bytes."""

    nombre: str
    tipo: str
    ruta: Path
    tamano: int
    huella: str
    paginas: int = 0


def recibir(leer: Callable[[int], bytes], nombre: str, tipo: str, *, carpeta: str, maximo: int) -> Archivo:
    """Copy what ``leer(n)`` yields to a new file in ``carpeta`` and flush it to disk.

    Raises DemasiadoGrande past ``maximo`` bytes; then, as on any failure, nothing is left on disk.
    """
    huella, tamano = sha256(), 0
    with NamedTemporaryFile(dir=carpeta, prefix="recibido-", delete=False) as destino:
        try:
            while trozo := leer(TROZO):
                tamano += len(trozo)
                if tamano > maximo:
                    raise DemasiadoGrande(nombre)
                huella.update(trozo)
                destino.write(trozo)
            destino.flush()
            os.fsync(destino.fileno())
        except BaseException:
            Path(destino.name).unlink()
            raise
    return Archivo(nombre, tipo, Path(destino.name), tamano, huella.hexdigest())


def contar_paginas(ruta: Path) -> int:
    """How many pages the PDF has. Raises DocumentoInvalido when it cannot be opened by everybody as it is."""
    if not ruta.stat().st_size:
        raise DocumentoInvalido("el archivo está vacío")
    _exigir_marcas(ruta)
    try:
        with pikepdf.open(ruta) as pdf:
            if pdf.is_encrypted:
                raise DocumentoInvalido("el PDF está cifrado o protegido con contraseña")
            paginas = len(pdf.pages)
    except pikepdf.PasswordError:
        raise DocumentoInvalido("el PDF está cifrado o protegido con contraseña") from None
    except (pikepdf.PdfError, RuntimeError, ValueError, RecursionError):
        raise DocumentoInvalido("el archivo no se puede leer como PDF") from None
    if not paginas:
        raise DocumentoInvalido("el PDF no tiene páginas")
    return paginas


def _exigir_marcas(ruta: Path) -> None:
    with ruta.open("rb") as archivo:
        if b"%PDF-" not in archivo.read(_MARGEN):
            raise DocumentoInvalido("el archivo no es un PDF")
        archivo.seek(max(0, ruta.stat().st_size - _MARGEN))
        if b"%%EOF" not in archivo.read():
            raise DocumentoInvalido("el PDF está incompleto: le falta el final")
