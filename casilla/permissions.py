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


def titular(casilla: str) -> str:
    """The principal of whoever reads the casilla with this name."""
    return f"titular:{casilla}"


def solicitante(solicitud: str) -> str:
    """The principal of whoever filled in the solicitud with this name."""
    return f"solicitante:{solicitud}"
