"""Where a registration begins: what it takes, the two texts to accept, for whom it is, and the way back to it."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from casilla.forms import Boton, Formulario
from casilla.limites import DebeEsperar
from casilla.permissions import Permiso
from casilla.resources.contenido import Version
from casilla.resources.solicitud import Solicitud, Solicitudes
from casilla.services.aceptacion import PRIVACIDAD, TERMINOS
from casilla.services.codigos import codigo_nuevo
from casilla.services.horas import fecha_con_dia, fecha_hora, fecha_larga
from casilla.services.registro import JURIDICA, aceptar_privacidad, borrar, elegir, iniciar, vencida
from casilla.views.aceptacion import acepta, formulario_de
from casilla.views.registro.esquemas import EsquemaTipo
from casilla.views.registro.pasos import contar, direccion, ir, pagina, plazo, posicion, siguiente
from casilla.views.texto import en_html

TEXTO = "casilla:templates/registro_texto.pt"
# Where the session keeps the name for the registration that its next form begins.
POR_INICIAR = "solicitud_por_iniciar"


@view_config(
    context=Solicitudes,
    name="",
    request_method="GET",
    permission=Permiso.PUBLICO,
    renderer="casilla:templates/registro_inicio.pt",
)
def ver(context: Solicitudes, request: Request) -> dict[str, Any]:
    pendiente, empezar = _pendiente(context, request), request.resource_path(context, "terminos")
    return {"pendiente": pendiente and _resumen(request, pendiente), "empezar": empezar}


def _resumen(request: Request, solicitud: Solicitud) -> dict[str, str]:
    return {
        "empezado": fecha_hora(solicitud.creada_en),
        "vence": plazo(solicitud),
        "responder_hasta": _respuesta(solicitud),
        "continuar": direccion(request, solicitud, siguiente(solicitud)),
        "borrar": direccion(request, solicitud, "borrar"),
    }


def _respuesta(solicitud: Solicitud) -> str:
    """Until when somebody is to decide; empty when nobody is asked to."""
    hasta = solicitud.responder_hasta if solicitud.revision_desde else None
    return fecha_con_dia(hasta) if hasta else ""


@view_config(
    context=Solicitudes, name="terminos", request_method=("GET", "POST"), permission=Permiso.PUBLICO, renderer=TEXTO
)
def terminos(context: Solicitudes, request: Request) -> Any:
    regreso = Boton("Regresar", href=request.resource_path(context))
    formulario, version = formulario_de(request, TERMINOS, regreso)
    if request.method == "POST" and acepta(request, formulario, version) and _caben_mas(request, formulario):
        nombre = request.session.pop(POR_INICIAR, None) or _nombre(context, request)
        solicitud = iniciar(request.sitio, nombre, ahora=request.ahora, direccion=request.remote_addr or "")
        request.recordar_solicitud(solicitud.__name__)
        return ir(request, solicitud, siguiente(solicitud))
    request.session.setdefault(POR_INICIAR, codigo_nuevo().lower())
    return _texto(request, formulario, version, TERMINOS, _pendiente(context, request))


@pagina("privacidad", request_method=("GET", "POST"), renderer=TEXTO)
def privacidad(context: Solicitud, request: Request) -> Any:
    regreso = Boton("Regresar", href=request.resource_path(context.__parent__, "terminos"))
    formulario, version = formulario_de(request, PRIVACIDAD, regreso)
    if request.method == "POST" and acepta(request, formulario, version):
        aceptar_privacidad(request.sitio, context, ahora=request.ahora, direccion=request.remote_addr or "")
        return ir(request, context, "tipo")
    return _texto(request, formulario, version, PRIVACIDAD)


@pagina("tipo", request_method=("GET", "POST"), renderer="casilla:templates/registro_tipo.pt")
def tipo(context: Solicitud, request: Request) -> Any:
    botones = ("Continuar", Boton("Regresar", href=direccion(request, context, "privacidad")))
    datos = {"tipo": context.tipo_persona} if context.tipo_persona else None
    formulario = Formulario(EsquemaTipo(), request, botones=botones, datos=datos)
    elegido = formulario.validos(request)
    quien = elegido and elegido["tipo"]
    sin_juridicas = quien == JURIDICA and request.registro_de_empresas is None
    if quien and not sin_juridicas:
        elegir(context, quien, request.ahora)
        return ir(request, context, "datos")
    return {"formulario": formulario, "paso": posicion("tipo"), "sin_juridicas": sin_juridicas}


@pagina("", paso="privacidad", request_method="GET")
def continuar(context: Solicitud, request: Request) -> HTTPSeeOther:
    return ir(request, context, siguiente(context))


@pagina("borrar", paso="privacidad", request_method="POST")
def abandonar(context: Solicitud, request: Request) -> HTTPSeeOther:
    """For whoever shares a computer, or has thought better of it."""
    inicio = request.resource_path(context.__parent__)
    borrar(request.sitio, context, ahora=request.ahora)
    request.session.flash("Borramos los datos del registro sin terminar.")
    return HTTPSeeOther(inicio)


def _caben_mas(request: Request, formulario: Formulario) -> bool:
    """Whether this address may begin another registration now."""
    try:
        contar(request, "registro")
    except DebeEsperar as espera:
        formulario.marcar(f"Desde su conexión se iniciaron muchos registros. Vuelva a intentar en {espera.minutos} min")
        return False
    return True


def _nombre(solicitudes: Solicitudes, request: Request) -> str:
    """Sent again without having been shown again (Back, then Aceptar): that of the registration already begun."""
    pendiente = _pendiente(solicitudes, request)
    return pendiente.__name__ if pendiente else codigo_nuevo().lower()


def _pendiente(solicitudes: Solicitudes, request: Request) -> Solicitud | None:
    """The newest registration of this browser that can go on."""
    propias = filter(None, map(solicitudes.get, reversed(request.solicitudes_propias)))
    abiertas = (s for s in propias if s.estado not in ("aprobada", "denegada"))
    return next((s for s in abiertas if not vencida(s, request.ahora)), None)


def _texto(
    request: Request, formulario: Formulario, version: Version, paso: str, pendiente: Solicitud | None = None
) -> dict[str, Any]:
    return {
        "formulario": formulario,
        "version": version,
        "publicada": fecha_larga(version.publicada_en),
        "cuerpo": en_html(version.cuerpo, request.institucion, base=request.script_name),
        "paso": posicion(paso),
        "pendiente": pendiente and direccion(request, pendiente, siguiente(pendiente)),
    }
