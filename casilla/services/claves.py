"""Passwords: what is kept is a bcrypt hash."""

from functools import cache

import bcrypt

# bcrypt reads no more than 72 bytes; a longer password is refused, not cut.
MAXIMO_BYTES = 72
COSTO = 12


def cifrar(clave: str, costo: int = COSTO) -> str:
    """The hash to keep; about a quarter of a second at the usual cost. Raises ValueError above 72 bytes."""
    return bcrypt.hashpw(clave.encode(), bcrypt.gensalt(costo)).decode()


def coincide(clave: str, cifrada: str, costo: int = COSTO) -> bool:
    """Whether the password is the one of the hash. With an empty hash it takes as long, and is False."""
    octetos = clave.encode()[:MAXIMO_BYTES]
    return bcrypt.checkpw(octetos, (cifrada or _de_nadie(costo)).encode()) and bool(cifrada)


@cache
def _de_nadie(costo: int) -> str:
    """A hash to compare with when the user does not exist, so that the answer takes the same time."""
    return cifrar("de nadie", costo)
