"""A registration under way: nothing of it is a Persona before it is approved."""

from datetime import datetime
from itertools import islice
from typing import Any

from BTrees.OOBTree import OOTreeSet
from persistent import Persistent

from casilla.permissions import ALLOW, EVERYONE, NADA_MAS, Permiso, solicitante
from casilla.resources.asiento import Carpeta
from casilla.resources.historia import ConHistoria
from casilla.workflow import SOLICITUD


class Solicitud(ConHistoria, Persistent):
    """What a person has told so far. Its name is opaque and random.

    ``datos``: pairs ``(campo, valor)`` with the names that Persona gives them, ``correo`` apart because it can be
    corrected alone; ``aceptaciones``, ``verificado_por``, ``verificado_en``, ``verificados`` and ``declarados`` as in
    Persona; ``envios`` counts the codes sent, ``intentos`` the wrong ones tried since the last; ``codigo_hasta``: when
    that one dies; ``direccion``: where from.
    """

    flujo = SOLICITUD

    __name__ = ""
    __parent__: Any = None
    creada_en: Any = None
    direccion = ""
    tipo_persona = ""
    datos: tuple[Any, ...] = ()
    correo = ""
    aceptaciones: tuple[Any, ...] = ()
    verificado_por = ""
    verificado_en: datetime | None = None
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
        self.tipo_persona = ""
        self.envios = 0
        self.intentos = 0
        self.enviado_en = None
        self.historia = ()
        self.olvidar()
        self.direccion = direccion

    def olvidar(self) -> None:
        """Everything about the person goes, and the last code dies; what happened and when stays."""
        self.direccion = ""
        self.aceptaciones = ()
        self.olvidar_datos()

    def olvidar_datos(self) -> None:
        """What the form told goes, and the last code dies."""
        self.codigo_hasta = None
        self.datos = ()
        self.correo = ""
        self.olvidar_verificacion()

    def olvidar_verificacion(self) -> None:
        """What the register said is no longer about these data."""
        self.verificado_por = ""
        self.verificado_en = None
        self.verificados = ()
        self.declarados = ()

    @property
    def documento(self) -> str:
        """``TIPO-NUMERO``; empty before the form is complete."""
        datos = dict(self.datos)
        return f"{datos['tipo_documento']}-{datos['numero']}" if datos else ""

    @property
    def __acl__(self) -> list[Any]:
        return [(ALLOW, solicitante(self.__name__), Permiso.TRAMITAR), NADA_MAS]


class Solicitudes(Carpeta):
    """All registrations under way, at ``/registro``, in order of age too; whoever comes may begin one."""

    _por_edad: Any = None

    def __init__(self) -> None:
        super().__init__()
        self._por_edad = OOTreeSet()

    @property
    def __acl__(self) -> list[Any]:
        return [(ALLOW, EVERYONE, Permiso.PUBLICO)]

    def __setitem__(self, nombre: str, solicitud: Solicitud) -> None:
        super().__setitem__(nombre, solicitud)
        self._por_edad.add((solicitud.creada_en, nombre))

    def __delitem__(self, nombre: str) -> None:
        self._por_edad.remove((self[nombre].creada_en, nombre))
        super().__delitem__(nombre)

    def anteriores_a(self, momento: datetime, maximo: int) -> list[Solicitud]:
        """The oldest of those begun before ``momento``, at most so many; the others are not looked at."""
        return [self[nombre] for _, nombre in islice(self._por_edad.keys(max=(momento, "")), maximo)]

    def diferencias(self) -> list[str]:
        """Where the order of age does not say what the solicitudes say."""
        if set(self._por_edad) == {(solicitud.creada_en, nombre) for nombre, solicitud in self._hijos.items()}:
            return []
        return ["solicitudes: el orden por edad no dice lo que las solicitudes"]

    def rehacer(self) -> None:
        self._por_edad = OOTreeSet((solicitud.creada_en, nombre) for nombre, solicitud in self._hijos.items())
