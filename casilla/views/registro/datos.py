"""Who the person is: the form, what the register says, and where to wait for it."""

from contextlib import suppress
from typing import Any

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
    MenorDeEdad,
    NoCoincide,
    NoFigura,
    NoVerificada,
    declarar,
    esperar,
    rechazar,
    verificar,
)
from casilla.views.registro.esquemas import (
    COMO_CAMPO,
    EsquemaNatural,
    a_guardar,
    a_mostrar,
    resumen,
    tipo_documento,
)
from casilla.views.registro.pasos import ESPERA, contar, direccion, ir, pagina, plazo, posicion, validos

DATOS = "casilla:templates/registro_datos.pt"
EN_ESPERA = "casilla:templates/registro_espera.pt"
NO_COINCIDE = "no coincide con lo que tiene {}; escriba exactamente lo que dice su documento"


@pagina("datos", request_method="GET", renderer=DATOS)
def ver(context: Solicitud, request: Request) -> dict[str, Any]:
    return _pagina_de_datos(context, _formulario(context, request))


@pagina("datos", request_method="POST", renderer=DATOS)
def guardar(context: Solicitud, request: Request) -> Any:
    """Keep the data and ask the register at once. Too many tries lead elsewhere: with a 429 nothing would be kept."""
    formulario = _formulario(context, request)
    datos = validos(formulario, request)
    if datos is None:
        return _pagina_de_datos(context, formulario)
    declarar(context, a_guardar(datos), request.ahora)
    try:
        return _comprobar(context, request, formulario)
    except DebeEsperar as limite:
        request.session.flash(_muchos(limite), "aviso")
        return ir(request, context, ESPERA)


@exception_view_config(BadCSRFToken, path_info="^/registro/[^/]+/datos$", containment=Solicitud, renderer=DATOS)
def pagina_vieja(exc: BadCSRFToken, request: Request) -> dict[str, Any]:
    """The long form stood open until the session died: the same form with all that was typed, and a new token."""
    request.response.status_int = exc.status_int
    formulario = _formulario(request.context, request)
    with suppress(HTTPBadRequest):
        validos(formulario, request)
    formulario.marcar("La página estuvo abierta mucho tiempo. Lo que escribió sigue aquí: pulse Continuar otra vez")
    return _pagina_de_datos(request.context, formulario)


@pagina(ESPERA, request_method="GET", renderer=EN_ESPERA)
def espera(context: Solicitud, request: Request) -> dict[str, Any]:
    return _pagina_de_espera(context, request)


@pagina(ESPERA, request_method="POST", renderer=EN_ESPERA)
def reintentar(context: Solicitud, request: Request) -> Any:
    try:
        return _comprobar(context, request, _formulario(context, request))
    except DebeEsperar as limite:
        request.response.status_int = 429
        return _pagina_de_espera(context, request, _muchos(limite))


def _comprobar(solicitud: Solicitud, request: Request, formulario: Formulario) -> Any:
    """Ask the register, unless it has confirmed these data already, and go where its answer leads.

    ``formulario`` is shown again, with what to mend, when the register does not confirm. Counted, so that nobody finds
    out by trial what it knows of others: raises DebeEsperar.
    """
    if solicitud.estado == "por-validar":
        return ir(request, solicitud, "verificacion")
    contar(request, "identidad", solicitud.documento)
    contar(request, "envio", solicitud.correo)
    try:
        verificar(request.sitio, solicitud, _registro(solicitud, request), request.ahora)
    except NoResponde:
        esperar(solicitud, request.ahora)
        return ir(request, solicitud, ESPERA)
    except NoVerificada as motivo:
        rechazar(solicitud, request.ahora)
        _marcar(formulario, motivo, _registro(solicitud, request).nombre, request.institucion)
        request.override_renderer = DATOS
        return _pagina_de_datos(solicitud, formulario)
    return ir(request, solicitud, "verificacion")


def _muchos(limite: DebeEsperar) -> str:
    plural = "s" if limite.minutos > 1 else ""
    return (
        f"Hubo muchos intentos seguidos. Vuelva a intentarlo en {limite.minutos} minuto{plural}: sus datos quedan "
        "guardados."
    )


def _marcar(formulario: Formulario, motivo: NoVerificada, servicio: str, institucion: Institucion) -> None:
    """Say which data to look at, and never what the register holds."""
    match motivo:
        case NoFigura():
            formulario.marcar(f"{servicio} no tiene un documento con este número: revíselo", "numero")
        case MenorDeEdad():
            formulario.marcar(
                f"Según {servicio}, el documento es de una persona menor de edad. Para pedir una casilla debe tener 18 "
                "años cumplidos"
            )
        case NoCoincide():
            formulario.marcar(_donde_preguntar(servicio, institucion))
            for campo in (COMO_CAMPO.get(campo, campo) for campo in motivo.campos):
                formulario.marcar(f"{formulario[campo].title}: {NO_COINCIDE.format(servicio)}", campo)


def _donde_preguntar(servicio: str, institucion: Institucion) -> str:
    return (
        f"Hay datos que no coinciden con los de {servicio}. Si están como en su documento, llame al "
        f"{institucion.telefono}, Anexo {institucion.anexo}"
    )


def _registro(solicitud: Solicitud, request: Request) -> Any:
    return request.registros[dict(solicitud.datos)["tipo_documento"]]


def _formulario(solicitud: Solicitud, request: Request) -> Formulario:
    esquema = EsquemaNatural(description=_al_continuar(request))
    esquema["tipo"] = tipo_documento(request.registros)
    return Formulario(
        esquema,
        request,
        botones=("Continuar", Boton("Regresar", href=direccion(request, solicitud, "tipo"))),
        datos=a_mostrar(dict(solicitud.datos), solicitud.correo),
        accion=direccion(request, solicitud, "datos"),
    )


def _al_continuar(request: Request) -> str:
    servicios = " o ".join(dict.fromkeys(registro.nombre for registro in request.registros.values()))
    return f"Al pulsar Continuar comprobaremos sus datos con {servicios} y le enviaremos un código a su correo."


def _pagina_de_datos(solicitud: Solicitud, formulario: Formulario) -> dict[str, Any]:
    return {"formulario": formulario, "paso": posicion("datos"), "vence": plazo(solicitud)}


def _pagina_de_espera(solicitud: Solicitud, request: Request, muchos: str = "") -> dict[str, Any]:
    intento = solicitud.cuando("en-espera") if solicitud.estado == "en-espera" else None
    return {
        "grupos": resumen(dict(solicitud.datos), solicitud.correo),
        "servicio": _registro(solicitud, request).nombre,
        "paso": posicion(ESPERA),
        "intento": intento and hora(intento),
        "muchos": muchos,
        "vence": plazo(solicitud),
        "cambiar": direccion(request, solicitud, "datos"),
    }
