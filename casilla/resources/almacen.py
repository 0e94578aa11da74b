"""Opening the store that a URI names.

zodburi gives a ``file://`` URI with blobs as a FileStorage inside ZODB's BlobStorage wrapper. That wrapper cleans up an
aborted transaction's blobs after it has let the next transaction in, and can remove the blobs of the latter: seen here
as committed documents without their file, one in some hundreds of concurrent deposits. FileStorage's own support of
blobs does not have that fault (docs/decisiones/001-blobs-de-filestorage.md), so such a URI is opened with that.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import zodburi
from ZODB import DB
from ZODB.blob import BlobStorageMixin
from ZODB.FileStorage import FileStorage
from ZODB.POSException import POSKeyError
from zodburi.resolvers import FileStorageURIResolver


def resolver(uri: str) -> tuple[Callable[[], Any], dict[str, Any]]:
    """As ``zodburi.resolve_uri``: what makes the storage, and the arguments of the DB. Raises ValueError."""
    camino, _, consulta = uri.removeprefix("file://").partition("?")
    opciones = dict(parse_qsl(consulta))
    blobs = opciones.pop("blobstorage_dir", None)
    if not uri.startswith("file://") or blobs is None:
        return zodburi.resolve_uri(uri)
    if "blobstorage_layout" in opciones:
        raise ValueError(
            "zodbconn.uri: blobstorage_layout no se admite; el directorio de blobs ya dice cuál es el suyo"
        )
    _, argumentos = zodburi.resolve_uri(f"file://{camino}?{urlencode(opciones)}")
    propias, _ = FileStorageURIResolver().interpret_kwargs(opciones)
    return lambda: _archivo(camino, blobs, propias), argumentos


def _archivo(camino: str, blobs: str, opciones: dict[str, Any]) -> FileStorage:
    """A FileStorage is open in one process only: what lies in its temporary folder is of one that died."""
    almacen = FileStorage(camino, blob_dir=blobs, **opciones)
    if not almacen.isReadOnly():
        for resto in filter(Path.is_file, Path(almacen.temporaryDirectory()).iterdir()):
            resto.unlink()
    return almacen


def abrir(uri: str) -> DB:
    """The database that the URI names, blobs as they must be."""
    fabrica, argumentos = resolver(uri)
    return DB(fabrica(), **argumentos)


def archivos_sin_registro(db: DB) -> Iterator[Path]:
    """Files of blobs that no record names, left by a process that died; none where a server cares for blobs."""
    almacen = db.storage
    if not isinstance(almacen, BlobStorageMixin):
        return
    ultima = db.lastTransaction()
    for oid, carpeta in almacen.fshelper.listOIDs():
        for archivo in Path(carpeta).iterdir():
            _, tid = almacen.fshelper.splitBlobFilename(str(archivo))
            if tid is not None and tid <= ultima and not _hay_registro(almacen, oid, tid):
                yield archivo


def _hay_registro(almacen: Any, oid: bytes, tid: bytes) -> bool:
    try:
        almacen.loadSerial(oid, tid)
    except POSKeyError:
        return False
    return True
