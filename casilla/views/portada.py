"""The front page: what this is, and the way in (guide, screen 1)."""

from typing import Any

import deform
from pyramid.exceptions import BadCSRFToken
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import exception_view_config, view_config

from casilla import fields
from casilla.fields.basicos import caja
from casilla.forms import Esquema, Formulario
from casilla.limites import DebeEsperar, mencion
from casilla.permissions import Permiso
from casilla.resources.sitio import Sitio
from casilla.resources.usuario import Usuario
from casilla.services import intentos
from casilla.services.acceso import (
    AccesoNegado,
    AccesoSuspendido,
    ClaveTemporalVencida,
    comprobar,
    emitir_clave_temporal,
)
from casilla.services.correcciones import CorreoPorConfirmar
from casilla.services.horas import fecha_hora
from casilla.views.caminos import a_la_casilla, al_ingreso, propio
from casilla.views.escrito import conservar, enviado
from casilla.views.estado import cercanas
from casilla.views.sesion import abrir

PLANTILLA = "casilla:templates/portada.pt"
INGRESO = "ingreso"
SIGUE_AQUI = "Su sesión terminó. Inicie sesión otra vez y seguirá donde estaba: conservamos lo que escribió."


class EsquemaIngreso(Esquema):
    usuario = fields.texto(
        "Usuario",
        "Escriba su usuario",
        maximo=254,
        description="También puede escribir su número de documento o su correo electrónico.",
        widget=caja(autocomplete="username", autocapitalize="none", spellcheck="false"),
    )
    clave = fields.clave("Contraseña", "Escriba su contraseña")


class EsquemaReingreso(EsquemaIngreso):
    """The same for whoever was in the middle of something: what they had typed goes along."""

    conservado = fields.oculto()


@view_config(context=Sitio, name="", request_method="GET", permission=Permiso.PUBLICO, renderer=PLANTILLA)
def ver(context: Sitio, request: Request) -> Any:
    if request.identity:
        return a_la_casilla(request, request.identity.cuenta)
    return _pagina(request, _formulario(request), _motivo(request))


@view_config(context=Sitio, name="", request_method="POST", permission=Permiso.PUBLICO, renderer=PLANTILLA)
def ingresar(context: Sitio, request: Request) -> Any:
    formulario = _formulario(request)
    try:
        datos = formulario.validate(request.POST.items())
        usuario = _reconocer(context, request, datos["usuario"], datos["clave"])
        abrir(request, usuario)
        conservar(request, propio(request.GET.get("next")) or "", datos.get("conservado", ""))
        return a_la_casilla(request, usuario)
    except deform.ValidationFailure:
        pass
    except AccesoNegado:
        if request.limites.espera_de(INGRESO, mencion(datos["usuario"])):
            intentos.avisar(context, datos["usuario"], request.ahora)
        formulario.marcar("Usuario o contraseña incorrectos. Revise ambos y vuelva a intentarlo.")
    except DebeEsperar as espera:
        formulario.marcar(str(espera))
    except AccesoSuspendido:
        formulario.marcar(
            "Su acceso está suspendido. Sus notificaciones siguen llegando a su casilla y sus plazos corren: "
            f"comuníquese con el {request.institucion.telefono}, Anexo {request.institucion.anexo}."
        )
    except ClaveTemporalVencida as vencida:
        return _renovar_temporal(context, request, context.usuarios[str(vencida)])
    return _pagina(request, formulario)


@exception_view_config(BadCSRFToken, path_info="^/$", request_method="POST", renderer=PLANTILLA)
def pagina_vieja(exc: BadCSRFToken, request: Request) -> Any:
    """A front page that stood open until its session died: the same form with a new token, instead of an error page."""
    request.response.status_int = exc.status_int
    tecleados = ((campo, request.POST.get(campo)) for campo in ("usuario", "conservado"))
    formulario = _formulario(request, {campo: tecleado for campo, tecleado in tecleados if isinstance(tecleado, str)})
    formulario.marcar(
        "Esta página estuvo abierta mucho tiempo. Por seguridad, escriba otra vez su contraseña.", "clave"
    )
    return _pagina(request, formulario)


def _pagina(request: Request, formulario: Formulario, motivo: str | None = None) -> dict[str, Any]:
    return {"formulario": formulario, "motivo": motivo, "interrupciones": cercanas(request.sitio, request)}


def retomar(request: Request) -> Response | None:
    """For a form of the account that came too late, its session being over or another one: on with what was typed.

    None when there is nothing to keep.
    """
    texto = enviado(request)
    if not texto:
        return None
    if request.identity:
        conservar(request, request.path, texto)
        palabras = "Su sesión había cambiado. Lo que escribió sigue aquí: revíselo y envíelo otra vez."
        request.session.flash(palabras, "aviso")
        return HTTPSeeOther(request.path)
    accion = al_ingreso(request, request.path).location
    formulario = _formulario(request, {"conservado": texto}, accion)
    return render_to_response(PLANTILLA, _pagina(request, formulario, SIGUE_AQUI), request)


def _formulario(request: Request, datos: dict[str, str] | None = None, accion: str = "") -> Formulario:
    """With the box for what was typed elsewhere, if anything was."""
    trae = "conservado" in request.POST or "conservado" in (datos or {})
    esquema = EsquemaReingreso() if trae else EsquemaIngreso()
    return Formulario(esquema, request, botones=("Iniciar sesión",), datos=datos, accion=accion)


def _motivo(request: Request) -> str | None:
    """Why the person is here, when they did not come by themselves."""
    if request.GET.get("motivo") == "inactividad":
        return "Cerramos su sesión por inactividad. Inicie sesión otra vez para continuar."
    return "Inicie sesión para continuar." if propio(request.GET.get("next")) else None


def _reconocer(sitio: Sitio, request: Request, tecleado: str, clave: str) -> Usuario:
    """Raises AccesoNegado, AccesoSuspendido, ClaveTemporalVencida, or DebeEsperar when there were too many failures."""
    costo = request.registry.settings["casilla.bcrypt_costo"]
    with request.limites.intento(AccesoNegado, INGRESO, request.remote_addr, mencion(tecleado)):
        return comprobar(sitio, tecleado, clave, ahora=request.ahora, costo=costo)


def _renovar_temporal(sitio: Sitio, request: Request, usuario: Usuario) -> HTTPSeeOther:
    """Only whoever typed the dead password comes here, and it opens nothing now: so once in 48 hours at most."""
    costo = request.registry.settings["casilla.bcrypt_costo"]
    try:
        emitir_clave_temporal(sitio, usuario, secreto=request.secreto, ahora=request.ahora, costo=costo)
        palabras = "Le enviamos una nueva a su correo electrónico; úsela antes de 48 horas."
    except CorreoPorConfirmar as espera:
        desde = espera.hasta and fecha_hora(espera.hasta)
        palabras = (
            "La institución corrigió su correo hace poco y, por seguridad, no le podemos enviar otra antes del "
            f"{desde}. Vuelva a intentarlo después de esa hora."
        )
    request.session.flash(f"Su contraseña temporal venció. {palabras}", "aviso")
    return al_ingreso(request, propio(request.GET.get("next")))
