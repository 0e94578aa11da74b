"""What must be known by mail and never be kept: made from the secret each time it is needed.

So the store holds no password and no code in clear, and a letter that is sent again carries the same one.
"""

import hmac
from base64 import b32encode

from casilla.services.codigos import ALFABETO

# Letters and digits of a validation code; none that can be taken for another.
_SIGNOS = ALFABETO[2:]


def _derivar(secreto: bytes, *partes: str | int) -> bytes:
    return hmac.digest(secreto, "\0".join(map(str, partes)).encode(), "sha256")


def clave_temporal(secreto: bytes, usuario: str, emision: int) -> str:
    """Eight upper-case hexadecimal signs (guide, screen 11)."""
    return _derivar(secreto, "clave", usuario, emision)[:4].hex().upper()


def sello_recuperacion(secreto: bytes, casilla: str, numero: int) -> str:
    """What makes a link to choose another password ours: 128 bits in hexadecimal."""
    return _derivar(secreto, "recuperacion", casilla, numero)[:16].hex()


def codigo_validacion(secreto: bytes, solicitud: str, envio: int) -> str:
    """Six signs (guide, screen 9), of an alphabet without look-alikes."""
    numero = int.from_bytes(_derivar(secreto, "codigo", solicitud, envio)[:8])
    return "".join(_SIGNOS[numero // len(_SIGNOS) ** i % len(_SIGNOS)] for i in range(6))


def semilla_del_factor(secreto: bytes, usuario: str, factor: int, sal: str = "") -> str:
    """The seed of a second factor (RFC 6238): 160 bits in base 32, as authenticator programs take it.

    ``sal``: the nonce of the enrolment; those of before there were any have none.
    """
    return b32encode(_derivar(secreto, "factor", usuario, factor, *filter(None, [sal]))[:20]).decode()


def codigos_de_respaldo(secreto: bytes, usuario: str, factor: int) -> tuple[str, ...]:
    """Ten codes of ten signs, each good once instead of the second factor."""
    return tuple(_en_signos(_derivar(secreto, "respaldo", usuario, factor, n), 10) for n in range(10))


def _en_signos(bytes_: bytes, largo: int) -> str:
    numero = int.from_bytes(bytes_[:16])
    return "".join(_SIGNOS[numero // len(_SIGNOS) ** i % len(_SIGNOS)] for i in range(largo))
