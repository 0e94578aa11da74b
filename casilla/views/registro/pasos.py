"""The order of the steps, and the guard that keeps it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from casilla.limites import DebeEsperar
from casilla.permissions import Permiso
from casilla.resources.solicitud import Solicitud
from casilla.services.horas import fecha_larga, hora
from casilla.services.registro import vence, vencida
from casilla.workflow import SOLICITUD

Vista = Callable[[Any, Request], Response]

PASOS = ("terminos", "privacidad", "tipo", "datos", "verificacion")
# Not a step of its own: where the data wait for a register that did not answer, or for the next try.
ESPERA, FIN = "espera", "listo"
# Nor this one: where the person sees that somebody is to decide, or has said no. It leads nowhere else.
REVISION = "revision"
# The furthest page of each state; the ones before it may be visited again.
_HASTA = {
    "iniciada": "privacidad",
    "aceptada": "tipo",
    "elegida": "datos",
    "declarada": "datos",
    "en-espera": ESPERA,
    "por-validar": "verificacion",
    "en-revision": REVISION,
    "denegada": REVISION,
}


def posicion(paso: str) -> tuple[int, int]:
    """As "Paso 3 de 5" needs it."""
    return PASOS.index("datos" if paso in (ESPERA, REVISION) else paso) + 1, len(PASOS)


def siguiente(solicitud: Solicitud) -> str:
    """The page on which the registration goes on."""
    return _HASTA.get(solicitud.estado, FIN)


def plazo(solicitud: Solicitud) -> str:
    """Until when it can be finished, as "las 10:11 del 24 de enero de 2026"."""
    fin = vence(solicitud)
    return f"las {hora(fin)} del {fecha_larga(fin)}"


def direccion(request: Request, solicitud: Solicitud, pagina: str) -> str:
    return request.resource_path(solicitud, pagina)


def ir(request: Request, solicitud: Solicitud, pagina: str) -> HTTPSeeOther:
    return HTTPSeeOther(direccion(request, solicitud, pagina))


def contar(request: Request, acto: str, nombre: str | None = None) -> None:
    """Count a use of what costs others (a question to a register, a mail), by its name and by where it comes from.

    Raises limites.DebeEsperar when there have been too many.
    """
    if minutos := request.limites.espera(acto, request.remote_addr, nombre):
        raise DebeEsperar(minutos)
    request.limites.fallo(acto, request.remote_addr, nombre)


def pagina(nombre: str, *, paso: str = "", **opciones: Any) -> Callable[[Vista], Vista]:
    """``view_config`` of a page of a Solicitud that belongs to ``paso`` (its own name unless told)."""
    return view_config(
        context=Solicitud, name=nombre, permission=Permiso.TRAMITAR, decorator=_en_orden(paso or nombre), **opciones
    )


def _en_orden(paso: str) -> Callable[[Vista], Vista]:
    """A registration whose day is over is not found; whoever jumps ahead is led back to where they are."""

    def decorador(vista: Vista) -> Vista:
        @wraps(vista)
        def guardada(context: Solicitud, request: Request) -> Response:
            if vencida(context, request.ahora):
                raise HTTPNotFound
            if not _alcanzado(context, paso):
                return ir(request, context, siguiente(context))
            respuesta = vista(context, request)
            # "no-store" would lose what Back and Forward should show again.
            respuesta.cache_control = "private, no-cache"
            return respuesta

        return guardada

    return decorador


def _alcanzado(solicitud: Solicitud, paso: str) -> bool:
    hasta = siguiente(solicitud)
    if {FIN, REVISION} & {hasta, paso}:
        return hasta == paso
    if paso == ESPERA:
        return SOLICITUD.permite(solicitud.estado, "esperar")
    return posicion(paso) <= posicion(hasta)
