"""The root of the tree."""

from typing import Any

from persistent import Persistent

from casilla.permissions import ALLOW, EVERYONE, NADA_MAS, SGD, USUARIO, Permiso
from casilla.resources.administracion import Administracion
from casilla.resources.altas import Altas
from casilla.resources.asiento import Carpeta, sentar
from casilla.resources.auditoria import Auditoria
from casilla.resources.borrador import Borradores
from casilla.resources.calendario import CalendarioOficial
from casilla.resources.clave_api import Claves
from casilla.resources.cuenta import Cuenta
from casilla.resources.fragmentos import Bitacora, Registro
from casilla.resources.funcionario import Funcionarios
from casilla.resources.interrupcion import Interrupciones
from casilla.resources.lote import Lotes
from casilla.resources.persona import Personas
from casilla.resources.resumen import Resumenes
from casilla.resources.salida import Salida
from casilla.resources.seguimiento import Seguimiento
from casilla.resources.solicitud import Solicitudes
from casilla.resources.trabajo import Trabajos
from casilla.resources.uso import Uso


class Casillas(Carpeta):
    """Every mailbox, by its opaque name, at ``/casilla``."""


class Contenidos(Carpeta):
    """The institution's texts, by name."""


class Usuarios(Carpeta):
    """Every login, by user name."""


class Sitio(Persistent):
    """The institution's site. ``pasos``: names of the evolve steps that this store has been through.

    ``registro``: code → Notificacion; ``recibidos``: sender and idempotency key → Notificacion; ``eventos``: what
    senders may follow, tuples ``(tipo, codigo, cuando)``; ``salida``: letters not yet sent; ``resumenes``: who wants a
    summary each day; ``funcionarios``: logins of the institution's people; ``auditoria``: what they did;
    ``calendario``: the days and hours that they declared; ``altas``: how many casillas were opened each day;
    ``uso``: which answers serve and what is searched for in vain.
    """

    __name__ = ""
    __parent__ = None
    pasos: tuple[str, ...] = ()
    institucion: Any = None
    personas: Any = None
    usuarios: Any = None
    casillas: Any = None
    solicitudes: Any = None
    contenidos: Any = None
    claves: Any = None
    registro: Any = None
    recibidos: Any = None
    eventos: Any = None
    salida: Any = None
    trabajos: Any = None
    interrupciones: Any = None
    resumenes: Any = None
    borradores: Any = None
    lotes: Any = None
    funcionarios: Any = None
    auditoria: Any = None
    seguimiento: Any = None
    calendario: Any = None
    altas: Any = None
    uso: Any = None

    def __init__(self, institucion: Any) -> None:
        self.__name__ = ""
        self.__parent__ = None
        self.pasos = ()
        self.institucion = institucion
        self.completar()

    def completar(self) -> None:
        """Make the folders that are missing: all of them in a new site, the newer ones in an old site."""
        for nombre, clase in _CARPETAS.items():
            if getattr(self, nombre) is None:
                carpeta = clase()
                sentar(self, _DIRECCIONES.get(nombre, nombre), carpeta)
                setattr(self, nombre, carpeta)

    @property
    def __acl__(self) -> list[Any]:
        return [
            (ALLOW, EVERYONE, Permiso.PUBLICO),
            (ALLOW, USUARIO, Permiso.USAR_CUENTA),
            (ALLOW, SGD, (Permiso.DEPOSITAR, Permiso.CONSULTAR, Permiso.ANULAR)),
            NADA_MAS,
        ]

    @property
    def carpeta_temporal(self) -> str:
        """Where to write a file that will become a Blob by being moved."""
        return self._p_jar.db().storage.temporaryDirectory()

    def __getitem__(self, nombre: str) -> Any:
        """What has a public address of its own; the rest of the tree is not reached by addresses."""
        if nombre in _DE_VISITA:
            return _DE_VISITA[nombre](self)
        return {"registro": self.solicitudes, "casilla": self.casillas, "trabajos": self.trabajos}[nombre]


_CARPETAS = {
    "personas": Personas,
    "usuarios": Usuarios,
    "casillas": Casillas,
    "solicitudes": Solicitudes,
    "contenidos": Contenidos,
    "claves": Claves,
    "registro": Registro,
    "recibidos": Registro,
    "eventos": Bitacora,
    "salida": Salida,
    "trabajos": Trabajos,
    "interrupciones": Interrupciones,
    "resumenes": Resumenes,
    "borradores": Borradores,
    "lotes": Lotes,
    "funcionarios": Funcionarios,
    "auditoria": Auditoria,
    "seguimiento": Seguimiento,
    "calendario": CalendarioOficial,
    "altas": Altas,
    "uso": Uso,
}
# Places made anew for each request and kept nowhere.
_DE_VISITA = {"cuenta": Cuenta, "admin": Administracion}
_DIRECCIONES = {"casillas": "casilla", "solicitudes": "registro", "registro": "notificaciones"}
