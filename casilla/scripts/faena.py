"""A job in hand: what the one who does it may use (docs/decisiones/014-trabajos.md).

An *oficio* does the jobs of one class. It is a function that takes a Faena, does its work in steps, each a short
transaction of its own, and returns an Entrega, or None when there is no file to be collected. Between two steps it may
keep what it likes in memory, but no persistent object. It may be stopped at any step, or die: it is then called again,
maybe in another process, and begins anew or from the job's ``cursor``.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import file_digest
from pathlib import Path
from threading import Event
from typing import Any, BinaryIO, NamedTuple, TypeVar

from casilla.resources.adjunto import Adjunto, guardar
from casilla.resources.sitio import Sitio
from casilla.resources.trabajo import Trabajo
from casilla.scripts.entorno import Hacer, ahora, sitio_de
from casilla.services import trabajos
from casilla.services.documentos import Archivo
from casilla.services.trabajos import Ajeno

T = TypeVar("T")


class NoSePuede(Exception):
    """The job will never be done; the text says why to whoever asked for it, in Spanish."""


class Interrumpido(Exception):
    """The process ends: the job is left as it is, for the next one."""


class Entrega(NamedTuple):
    """What a job leaves behind: a file, and until when it is kept."""

    archivo: Archivo
    hasta: datetime


@dataclass
class Faena:
    """The job ``nombre``, held under ``turno``. ``respiro``: seconds of rest after each step."""

    nombre: str
    turno: int
    ajustes: Mapping[str, Any]
    parar: Event
    hacer: Hacer = field(repr=False)
    reloj: Callable[[], datetime] = ahora
    respiro: float = 0

    def paso(self, acto: Callable[[Sitio, Trabajo], T]) -> T:
        """Do ``acto`` in one short transaction, again if it conflicts. Raises Ajeno, Interrumpido: let them through."""
        if self.parar.is_set():
            raise Interrumpido
        hecho = self._hacer(acto)
        self.parar.wait(self.respiro)
        return hecho

    def _hacer(self, acto: Callable[[Sitio, Trabajo], T]) -> T:
        def _(raiz: Mapping[str, Any]) -> T:
            sitio = sitio_de(raiz)
            sitio._p_jar.cacheGC()
            return acto(sitio, trabajos.propio(sitio, self.nombre, self.turno, self.reloj()))

        return self.hacer(_)

    @cached_property
    def _carpeta(self) -> Path:
        return Path(self._hacer(lambda sitio, trabajo: sitio.carpeta_temporal))

    def escribir(self, nombre: str, tipo: str, escribir: Callable[[BinaryIO], None]) -> Archivo:
        """A new file, written by ``escribir`` and flushed to disk; it is gone when the job is."""
        ruta = self._ruta(self.turno)
        with ruta.open("w+b") as destino:
            escribir(destino)
            tamano = destino.seek(0, os.SEEK_END)
            destino.flush()
            os.fsync(destino.fileno())
            destino.seek(0)
            huella = file_digest(destino, "sha256").hexdigest()  # type: ignore[arg-type]
        return Archivo(nombre, tipo, ruta, tamano, huella)

    @contextmanager
    def sin_restos(self) -> Iterator[None]:
        """Before and after: no file lies about, neither of this turn nor of those who died at this job."""
        self._barrer()
        try:
            yield
        finally:
            self._barrer()

    def _barrer(self) -> None:
        with suppress(Ajeno):
            for turno in range(1, self.turno + 1):
                self._ruta(turno).unlink(missing_ok=True)
                _enlace(self._ruta(turno)).unlink(missing_ok=True)

    def _ruta(self, turno: int) -> Path:
        return self._carpeta / f"trabajo-{self.nombre}-{turno}"

    def terminar(self, entrega: Entrega | None) -> None:
        """It is done, and its file is to be had. Raises Ajeno."""
        self._hacer(lambda sitio, trabajo: self._terminar(sitio, trabajo, entrega))

    def _terminar(self, sitio: Sitio, trabajo: Trabajo, entrega: Entrega | None) -> None:
        if entrega is None:
            trabajos.terminar(trabajo, self.reloj())
        else:
            trabajos.terminar(trabajo, self.reloj(), _adjunto(sitio, entrega.archivo), entrega.hasta)

    def anotar(self, fin: Callable[[Trabajo, datetime, str], None], motivo: str) -> None:
        """An end that is not the one hoped for, unless the job is not ours any more."""
        with suppress(Ajeno):
            self._hacer(lambda sitio, trabajo: fin(trabajo, self.reloj(), motivo))


def _enlace(ruta: Path) -> Path:
    return ruta.with_name(f"{ruta.name}-enlace")


def _adjunto(sitio: Sitio, archivo: Archivo) -> Adjunto:
    """A Blob takes its file away, so a second try after a conflict needs another name of it."""
    enlace = _enlace(archivo.ruta)
    enlace.unlink(missing_ok=True)
    os.link(archivo.ruta, enlace)
    blob = guardar(enlace, sitio._p_jar)
    return Adjunto(archivo.nombre, archivo.tipo, archivo.tamano, archivo.huella, archivo.paginas, blob)
