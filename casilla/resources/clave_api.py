"""A key of the machine door: who may call, known by the hash of a secret."""

from datetime import datetime
from typing import Any

from persistent import Persistent

from casilla.resources.asiento import Carpeta


class ClaveApi(Persistent):
    """The keys of one sender (``nombre``, as "sgd"), old ones included: a key is revoked, never erased.

    ``emitidas``: tuples ``(id, SHA-256 of the secret, since, revoked or None)``.
    """

    __name__ = ""
    __parent__: Any = None
    emitidas: tuple[Any, ...] = ()

    def __init__(self) -> None:
        self.__name__ = ""
        self.__parent__ = None
        self.emitidas = ()

    def emitir(self, id: str, huella: str, ahora: datetime) -> None:
        self.emitidas += ((id, huella, ahora, None),)

    def revocar(self, ahora: datetime, id: str | None = None) -> int:
        """Revoke the key in force with this id, or every one; returns how many there were."""
        elegidas = [e for e in self.emitidas if e[3] is None and id in (None, e[0])]
        self.emitidas = tuple((*e[:3], ahora) if e in elegidas else e for e in self.emitidas)
        return len(elegidas)

    def vigente(self, huella: str) -> bool:
        """Whether a secret with this hash opens the door now."""
        return any(h == huella and revocada is None for _, h, _, revocada in self.emitidas)


class Claves(Carpeta):
    """The keys of every sender, by name of the sender."""
