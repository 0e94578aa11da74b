"""Documents on disk: a Blob with the facts that prove it."""

import os
from pathlib import Path
from typing import Any

from persistent import Persistent
from ZODB.blob import Blob


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

    def bytes(self) -> bytes:
        """The whole content; for small files such as a constancia."""
        with self.blob.open("r") as archivo:
            return archivo.read()


def guardar(ruta: Path, jar: Any) -> Blob:
    """Move a file, already flushed to disk, into a new Blob of the connection ``jar``.

    FileStorage makes its own records durable but not the directories in which it puts blobs; a power cut could leave
    a notification without its document. So the directories are flushed too, before the transaction finishes.
    """
    blob = Blob()
    jar.add(blob)
    blob.consumeFile(str(ruta))
    jar.transaction_manager.get().join(_DirectoriosEnDisco(jar, blob))
    return blob


class _DirectoriosEnDisco:
    """Flushes the directories above a Blob when the transaction votes: the file is in its place by then."""

    def __init__(self, jar: Any, blob: Blob) -> None:
        self.transaction_manager = jar.transaction_manager
        self._almacen = jar.db().storage
        self._blob = blob

    def tpc_vote(self, transaccion: Any) -> None:
        ayudante = getattr(self._almacen, "fshelper", None)
        if ayudante is None:  # RelStorage keeps blobs in the database
            return
        base = Path(ayudante.base_dir).resolve()
        carpeta = Path(ayudante.getPathForOID(self._blob._p_oid)).resolve()
        while carpeta.is_relative_to(base):
            _sincronizar(carpeta)
            carpeta = carpeta.parent

    def abort(self, transaccion: Any) -> None:
        pass

    tpc_begin = commit = tpc_finish = tpc_abort = abort

    def sortKey(self) -> str:
        return f"~blob:{id(self)}"


def _sincronizar(carpeta: Path) -> None:
    descriptor = os.open(carpeta, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
