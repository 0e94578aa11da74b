"""Permissions, roles and names of principals.

Permissions are never stored: a resource computes its ``__acl__`` from its state each time it is asked.
The words of an ACL are Pyramid's own values, written out so that the rooms below the doors need not import it;
a test holds them against ``pyramid.authorization``.
"""

from collections.abc import Iterator
from enum import StrEnum

ALLOW = "Allow"
DENY = "Deny"
EVERYONE = "system.Everyone"


class Permiso(StrEnum):
    """What somebody may do with a resource."""

    PUBLICO = "publico"
    USAR_CUENTA = "usar-cuenta"
    GESTIONAR_CUENTA = "gestionar-cuenta"
    TRAMITAR = "tramitar-solicitud"
    VER_CASILLA = "ver-casilla"
    ABRIR = "abrir-notificacion"
    DEPOSITAR = "depositar"
    CONSULTAR = "consultar"
    ANULAR = "anular"
    USAR_TRABAJO = "usar-trabajo"

    # Of the institution's own people. Whoever may manage may see; ROLES says who may what.
    USAR_MODULO = "usar-modulo"
    VER_TABLERO = "ver-tablero"
    VER_CONTENIDOS = "ver-contenidos"
    GESTIONAR_CONTENIDOS = "gestionar-contenidos"
    VER_DEPOSITOS = "ver-depositos"
    GESTIONAR_DEPOSITOS = "gestionar-depositos"
    NOTIFICAR = "notificar"
    VER_PREPARACION = "ver-preparacion"
    VER_SOLICITUDES = "ver-solicitudes"
    GESTIONAR_SOLICITUDES = "gestionar-solicitudes"
    VER_PERSONAS = "ver-personas"
    GESTIONAR_PERSONAS = "gestionar-personas"
    VER_CUENTAS = "ver-cuentas"
    GESTIONAR_CUENTAS = "gestionar-cuentas"
    VER_CLAVES = "ver-claves"
    GESTIONAR_CLAVES = "gestionar-claves"
    VER_CALENDARIO = "ver-calendario"
    GESTIONAR_CALENDARIO = "gestionar-calendario"
    VER_AJUSTES = "ver-ajustes"
    GESTIONAR_AJUSTES = "gestionar-ajustes"
    VER_AUDITORIA = "ver-auditoria"


_VER = tuple(permiso for permiso in Permiso if permiso.startswith("ver-") and permiso != Permiso.VER_CASILLA)

# What each role of the institution's people may do; shown at /admin/roles, tested cell by cell. Who hands out the
# roles does not read the audit, which names citizens (docs/decisiones/018): one person may hold both, and that shows.
ROLES: dict[str, tuple[Permiso, ...]] = {
    "contenido": (Permiso.VER_TABLERO, Permiso.VER_CONTENIDOS, Permiso.GESTIONAR_CONTENIDOS),
    "notificador": (
        *(Permiso.VER_TABLERO, Permiso.VER_DEPOSITOS, Permiso.GESTIONAR_DEPOSITOS, Permiso.NOTIFICAR),
        Permiso.VER_CALENDARIO,
    ),
    "registro": (
        *(Permiso.VER_TABLERO, Permiso.VER_SOLICITUDES, Permiso.GESTIONAR_SOLICITUDES),
        *(Permiso.VER_PERSONAS, Permiso.GESTIONAR_PERSONAS),
    ),
    "administrador": (
        *(Permiso.VER_TABLERO, Permiso.VER_CUENTAS, Permiso.GESTIONAR_CUENTAS),
        *(Permiso.VER_CLAVES, Permiso.GESTIONAR_CLAVES, Permiso.VER_CALENDARIO, Permiso.GESTIONAR_CALENDARIO),
        *(Permiso.VER_AJUSTES, Permiso.GESTIONAR_AJUSTES),
    ),
    "auditor": _VER,
}


class _Todos:
    """Every permission, those to come included. Pyramid asks for an iterable before it asks what is in it."""

    def __iter__(self) -> Iterator[object]:
        return iter(())

    def __contains__(self, permiso: object) -> bool:
        return True


NADA_MAS = (DENY, EVERYONE, _Todos())

USUARIO = "usuario"
# A user whose password is their own; the temporary one opens nothing but its change.
TITULAR = "titular"
SGD = "rol:sgd"


# Somebody of the institution who has come in with both factors; with a temporary password, that is all they are.
FUNCIONARIO = "funcionario"


def rol(nombre: str) -> str:
    """The principal of whoever holds this role of ROLES."""
    return f"rol:{nombre}"


def igualada(dependencia: str) -> str:
    """A dependencia as it is told from others, whatever its capitals and blanks."""
    return " ".join(dependencia.split()).upper()


def notificador(dependencia: str) -> str:
    """The principal of whoever notifies for this dependencia."""
    return f"notificador:{igualada(dependencia)}"


def titular(casilla: str) -> str:
    """The principal of whoever reads the casilla with this name."""
    return f"titular:{casilla}"


def dueno(usuario: str) -> str:
    """The principal of whoever has come in under this user name, for what they asked to have done."""
    return f"dueno:{usuario}"


def solicitante(solicitud: str) -> str:
    """The principal of whoever filled in the solicitud with this name."""
    return f"solicitante:{solicitud}"
