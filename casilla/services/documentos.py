"""Files as they come in: copied once to disk, measured and hashed on the way, opened before they are believed."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, final

import pikepdf

from casilla.gateways.clamd import Clamd, NoCabe
from casilla.resources.adjunto import Adjunto, guardar
from casilla.resources.sitio import Sitio

# A PDF says what it is near its start and ends with its mark; a truncated file lacks the second (ISO 32000-1, 7.5).
_MARGEN = 1024
# To count pages, qpdf inflates whole tables of objects: 50 MB could become 50 GB. Real ones hold some megabytes.
_INFLADO = 64 << 20
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=_INFLADO, png_max_memory=_INFLADO, tiff_max_memory=_INFLADO, run_length_max_memory=_INFLADO
)


# Bytes, unless the settings of these names say otherwise: a document, the annexes of one deposit, the ZIP of a bulk.
LIMITES = {
    "casilla.max_documento": 50 << 20,
    "casilla.max_anexos_total": 100 << 20,
    "casilla.max_lote": 140 << 20,
}


class DocumentoInvalido(Exception):
    """The file is not a PDF that a person could open; the text says why, in Spanish."""


class Infectado(DocumentoInvalido):
    """The antivirus found something in it."""


class TipoNoAdmitido(Exception):
    """The annex is not of an admitted type, or is not what its name says."""


class DemasiadoGrande(Exception):
    """More bytes than are admitted."""


class NoExaminable(DemasiadoGrande):
    """More bytes than the antivirus examines; the text says so, in Spanish."""


@final
@dataclass(frozen=True)
class Archivo:
    """A received file on disk: ``ruta`` is temporary, ``huella`` SHA-256 in hexadecimal, ``tamano`` in bytes."""

    nombre: str
    tipo: str
    ruta: Path
    tamano: int
    huella: str
    paginas: int = 0


def recibir(trozos: Iterable[bytes], nombre: str, tipo: str, *, carpeta: str, maximo: int) -> Archivo:
    """Write the pieces to a new file in ``carpeta`` and flush it to disk.

    Raises DemasiadoGrande past ``maximo`` bytes; then, as on any failure, nothing is left on disk.
    """
    huella, tamano = sha256(), 0
    with NamedTemporaryFile(dir=carpeta, prefix="recibido-", delete=False) as destino:
        try:
            for trozo in trozos:
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


def limite(ajustes: Mapping[str, Any], nombre: str) -> int:
    """One of LIMITES, as the settings have it."""
    return int(ajustes.get(nombre, LIMITES[nombre]))


def peso(tamano: int) -> str:
    """As "312 KB", "2,1 MB" or "20 MB", a KB being 1024 bytes as the disks of most people count."""
    if tamano < 1024:
        return f"{tamano} bytes"
    if tamano < 1024 * 1024:
        return f"{tamano / 1024:.0f} KB"
    return f"{tamano / 1024 / 1024:.1f} MB".replace(".0", "").replace(".", ",")


def guardado(archivo: Archivo | Adjunto, sitio: Sitio) -> Adjunto:
    """The file, moved into the store if it is not there already. It has no seat yet."""
    if isinstance(archivo, Archivo):
        blob = guardar(Path(archivo.ruta), sitio._p_jar)
        return Adjunto(archivo.nombre, archivo.tipo, archivo.tamano, archivo.huella, archivo.paginas, blob)
    return archivo


def como_documento(archivo: Archivo) -> Archivo:
    """The file, known to be a PDF. Raises DocumentoInvalido."""
    return replace(archivo, tipo="application/pdf", paginas=contar_paginas(archivo.ruta))


def como_anexo(archivo: Archivo) -> Archivo:
    """The file, known to be of an admitted type. Raises TipoNoAdmitido."""
    return replace(archivo, tipo=tipo_de_anexo(archivo.nombre, archivo.ruta))


def sin_virus(archivo: Archivo, antivirus: Clamd | None) -> Archivo:
    """The file, in which the antivirus found nothing; None: there is none to ask.

    Raises Infectado with the name of what it found. What was not looked at is not taken: NoExaminable, NoResponde.
    """
    try:
        hallado = antivirus.revisar(archivo.ruta) if antivirus else None
    except NoCabe:
        raise NoExaminable(
            f"el archivo «{archivo.nombre}» pesa {peso(archivo.tamano)}, más de lo que el antivirus examina"
        ) from None
    if hallado:
        raise Infectado(f"el antivirus encontró «{hallado}» en el archivo «{archivo.nombre}»")
    return archivo


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


# What an annex may be: the extension decides, and the first bytes must not contradict it.
_ADMITIDOS = {
    "pdf": ("application/pdf", b"%PDF-"),
    "jpg": ("image/jpeg", b"\xff\xd8"),
    "jpeg": ("image/jpeg", b"\xff\xd8"),
    "png": ("image/png", b"\x89PNG"),
    "tif": ("image/tiff", b""),
    "tiff": ("image/tiff", b""),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", b"PK"),
    "odt": ("application/vnd.oasis.opendocument.text", b"PK"),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", b"PK"),
    "zip": ("application/zip", b"PK"),
    "txt": ("text/plain", b""),
    "csv": ("text/csv", b""),
    "xml": ("application/xml", b""),
    "mp3": ("audio/mpeg", b""),
    "mp4": ("video/mp4", b""),
}
_EJECUTABLES = (b"MZ", b"\x7fELF", b"#!")


def tipo_de_anexo(nombre: str, ruta: Path) -> str:
    """The media type of an annex. Raises TipoNoAdmitido with the reason in Spanish."""
    extension = nombre.rpartition(".")[2].lower()
    if extension not in _ADMITIDOS:
        raise TipoNoAdmitido(
            f"no se admiten archivos «.{extension}»" if "." in nombre else "el archivo no tiene extensión"
        )
    tipo, comienzo = _ADMITIDOS[extension]
    with ruta.open("rb") as archivo:
        primeros = archivo.read(8)
    if not primeros.startswith(comienzo) or primeros.startswith(_EJECUTABLES):
        raise TipoNoAdmitido(f"el contenido no es el de un archivo «.{extension}»")
    return tipo
