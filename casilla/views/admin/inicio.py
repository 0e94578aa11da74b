"""The first page of the institution's side."""

from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.resources.administracion import Administracion


@view_config(
    context=Administracion,
    name="",
    request_method="GET",
    permission=Permiso.VER_TABLERO,
    renderer="casilla:templates/admin_inicio.pt",
)
def inicio(context: Administracion, request: Request) -> Any:
    return {}
