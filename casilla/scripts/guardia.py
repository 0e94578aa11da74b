"""Those who work behind the visits: the cartero and the obrero, each in a loop that nothing ends but being told so."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Protocol

from casilla.mail.transporte import SinConexion
from casilla.request import NoListo

log = logging.getLogger(__name__)

# Seconds: between two looks at what there is to do, and the longest wait after something went wrong.
PAUSA = 1.0
MAYOR_PAUSA = 60.0
# Seconds that the end of the process waits for what is in hand.
DESPEDIDA = 5.0
_ENTRE_LIMPIEZAS = timedelta(minutes=1)


class Trabajador(Protocol):
    """Somebody who makes rounds: each does what is due, until the event is set, and yields what became of each thing.

    ``limpiar`` is called every minute.
    """

    @property
    def nombre(self) -> str: ...

    @property
    def reloj(self) -> Callable[[], datetime]: ...

    def ronda(self, parar: Event) -> Iterator[str]: ...

    def limpiar(self) -> None: ...


def atender(quien: Trabajador, parar: Event, respiro: float = 0) -> None:
    """Make rounds until ``parar``, resting ``respiro`` seconds after each thing done.

    Nothing that goes wrong ends it: it is logged, and tried again later and later.
    """
    pausa = PAUSA
    limpieza = quien.reloj()
    while not parar.is_set():
        try:
            hubo = False
            for _ in quien.ronda(parar):
                hubo = True
                parar.wait(respiro)
            if quien.reloj() >= limpieza:
                limpieza = quien.reloj() + _ENTRE_LIMPIEZAS
                quien.limpiar()
            pausa = 0 if hubo else PAUSA
        except NoListo:
            pausa = PAUSA
        except SinConexion as error:
            pausa = _mas(pausa)
            log.warning("sin servidor de correo (%s); otro intento en %g s", error.palabras, pausa)
        except Exception:
            pausa = _mas(pausa)
            log.exception("el %s tropezó; otro intento en %g s", quien.nombre, pausa)
        parar.wait(pausa)


def _mas(pausa: float) -> float:
    return min(max(pausa, PAUSA) * 2, MAYOR_PAUSA)


class Guardia:
    """Some of them at work, each in a thread, from now until ``parar``."""

    def __init__(self, *quienes: Trabajador, respiro: float = 0) -> None:
        self._parar = Event()
        self._hilos = [
            Thread(target=atender, args=(quien, self._parar, respiro), name=quien.nombre, daemon=True)
            for quien in quienes
        ]
        for hilo in self._hilos:
            hilo.start()

    def parar(self) -> None:
        """Ask them to end and wait a little; what is left in hand is taken up again another day."""
        self._parar.set()
        for hilo in self._hilos:
            hilo.join(DESPEDIDA)
