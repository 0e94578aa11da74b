"""The session's life, asked for by ``app.js`` when a person says that they are still there."""

from pyramid.httpexceptions import HTTPNoContent, HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.resources.sitio import Sitio


@view_config(context=Sitio, name="sesion", request_method="GET", permission=Permiso.USAR_CUENTA)
def seguir(context: Sitio, request: Request) -> Response:
    """``/sesion/seguir``: nothing is written; that the cookie was read is enough for it to be issued anew."""
    if request.subpath != ("seguir",):
        raise HTTPNotFound
    return HTTPNoContent()
