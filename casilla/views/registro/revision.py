"""What the register could not settle, put before somebody of the institution: asked for, waited for, and refused."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request

from casilla.limites import DebeEsperar
from casilla.resources.solicitud import Solicitud
from casilla.services.horas import fecha_con_dia, fecha_hora
from casilla.services.registro import borrar
from casilla.services.revision import (
    NO_COINCIDE,
    NO_FIGURA,
    NoRevisable,
    decision,
    pedir,
    responder_hasta,
    revisable,
)
from casilla.views.registro.pasos import REVISION, contar, direccion, ir, pagina, posicion, siguiente

# Longer than any review should take: until then the browser may see how it goes.
MEMORIA = timedelta(days=60)


@dataclass(frozen=True)
class Oferta:
    """What is said beside the button; ``pedir``: where it leads."""

    titulo: str
    correo: str
    hasta: str
    pedir: str


def oferta(solicitud: Solicitud, request: Request) -> Oferta | None:
    """None when the register may still be asked, or its answer is final."""
    if not revisable(solicitud):
        return None
    negado = solicitud.consultas[-1][1] in (NO_FIGURA, NO_COINCIDE)
    return Oferta(
        "¿Sus datos están bien escritos?" if negado else "¿Prefiere que los revise una persona?",
        solicitud.correo,
        fecha_con_dia(responder_hasta(request.calendario, request.ahora)),
        direccion(request, solicitud, "pedir-revision"),
    )


@pagina("pedir-revision", paso="datos", request_method="POST")
def solicitar(context: Solicitud, request: Request) -> HTTPSeeOther:
    try:
        contar(request, "revision", context.correo)
        pedir(request.sitio, context, calendario=request.calendario, ahora=request.ahora)
    except DebeEsperar as limite:
        palabras = f"Se pidieron muchas revisiones con ese correo o desde su conexión. Espere {limite.minutos} min"
        request.session.flash(palabras, "aviso")
    except NoRevisable:
        request.session.flash("Pulse antes Continuar, para comprobar los datos como están ahora.", "aviso")
    else:
        request.recordar_solicitud(context.__name__, MEMORIA)
    return ir(request, context, siguiente(context))


@pagina(REVISION, request_method="GET", renderer="casilla:templates/registro_revision.pt")
def ver(context: Solicitud, request: Request) -> dict[str, Any]:
    dicho = decision(context)
    hasta = context.responder_hasta
    return {
        "paso": None if dicho else posicion(REVISION),
        "titulo": "Su solicitud no fue autorizada" if dicho else "Su solicitud está en revisión",
        "decidida": dicho and {"cuando": fecha_hora(dicho[2]), "motivo": dicho[3]},
        "correo": context.correo,
        "pedida": fecha_hora(context.cuando("en-revision") or request.ahora),
        "hasta": fecha_con_dia(hasta) if hasta else "",
        "empezar": request.resource_path(context.__parent__, "terminos"),
    }


@pagina(REVISION, request_method="POST")
def desistir(context: Solicitud, request: Request) -> HTTPSeeOther:
    """Whoever thinks better of it, or typed the address wrong, takes everything back."""
    inicio = request.resource_path(context.__parent__)
    borrar(request.sitio, context, ahora=request.ahora)
    request.session.flash("Borramos su solicitud y los datos que declaró. Nadie la revisará.")
    return HTTPSeeOther(inicio)
