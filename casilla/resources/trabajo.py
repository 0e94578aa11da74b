"""Jobs: what somebody asked for that takes too long for them to wait at the screen."""

from collections.abc import Iterator
from datetime import datetime
from secrets import randbelow
from typing import Any

from BTrees.OOBTree import OOTreeSet
from persistent import Persistent

from casilla.permissions import ALLOW, NADA_MAS, Permiso, dueno
from casilla.resources.asiento import Carpeta
from casilla.resources.historia import ConHistoria
from casilla.workflow import TRABAJO

PENDIENTES = ("en-cola", "en-curso")


class Trabajo(ConHistoria, Persistent):
    """A job. ``clase`` says which; ``de``, the user name of who asked; ``sobre``, the persistent object it is about.

    ``parametros`` are pairs of text; ``hechas`` of ``total`` is how far it is, and ``cursor`` how far it need not be
    done again. ``turno`` counts those who took it, each of whom holds it until ``tomado_hasta``; ``intentos``, how
    often it was taken since the cursor moved. It is not begun before ``proximo``. ``resultado`` is an Adjunto; at
    ``hasta`` that goes, or the job itself when there is none (None: never).
    """

    __name__ = ""
    __parent__: Any = None
    flujo = TRABAJO
    historia: tuple[Any, ...] = ()
    clase = ""
    de = ""
    sobre: Any = None
    parametros: tuple[tuple[str, str], ...] = ()
    total = 0
    hechas = 0
    cursor = 0
    turno = 0
    intentos = 0
    tomado_hasta: datetime | None = None
    proximo: datetime | None = None
    resultado: Any = None
    hasta: datetime | None = None

    def __init__(self, clase: str, de: str, sobre: Any, parametros: dict[str, str], total: int) -> None:
        self.__name__ = ""
        self.__parent__ = None
        self.historia = ()
        self.clase = clase
        self.de = de
        self.sobre = sobre
        self.parametros = tuple(parametros.items())
        self.total = total
        self.hechas = 0
        self.cursor = 0
        self.turno = 0
        self.intentos = 0
        self.tomado_hasta = None
        self.proximo = None
        self.resultado = None
        self.hasta = None

    @property
    def __acl__(self) -> list[Any]:
        return [(ALLOW, dueno(self.de), Permiso.USAR_TRABAJO), NADA_MAS]

    @property
    def pedido_en(self) -> datetime:
        return self.historia[0][2]

    @property
    def desde(self) -> datetime:
        """When its present state began."""
        return self.historia[-1][2]

    @property
    def pendiente(self) -> bool:
        """Whether there is anything left to do."""
        return self.estado in PENDIENTES


class Trabajos(Carpeta):
    """Every job, by a name that is its time; whose they are, which are to be done, and what is to go and when."""

    _de: Any = None
    _pendientes: Any = None
    _plazos: Any = None

    def __init__(self) -> None:
        super().__init__()
        self._vaciar()

    def _vaciar(self) -> None:
        self._de = OOTreeSet()  # (user name, job)
        self._pendientes = OOTreeSet()
        self._plazos = OOTreeSet()  # (time, job)

    def agregar(self, trabajo: Trabajo, ahora: datetime) -> None:
        """Seat a job that has begun its history, under a name of its own: two at once do not meet."""
        numero = int(ahora.timestamp() * 1_000_000) * 1000 + randbelow(1000)
        while str(numero) in self:
            numero += 1
        self[str(numero)] = trabajo

    def __setitem__(self, nombre: str, trabajo: Trabajo) -> None:
        super().__setitem__(nombre, trabajo)
        self._anotar(trabajo)

    def __delitem__(self, nombre: str) -> None:
        trabajo = self[nombre]
        self._de.remove((trabajo.de, nombre))
        self._pendientes.discard(nombre)
        self._plazos.discard((trabajo.hasta, nombre))
        super().__delitem__(nombre)

    def fijar(self, trabajo: Trabajo, hasta: datetime | None) -> None:
        """After a change of state: what is to happen with the job, and when."""
        nombre = trabajo.__name__
        if trabajo.hasta is not None:
            self._plazos.discard((trabajo.hasta, nombre))
        trabajo.hasta = hasta
        if not trabajo.pendiente:
            self._pendientes.discard(nombre)
        self._anotar(trabajo)

    def _anotar(self, trabajo: Trabajo) -> None:
        nombre = trabajo.__name__
        self._de.insert((trabajo.de, nombre))
        if trabajo.pendiente:
            self._pendientes.insert(nombre)
        if trabajo.hasta is not None:
            self._plazos.insert((trabajo.hasta, nombre))

    def de(self, usuario: str) -> Iterator[Trabajo]:
        """Those of one user, newest first."""
        for _, nombre in reversed(self._de.keys((usuario, ""), (usuario, "\uffff"))):
            yield self[nombre]

    def pendientes(self) -> Iterator[Trabajo]:
        """Those to be done or being done, oldest first."""
        return map(self.__getitem__, self._pendientes)

    def por_hacer(self) -> int:
        """How many are to be done or being done, without loading them."""
        return len(self._pendientes)

    def vencidos(self, ahora: datetime) -> list[Trabajo]:
        """Those whose time has come, or whose file's."""
        return [self[nombre] for _, nombre in self._plazos.keys(None, (ahora, "\uffff"))]

    def _indices(self) -> dict[str, set[Any]]:
        return {"de": set(self._de), "pendientes": set(self._pendientes), "plazos": set(self._plazos)}

    def diferencias(self) -> list[str]:
        """Where an index does not say what the jobs say; empty when all is well."""
        todos = [(nombre, self[nombre]) for nombre in self]
        dichos = {
            "de": {(trabajo.de, nombre) for nombre, trabajo in todos},
            "pendientes": {nombre for nombre, trabajo in todos if trabajo.pendiente},
            "plazos": {(trabajo.hasta, nombre) for nombre, trabajo in todos if trabajo.hasta is not None},
        }
        return [
            f"trabajos: el índice {nombre} no dice lo suyo"
            for nombre, i in self._indices().items()
            if i != dichos[nombre]
        ]

    def rehacer(self) -> None:
        self._vaciar()
        for trabajo in self.values():
            self._anotar(trabajo)
