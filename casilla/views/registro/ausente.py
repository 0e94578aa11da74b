"""What stands where a registration is over, never was, or is somebody else's: nobody can tell which."""

from typing import Any

from pyramid.request import Request
from pyramid.view import forbidden_view_config, notfound_view_config

from casilla.resources.solicitud import Solicitudes

PLANTILLA = "casilla:templates/registro_ausente.pt"


@notfound_view_config(path_info="^/registro/", containment=Solicitudes, renderer=PLANTILLA)
@forbidden_view_config(path_info="^/registro/", containment=Solicitudes, renderer=PLANTILLA)
def ausente(exc: Exception, request: Request) -> dict[str, Any]:
    request.response.status_int = 404
    return {}
