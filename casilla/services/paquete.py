"""Files as they leave: names that any disk takes, and a ZIP that says what is in it.

Why the standard library writes the ZIP, and not a stream: docs/decisiones/007-zip-en-archivo-temporal.md.
"""

import shutil
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from os.path import splitext
from typing import IO, NamedTuple
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from casilla.resources.adjunto import Adjunto
from casilla.resources.notificacion import Notificacion
from casilla.services.horas import en_lima, fecha_hora

TROZO = 1 << 20
LEEME = "LEEME.txt"
# What Windows refuses in a name; Unicode's control and formatting signs go too: they can show "fdp.exe" as "exe.pdf".
_PROHIBIDOS = '<>:"/\\|?*'
_LARGO, _LARGO_EXTENSION = 60, 10
# The permissions of a plain file, where a ZIP made on Unix keeps them.
_ARCHIVO_COMUN = 0o100644 << 16


class Suelto(NamedTuple):
    """A paper that is made when it is asked for, and kept nowhere."""

    nombre: str
    contenido: bytes

    @property
    def huella(self) -> str:
        return sha256(self.contenido).hexdigest()


def visibles(notificacion: Notificacion) -> tuple[Adjunto, ...]:
    """The files that its owner may have by now: the constancia went out by mail; the rest, once it was opened."""
    return notificacion.archivos if notificacion.abierta else (notificacion.constancia,)


def nombre_de_descarga(notificacion: Notificacion, adjunto: Adjunto) -> str:
    """As ``2026-01-23_CARTA_000009-2025-OGTI.pdf``, with ``_anexo-1_`` and its own name, or ``_constancia``, behind.

    The day is that of the deposit, in Lima. In order of the alphabet the files of a notification are in reading order.
    """
    if adjunto.__name__ == "documento":
        return f"{_raiz(notificacion)}.pdf"
    if adjunto.__name__ == "constancia":
        return f"{_raiz(notificacion)}_constancia.pdf"
    propio, extension = splitext(adjunto.nombre)
    nombre = f"{_limpio(propio, _LARGO) or 'archivo'}.{_limpio(extension, _LARGO_EXTENSION)}".rstrip(".")
    return f"{_raiz(notificacion)}_{_orden(notificacion, adjunto)}_{nombre}"


def nombre_de_lectura(notificacion: Notificacion) -> str:
    """Of its constancia de lectura: as the others, and after them."""
    return f"{_raiz(notificacion)}_constancia_de_lectura.pdf"


def nombre_del_plazo(notificacion: Notificacion) -> str:
    """Of the event that a calendar takes in."""
    return f"{_raiz(notificacion)}_plazo.ics"


def nombre_de_papel(notificacion: Notificacion, cual: str) -> str:
    """Of any other paper about it, ``cual`` with its extension."""
    return f"{_raiz(notificacion)}_{cual}"


def nombre_del_paquete(notificacion: Notificacion, contenido: str) -> str:
    """Of a ZIP; ``contenido`` is "anexos", or empty when it holds everything."""
    return f"{_raiz(notificacion)}{'_' if contenido else ''}{contenido}.zip"


def leeme(
    notificacion: Notificacion, adjuntos: Sequence[Adjunto], url_verificacion: str, sueltos: Sequence[Suelto] = ()
) -> str:
    """What the ZIP holds, in plain words, with the SHA-256 of each file; the same facts give the same text."""
    lineas = [
        f"{notificacion.tipo} {notificacion.numero}",
        f"Asunto: {notificacion.asunto}",
        f"Expediente: {notificacion.expediente}",
        f"Dependencia: {notificacion.dependencia}",
        f"Fecha y hora de depósito: {fecha_hora(notificacion.depositado_en)} (hora de Lima)",
        "",
        "Archivos, con la huella SHA-256 que quedó registrada al depositarlos:",
        "",
    ]
    for adjunto in adjuntos:
        lineas += [nombre_de_descarga(notificacion, adjunto), f"    {adjunto.huella}"]
    if sueltos:
        lineas += ["", "Hecho al descargar, con su huella SHA-256:", ""]
    for suelto in sueltos:
        lineas += [suelto.nombre, f"    {suelto.huella}"]
    lineas += [
        "",
        "Si la huella de su copia es la misma, el archivo no ha cambiado. Para calcularla:",
        "    en Windows: certutil -hashfile ARCHIVO SHA256",
        "    en macOS:   shasum -a 256 ARCHIVO",
        "    en Linux:   sha256sum ARCHIVO",
        "",
        f"La constancia de esta notificación se comprueba en {url_verificacion}",
        "",
    ]
    return "\r\n".join(lineas)


def empaquetar(
    notificacion: Notificacion,
    adjuntos: Sequence[Adjunto],
    texto: str,
    destino: IO[bytes],
    sueltos: Sequence[Suelto] = (),
) -> None:
    """Write the ZIP of the files, in order, and of ``texto`` as LEEME.txt, which Windows' Notepad must read too.

    Nothing is compressed: PDF, images and office files are already. The same facts give the same bytes.
    """
    fecha = notificacion.depositado_en
    with ZipFile(destino, "w", ZIP_STORED) as paquete:
        for adjunto in adjuntos:
            meter(paquete, nombre_de_descarga(notificacion, adjunto), fecha, adjunto)
        for nombre, octetos in (*sueltos, Suelto(LEEME, texto.encode("utf-8-sig"))):
            paquete.writestr(entrada(nombre, fecha, len(octetos)), octetos)


def meter(paquete: ZipFile, nombre: str, fecha: datetime, adjunto: Adjunto) -> None:
    """Copy the file into the ZIP under this name, never whole in memory."""
    with adjunto.abrir() as origen, paquete.open(entrada(nombre, fecha, adjunto.tamano), "w") as salida:
        shutil.copyfileobj(origen, salida, TROZO)


def entrada(nombre: str, fecha: datetime, tamano: int) -> ZipInfo:
    """A plain file of so many bytes, dated by Lima's clock."""
    ficha = ZipInfo(nombre, en_lima(fecha).timetuple()[:6])
    ficha.external_attr = _ARCHIVO_COMUN
    ficha.file_size = tamano
    return ficha


def _raiz(notificacion: Notificacion) -> str:
    documento = f"{notificacion.tipo}_{notificacion.numero}".replace(" ", "_")
    return f"{en_lima(notificacion.depositado_en):%Y-%m-%d}_{_limpio(documento, _LARGO)}"


def _orden(notificacion: Notificacion, anexo: Adjunto) -> str:
    """As ``anexo-02``: numbers as wide as the last one, or the tenth would come before the second."""
    numero = int(anexo.__name__.removeprefix("anexo-"))
    return f"anexo-{numero:0{len(str(len(notificacion.anexos)))}}"


def _limpio(nombre: str, largo: int) -> str:
    signos = (
        signo for signo in unicodedata.normalize("NFC", nombre) if not unicodedata.category(signo).startswith("C")
    )
    return "".join("-" if signo in _PROHIBIDOS else signo for signo in signos)[:largo].strip(" .")
