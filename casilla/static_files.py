"""``/static``: the style sheets, the script and the icon, kept by browsers for a year.

Their addresses carry a digest of their bytes, so a new version is a new address. The ``.br`` and ``.gz`` beside them
are made by ``static/fuente/construir.sh``, and Pyramid answers with the best one that the browser takes.
"""

from hashlib import sha256
from pathlib import Path

from pyramid.config import Configurator
from pyramid.request import Request
from pyramid.static import QueryStringCacheBuster
from pyramid.traversal import DefaultRootFactory

CARPETA = Path(__file__).parent / "static"
UN_ANO = 365 * 24 * 3600


class PorContenido(QueryStringCacheBuster):
    """Adds ``?x=<digest of the file>``; the digests are taken once, when the application starts."""

    def __init__(self, carpeta: Path = CARPETA) -> None:
        super().__init__()
        self._digests = {
            ruta.relative_to(carpeta).as_posix(): sha256(ruta.read_bytes()).hexdigest()[:12]
            for ruta in carpeta.iterdir()
            if ruta.is_file()
        }

    def tokenize(self, request: Request, pathspec: str, kw: dict) -> str:
        return self._digests.get(pathspec.rpartition("/")[2], "")


def includeme(config: Configurator) -> None:
    # With a root of its own: a style sheet must not wait for the store, least of all when the page says it is away.
    config.add_static_view(
        "static",
        "casilla:static",
        cache_max_age=UN_ANO,
        content_encodings=["br", "gzip"],
        factory=DefaultRootFactory,
    )
    config.add_cache_buster("casilla:static/", PorContenido())
