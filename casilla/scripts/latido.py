"""The pulse of the web server: each minute that it works leaves a mark, so that a silence can be told to people.

The mark is the time of a file, named by the setting ``casilla.latido``: a mark in the store would make it grow for
ever (docs/decisiones/016-interrupciones.md). Without the setting there is no pulse.
"""

import atexit
import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

from pyramid.config import Configurator
from pyramid.events import ApplicationCreated
from ZODB import DB

from casilla.resources.sitio import Sitio
from casilla.scripts.entorno import ahora, sesion, sitio_de
from casilla.services.interrupciones import detectar

log = logging.getLogger(__name__)

# Seconds between two beats; a silence shorter than this is a restart, not an interruption.
CADA = 60.0
SILENCIO = timedelta(minutes=5)


class Latido:
    """Beats by reading the store, and marks ``archivo``; what it could not read was not in service."""

    def __init__(self, db: DB, archivo: Path, reloj: Callable[[], datetime] = ahora) -> None:
        self._db = db
        self._archivo = archivo
        self._reloj = reloj

    def latir(self) -> None:
        """One beat. Raises whatever keeps the store from being read; the mark then stays where it was."""
        momento = self._reloj()
        with sesion(self._db) as hacer:
            hacer(lambda raiz: self._contar(sitio_de(raiz), momento))
        self._archivo.touch()
        os.utime(self._archivo, (momento.timestamp(),) * 2)

    def _contar(self, sitio: Sitio, momento: datetime) -> None:
        """Several processes may share the mark: of those that wake up together, the first one tells."""
        desde = self._ultimo()
        if desde is not None and momento - desde > SILENCIO and detectar(sitio, desde, momento):
            log.warning("sin servicio desde %s hasta %s: quedó registrado como interrupción", desde, momento)

    def _ultimo(self) -> datetime | None:
        try:
            return datetime.fromtimestamp(self._archivo.stat().st_mtime, UTC)
        except FileNotFoundError:
            return None


def vivir(latido: Latido, parar: Event) -> None:
    """Beat until ``parar``; a beat that fails is logged, and the next one comes at its time."""
    while not parar.is_set():
        try:
            latido.latir()
        except Exception as error:
            log.error("sin latido: %s", type(error).__name__)
        parar.wait(CADA)


def includeme(config: Configurator) -> None:
    if config.get_settings().get("casilla.latido"):
        config.add_subscriber(_empezar, ApplicationCreated)


def _empezar(evento: ApplicationCreated) -> None:
    registro = evento.app.registry
    latido = Latido(registro._zodb_databases[""], Path(registro.settings["casilla.latido"]))
    registro.parar_latido = Event()
    Thread(target=vivir, args=(latido, registro.parar_latido), name="latido", daemon=True).start()
    atexit.register(registro.parar_latido.set)
