"""The obrero: does the jobs that people have asked for, one after the other, oldest first.

Nothing is held while it works but a turn at the job. Whoever dies leaves it taken; when that turn is over, the next
one does it.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event
from traceback import format_tb
from typing import Any, ClassVar

from ZODB import DB

from casilla.scripts import lote
from casilla.scripts.entorno import Hacer, ahora, sesion, sitio_de
from casilla.scripts.exportacion import exportar
from casilla.scripts.exportacion_de_depositos import exportar_depositos
from casilla.scripts.faena import Entrega, Faena, Interrumpido, NoSePuede
from casilla.services import borradores, papelera, trabajos, uso
from casilla.services.exportaciones import EXPORTACION
from casilla.services.exportaciones_de_depositos import EXPORTACION_DE_DEPOSITOS
from casilla.services.lotes import DEPOSITO, REVISION
from casilla.services.trabajos import Ajeno

log = logging.getLogger(__name__)

Oficio = Callable[[Faena], Entrega | None]

# Who does the jobs of each class.
OFICIOS: dict[str, Oficio] = {
    EXPORTACION: exportar,
    EXPORTACION_DE_DEPOSITOS: exportar_depositos,
    REVISION: lote.revisar,
    DEPOSITO: lote.depositar,
}


@dataclass
class Obrero:
    """Whoever does the jobs of one store. Not for two threads at once; as many of them as one likes.

    ``respiro``: seconds of rest after each step. ``reloj`` tells the time, aware.
    """

    nombre: ClassVar = "obrero"

    db: DB
    ajustes: Mapping[str, Any] = field(repr=False)
    respiro: float = 0
    reloj: Callable[[], datetime] = ahora
    oficios: Mapping[str, Oficio] = field(default_factory=lambda: OFICIOS, repr=False)

    def ronda(self, parar: Event) -> Iterator[str]:
        """Do the jobs whose time has come, until ``parar``; yields what became of each. Raises NoListo."""
        with sesion(self.db) as hacer:
            for nombre in hacer(lambda raiz: trabajos.por_hacer(sitio_de(raiz), self.reloj())):
                if parar.is_set():
                    return
                if fin := self._tomar(hacer, nombre, parar):
                    yield fin

    def limpiar(self) -> None:
        """What nobody needs any more goes: files, what was prepared and left, the bin, old counts of the questions."""
        with sesion(self.db) as hacer:
            hacer(lambda raiz: trabajos.caducar(sitio_de(raiz), self.reloj()))
            hacer(lambda raiz: borradores.caducar(sitio_de(raiz), self.reloj()))
            hacer(lambda raiz: papelera.vaciar(sitio_de(raiz), self.reloj()))
            hacer(lambda raiz: uso.caducar(sitio_de(raiz), self.reloj()))

    def _tomar(self, hacer: Hacer, nombre: str, parar: Event) -> str:
        """One job: take it and do it; returns how it ended, empty if it is somebody else's."""
        turno = hacer(lambda raiz: trabajos.tomar(sitio_de(raiz), nombre, self.reloj()))
        if turno is None:
            return ""
        faena = Faena(nombre, turno, self.ajustes, parar, hacer, self.reloj, self.respiro)
        with faena.sin_restos():
            return self._trabajar(faena)

    def _trabajar(self, faena: Faena) -> str:
        try:
            clase = faena.paso(lambda sitio, trabajo: trabajo.clase)
            faena.terminar(self.oficios[clase](faena))
        except Ajeno:
            return "dejado"
        except Interrumpido:
            faena.anotar(trabajos.soltar, "")
            return "interrumpido"
        except NoSePuede as motivo:
            faena.anotar(trabajos.fallar, str(motivo))
            return "fallido"
        except Exception as error:
            # Without the error's words, which may tell of people.
            traza = "".join(format_tb(error.__traceback__))
            log.error("trabajo %s: no se pudo hacer: %s\n%s", faena.nombre, type(error).__name__, traza)
            faena.anotar(trabajos.aplazar, type(error).__name__)
            return "aplazado"
        return "terminado"
