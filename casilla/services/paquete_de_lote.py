"""The ZIP of a bulk: whoever made it may have meant harm, and mistakes are likelier. No name in it is ever a path."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import IO
from unicodedata import normalize
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from casilla.services.documentos import Archivo, DemasiadoGrande, DocumentoInvalido, peso, recibir
from casilla.services.tabla_de_lote import MAXIMO_FILAS

MAXIMO_ENTRADAS = 5 * MAXIMO_FILAS
# A real document seldom shrinks tenfold; what shrinks so much is meant to fill a disk.
_ENCOGE = 200
_TROZO = 1 << 18
_CIFRADA, _UTF8 = 0x1, 0x800


class Paquete:
    """An open ZIP. Entries are found by their whole name, or by its last part when no other has the same."""

    def __init__(self, archivo: IO[bytes]) -> None:
        """Raises DocumentoInvalido when it cannot be read, holds too much, or names that lead out of it."""
        try:
            # Names without the mark of UTF-8 are in the code page of Windows in Spanish.
            self._zip = ZipFile(archivo, metadata_encoding="cp850")
        except (BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise DocumentoInvalido("no se puede leer como ZIP: está dañado o incompleto") from error
        entradas = self._zip.infolist()
        if len(entradas) > MAXIMO_ENTRADAS:
            raise DocumentoInvalido(f"tiene {len(entradas)} archivos y el máximo es {MAXIMO_ENTRADAS}")
        self._por_camino: dict[str, list[ZipInfo]] = defaultdict(list)
        self._por_nombre: dict[str, list[ZipInfo]] = defaultdict(list)
        for entrada in entradas:
            self._anotar(entrada)

    def _anotar(self, entrada: ZipInfo) -> None:
        nombre = _nombre(entrada)
        if nombre.startswith("/") or "\\" in nombre or nombre[1:2] == ":" or ".." in nombre.split("/"):
            raise DocumentoInvalido(f"tiene un nombre de archivo que no se admite: «{nombre[:100]}»")
        if entrada.is_dir() or nombre.startswith("__MACOSX/") or _llave(nombre).endswith((".ds_store", "thumbs.db")):
            return
        self._por_camino[_llave(nombre)].append(entrada)
        self._por_nombre[_llave(PurePosixPath(nombre).name)].append(entrada)

    def __enter__(self) -> "Paquete":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def entrada(self, nombre: str) -> ZipInfo:
        """The one that the table calls so. Raises DocumentoInvalido: there is none, several, or it is encrypted."""
        halladas = self._halladas(nombre)
        if not halladas:
            raise DocumentoInvalido(f"«{nombre}» no está en el ZIP")
        if len(halladas) > 1:
            raise DocumentoInvalido(f"hay {len(halladas)} archivos «{nombre}» en el ZIP: escriba también su carpeta")
        if halladas[0].flag_bits & _CIFRADA:
            raise DocumentoInvalido(f"«{nombre}» está cifrado con contraseña dentro del ZIP")
        if halladas[0].file_size > _ENCOGE * max(halladas[0].compress_size, 1024):
            raise DocumentoInvalido(f"«{nombre}» está comprimido de un modo sospechoso")
        return halladas[0]

    def _halladas(self, nombre: str) -> list[ZipInfo]:
        return self._por_camino.get(_llave(nombre)) or self._por_nombre.get(_llave(nombre)) or []

    def sacar(self, nombre: str, *, carpeta: str, maximo: int) -> Archivo:
        """The entry as a file on disk, of no known type yet. Raises DocumentoInvalido; then nothing is left."""
        entrada = self.entrada(nombre)
        propio = PurePosixPath(_nombre(entrada)).name
        if len(propio) > 200 or not propio.isprintable():
            raise DocumentoInvalido(
                f"«{nombre[:100]}» tiene un nombre que no se puede guardar: cámbielo por uno más corto"
            )
        try:
            return recibir(self._trozos(entrada), propio, "", carpeta=carpeta, maximo=maximo)
        except DemasiadoGrande:
            raise DocumentoInvalido(f"«{nombre}» pasa de {peso(maximo)}") from None
        except NotImplementedError as error:
            raise DocumentoInvalido(f"«{nombre}» está comprimido con un método que no se admite") from error
        except (BadZipFile, ZlibError, EOFError, ValueError, RuntimeError) as error:
            raise DocumentoInvalido(f"«{nombre}» está dañado dentro del ZIP") from error

    def _trozos(self, entrada: ZipInfo) -> Iterator[bytes]:
        with self._zip.open(entrada) as abierta:
            while trozo := abierta.read(_TROZO):
                yield trozo

    def sobrantes(self, usados: Iterable[str]) -> list[str]:
        """The names of those that no row of the table calls."""
        usadas = {id(entrada) for nombre in usados for entrada in self._halladas(nombre)}
        todas = (entrada for halladas in self._por_camino.values() for entrada in halladas)
        return sorted(_nombre(entrada) for entrada in todas if id(entrada) not in usadas)


def _nombre(entrada: ZipInfo) -> str:
    """As whoever made it reads it: some programs write UTF-8 and do not say so."""
    if entrada.flag_bits & _UTF8:
        return entrada.filename
    try:
        return entrada.filename.encode("cp850").decode("utf-8")
    except UnicodeError:
        return entrada.filename


def _llave(nombre: str) -> str:
    return normalize("NFC", nombre).casefold().strip()
