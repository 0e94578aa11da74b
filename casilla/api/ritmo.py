"""How many requests a sender may make: so many a minute, by key; without a key in force, by address.

The count lives in the memory of this process (docs/decisiones/006-limites-en-memoria.md). It is not kept with
``limits``, whose memory starts a thread at nearly every request to forget what has passed: here all of it is
forgotten each minute.
"""

import time
from collections import Counter
from math import ceil
from threading import Lock

from pyramid.request import Request

from casilla.api.problemas import DemasiadasSolicitudes

POR_MINUTO = 60_000


class Ritmo:
    """``por_minuto`` requests in each minute of the clock."""

    def __init__(self, por_minuto: int) -> None:
        self._por_minuto = por_minuto
        self._minuto = 0
        self._cuentas: Counter[str] = Counter()
        self._turno = Lock()

    def contar(self, request: Request) -> None:
        """Count this request. Raises DemasiadasSolicitudes with the seconds to wait."""
        identidad = request.identity
        quien = f"clave:{identidad.usuario}" if identidad else f"direccion:{request.remote_addr}"
        minuto, segundo = divmod(time.time(), 60)
        if self._sumar(quien, int(minuto)) > self._por_minuto:
            raise DemasiadasSolicitudes(ceil(60 - segundo))

    def _sumar(self, quien: str, minuto: int) -> int:
        with self._turno:
            if minuto != self._minuto:
                self._minuto, self._cuentas = minuto, Counter()
            self._cuentas[quien] += 1
            return self._cuentas[quien]
