"""Deposit by hand, step 1: for whom; and the deposits that this person has begun and not made yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from casilla import fields
from casilla.forms import Esquema, Formulario
from casilla.permissions import Permiso
from casilla.printing.certificacion import NOMBRES_DE_DOCUMENTO
from casilla.resources.administracion import FichaBorrador, SeccionBorradores
from casilla.resources.borrador import Borrador
from casilla.resources.persona import Persona
from casilla.services import borradores
from casilla.services.borradores import huella_de_todo, que_falta
from casilla.services.deposito import DestinatarioSinCasilla
from casilla.services.horas import fecha_hora, fecha_larga
from casilla.services.sobres import documento_valido
from casilla.views.admin.consultas import consultado
from casilla.views.admin.pagina import auditar, auditar_consulta, direccion, ir

INICIO = "casilla:templates/admin_notificar.pt"
PASOS = 4
CAMBIO = (
    "Este borrador cambió en otra pestaña después de que usted abrió la revisión, y no se hizo nada. Así está ahora: "
    "revíselo otra vez."
)
_SIN_CASILLA = (
    "Esa persona no tiene una casilla abierta. Notifíquela en papel, en el domicilio que figura en el expediente."
)
_TIPOS = (("1", "DNI"), ("4", "Carné de extranjería (CE)"), ("8", "RUC"))
_CIFRAS = {"1": "El número de DNI tiene 8 cifras", "8": "El RUC tiene 11 cifras, y la última no corresponde: revíselo"}


class EsquemaDestinatario(Esquema):
    tipo = fields.radios("Tipo de documento", "Elija el tipo de documento", _TIPOS)
    numero = fields.numero_documento(
        falta="Escriba el número de documento", description="Sin espacios ni guiones. Del DNI, solo los 8 números."
    )

    def cruzar(self, valores: Mapping[str, Any], error: colander.Invalid) -> None:
        if len(valores) == 2 and not documento_valido(valores["tipo"], valores["numero"]):
            error["numero"] = _CIFRAS.get(valores["tipo"], "El número no es válido para ese tipo de documento")


@dataclass(frozen=True)
class Hallazgo:
    """Who was looked for: ``persona`` None when nobody with a casilla has that document."""

    tipo: str
    numero: str
    documento: str
    persona: Persona | None
    cerrada: str = ""

    @property
    def puede(self) -> bool:
        return self.persona is not None and not self.cerrada


@view_config(context=SeccionBorradores, request_method=("GET", "POST"), permission=Permiso.NOTIFICAR, renderer=INICIO)
def destinatario(context: SeccionBorradores, request: Request) -> Any:
    """Looking somebody up leaves an entry; it is a POST so that no address shows a document number."""
    formulario = Formulario(EsquemaDestinatario(), request, botones=("Buscar",))
    datos = formulario.validos(request)
    hallazgo = _hallazgo(request, datos["tipo"], datos["numero"]) if datos else None
    if hallazgo:
        auditar_consulta(request, hallazgo.persona)
    return {
        "formulario": formulario,
        "paso": (1, PASOS),
        "hallazgo": hallazgo,
        "empezar": direccion(request, "notificar", "empezar"),
        "sin_dependencias": not request.identity.cuenta.dependencias,
        "renglones": [renglon(b, request) for b in request.sitio.borradores.de(request.identity.usuario) if b.en_curso],
        "lotes": direccion(request, "lotes"),
    }


def _hallazgo(request: Request, tipo: str, numero: str) -> Hallazgo:
    persona = request.sitio.personas.get(f"{tipo}-{numero}")
    cerrada = persona.casilla.cerrada_en if persona else None
    return Hallazgo(tipo, numero, dicho(f"{tipo}-{numero}"), persona, fecha_larga(cerrada) if cerrada else "")


def dicho(documento: str) -> str:
    """As "DNI 40000001"."""
    tipo, _, numero = documento.partition("-")
    return f"{NOMBRES_DE_DOCUMENTO.get(tipo, tipo)} {numero}"


def nombre_de(documento: str, request: Request) -> str:
    persona = request.sitio.personas.get(documento)
    return persona.nombre_completo if persona else "Sin casilla"


def renglon(borrador: Borrador, request: Request) -> dict[str, str]:
    """A deposit begun, as lists show it."""
    datos = dict(borrador.datos)
    nombrado = f"{datos['documento.tipo']} {datos['documento.numero']}" if datos else "Documento por describir"
    return {
        "titulo": nombrado,
        "url": direccion(request, "notificar", borrador.__name__),
        "para": f"{nombre_de(borrador.destinatario, request)}, {dicho(borrador.destinatario)}",
        "cuando": fecha_hora(borrador.creado_en),
        "hasta": fecha_larga(borrador.creado_en + borradores.VIGENCIA),
        "falta": {"datos": "Falta describir el documento", "archivos": "Falta el PDF"}.get(
            que_falta(borrador), "Por revisar"
        ),
    }


@view_config(context=SeccionBorradores, name="empezar", request_method="POST", permission=Permiso.NOTIFICAR)
def empezar(context: SeccionBorradores, request: Request) -> HTTPSeeOther:
    """It is the person whose name was shown, and is shown again: whoever was not looked up is looked up by this."""
    documento = f"{request.POST.get('tipo', '')}-{request.POST.get('numero', '')}"
    persona = request.sitio.personas.get(documento)
    if persona is None or not consultado(request, f"personas/{persona.casilla.__name__}"):
        auditar_consulta(request, persona)
    try:
        borrador = borradores.preparar(request.sitio, request.identity.usuario, documento, request.ahora)
    except DestinatarioSinCasilla:
        return ir(request, "notificar", palabras=_SIN_CASILLA, cola="aviso")
    auditar(request, "preparar", f"notificar/{borrador.__name__}")
    return ir(request, "notificar", borrador.__name__, "datos")


@view_config(context=FichaBorrador, name="descartar", request_method="POST", permission=Permiso.NOTIFICAR)
def descartar(context: FichaBorrador, request: Request) -> HTTPSeeOther:
    """What it became stays where it is, and what another tab changed meanwhile is looked at first."""
    borrador = context.objeto
    if not borrador.en_curso:
        palabras = "Ya se notificó, desde otra pestaña: no se descartó nada." if borrador.codigo else ""
        return ir(request, "notificar", borrador.__name__, palabras=palabras, cola="aviso")
    if request.POST.get("revisado") != huella_de_todo(borrador):
        return ir(request, "notificar", borrador.__name__, "revisar", palabras=CAMBIO, cola="aviso")
    auditar(request, "descartar", context.entrada)
    borradores.descartar(borrador, request.ahora)
    return ir(request, "notificar", palabras="Se descartó la notificación que preparaba.")
