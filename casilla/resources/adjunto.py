"""Documents on disk: a Blob with the facts that prove it."""

import os
from functools import lru_cache
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
        """Where the bytes lie on disk; of what is not committed yet, until it is."""
        with self.blob.open("r") as archivo:
            return str(archivo.name)

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
    _Custodia.de(jar).tomar(blob)
    return blob


class _Custodia:
    """Goes through a transaction beside its new Blobs on FileStorage, and does two things that ZODB leaves undone.

    FileStorage flushes its own records but not the directories in which it puts blobs, so that a power cut could leave
    a notification without its document: they are flushed when the transaction votes, the files being in place by then.
    And the file of a Blob that does not get so far, because of a conflict or a full disk, would stay: it is removed at
    once. After the vote FileStorage sees to that itself.
    """

    def __init__(self, jar: Any) -> None:
        self.transaction_manager = jar.transaction_manager
        self._almacen = jar.db().storage
        self._oids: list[bytes] = []
        self._sin_confirmar: list[str] = []
        self._votado = False

    @classmethod
    def de(cls, jar: Any) -> "_Custodia":
        """That of the transaction which ``jar`` is in."""
        transaccion = jar.transaction_manager.get()
        try:
            return transaccion.data(cls)
        except KeyError:
            custodia = cls(jar)
            transaccion.set_data(cls, custodia)
            transaccion.join(custodia)
            return custodia

    def tomar(self, blob: Blob) -> None:
        self._oids.append(blob._p_oid)
        with blob.open("r") as archivo:
            self._sin_confirmar.append(archivo.name)

    @property
    def _carpetas(self) -> list[str]:
        """The directory of each Blob; none where the blobs are a server's care."""
        if not isinstance(self._almacen, BlobStorageMixin):
            return []
        return [self._almacen.fshelper.getPathForOID(oid) for oid in self._oids]

    def tpc_vote(self, transaccion: Any) -> None:
        madres = {os.path.dirname(carpeta) for carpeta in self._carpetas}
        for carpeta in madres.union(self._carpetas):
            _sincronizar(carpeta)
        for madre in madres:
            _asentar(madre, os.path.dirname(self._almacen.fshelper.base_dir))
        self._votado = True

    def abort(self, transaccion: Any) -> None:
        for archivo in self._sin_confirmar:
            Path(archivo).unlink(missing_ok=True)
        if not self._votado:
            for carpeta in self._carpetas:
                rmtree(carpeta, ignore_errors=True)

    def tpc_begin(self, transaccion: Any) -> None:
        """Nothing to do before the vote, nor after it."""

    tpc_abort = abort
    commit = tpc_finish = tpc_begin

    def sortKey(self) -> str:
        return f"~blobs:{id(self)}"


@lru_cache(maxsize=4096)
def _asentar(carpeta: str, base: str) -> None:
    """Flush the way from ``base`` to a directory: once, for it serves 256 Blobs and does not change after the first.

    To flush all nine levels for each file took longer than the rest of the commit (docs/rendimiento.md).
    """
    if carpeta != base:
        madre = os.path.dirname(carpeta)
        _sincronizar(madre)
        _asentar(madre, base)


def _sincronizar(carpeta: str) -> None:
    descriptor = os.open(carpeta, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
