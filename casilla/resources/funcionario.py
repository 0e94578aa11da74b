"""Who works for the institution: a login with roles and a second factor."""

from datetime import datetime
from typing import Any

from BTrees.OOBTree import OOBTree
from persistent import Persistent

from casilla.resources.asiento import Carpeta


class Funcionario(Persistent):
    """A login of the institution's side. Its name is the user name, as ``mquispe``.

    ``clave`` is a bcrypt hash; until ``temporal_hasta`` it is one that somebody else knows, and serves only to choose
    another. ``roles``: names of permissions.ROLES; ``dependencias``: for which a notifier notifies. The second factor's
    seed and its recovery codes are made from the secret and from ``factor``, the number of the enrolment (0: none
    yet), the seed from the nonce ``sal`` too ("" until confirmed, and for those confirmed before there were any), and
    kept nowhere; ``factor_en``: when it was confirmed; ``ultimo_paso``: the time step of the last code
    accepted, which none may precede (RFC 6238, 5.2); ``respaldos``: numbers of the recovery codes already used.
    ``sesiones``: name of the session → (since when, address). ``emision`` counts the temporary passwords.
    """

    __name__ = ""
    __parent__: Any = None
    nombres = ""
    correo = ""
    clave = ""
    temporal_hasta: datetime | None = None
    emision = 0
    roles: tuple[str, ...] = ()
    dependencias: tuple[str, ...] = ()
    suspendido = False
    factor = 0
    factor_en: datetime | None = None
    sal = ""
    ultimo_paso = 0
    respaldos: tuple[int, ...] = ()
    sesiones: Any = None
    ultimo_acceso: datetime | None = None
    acceso_anterior: datetime | None = None
    historia: tuple[Any, ...] = ()

    def __init__(self, nombres: str, correo: str) -> None:
        self.__name__ = ""
        self.__parent__ = None
        self.nombres = nombres
        self.correo = correo
        self.clave = ""
        self.temporal_hasta = None
        self.emision = 0
        self.roles = ()
        self.dependencias = ()
        self.suspendido = False
        self.factor = 0
        self.factor_en = None
        self.sal = ""
        self.ultimo_paso = 0
        self.respaldos = ()
        self.sesiones = OOBTree()
        self.ultimo_acceso = None
        self.acceso_anterior = None
        self.historia = ()

    @property
    def temporal(self) -> bool:
        """Whether the password must be changed before anything else."""
        return self.temporal_hasta is not None

    def anotar(self, hecho: str, actor: str, ahora: datetime, detalle: str = "") -> None:
        """Append a fact ``(hecho, actor, cuando, detalle)``."""
        self.historia += ((hecho, actor, ahora, detalle),)


class Funcionarios(Carpeta):
    """The institution's logins, by user name."""
