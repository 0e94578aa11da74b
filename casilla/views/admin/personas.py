"""Who has a casilla: found by document or mail address, seen, and put right.

Looking somebody up is a POST that leaves an entry; the page then lies at the opaque name of their casilla.
"""

from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from casilla import fields
from casilla.fields.basicos import caja
from casilla.forms import Esquema, Formulario
from casilla.permissions import Permiso
from casilla.printing.certificacion import NOMBRES_DE_DOCUMENTO
from casilla.resources.administracion import FichaPersona, SeccionPersonas
from casilla.resources.persona import Persona
from casilla.resources.usuario import Usuario
from casilla.services import ubigeo
from casilla.services.acceso import buscar_usuario
from casilla.services.administrados import HECHOS
from casilla.services.horas import fecha_hora
from casilla.views.admin.correccion import situacion
from casilla.views.admin.pagina import auditar_consulta, direccion, ir
from casilla.views.texto import rellenar


class EsquemaDeBusqueda(Esquema):
    quien = fields.texto(
        "Número de documento o correo",
        "Escriba un número de documento o un correo",
        maximo=254,
        description="Completo, por ejemplo 40000001 o nombre@correo.pe. Cada consulta queda en la auditoría.",
        widget=caja("medio", autocomplete="off", autocapitalize="none", spellcheck="false"),
    )


@dataclass(frozen=True)
class Hecho:
    """A line of the history, for people."""

    cuando: str
    palabras: str
    actor: str
    detalle: str


@view_config(
    context=SeccionPersonas,
    request_method=("GET", "POST"),
    permission=Permiso.VER_PERSONAS,
    renderer="casilla:templates/admin_personas.pt",
)
def encontrar(context: SeccionPersonas, request: Request) -> Any:
    formulario = Formulario(EsquemaDeBusqueda(), request, botones=("Consultar",))
    datos = formulario.validos(request)
    usuario = buscar_usuario(context.sitio, datos["quien"]) if datos else None
    persona = usuario.persona if usuario else None
    if datos:
        auditar_consulta(request, persona)
    if persona is not None:
        return ir(request, "personas", persona.casilla.__name__)
    if datos:
        formulario.marcar("Nadie con ese documento o ese correo tiene casilla. Revise que esté completo", "quien")
    return {"formulario": formulario}


@view_config(
    context=FichaPersona,
    request_method="GET",
    permission=Permiso.VER_PERSONAS,
    renderer="casilla:templates/admin_persona.pt",
)
def ver(context: FichaPersona, request: Request) -> dict[str, Any]:
    persona, usuario = context.objeto, usuario_de(context, request)
    casilla = persona.casilla
    return {
        "quien": persona,
        "usuario": usuario,
        "documento": f"{NOMBRES_DE_DOCUMENTO[persona.tipo_documento]} {persona.numero}",
        "distrito": ubigeo.nombre(persona.ubigeo) if persona.ubigeo else "",
        "estado": estado(usuario),
        "verificacion": _verificacion(persona),
        "aceptaciones": [
            (_titulo(texto, request), version, fecha_hora(cuando))
            for texto, version, _, cuando, _ in persona.aceptaciones
        ],
        "abierta_en": fecha_hora(casilla.abierta_en),
        "cerrada_en": fecha_hora(casilla.cerrada_en) if casilla.cerrada_en else "",
        "acceso": fecha_hora(usuario.ultimo_acceso) if usuario.ultimo_acceso else "Todavía no entró",
        "sin_leer": len(casilla.pendientes),
        "leidas": len(casilla.leidos),
        "historia": [_hecho(*hecho) for hecho in reversed(usuario.historia) if hecho[0] in DICHOS],
        "aqui": direccion(request, "personas", context.__name__),
        "correccion": situacion(context, usuario, request),
        "puede": bool(request.has_permission(Permiso.GESTIONAR_PERSONAS, context)),
    }


def usuario_de(context: FichaPersona, request: Request) -> Usuario:
    return request.sitio.usuarios[context.objeto.documento]


def estado(usuario: Usuario) -> str:
    if usuario.persona.casilla.cerrada_en:
        return "Casilla cerrada"
    if usuario.suspendido:
        return "Acceso suspendido"
    return "Con contraseña temporal" if usuario.temporal else "Activa"


def _titulo(texto: str, request: Request) -> str:
    return rellenar(request.sitio.contenidos[texto].en_uso(request.ahora).titulo, request.institucion)


def _verificacion(persona: Persona) -> str:
    if persona.verificado_en is None:
        return "Sin verificar"
    return f"{persona.verificado_por}, el {fecha_hora(persona.verificado_en)}"


DICHOS = {
    **{hecho: f"La institución: {palabras}" for hecho, palabras in HECHOS.items()},
    "telefono-cambiado": "Cambió su teléfono",
    "clave-cambiada:en-cola": "Cambió su contraseña",
    "correo-cambiado:en-cola": "Cambió su correo",
    "casilla-cerrada:en-cola": "Pidió cerrar su casilla",
    "recuperacion-clave:en-cola": "Se pidió un enlace para elegir otra contraseña",
    "intentos-fallidos:en-cola": "Hubo intentos fallidos de entrar con su usuario",
}


def _hecho(hecho: str, actor: str, cuando: Any, detalle: str) -> Hecho:
    """Who did it is said of the institution's own; the rest is the person's doing, or a stranger's."""
    return Hecho(fecha_hora(cuando), DICHOS[hecho], actor if hecho in HECHOS else "", detalle)


def a_la_ficha(context: FichaPersona, request: Request, palabras: str, cola: str = "") -> HTTPSeeOther:
    return ir(request, "personas", context.__name__, palabras=palabras, cola=cola)
