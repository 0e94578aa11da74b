"""The texts to accept: their form, and the page that asks again for those that changed before the casilla opens."""

from typing import Any
from urllib.parse import urlencode

from pyramid.request import Request
from pyramid.view import view_config

from casilla import fields
from casilla.forms import Boton, Esquema, Formulario
from casilla.permissions import Permiso
from casilla.resources.contenido import Version
from casilla.resources.persona import Persona
from casilla.resources.sitio import Sitio
from casilla.services.aceptacion import PRIVACIDAD, TERMINOS, aceptar
from casilla.services.horas import fecha_larga
from casilla.views.caminos import a_la_casilla, al_texto_por_aceptar, propio
from casilla.views.texto import en_html


class EsquemaTerminos(Esquema):
    acepto = fields.aceptacion(
        "He leído y estoy de acuerdo con los términos y condiciones del Sistema de Notificaciones Electrónicas del "
        "MIMP",
        "Marque la casilla si está de acuerdo con los términos y condiciones; sin eso no podemos continuar",
    )


class EsquemaPrivacidad(Esquema):
    acepto = fields.aceptacion(
        "He leído y estoy de acuerdo con la Política de Privacidad de datos personales. DECLARO BAJO JURAMENTO que los "
        "datos consignados en la presente solicitud responden a la verdad.",
        "Marque la casilla si está de acuerdo con la Política de Privacidad y hace la declaración; sin eso no podemos "
        "continuar",
    )


ESQUEMAS = {TERMINOS: EsquemaTerminos, PRIVACIDAD: EsquemaPrivacidad}


def formulario_de(request: Request, texto: str, /, *mas: Boton, **consulta: str) -> tuple[Formulario, Version]:
    """The form sends back which version it was about: the text may change while somebody reads it."""
    version = request.sitio.contenidos[texto].en_uso(request.ahora)
    accion = f"{request.path}?{urlencode({'version': version.numero, **consulta})}"
    return Formulario(ESQUEMAS[texto](), request, botones=("Aceptar", *mas), accion=accion), version


def acepta(request: Request, formulario: Formulario, version: Version) -> bool:
    """Whether what was sent accepts this version; the form says what is missing."""
    if formulario.validos(request) is None:
        return False
    if request.GET.get("version") == str(version.numero):
        return True
    formulario.marcar("El texto cambió mientras usted lo leía: esta es la nueva versión, léala antes de aceptar")
    return False


@view_config(
    context=Sitio,
    name="aceptar",
    request_method=("GET", "POST"),
    permission=Permiso.USAR_CUENTA,
    renderer="casilla:templates/aceptar.pt",
)
def aceptar_otra_vez(context: Sitio, request: Request) -> Any:
    cuenta, pendientes = request.identity.cuenta, request.identity.por_aceptar
    if cuenta.temporal or not pendientes:
        return a_la_casilla(request, cuenta)
    texto, destino = pendientes[0], propio(request.GET.get("next"))
    formulario, version = formulario_de(request, texto, texto=texto, **({"next": destino} if destino else {}))
    if request.method == "POST" and request.GET.get("texto") != texto:
        # A second click on the text before: whoever sent it has not seen this one.
        return al_texto_por_aceptar(request, destino)
    if request.method == "POST" and acepta(request, formulario, version):
        aceptar(context, cuenta.persona, texto, ahora=request.ahora, direccion=request.remote_addr or "")
        return al_texto_por_aceptar(request, destino) if pendientes[1:] else a_la_casilla(request, cuenta)
    return {
        "formulario": formulario,
        "version": version,
        "publicada": fecha_larga(version.publicada_en),
        "cambios": en_html(version.cambios, request.institucion, nivel=3, base=request.script_name),
        "cuerpo": en_html(version.cuerpo, request.institucion, base=request.script_name),
        "anterior": _anterior(cuenta.persona, texto, request),
    }


def _anterior(persona: Persona, texto: str, request: Request) -> dict[str, str] | None:
    """The version that the person accepted last; None when they never did."""
    for nombre, numero, _, cuando, _ in reversed(persona.aceptaciones):
        if nombre == texto:
            return {"cuando": fecha_larga(cuando), "url": f"{request.script_name}/{texto}?version={numero}"}
    return None
