"""A registration under way: nothing of it is a Persona before it is approved."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
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
    that one dies; ``direccion``: where from. ``consultas``: what the registers said, facts ``(servicio, resultado,
    campos, cuando)``, never a right value. ``revision_desde``: since when somebody of the institution is to decide,
    None when nobody is; ``responder_hasta``: the last day on which that was promised. ``prorroga``: from when its day
    counts, when that is not its beginning.
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
    consultas: tuple[Any, ...] = ()
    revision_desde: datetime | None = None
    responder_hasta: date | None = None
    prorroga: datetime | None = None

    def __init__(self, creada_en: datetime, direccion: str) -> None:
        self.__name__ = ""
        self.__parent__ = None
        self.creada_en = creada_en
        self.tipo_persona = ""
        self.envios = 0
        self.intentos = 0
        self.enviado_en = None
        self.revision_desde = None
        self.responder_hasta = None
        self.prorroga = None
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
        self.consultas = ()
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
    def desde(self) -> datetime:
        """From when its day counts."""
        return self.prorroga or self.creada_en

    @property
    def __acl__(self) -> list[Any]:
        return [(ALLOW, solicitante(self.__name__), Permiso.TRAMITAR), NADA_MAS]


class Solicitudes(Carpeta):
    """All registrations under way, at ``/registro``; whoever comes may begin one.

    Each stands in one of two orders: that of those whose day runs, by age, or that of those that wait for somebody of
    the institution, which no time ends, by when they were asked for.
    """

    _por_edad: Any = None
    _en_revision: Any = None

    def __init__(self) -> None:
        super().__init__()
        self._por_edad = OOTreeSet()
        self._en_revision = OOTreeSet()

    @property
    def __acl__(self) -> list[Any]:
        return [(ALLOW, EVERYONE, Permiso.PUBLICO)]

    def __setitem__(self, nombre: str, solicitud: Solicitud) -> None:
        super().__setitem__(nombre, solicitud)
        self._orden(solicitud).add(_lugar(solicitud))

    def __delitem__(self, nombre: str) -> None:
        solicitud = self[nombre]
        self._orden(solicitud).remove(_lugar(solicitud))
        super().__delitem__(nombre)

    @contextmanager
    def recolocar(self, solicitud: Solicitud) -> Iterator[None]:
        """Around what changes its place in these orders; when that fails, they stay as they were."""
        orden, lugar = self._orden(solicitud), _lugar(solicitud)
        yield
        orden.remove(lugar)
        self._orden(solicitud).add(_lugar(solicitud))

    def anteriores_a(self, momento: datetime, maximo: int) -> list[Solicitud]:
        """The oldest whose day began before ``momento``, at most so many; the others are not looked at."""
        return [self[nombre] for _, nombre in islice(self._por_edad.keys(max=(momento, "")), maximo)]

    def en_revision(self, desde: int = 0, hasta: int | None = None) -> Iterator[Solicitud]:
        """Those that wait for somebody, who has waited longest first; each is loaded when its turn comes."""
        return (self[nombre] for _, nombre in islice(self._en_revision, desde, hasta))

    def cuantas_en_revision(self) -> int:
        return len(self._en_revision)

    def diferencias(self) -> list[str]:
        """Where the two orders do not say what the solicitudes say."""
        por_edad, en_revision = self._ordenes()
        mal = []
        if set(self._por_edad) != por_edad:
            mal.append("solicitudes: el orden por edad no dice lo que las solicitudes")
        if set(self._en_revision) != en_revision:
            mal.append("solicitudes: las que están en revisión no son las que se listan")
        return mal

    def rehacer(self) -> None:
        self._por_edad, self._en_revision = map(OOTreeSet, self._ordenes())

    def _orden(self, solicitud: Solicitud) -> Any:
        return self._en_revision if solicitud.revision_desde else self._por_edad

    def _ordenes(self) -> tuple[set[Any], set[Any]]:
        todas = list(self._hijos.values())
        return {_lugar(s) for s in todas if not s.revision_desde}, {_lugar(s) for s in todas if s.revision_desde}


def _lugar(solicitud: Solicitud) -> tuple[datetime, str]:
    return solicitud.revision_desde or solicitud.desde, solicitud.__name__
