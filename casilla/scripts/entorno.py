"""What every order starts from: the settings of an ini, the store that they name, and acts done in it."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

import click
from pyramid.paster import get_appsettings, setup_logging
from transaction import TransactionManager
from zc.lockfile import LockError
from ZODB import DB

from casilla import evolve
from casilla.request import NoListo
from casilla.resources.almacen import abrir
from casilla.resources.sitio import Sitio
from casilla.services.fundacion import RAIZ

T = TypeVar("T")
Hacer = Callable[[Callable[[Mapping[str, Any]], T]], T]

# A transaction that meets another one is tried again so often before it is an error.
INTENTOS = 10


class Entorno:
    """The ini that ``-c`` named, read when something is asked of it."""

    def __init__(self, ini: str | None) -> None:
        self._ini = ini

    @property
    def ini(self) -> str:
        """Raises click.UsageError when there is none."""
        if not self._ini:
            raise click.UsageError("falta decir con qué ajustes: casilla -c ARCHIVO.ini ORDEN")
        if not Path(self._ini).is_file():
            raise click.UsageError(f"no existe el archivo {self._ini}")
        return self._ini

    @cached_property
    def ajustes(self) -> dict[str, Any]:
        """The settings of ``[app:main]``."""
        try:
            ajustes = dict(get_appsettings(self.ini))
        except (LookupError, OSError, ValueError) as error:
            raise click.ClickException(f"{self.ini}: {error}") from error
        ajustes["casilla.url"] = ajustes.get("casilla.url", "http://127.0.0.1:6543").rstrip("/")
        if not ajustes.get("zodbconn.uri"):
            raise click.ClickException("falta el ajuste zodbconn.uri: el almacén")
        return ajustes

    def anotar_en_bitacora(self) -> None:
        """Log as the ini says."""
        setup_logging(self.ini)

    @contextmanager
    def almacen(self, *, solo_leer: bool = False) -> Iterator[DB]:
        """The store, open; with ``solo_leer`` also a FileStorage that a running server holds, as it is now."""
        db = _abrir(self.ajustes["zodbconn.uri"], solo_leer)
        try:
            yield db
        finally:
            db.close()


con_entorno = click.make_pass_decorator(Entorno)


def ahora() -> datetime:
    return datetime.now(UTC)


@contextmanager
def sesion(db: DB) -> Iterator[Hacer]:
    """A connection of its own, and the function that does an act there: one transaction, again when it conflicts.

    The act takes ZODB's root object.
    """
    manager = TransactionManager(explicit=True)
    conexion = db.open(manager)

    def hacer(acto: Callable[[Mapping[str, Any]], T]) -> T:
        def _() -> T:
            return acto(conexion.root())

        return manager.run(_, INTENTOS)

    try:
        yield hacer
    finally:
        conexion.close()


def sitio_de(raiz: Mapping[str, Any]) -> Sitio:
    """The site. Raises NoListo when the store was never begun or has a step pending."""
    sitio = raiz.get(RAIZ)
    if sitio is None:
        raise NoListo("el almacén está vacío: ejecute «casilla iniciar»")
    if evolve.pendientes(sitio):
        raise NoListo("el almacén es de una versión anterior: ejecute «casilla evolucionar»")
    return sitio


@contextmanager
def en_el_sitio(db: DB) -> Iterator[Callable[[Callable[[Sitio], T]], T]]:
    """As ``sesion``, with acts that take the site; for orders that cannot do anything before it is ready."""
    with sesion(db) as hacer:
        try:
            yield lambda acto: hacer(lambda raiz: acto(sitio_de(raiz)))
        except NoListo as error:
            raise click.ClickException(str(error)) from error


def _abrir(uri: str, solo_leer: bool) -> DB:
    try:
        return abrir(uri)
    except LockError as error:
        if solo_leer:
            return _abrir(f"{uri}{'&' if '?' in uri else '?'}read_only=1", False)
        raise click.ClickException(
            "el almacén lo tiene abierto otro proceso, tal vez el servidor: un FileStorage admite uno solo. "
            "Deténgalo primero."
        ) from error
    except Exception as error:
        palabras = " ".join(str(error).split())  # a database may say it in several lines; doctor gives each finding one
        raise click.ClickException(
            f"zodbconn.uri: no se puede abrir el almacén ({type(error).__name__}: {palabras})"
        ) from error


def carpetas(ajustes: Mapping[str, Any]) -> list[Path]:
    """The folders that the settings take for granted, those of the store first."""
    uri = urlsplit(ajustes["zodbconn.uri"])
    archivos = [Path(uri.path)] if uri.scheme == "file" else []
    archivos += carpetas_de_blobs(ajustes)
    if ajustes.get("casilla.secreto_archivo"):
        archivos.append(Path(ajustes["casilla.secreto_archivo"]))
    if ajustes.get("casilla.latido"):
        archivos.append(Path(ajustes["casilla.latido"]))
    padres = [archivo.parent for archivo in archivos]
    if ajustes.get("casilla.correo") == "carpeta" and ajustes.get("casilla.correo_carpeta"):
        padres.append(Path(ajustes["casilla.correo_carpeta"]))
    return list(dict.fromkeys(padres))


def carpetas_de_blobs(ajustes: Mapping[str, Any]) -> list[Path]:
    """Where the store keeps or caches documents; ZODB makes it itself."""
    consulta = parse_qs(urlsplit(ajustes["zodbconn.uri"]).query)
    return [Path(ruta) for clave in ("blobstorage_dir", "blob_dir") for ruta in consulta.get(clave, ())]


def barra(largo: int, rotulo: str) -> Any:
    """A progress bar where there is a terminal to show it."""
    return click.progressbar(length=largo, label=rotulo, file=sys.stderr, hidden=not sys.stderr.isatty())


def reservado(ruta: Path) -> bool:
    """Whether nobody but its owner may read or change the file."""
    return not os.stat(ruta).st_mode & 0o077
