"""The outbox: letters that a transaction has promised, until their fate is known."""

from collections.abc import Iterator
from datetime import datetime
from secrets import randbelow
from typing import Any

from persistent import Persistent

from casilla.resources.fragmentos import FRAGMENTOS, Bitacora, fragmento


class Carta(Persistent):
    """A letter to be written and sent. It holds what it is about, not its words: those are made when it leaves.

    ``clase`` says which letter; ``sobre`` is the Notificacion, Solicitud or Usuario that it is about, and there its
    fate is noted; ``numero`` tells two letters of one class apart; ``tomada_hasta``: a cartero is busy with it until
    then.
    """

    clase = ""
    para = ""
    sobre: Any = None
    numero = 0
    creada_en: Any = None
    intentos = 0
    proximo: Any = None
    tomada_hasta: datetime | None = None

    def __init__(self, clase: str, para: str, sobre: Any, numero: int, creada_en: datetime) -> None:
        self.clase = clase
        self.para = para
        self.sobre = sobre
        self.numero = numero
        self.creada_en = creada_en
        self.intentos = 0
        self.proximo = creada_en
        self.tomada_hasta = None


class Salida(Bitacora):
    """The letters not yet sent. An entry that has met its fate is taken out."""

    def agregar(self, clave: str, carta: Carta) -> tuple[int, int]:
        """Put a letter in, numbered by its time, finely divided.

        A running number would begin anew when a log has been emptied, and a slow cartero could then take the fate of
        the letter that it holds for the fate of the next one with that number. Nor do two letters at once meet.
        """
        n = fragmento(clave)
        numero = int(carta.creada_en.timestamp() * 1_000_000) * 1000 + randbelow(1000)
        while not self.arboles[n].insert(numero, carta):
            numero += 1
        return n, numero

    def __iter__(self) -> Iterator[tuple[tuple[int, int], Carta]]:
        """Every waiting letter with its place ``(log, number)``."""
        for n in range(FRAGMENTOS):
            for numero, carta in self.arboles[n].items():
                yield (n, numero), carta

    def carta(self, lugar: tuple[int, int]) -> Carta | None:
        """The letter that lies there, None when it has gone."""
        n, numero = lugar
        return self.arboles[n].get(numero)

    def quitar(self, lugar: tuple[int, int]) -> None:
        n, numero = lugar
        del self.arboles[n][numero]
