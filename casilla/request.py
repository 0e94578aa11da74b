"""What every request carries: the time, the site, the institution, and the outside world as the ini describes it."""

import atexit
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPBadRequest, HTTPRequestEntityTooLarge
from pyramid.registry import Registry
from pyramid.request import Request
from pyramid_zodbconn import db_from_uri, get_connection
from pyramid_zodbconn import includeme as incluir_zodbconn

from casilla import evolve, gateways
from casilla.gateways.clamd import Clamd
from casilla.printing.certificacion import certificado
from casilla.resources.almacen import resolver
from casilla.resources.institucion import Institucion
from casilla.resources.notificacion import Notificacion
from casilla.resources.sitio import Sitio
from casilla.services.calendario import calendario_al
from casilla.services.documentos import Archivo
from casilla.services.fundacion import RAIZ
from casilla.services.plazos import Calendario

# Bytes of a form. Read whole, one takes fifty times its size of memory, and anybody may send one.
MAXIMO_FORMULARIO = 1 << 18


class NoListo(Exception):
    """The store cannot serve yet; the text says to the operator what to run."""


class Peticion(Request):
    """A request whose body, if the server keeps it in a file, need not be copied to be read again after a conflict.

    What cannot be read as an address or as a form is refused: HTTPBadRequest, HTTPRequestEntityTooLarge.
    ``recibido``: the form, where ``casilla.subidas`` has read it already with its files.
    """

    recibido: Any = None

    @property
    def GET(self) -> Any:
        with _legible():
            return super().GET

    @property
    def POST(self) -> Any:
        if self.recibido is not None:
            return self.recibido
        if (self.content_length or 0) > MAXIMO_FORMULARIO:
            raise HTTPRequestEntityTooLarge
        with _legible():
            return super().POST

    def make_body_seekable(self) -> None:
        if hasattr(self.body_file_raw, "seek"):
            self.is_body_seekable = True
        super().make_body_seekable()


@contextmanager
def _legible() -> Iterator[None]:
    """What WebOb raises about letters, parts and charsets (for these, a warning), as what it is: a bad request."""
    try:
        yield
    except (ValueError, LookupError, DeprecationWarning) as error:
        raise HTTPBadRequest from error


def raiz(request: Request) -> Sitio:
    """The root of the tree. Raises NoListo when the store was never begun or has a step pending."""
    sitio = get_connection(request).root().get(RAIZ)
    if sitio is None:
        raise NoListo("el almacén está vacío: ejecute «casilla iniciar»")
    if evolve.pendientes(sitio):
        raise NoListo("el almacén es de una versión anterior: ejecute «casilla evolucionar»")
    return sitio


def includeme(config: Configurator) -> None:
    incluir_zodbconn(config, db_from_uri=partial(db_from_uri, resolve_uri=resolver))
    settings = config.get_settings()
    settings["casilla.url"] = settings.get("casilla.url", "http://127.0.0.1:6543").rstrip("/")
    config.registry.secreto = leer_secreto(settings)
    config.registry.registros = gateways.registros(settings)
    config.registry.registro_de_empresas = gateways.registro_de_empresas(settings)
    config.registry.antivirus = Clamd.desde_ajustes(settings)
    atexit.register(_cerrar, config.registry)
    config.add_request_method(lambda request: datetime.now(UTC), "ahora", reify=True)
    config.add_request_method(raiz, "sitio", reify=True)
    config.add_request_method(_institucion, "institucion", reify=True)
    config.add_request_method(lambda request: request.registry.secreto, "secreto", property=True)
    config.add_request_method(lambda request: request.calendario_al(request.ahora), "calendario", reify=True)
    config.add_request_method(calendario_de, "calendario_al")
    config.add_request_method(lambda request: request.registry.registros, "registros", property=True)
    config.add_request_method(
        lambda request: request.registry.registro_de_empresas, "registro_de_empresas", property=True
    )
    config.add_request_method(lambda request: request.registry.antivirus, "antivirus", property=True)
    config.add_request_method(publica, "publica")
    config.add_request_method(imprimir, "imprimir")
    config.set_request_factory(Peticion)


def _cerrar(registry: Registry) -> None:
    """An orderly end leaves the index of a FileStorage behind, without which the next start reads the whole file."""
    for db in registry._zodb_databases.values():
        db.close()


def leer_secreto(settings: dict[str, Any]) -> bytes:
    """The secret for sessions and codes, from the file that the ini names."""
    archivo = settings.get("casilla.secreto_archivo")
    if not archivo:
        raise ValueError("falta el ajuste casilla.secreto_archivo")
    try:
        secreto = Path(archivo).read_bytes().strip()
    except OSError as error:
        raise ValueError(f"casilla.secreto_archivo: no se puede leer {archivo}; lo crea «casilla iniciar»") from error
    if len(secreto) < 32:
        raise ValueError(f"casilla.secreto_archivo: {archivo} tiene menos de 32 bytes")
    return secreto


def _institucion(request: Request) -> Institucion | None:
    """None when there is no site to ask: an error page must be shown all the same."""
    try:
        return request.sitio.institucion
    except Exception:
        return None


def publica(request: Request, *camino: str) -> str:
    """The public address of a path, for letters and paper: ``casilla.url`` whatever host the request came by."""
    return "/".join((request.registry.settings["casilla.url"], *camino))


def calendario_de(request: Request, momento: datetime) -> Calendario:
    """The calendar that held at that moment: what was deposited then is explained by it, whatever changed since."""
    return calendario_al(request.sitio, momento)


def imprimir(request: Request, notificacion: Notificacion) -> Archivo:
    """The constancia of the notification, as a file on disk."""
    return certificado(request.sitio, notificacion, request.publica("verificar", notificacion.codigo))
