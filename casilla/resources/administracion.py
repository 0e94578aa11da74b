"""The institution's side, at ``/admin``: places for its pages, made anew for each request and kept nowhere.

``/admin/SECCION`` lists; ``/admin/SECCION/NOMBRE`` is one thing of it, a ``Ficha`` around what is kept elsewhere in the
tree, so that who may do what is said here (``permissions.ROLES``) and the citizen's own doors stay as they are.
"""

from collections.abc import Callable
from typing import Any

from casilla.permissions import ALLOW, EVERYONE, FUNCIONARIO, NADA_MAS, ROLES, Permiso, dueno, notificador, rol


class Administracion:
    """``/admin``. Everybody may come to its login; the rest is for roles."""

    __name__ = "admin"

    def __init__(self, sitio: Any) -> None:
        self.__parent__ = sitio

    @property
    def __acl__(self) -> list[Any]:
        return [
            (ALLOW, EVERYONE, Permiso.PUBLICO),
            (ALLOW, FUNCIONARIO, Permiso.USAR_MODULO),
            *((ALLOW, rol(nombre), permisos) for nombre, permisos in ROLES.items()),
            NADA_MAS,
        ]

    def __getitem__(self, nombre: str) -> Any:
        return SECCIONES[nombre](self, nombre)


class Seccion:
    """A kind of things; ``objeto(nombre)`` finds one, KeyError when there is none."""

    def __init__(self, administracion: Administracion, nombre: str) -> None:
        self.__parent__ = administracion
        self.__name__ = nombre
        self.sitio: Any = administracion.__parent__

    def __getitem__(self, nombre: str) -> Any:
        objeto = self.objeto(nombre)
        return self.ficha(self, nombre, objeto)

    ficha: Callable[..., "Ficha"]

    def objeto(self, nombre: str) -> Any:
        raise KeyError(nombre)


class Ficha:
    """One thing of a section."""

    def __init__(self, seccion: Seccion, nombre: str, objeto: Any) -> None:
        self.__parent__ = seccion
        self.__name__ = nombre
        self.objeto = objeto

    @property
    def entrada(self) -> str:
        """What the audit calls it."""
        return f"{self.__parent__.__name__}/{self.__name__}"

    def reservada(self, usuario: str) -> bool:
        """Whether its pages show somebody's personal data, which this user sees after leaving an entry only."""
        return False


class FichaReservada(Ficha):
    """Reserved for whoever left an entry."""

    def reservada(self, usuario: str) -> bool:
        return True


class FichaContenido(Ficha):
    """``objeto``: a Contenido."""


class SeccionContenidos(Seccion):
    """Questions, norms, legal texts, letters: ``/admin/contenidos``."""

    ficha = FichaContenido

    def objeto(self, nombre: str) -> Any:
        return self.sitio.contenidos[nombre]


class FichaDeposito(FichaReservada):
    """``objeto``: a Notificacion. A notifier sees those of their dependencias and no other."""

    @property
    def __acl__(self) -> list[Any]:
        suyos = (Permiso.VER_DEPOSITOS, Permiso.GESTIONAR_DEPOSITOS)
        return [
            (ALLOW, notificador(self.objeto.dependencia), suyos),
            (ALLOW, rol("auditor"), Permiso.VER_DEPOSITOS),
            NADA_MAS,
        ]


class SeccionDepositos(Seccion):
    """What was notified: ``/admin/depositos``; a deposit's name is its code."""

    ficha = FichaDeposito

    def objeto(self, nombre: str) -> Any:
        return self.sitio.registro[nombre]


class FichaPropia(Ficha):
    """``objeto``: a Borrador or a Lote. Theirs who made it alone, as long as they notify; an auditor sees it."""

    @property
    def __acl__(self) -> list[Any]:
        de = self.objeto.de
        roles = getattr(self.__parent__.sitio.funcionarios.get(de), "roles", ())
        suyos = [(ALLOW, dueno(de), (Permiso.VER_DEPOSITOS, Permiso.NOTIFICAR))] if "notificador" in roles else []
        return [*suyos, (ALLOW, rol("auditor"), (Permiso.VER_DEPOSITOS, Permiso.VER_PREPARACION)), NADA_MAS]


class FichaBorrador(FichaPropia):
    """A deposit in the making."""

    def reservada(self, usuario: str) -> bool:
        """Whoever prepares it knows for whom."""
        return bool(usuario != self.objeto.de)


class SeccionBorradores(Seccion):
    """Deposit by hand: ``/admin/notificar``."""

    ficha = FichaBorrador

    def objeto(self, nombre: str) -> Any:
        return self.sitio.borradores[nombre]


class FichaLote(FichaPropia):
    """A bulk."""


class SeccionLotes(Seccion):
    """Deposits in bulk: ``/admin/lotes``."""

    ficha = FichaLote

    def objeto(self, nombre: str) -> Any:
        return self.sitio.lotes[nombre]


class FichaSolicitud(FichaReservada):
    """``objeto``: a Solicitud that is in review, or was."""


class SeccionSolicitudes(Seccion):
    """Registrations that wait for somebody: ``/admin/solicitudes``. Those that do not are nobody's business."""

    ficha = FichaSolicitud

    def objeto(self, nombre: str) -> Any:
        solicitud = self.sitio.solicitudes[nombre]
        if solicitud.responder_hasta is None:
            raise KeyError(nombre)
        return solicitud


class FichaPersona(FichaReservada):
    """``objeto``: a Persona."""


class SeccionPersonas(Seccion):
    """Who has a casilla: ``/admin/personas``; a person's name there is their casilla's, which tells nothing."""

    ficha = FichaPersona

    def objeto(self, nombre: str) -> Any:
        return self.sitio.casillas[nombre].persona


class FichaCuenta(Ficha):
    """``objeto``: a Funcionario."""


class SeccionCuentas(Seccion):
    """The institution's own logins: ``/admin/cuentas``."""

    ficha = FichaCuenta

    def objeto(self, nombre: str) -> Any:
        return self.sitio.funcionarios[nombre]


class SeccionClaves(Seccion):
    """Keys of the machine door: ``/admin/claves``."""


class SeccionCalendario(Seccion):
    """Days without business and office hours: ``/admin/calendario``."""


class SeccionAjustes(Seccion):
    """What the institution says of itself: ``/admin/ajustes``."""


class SeccionAuditoria(Seccion):
    """Who did what: ``/admin/auditoria``."""


class SeccionRoles(Seccion):
    """Who may what: ``/admin/roles``."""


SECCIONES: dict[str, type[Seccion]] = {
    "contenidos": SeccionContenidos,
    "depositos": SeccionDepositos,
    "notificar": SeccionBorradores,
    "lotes": SeccionLotes,
    "solicitudes": SeccionSolicitudes,
    "personas": SeccionPersonas,
    "cuentas": SeccionCuentas,
    "claves": SeccionClaves,
    "calendario": SeccionCalendario,
    "ajustes": SeccionAjustes,
    "auditoria": SeccionAuditoria,
    "roles": SeccionRoles,
}
