"""A password forgotten (guide, screen 13): the request, and what the letter's link leads to."""

import re
from collections.abc import Mapping
from typing import Any

import colander
import deform
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from casilla import fields
from casilla.forms import Boton, Esquema, Formulario
from casilla.limites import DebeEsperar
from casilla.permissions import Permiso
from casilla.resources.sitio import Sitio
from casilla.services import recuperacion
from casilla.services.horas import fecha_hora
from casilla.services.recuperacion import Enlace, EnlaceInutil

NOMBRE = "recuperar"
PLANTILLA = "casilla:templates/recuperar_enlace.pt"
DNI, CE, RUC = "1", "4", "8"
CIFRAS = {DNI: 8, RUC: 11}


class EsquemaRecuperacion(Esquema):
    persona = fields.radios(
        "Tipo de persona",
        "Elija el tipo de persona",
        (("natural", "Persona Natural"), ("juridica", "Persona Jurídica")),
    )
    tipo = fields.radios(
        "Tipo de documento",
        "Elija el tipo de documento",
        ((DNI, "DNI"), (CE, "Carné de extranjería (CE)"), (RUC, "RUC")),
    )
    numero = fields.numero_documento(description="Sin espacios ni guiones. Del DNI, solo los 8 números.")
    correo = fields.correo("Correo Electrónico registrado", description="El que dio al registrar su casilla.")

    def cruzar(self, valores: Mapping[str, Any], error: colander.Invalid) -> None:
        persona, tipo = valores.get("persona"), valores.get("tipo")
        if persona == "natural" and tipo == RUC:
            error["tipo"] = "Una persona natural se identifica con su DNI o su carné de extranjería"
        elif persona == "juridica" and tipo in (DNI, CE):
            error["tipo"] = "Una persona jurídica se identifica con su RUC"
        elif tipo in CIFRAS and "numero" in valores and not re.fullmatch(f"[0-9]{{{CIFRAS[tipo]}}}", valores["numero"]):
            error["numero"] = f"El número de {'DNI' if tipo == DNI else 'RUC'} tiene {CIFRAS[tipo]} cifras"


class EsquemaClave(Esquema):
    usuario = fields.usuario_fijo()
    nueva = fields.clave_nueva("Contraseña nueva", description=fields.POLITICA_DE_CLAVE + ".")
    repetida = fields.repetir_clave("nueva", "Repetir contraseña nueva")


@view_config(
    context=Sitio,
    name=NOMBRE,
    request_method=("GET", "POST"),
    permission=Permiso.PUBLICO,
    renderer="casilla:templates/recuperar.pt",
)
def pedir(context: Sitio, request: Request) -> Any:
    """The answer is the same, and takes the same, whoever is named."""
    formulario = Formulario(
        EsquemaRecuperacion(), request, botones=("Continuar", Boton("Regresar", href=request.script_name + "/"))
    )
    if request.method == "POST":
        try:
            datos = formulario.validate(request.POST.items())
            documento = f"{datos['tipo']}-{datos['numero']}"
            request.limites.contar(NOMBRE, request.remote_addr, documento)
            recuperacion.pedir(context, documento, datos["correo"], ahora=request.ahora)
            return HTTPSeeOther(f"{request.script_name}/{NOMBRE}?enviado=1")
        except deform.ValidationFailure:
            pass
        except DebeEsperar as espera:
            formulario.marcar(_muchos(espera))
    return {"formulario": formulario}


@view_config(
    context=Sitio,
    name=NOMBRE,
    request_param="enviado",
    request_method="GET",
    permission=Permiso.PUBLICO,
    renderer="casilla:templates/recuperar_enviado.pt",
)
def enviado(context: Sitio, request: Request) -> dict[str, Any]:
    return {}


@view_config(
    context=Sitio,
    name=NOMBRE,
    request_param="enlace",
    request_method="GET",
    permission=Permiso.PUBLICO,
    renderer=PLANTILLA,
    http_cache=0,
)
def ver(context: Sitio, request: Request) -> dict[str, Any]:
    """Merely opening the link, as mail scanners do, spends nothing and sends nothing."""
    enlace = _abrir(context, request)
    return _pagina(request, enlace, _formulario(request, enlace) if enlace else None)


@view_config(
    context=Sitio,
    name=NOMBRE,
    request_param="enlace",
    request_method="POST",
    permission=Permiso.PUBLICO,
    renderer=PLANTILLA,
    http_cache=0,
)
def usar(context: Sitio, request: Request) -> Any:
    enlace = _abrir(context, request)
    if enlace is None:
        return _pagina(request, None, None)
    if enlace.estado(request.ahora) != "vigente":
        return _renovar(context, request, enlace)
    formulario = _formulario(request, enlace)
    try:
        clave = formulario.validate(request.POST.items())["nueva"]
    except deform.ValidationFailure:
        return _pagina(request, enlace, formulario)
    costo = request.registry.settings["casilla.bcrypt_costo"]
    recuperacion.usar(context, enlace, clave, ahora=request.ahora, costo=costo)
    request.session.invalidate()
    request.session.flash("Su contraseña cambió. Inicie sesión con la nueva.")
    return HTTPSeeOther(request.script_name + "/")


def _renovar(sitio: Sitio, request: Request, enlace: Enlace) -> HTTPSeeOther:
    """Back to the page of the old link, which says what has become of it."""
    try:
        if not recuperacion.renovar(sitio, enlace, ahora=request.ahora):
            request.session.flash("Desde aquí enviamos un enlace nuevo como máximo cada hora.", "aviso")
    except EnlaceInutil:
        pass
    return HTTPSeeOther(request.path_qs)


def _abrir(sitio: Sitio, request: Request) -> Enlace | None:
    try:
        return recuperacion.abrir(sitio, request.GET.get("enlace", ""), request.secreto)
    except EnlaceInutil:
        return None


def _formulario(request: Request, enlace: Enlace) -> Formulario:
    datos = {"usuario": enlace.usuario.__name__}
    return Formulario(EsquemaClave(), request, botones=("Guardar",), datos=datos, accion=request.path_qs)


def _pagina(request: Request, enlace: Enlace | None, formulario: Formulario | None) -> dict[str, Any]:
    estado = enlace.estado(request.ahora) if enlace else "ajeno"
    return {
        "formulario": formulario if estado == "vigente" else None,
        "estado": estado,
        "enviado": fecha_hora(recuperacion.enviado_en(enlace.usuario)) if enlace else "",
    }


def _muchos(espera: DebeEsperar) -> str:
    return f"Hubo muchos pedidos seguidos. Espere {espera.cuanto} y vuelva a intentarlo."
