"""How many requests a sender may make: so many a minute, by key; without a key in force, by address.

The count lives in the memory of this process (docs/decisiones/limites-en-memoria.md).
"""

import time
from math import ceil

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from pyramid.request import Request

from casilla.api.problemas import DemasiadasSolicitudes

POR_MINUTO = 60_000


class Ritmo:
    """``por_minuto`` requests in each minute of the clock."""

    def __init__(self, por_minuto: int) -> None:
        self._ventana = FixedWindowRateLimiter(MemoryStorage())
        self._limite: RateLimitItem = RateLimitItemPerMinute(por_minuto)

    def contar(self, request: Request) -> None:
        """Count this request. Raises DemasiadasSolicitudes with the seconds to wait."""
        identidad = request.identity
        quien = f"clave:{identidad.usuario}" if identidad else f"direccion:{request.remote_addr}"
        if not self._ventana.hit(self._limite, quien):
            reinicio = self._ventana.get_window_stats(self._limite, quien).reset_time
            raise DemasiadasSolicitudes(max(1, ceil(reinicio - time.time())))
