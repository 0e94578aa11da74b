"""A session's life: how it is opened, and how it is kept open while a person says that they are still there."""

from datetime import timedelta

from pyramid.csrf import new_csrf_token
from pyramid.httpexceptions import HTTPNoContent, HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.resources.funcionario import Funcionario
from casilla.resources.sitio import Sitio
from casilla.resources.usuario import Usuario
from casilla.security import JORNADA
from casilla.services.acceso import abrir_sesion
from casilla.services.auditoria import asentar


def abrir(request: Request, usuario: Usuario) -> None:
    """A new session, with nothing of the old one: a cookie that somebody planted or copied before is worth nothing."""
    vida = timedelta(minutes=request.registry.settings["casilla.sesion_minutos"])
    _renovar(request, "usuario", usuario, vida)


def abrir_de_funcionario(request: Request, funcionario: Funcionario, como: str) -> None:
    """The same for one of the institution's people, whose coming in leaves an entry that says ``como``, in words."""
    _renovar(request, "funcionario", funcionario, JORNADA)
    asentar(
        request.sitio,
        "entrar",
        f"cuentas/{funcionario.__name__}",
        actor=funcionario.__name__,
        direccion=request.remote_addr,
        ahora=request.ahora,
        secreto=request.secreto,
        despues=como,
    )


def _renovar(request: Request, quien: str, cuenta: Usuario | Funcionario, vida: timedelta) -> None:
    request.session.invalidate()
    new_csrf_token(request)
    request.session[quien] = cuenta.__name__
    request.session["sesion"] = abrir_sesion(cuenta, ahora=request.ahora, direccion=request.remote_addr, vida=vida)


@view_config(context=Sitio, name="sesion", request_method="GET", permission=Permiso.USAR_CUENTA)
def seguir(context: Sitio, request: Request) -> Response:
    """``/sesion/seguir``: nothing is written; that the cookie was read is enough for it to be issued anew."""
    if request.subpath != ("seguir",):
        raise HTTPNotFound
    return HTTPNoContent()
