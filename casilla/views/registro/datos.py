"""Who the person is: the form, what the register says, and where to wait for it."""

from contextlib import suppress
from typing import Any

from pyramid.exceptions import BadCSRFToken
from pyramid.httpexceptions import HTTPBadRequest, HTTPSeeOther
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
    NATURAL,
    MenorDeEdad,
    NoCoincide,
    NoFigura,
    NoVerificada,
    declarar,
    esperar,
    rechazar,
)
from casilla.services.registro_juridico import Impedida
from casilla.services.revision import SIN_REGISTRO, SIN_RESPUESTA, anotar_consulta
from casilla.views.registro import juridica, natural
from casilla.views.registro.pasos import ESPERA, contar, direccion, ir, pagina, plazo, posicion
from casilla.views.registro.revision import oferta

DATOS = "casilla:templates/registro_datos.pt"
EN_ESPERA = "casilla:templates/registro_espera.pt"
NO_COINCIDE = "no coincide con lo que tiene {}; escriba exactamente lo que dice {}"
_CLASES: dict[str, Any] = {NATURAL: natural, JURIDICA: juridica}


@pagina("datos", request_method="GET", renderer=DATOS)
def ver(context: Solicitud, request: Request) -> dict[str, Any]:
    return _pagina_de_datos(context, request, _formulario(context, request))


@pagina("datos", request_method="POST", renderer=DATOS)
def guardar(context: Solicitud, request: Request) -> Any:
    """Keep the data and ask the register at once. Too many tries lead elsewhere: with a 429 nothing would be kept."""
    formulario = _formulario(context, request)
    datos = None if formulario.a_medias(request.POST.items()) else formulario.validos(request)
    if datos is None:
        return _pagina_de_datos(context, request, formulario)
    declarar(context, _clase(context).a_guardar(datos), request.ahora)
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
        formulario.a_medias(request.POST.items()) or formulario.validos(request)
    formulario.marcar("La página estuvo abierta mucho tiempo. Lo que escribió sigue aquí: pulse Continuar otra vez")
    return _pagina_de_datos(request.context, request, formulario)


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
    clase = _clase(solicitud)
    registro = clase.registro(solicitud, request)
    if registro is None:
        return _a_esperar(solicitud, request, "", SIN_REGISTRO)
    try:
        clase.verificar(request.sitio, solicitud, registro, request.ahora)
    except NoResponde:
        return _a_esperar(solicitud, request, registro.nombre, SIN_RESPUESTA)
    except NoVerificada as motivo:
        rechazar(solicitud, request.ahora)
        anotar_consulta(solicitud, registro.nombre, motivo, request.ahora)
        _marcar(formulario, motivo, clase, registro.nombre, request.institucion)
        request.override_renderer = DATOS
        return _pagina_de_datos(solicitud, request, formulario)
    return ir(request, solicitud, "verificacion")


def _a_esperar(solicitud: Solicitud, request: Request, servicio: str, resultado: str) -> HTTPSeeOther:
    esperar(solicitud, request.ahora)
    anotar_consulta(solicitud, servicio, resultado, request.ahora)
    return ir(request, solicitud, ESPERA)


def _muchos(limite: DebeEsperar) -> str:
    return f"Hubo muchos intentos seguidos. Vuelva a intentarlo en {limite.cuanto}: sus datos quedan guardados."


def _marcar(formulario: Formulario, motivo: NoVerificada, clase: Any, servicio: str, institucion: Institucion) -> None:
    """Say which data to look at, and never what the register holds but for what is public of a company."""
    match motivo:
        case NoFigura():
            formulario.marcar(f"{servicio} {clase.NO_FIGURA}", clase.COMO_CAMPO.get("numero", "numero"))
        case Impedida():
            formulario.marcar(motivo.motivo, clase.COMO_CAMPO["numero"])
        case MenorDeEdad():
            formulario.marcar(
                f"Según {servicio}, el documento es de una persona menor de edad. Para pedir una casilla debe tener 18 "
                "años cumplidos"
            )
        case NoCoincide():
            formulario.marcar(_donde_preguntar(servicio, clase.FICHA, institucion))
            for campo in (clase.COMO_CAMPO.get(campo, campo) for campo in motivo.campos):
                formulario.marcar(f"{formulario[campo].title}: {NO_COINCIDE.format(servicio, clase.FICHA)}", campo)


def _donde_preguntar(servicio: str, ficha: str, institucion: Institucion) -> str:
    return (
        f"Hay datos que no coinciden con los de {servicio}. Si están como en {ficha}, llame al "
        f"{institucion.telefono}, Anexo {institucion.anexo}"
    )


def _clase(solicitud: Solicitud) -> Any:
    """The module that knows this kind of person."""
    return _CLASES[solicitud.tipo_persona]


def _formulario(solicitud: Solicitud, request: Request) -> Formulario:
    clase = _clase(solicitud)
    return Formulario(
        clase.esquema(request),
        request,
        botones=("Continuar", Boton("Regresar", href=direccion(request, solicitud, "tipo"))),
        datos=clase.a_mostrar(dict(solicitud.datos), solicitud.correo),
        accion=direccion(request, solicitud, "datos"),
    )


def _pagina_de_datos(solicitud: Solicitud, request: Request, formulario: Formulario) -> dict[str, Any]:
    return {
        "revision": oferta(solicitud, request),
        "formulario": formulario,
        "paso": posicion("datos"),
        "vence": plazo(solicitud),
        "titulo_de_clase": _clase(solicitud).TITULO,
        "ficha": _clase(solicitud).FICHA,
        "con_dni": solicitud.tipo_persona == NATURAL,
    }


def _pagina_de_espera(solicitud: Solicitud, request: Request, muchos: str = "") -> dict[str, Any]:
    clase = _clase(solicitud)
    intento = solicitud.cuando("en-espera") if solicitud.estado == "en-espera" else None
    registro = clase.registro(solicitud, request)
    return {
        "revision": oferta(solicitud, request),
        "grupos": clase.resumen(dict(solicitud.datos), solicitud.correo),
        "servicio": registro.nombre if registro else "",
        "paso": posicion(ESPERA),
        "intento": intento and hora(intento),
        "muchos": muchos,
        "vence": plazo(solicitud),
        "cambiar": direccion(request, solicitud, "datos"),
    }
