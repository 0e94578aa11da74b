"""Which role may do what: the table that the code itself obeys (``permissions.ROLES``)."""

from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from casilla.permissions import ROLES, Permiso
from casilla.resources.administracion import SeccionRoles
from casilla.views.admin.palabras import PERMISOS_DICHOS, ROLES_DICHOS


@view_config(
    context=SeccionRoles,
    request_method="GET",
    permission=Permiso.VER_TABLERO,
    renderer="casilla:templates/admin_roles.pt",
)
def ver(context: SeccionRoles, request: Request) -> Any:
    repartidos = {permiso for permisos in ROLES.values() for permiso in permisos}
    return {
        "roles": [(nombre, *ROLES_DICHOS[nombre]) for nombre in ROLES],
        "matriz": [
            (PERMISOS_DICHOS[permiso], [(ROLES_DICHOS[nombre][0], permiso in ROLES[nombre]) for nombre in ROLES])
            for permiso in Permiso
            if permiso in repartidos
        ],
        "suyos": request.identity.cuenta.roles,
    }
