"""For whom the casilla is, and who that is: the form, the last look at it, and what the register says."""

from contextlib import suppress
from typing import Any

import deform
from pyramid.exceptions import BadCSRFToken
from pyramid.httpexceptions import HTTPBadRequest
from pyramid.request import Request
from pyramid.view import exception_view_config

from casilla.forms import Boton, Formulario
from casilla.gateways.protocolo import NoResponde
from casilla.limites import DebeEsperar
from casilla.resources.institucion import Institucion
from casilla.resources.solicitud import Solicitud
from casilla.services.horas import hora
from casilla.services.registro import (
    JURIDICA,
    MenorDeEdad,
    NoCoincide,
    NoFigura,
    NoVerificada,
    declarar,
    elegir,
    esperar,
    verificar,
)
from casilla.views.registro.esquemas import (
    COMO_CAMPO,
    EsquemaNatural,
    EsquemaTipo,
    a_guardar,
    a_mostrar,
    resumen,
    tipo_documento,
)
from casilla.views.registro.pasos import contar, direccion, ir, pagina, plazo, posicion

DATOS = "casilla:templates/registro_datos.pt"
REVISAR = "casilla:templates/registro_revisar.pt"
NO_COINCIDE = "no coincide con lo que tiene {}; escriba exactamente lo que dice su documento"


@pagina("tipo", request_method=("GET", "POST"), renderer="casilla:templates/registro_tipo.pt")
def tipo(context: Solicitud, request: Request) -> Any:
    botones = ("Continuar", Boton("Regresar", href=direccion(request, context, "privacidad")))
    datos = {"tipo": context.tipo_persona} if context.tipo_persona else None
    formulario = Formulario(EsquemaTipo(), request, botones=botones, datos=datos)
    elegido = _validos(formulario, request) if request.method == "POST" else None
    if elegido and elegido["tipo"] != JURIDICA:
        elegir(context, elegido["tipo"], request.ahora)
        return ir(request, context, "datos")
    return {"formulario": formulario, "paso": posicion("tipo"), "juridica": bool(elegido)}


@pagina("datos", request_method="GET", renderer=DATOS)
def ver(context: Solicitud, request: Request) -> dict[str, Any]:
    return _pagina_de_datos(context, _formulario(context, request))


@pagina("datos", request_method="POST", renderer=DATOS)
def guardar(context: Solicitud, request: Request) -> Any:
    formulario = _formulario(context, request)
    datos = _validos(formulario, request)
    if datos is None:
        return _pagina_de_datos(context, formulario)
    declarar(context, a_guardar(datos), request.ahora)
    return ir(request, context, "revisar")


@exception_view_config(BadCSRFToken, path_info="^/registro/[^/]+/datos$", containment=Solicitud, renderer=DATOS)
def pagina_vieja(exc: BadCSRFToken, request: Request) -> dict[str, Any]:
    """The long form stood open until the session died: the same form with all that was typed, and a new token."""
    request.response.status_int = exc.status_int
    formulario = _formulario(request.context, request)
    with suppress(HTTPBadRequest):
        _validos(formulario, request)
    formulario.marcar("La página estuvo abierta mucho tiempo. Lo que escribió sigue aquí: pulse Continuar otra vez")
    return _pagina_de_datos(request.context, formulario)


@pagina("revisar", request_method="GET", renderer=REVISAR)
def revisar(context: Solicitud, request: Request) -> dict[str, Any]:
    return _pagina_de_revisar(context, request)


@pagina("revisar", request_method="POST", renderer=REVISAR)
def comprobar(context: Solicitud, request: Request) -> Any:
    """Ask the register; counted, so that nobody finds out by trial what it knows of others."""
    if context.estado == "por-validar":
        return ir(request, context, "verificacion")
    try:
        contar(request, "identidad", context.__name__)
        contar(request, "envio", context.correo)
        verificar(request.sitio, context, _registro(context, request), request.ahora)
    except NoResponde:
        esperar(context, request.ahora)
        return ir(request, context, "revisar")
    except DebeEsperar as espera:
        return _pagina_de_revisar(context, request, espera.minutos)
    except NoVerificada as motivo:
        return _no_verificada(context, request, motivo)
    return ir(request, context, "verificacion")


def _no_verificada(solicitud: Solicitud, request: Request, motivo: NoVerificada) -> Any:
    """The form again, with which data to look at and never what the register holds."""
    formulario = _formulario(solicitud, request)
    servicio = _registro(solicitud, request).nombre
    match motivo:
        case NoFigura():
            formulario.marcar(f"{servicio} no tiene un documento con este número: revíselo", "numero")
        case MenorDeEdad():
            formulario.marcar(
                f"Según {servicio}, el documento es de una persona menor de edad. Para pedir una casilla debe tener 18 "
                "años cumplidos"
            )
        case NoCoincide():
            formulario.marcar(_donde_preguntar(servicio, request.institucion))
            for campo in (COMO_CAMPO.get(campo, campo) for campo in motivo.campos):
                formulario.marcar(f"{formulario[campo].title}: {NO_COINCIDE.format(servicio)}", campo)
    request.override_renderer = DATOS
    return _pagina_de_datos(solicitud, formulario)


def _donde_preguntar(servicio: str, institucion: Institucion) -> str:
    return (
        f"Hay datos que no coinciden con los de {servicio}. Si están como en su documento, llame al "
        f"{institucion.telefono}, Anexo {institucion.anexo}"
    )


def _registro(solicitud: Solicitud, request: Request) -> Any:
    return request.registros[dict(solicitud.datos)["tipo_documento"]]


def _formulario(solicitud: Solicitud, request: Request) -> Formulario:
    esquema = EsquemaNatural()
    esquema["tipo"] = tipo_documento(request.registros)
    return Formulario(
        esquema,
        request,
        botones=("Continuar", Boton("Regresar", href=direccion(request, solicitud, "tipo"))),
        datos=a_mostrar(dict(solicitud.datos), solicitud.correo),
        accion=direccion(request, solicitud, "datos"),
    )


def _validos(formulario: Formulario, request: Request) -> dict[str, Any] | None:
    try:
        return formulario.validate(request.POST.items())
    except deform.ValidationFailure:
        return None


def _pagina_de_datos(solicitud: Solicitud, formulario: Formulario) -> dict[str, Any]:
    return {"formulario": formulario, "paso": posicion("datos"), "vence": plazo(solicitud)}


def _pagina_de_revisar(solicitud: Solicitud, request: Request, espera: int = 0) -> dict[str, Any]:
    request.response.status_int = 429 if espera else 200
    intento = solicitud.cuando("en-espera") if solicitud.estado == "en-espera" else None
    return {
        "grupos": resumen(dict(solicitud.datos), solicitud.correo),
        "servicio": _registro(solicitud, request).nombre,
        "paso": posicion("revisar"),
        "comprobados": solicitud.estado == "por-validar",
        "intento": intento and hora(intento),
        "espera": espera,
        "vence": plazo(solicitud),
        "cambiar": direccion(request, solicitud, "datos"),
    }
