"""A file as an answer: named, in ranges when asked, never kept by anyone on the way, never whole in memory."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import IO, Any
from unicodedata import normalize
from urllib.parse import quote

from pyramid.request import Request
from pyramid.response import FileIter, Response
from webob.response import AppIterRange

TROZO = 1 << 18
# The one form of Range that is served in parts; any other is ignored, as RFC 9110 (14.2) allows.
_UN_TRAMO = re.compile(r"bytes=(\d{1,18}-\d{0,18}|-\d{1,18})")


class RespuestaDeArchivo(Response):
    """The answer that sends an open file, and closes it.

    The server sends the file itself where it can (``wsgi.file_wrapper``), so that a slow reader holds no thread.
    ``etag`` tells these bytes from any others; ``tamano`` in bytes; ``nombre`` is what the reader's disk will call it.
    """

    def __init__(
        self,
        request: Request,
        archivo: IO[bytes],
        *,
        nombre: str,
        tipo: str,
        tamano: int,
        etag: str,
        fecha: datetime,
        mostrar: bool = False,
    ) -> None:
        # No charset: nobody told us in what letters somebody else's text file is written.
        super().__init__(content_type=tipo, charset=None, conditional_response=True)
        self._archivo = archivo
        self._transporte = request.environ.get("wsgi.file_wrapper")
        self.app_iter = (self._transporte or FileIter)(archivo, TROZO)
        self.content_length = tamano
        self.accept_ranges = "bytes"
        self.etag = etag
        self.last_modified = fecha
        self.cache_control = "private, no-store"
        self.content_disposition = disposicion(nombre, mostrar)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if not _UN_TRAMO.fullmatch(environ.get("HTTP_RANGE", "")):
            environ.pop("HTTP_RANGE", None)
        return super().__call__(environ, start_response)

    def app_iter_range(self, start: int, stop: int) -> Iterable[bytes]:
        """From ``start`` on. A server's own transport stops at the Content-Length (PEP 3333); ours must be told."""
        self._archivo.seek(start)
        return self._app_iter if self._transporte else AppIterRange(self._app_iter, 0, stop - start)


def disposicion(nombre: str, mostrar: bool = False) -> str:
    """The Content-Disposition of a file, its name also in plain letters for whoever cannot read the other (RFC 6266).

    ``mostrar``: let the browser show it instead of keeping it.
    """
    llano = normalize("NFKD", nombre).encode("ascii", "ignore").decode()
    llano = re.sub(r'["\\%]', "-", llano)
    return f"{'inline' if mostrar else 'attachment'}; filename=\"{llano}\"; filename*=UTF-8''{quote(nombre, safe='')}"
