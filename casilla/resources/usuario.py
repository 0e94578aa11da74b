"""Who logs in: a name, the hash of a password, open sessions."""

from datetime import datetime
from typing import Any

from BTrees.OOBTree import OOBTree
from persistent import Persistent


class Usuario(Persistent):
    """A login. Its name is the user name, as ``1-49083411``.

    ``clave`` is a bcrypt hash. While ``temporal_hasta`` is set, the password is the one that went out by mail: it dies
    at that time, and serves only to choose another. ``sesiones``: name of the session → (since when, address).
    ``emision`` counts the temporary passwords issued, from which (with the secret) the letter makes the password.
    ``recuperacion`` is the number of the last link to choose another password, which is its time; the link serves until
    ``recuperacion_hasta``, and no longer when that is None. ``codigos`` counts the codes sent for a change of address,
    and ``por_confirmar`` is the address that waits for the last one (services.cuenta.Pedido). ``cierre``: the Adjunto
    that attests the request to close the casilla. While ``suspendido``, nobody comes in; what is deposited counts all
    the same. ``correccion``: an address that staff put in place of another (services.correcciones.Correccion).
    """

    __name__ = ""
    __parent__: Any = None
    persona: Any = None
    clave = ""
    temporal_hasta: datetime | None = None
    emision = 0
    recuperacion = 0
    recuperacion_hasta: datetime | None = None
    codigos = 0
    por_confirmar: tuple[Any, ...] = ()
    cierre: Any = None
    suspendido = False
    correccion: tuple[Any, ...] = ()
    sesiones: Any = None
    ultimo_acceso: datetime | None = None
    acceso_anterior: datetime | None = None
    historia: tuple[Any, ...] = ()

    def __init__(self, persona: Any) -> None:
        self.__name__ = ""
        self.__parent__ = None
        self.persona = persona
        self.clave = ""
        self.temporal_hasta = None
        self.emision = 0
        self.recuperacion = 0
        self.recuperacion_hasta = None
        self.codigos = 0
        self.por_confirmar = ()
        self.cierre = None
        self.suspendido = False
        self.correccion = ()
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
