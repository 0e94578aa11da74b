"""Documents on disk: a Blob with the facts that prove it."""

import os
from pathlib import Path
from shutil import rmtree
from typing import Any, BinaryIO

from persistent import Persistent
from ZODB.blob import Blob, BlobStorageMixin


class Adjunto(Persistent):
    """A file of a notification: the document, an annex or the constancia.

    ``huella`` is the SHA-256 in hexadecimal, ``tamano`` in bytes, ``paginas`` 0 when it is not a PDF.
    """

    __name__ = ""
    __parent__: Any = None
    nombre = ""
    tipo = ""
    tamano = 0
    huella = ""
    paginas = 0
    blob: Any = None

    def __init__(self, nombre: str, tipo: str, tamano: int, huella: str, paginas: int, blob: Blob) -> None:
        self.__name__ = ""
        self.__parent__ = None
        self.nombre = nombre
        self.tipo = tipo
        self.tamano = tamano
        self.huella = huella
        self.paginas = paginas
        self.blob = blob

    @property
    def ruta(self) -> str:
        """Where the bytes lie on disk; only for what is committed."""
        return self.blob.committed()

    def abrir(self) -> BinaryIO:
        """The committed bytes, open for reading; the file outlives the transaction, and a cache that drops it."""
        return self.blob.open("c")

    def bytes(self) -> bytes:
        """The whole content; for small files such as a constancia."""
        with self.blob.open("r") as archivo:
            return archivo.read()


def guardar(ruta: Path, jar: Any) -> Blob:
    """Move a file, already flushed to disk, into a new Blob of the connection ``jar``."""
    blob = Blob()
    jar.add(blob)
    blob.consumeFile(str(ruta))
    jar.transaction_manager.get().join(_Custodia(jar, blob))
    return blob


class _Custodia:
    """Goes through the transaction beside a new Blob on FileStorage, and does two things that ZODB leaves undone.

    FileStorage flushes its own records but not the directories in which it puts blobs, so that a power cut could leave
    a notification without its document: they are flushed when the transaction votes, the file being in place by then.
    And the file of a Blob that does not get so far, because of a conflict or a full disk, would stay: it is removed at
    once. After the vote FileStorage sees to that itself.
    """

    def __init__(self, jar: Any, blob: Blob) -> None:
        self.transaction_manager = jar.transaction_manager
        self._almacen = jar.db().storage
        self._oid = blob._p_oid
        self._votado = False
        with blob.open("r") as archivo:
            self._sin_confirmar = Path(archivo.name)

    @property
    def _carpetas(self) -> list[Path]:
        """The Blob's own directory and those above it; none where the blobs are a server's care."""
        if not isinstance(self._almacen, BlobStorageMixin):
            return []
        ayudante = self._almacen.fshelper
        base = Path(ayudante.base_dir).resolve()
        propia = Path(ayudante.getPathForOID(self._oid)).resolve()
        return [carpeta for carpeta in (propia, *propia.parents) if carpeta.is_relative_to(base)]

    def tpc_vote(self, transaccion: Any) -> None:
        for carpeta in self._carpetas:
            _sincronizar(carpeta)
        self._votado = True

    def abort(self, transaccion: Any) -> None:
        self._sin_confirmar.unlink(missing_ok=True)
        if not self._votado:
            for carpeta in self._carpetas[:1]:
                rmtree(carpeta, ignore_errors=True)

    def tpc_begin(self, transaccion: Any) -> None:
        """Nothing to do before the vote, nor after it."""

    tpc_abort = abort
    commit = tpc_finish = tpc_begin

    def sortKey(self) -> str:
        return f"~blob:{id(self)}"


def _sincronizar(carpeta: Path) -> None:
    descriptor = os.open(carpeta, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
