"""The keys of the machine door: made, shown once, revoked. What is kept of one is a hash."""

import re
from datetime import datetime
from hashlib import sha256
from secrets import token_hex, token_urlsafe

from casilla.resources.clave_api import ClaveApi
from casilla.resources.sitio import Sitio

# It travels in a header, before the secret.
NOMBRE = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
PALABRAS_DEL_NOMBRE = "use hasta 40 letras minúsculas sin tilde, cifras, puntos y guiones, como sgd"


def secreto_nuevo() -> str:
    return token_urlsafe(32)


def id_nuevo() -> str:
    """By which one key of a sender is told from another; no secret."""
    return token_hex(4)


def huella_de_clave(secreto: str) -> str:
    """What is kept of an API key. A random secret of 256 bits needs no slow hash."""
    return sha256(secreto.encode()).hexdigest()


def emitir(sitio: Sitio, nombre: str, id_: str, secreto: str, ahora: datetime) -> None:
    """Keep the hash of the secret among the sender's keys; those that there are go on serving."""
    if nombre not in sitio.claves:
        sitio.claves[nombre] = ClaveApi()
    sitio.claves[nombre].emitir(id_, huella_de_clave(secreto), ahora)


def revocar(sitio: Sitio, nombre: str, ahora: datetime, id_: str | None = None) -> tuple[str, ...]:
    """Revoke the sender's key with this id, or all that are in force; returns the ids of those that were."""
    remitente = sitio.claves.get(nombre)
    if remitente is None:
        return ()
    vigentes = tuple(e[0] for e in remitente.emitidas if e[3] is None and id_ in (None, e[0]))
    if vigentes:
        remitente.revocar(ahora, id_)
    return vigentes
