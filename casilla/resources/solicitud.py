"""A registration under way: nothing of it is a Persona before it is approved."""

from datetime import datetime
from typing import Any

from persistent import Persistent

from casilla.permissions import ALLOW, EVERYONE, NADA_MAS, Permiso, solicitante
from casilla.resources.asiento import Carpeta
from casilla.resources.historia import ConHistoria
from casilla.workflow import SOLICITUD


class Solicitud(ConHistoria, Persistent):
    """What a person has told so far. Its name is opaque and random.

    ``datos``: pairs ``(campo, valor)`` as typed and checked; ``aceptaciones`` as in Persona; ``envios`` counts the codes
    sent, ``intentos`` the wrong ones tried since; ``codigo_hasta``: when the last code dies; ``direccion``: where from.
    """

    flujo = SOLICITUD

    __name__ = ""
    __parent__: Any = None
    creada_en: datetime | None = None
    direccion = ""
    tipo_persona = ""
    datos: tuple[Any, ...] = ()
    correo = ""
    aceptaciones: tuple[Any, ...] = ()
    verificado_por = ""
    verificados: tuple[str, ...] = ()
    declarados: tuple[str, ...] = ()
    envios = 0
    intentos = 0
    enviado_en: datetime | None = None
    codigo_hasta: datetime | None = None

    def __init__(self, creada_en: datetime, direccion: str) -> None:
        self.__name__ = ""
        self.__parent__ = None
        self.creada_en = creada_en
        self.direccion = direccion
        self.tipo_persona = ""
        self.datos = ()
        self.correo = ""
        self.aceptaciones = ()
        self.verificado_por = ""
        self.verificados = ()
        self.declarados = ()
        self.envios = 0
        self.intentos = 0
        self.enviado_en = None
        self.codigo_hasta = None
        self.historia = ()

    @property
    def __acl__(self) -> list[Any]:
        return [(ALLOW, solicitante(self.__name__), Permiso.TRAMITAR), NADA_MAS]


class Solicitudes(Carpeta):
    """All registrations under way, at ``/registro``; whoever comes may begin one."""

    @property
    def __acl__(self) -> list[Any]:
        return [(ALLOW, EVERYONE, Permiso.PUBLICO)]
