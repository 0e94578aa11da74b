"""What the pages of the account have in common."""

from collections.abc import Callable
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.resources.cuenta import Cuenta
from casilla.services.acceso import AccesoNegado

CERRADA = "Su casilla está cerrada: ya no se envían avisos."


def pagina(nombre: str, **opciones: Any) -> Callable[[Any], Any]:
    """``view_config`` of a page of the account."""
    return view_config(context=Cuenta, name=nombre, permission=Permiso.GESTIONAR_CUENTA, **opciones)


def direccion(request: Request, nombre: str = "") -> str:
    return f"{request.script_name}/cuenta" + (f"/{nombre}" if nombre else "")


def ir(request: Request, nombre: str = "", palabras: str = "", cola: str = "") -> HTTPSeeOther:
    """Back to a page of the account, with something to say there."""
    if palabras:
        request.session.flash(palabras, cola)
    return HTTPSeeOther(direccion(request, nombre))


def con_clave(request: Request) -> Any:
    """Around an act that asks for the password again: a session left open must not serve to guess it."""
    return request.limites.intento(AccesoNegado, "cambio", request.remote_addr, request.identity.usuario)
