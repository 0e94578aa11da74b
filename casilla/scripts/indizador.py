"""Whoever keeps the index of the follow-up board: the only one who writes it, behind the backs of those who deposit."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from typing import ClassVar

from ZODB import DB

from casilla.scripts.entorno import ahora, sesion, sitio_de
from casilla.services.horas import dia_en_lima
from casilla.services.seguimiento import TANDA, poner_al_dia


@dataclass
class Indizador:
    """The worker of one store. Of several at once, all but one find a conflict, and go on from where that one came.

    ``reloj`` tells the time, aware.
    """

    nombre: ClassVar = "indizador"

    db: DB
    reloj: Callable[[], datetime] = ahora

    def ronda(self, parar: Event) -> Iterator[str]:
        """Take in all that has happened, a transaction for each batch, until ``parar``. Raises NoListo."""
        with sesion(self.db) as hacer:
            while not parar.is_set():
                if not hacer(lambda raiz: poner_al_dia(sitio_de(raiz), TANDA, dia_en_lima(self.reloj()))):
                    return
                yield "al día"

    def limpiar(self) -> None:
        """Nothing of it grows old."""
