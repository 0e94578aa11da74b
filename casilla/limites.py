"""How often one may fail before having to wait: counted by who is named and by where it comes from.

The counts live in the memory of this process: docs/decisiones/006-limites-en-memoria.md says why, and what it means
with several processes.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from math import ceil
from typing import Any

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from pyramid.config import Configurator

from casilla.services.horas import duracion

Cuenta = tuple[RateLimitItem, tuple[str, ...]]

# Windows that are kept before anybody looks which of them are over.
GUARDADAS = 1000


class DebeEsperar(Exception):
    """Too many failures; the text tells the person for how long, ``cuanto`` in words and ``minutos`` as a number."""

    def __init__(self, minutos: int) -> None:
        self.minutos, self.cuanto = minutos, duracion(timedelta(minutes=minutos))
        super().__init__(f"Hubo demasiados intentos fallidos. Espere {self.cuanto} y vuelva a intentarlo.")


class Limites:
    """Failures at a door (``acto``) within a moving window of ``minutos``: so many by name, so many by address."""

    def __init__(self, *, por_nombre: int = 5, por_direccion: int = 30, minutos: int = 15) -> None:
        self._memoria, self._tope = MemoryStorage(), GUARDADAS
        self._ventana = MovingWindowRateLimiter(self._memoria)
        self._por_nombre = RateLimitItemPerMinute(por_nombre, minutos)
        self._por_direccion = RateLimitItemPerMinute(por_direccion, minutos)

    @classmethod
    def desde_ajustes(cls, settings: dict[str, Any]) -> "Limites":
        """From ``casilla.intentos_por_usuario``, ``casilla.intentos_por_direccion``, ``casilla.intentos_minutos``."""
        return cls(
            por_nombre=int(settings.get("casilla.intentos_por_usuario", 5)),
            por_direccion=int(settings.get("casilla.intentos_por_direccion", 30)),
            minutos=int(settings.get("casilla.intentos_minutos", 15)),
        )

    @contextmanager
    def intento(
        self,
        fallo: type[Exception] | tuple[type[Exception], ...],
        acto: str,
        direccion: str | None,
        nombre: str | None = None,
    ) -> Iterator[None]:
        """One try at a door: an exception of the class ``fallo`` in the block is counted as a failure, and goes on.

        Raises DebeEsperar before the block is entered, so that what is dear (hashing a password) is not done in vain.
        """
        if minutos := self.espera(acto, direccion, nombre):
            raise DebeEsperar(minutos)
        try:
            yield
        except fallo:
            self.fallo(acto, direccion, nombre)
            raise

    def contar(self, acto: str, direccion: str | None, nombre: str | None = None) -> None:
        """Count a use of what costs others, whatever comes of it. Raises DebeEsperar when there have been too many."""
        if minutos := self.espera(acto, direccion, nombre):
            raise DebeEsperar(minutos)
        self.fallo(acto, direccion, nombre)

    def espera(self, acto: str, direccion: str | None, nombre: str | None = None) -> int:
        """Minutes to wait before the next try, rounded up; 0 when one may try now."""
        return max(self._minutos(limite, llave) for limite, llave in self._cuentas(acto, direccion, nombre))

    def espera_de(self, acto: str, nombre: str) -> int:
        """Minutes to wait by this name, wherever its tries came from; 0 while it has any left."""
        return self._minutos(self._por_nombre, (acto, "nombre", nombre))

    def fallo(self, acto: str, direccion: str | None, nombre: str | None = None) -> None:
        """Count a failure."""
        for limite, llave in self._cuentas(acto, direccion, nombre):
            self._ventana.hit(limite, *llave)
        if len(self._memoria.events) > self._tope:
            self._despejar()

    def _despejar(self) -> None:
        """The library keeps a window that is over, empty, for ever: whoever makes names up would fill the memory."""
        ahora, ventanas = time.time(), self._memoria.events
        for llave in list(ventanas):
            with self._memoria.locks[llave]:
                if all(fallo.expiry <= ahora for fallo in ventanas.get(llave, ())):
                    ventanas.pop(llave, None)
                    self._memoria.locks.pop(llave, None)
        self._tope = max(GUARDADAS, 2 * len(ventanas))

    def _cuentas(self, acto: str, direccion: str | None, nombre: str | None) -> Iterator[Cuenta]:
        yield self._por_direccion, (acto, "direccion", red(direccion))
        if nombre is not None:
            yield self._por_nombre, (acto, "nombre", nombre)

    def _minutos(self, limite: RateLimitItem, llave: tuple[str, ...]) -> int:
        if self._ventana.test(limite, *llave):
            return 0
        return max(1, ceil((self._ventana.get_window_stats(limite, *llave).reset_time - time.time()) / 60))


def mencion(tecleado: str) -> str:
    """Whom the user box means, for counting: ``1-40000001``, ``140000001`` and ``4000 0001`` are one name, one window.

    It looks only at what was typed, never at who exists: were a person's number and mail address counted together, a
    wait at the second after failures at the first would tell a stranger that both belong to one casilla.
    """
    tecleado = "".join(tecleado.split())
    # In capitals as ``services.acceso`` looks a number up: its "ı" and "i" are both "I" there, and so one name here.
    return tecleado.lower() if "@" in tecleado else "".join(filter(str.isalnum, tecleado)).upper()[-8:]


def red(direccion: str | None) -> str:
    """Who an address stands for: an IPv6 customer holds at least a /64, so its 64 bits are one here (RFC 6177)."""
    try:
        leida = ip_address(direccion or "")
    except ValueError:
        return direccion or "desconocida"
    if isinstance(leida, IPv6Address) and leida.ipv4_mapped is None:
        return str(IPv6Address(int(leida) >> 64 << 64))
    return str(getattr(leida, "ipv4_mapped", None) or leida)


def includeme(config: Configurator) -> None:
    config.registry.limites = Limites.desde_ajustes(config.get_settings())
    config.add_request_method(lambda request: request.registry.limites, "limites", property=True)
