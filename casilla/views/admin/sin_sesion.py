"""A form of the module sent after its session: what was typed stays in the page, to be sent when one is in again.

It goes back to the browser that it came from and is kept nowhere else, so a text may be of any length (WCAG 2.2.5).
"""

import re

from pyramid.httpexceptions import HTTPBadRequest, HTTPRequestEntityTooLarge
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response

# The sections where people write; passwords and codes are asked for in none of them. What is sent while one types
# (``/teclear``) is no form: its script must see that it was not taken.
_SECCIONES = re.compile("/admin/(calendario|contenidos|depositos|notificar|personas|solicitudes)/(?!.*/teclear$)")


def devolver(request: Request) -> Response | None:
    """The page with what was typed; None when there is nothing to give back, or another site's page sent it."""
    campos = _escrito(request)
    if not campos:
        return None
    valores = {"campos": campos, "dentro": request.identity is not None, "accion": request.path_qs}
    return render_to_response("casilla:templates/admin_sin_sesion.pt", valores, request)


def _escrito(request: Request) -> list[tuple[str, str]]:
    """Every text of the form, in its order. Files cannot be given back: a browser takes them from nobody."""
    suya = request.headers.get("Origin") == request.host_url
    if request.method != "POST" or not suya or not _SECCIONES.match(request.path_info):
        return []
    try:
        campos = request.POST.items()
    except (HTTPBadRequest, HTTPRequestEntityTooLarge):
        return []
    return [(campo, valor) for campo, valor in campos if campo != "csrf_token" and isinstance(valor, str)]
