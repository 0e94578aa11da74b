"""Whoever writes down what this process' visitors searched for in vain: a thread of each web server, once a minute."""

import atexit
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from typing import ClassVar

from pyramid.config import Configurator
from pyramid.events import ApplicationCreated
from ZODB import DB

from casilla.buscadas import Buscadas
from casilla.scripts.entorno import ahora, sesion, sitio_de
from casilla.scripts.guardia import Guardia
from casilla.services.uso import anotar


@dataclass
class Anotador:
    """``reloj`` tells the time, aware."""

    nombre: ClassVar = "anotador"

    db: DB
    buscadas: Buscadas
    reloj: Callable[[], datetime] = ahora

    def ronda(self, parar: Event) -> Iterator[str]:
        """Nothing of it is so urgent that a transaction should be made for each search."""
        return iter(())

    def limpiar(self) -> None:
        """One transaction for all that there is; none when there is nothing. Raises NoListo."""
        tanda = self.buscadas.tomar()
        if not tanda:
            return
        try:
            with sesion(self.db) as hacer:
                hacer(lambda raiz: anotar(sitio_de(raiz), *tanda, self.reloj()))
        except BaseException:
            self.buscadas.devolver(tanda)
            raise


def includeme(config: Configurator) -> None:
    if config.registry.buscadas is not None:
        config.add_subscriber(_contratar, ApplicationCreated)


def _contratar(evento: ApplicationCreated) -> None:
    registro = evento.app.registry
    anotador = Anotador(registro._zodb_databases[""], registro.buscadas)
    registro.anotador = Guardia(anotador)
    atexit.register(_despedir, registro.anotador, anotador)


def _despedir(guardia: Guardia, anotador: Anotador) -> None:
    """An orderly end loses nothing."""
    guardia.parar()
    anotador.limpiar()
