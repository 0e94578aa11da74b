"""One registration in review: what there is to judge it by."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.resources.administracion import FichaSolicitud
from casilla.resources.persona import Persona
from casilla.resources.solicitud import Solicitud
from casilla.services import revision
from casilla.services.horas import fecha_hora
from casilla.services.registro import JURIDICA
from casilla.views.admin.pagina import direccion
from casilla.views.admin.solicitudes import RESULTADOS, atrasada, nombre_de, respuesta
from casilla.views.registro import juridica, natural

CAMPOS = {
    "nombres": "nombres",
    "apellido_paterno": "apellido paterno",
    "apellido_materno": "apellido materno",
    "fecha_nacimiento": "fecha de nacimiento",
    "sexo": "sexo",
    "fecha_emision": "fecha de emisión",
    "cui": "CUI",
    "razon_social": "razón social",
    "ubigeo": "distrito",
}
HECHOS = {
    "iniciada": "Empezó el registro y aceptó los términos",
    "aceptada": "Aceptó la política de privacidad",
    "elegida": "Eligió el tipo de persona",
    "declarada": "Datos por comprobar",
    "en-espera": "Los datos quedaron en espera",
    "en-revision": "Pidió la revisión",
    "denegada": "Denegada",
    "aprobada": "Confirmó su correo y recibió su casilla",
}
_CARTAS = {
    "solicitud-en-revision": "Constancia del pedido",
    "solicitud-autorizada": "Carta de autorización",
    "solicitud-denegada": "Carta de denegación",
    "validacion-correo": "Código de validación",
}
_DESTINOS = {
    "en-cola": "por enviar",
    "enviado": "enviada",
    "rechazado": "rechazada por el servidor de correo",
    "descartado": "ya no hacía falta",
}


@dataclass(frozen=True)
class Hecho:
    """A line of the history, for people."""

    cuando: str
    palabras: str
    actor: str
    detalle: str

    @classmethod
    def de(cls, hecho: str, actor: str, cuando: datetime, detalle: str) -> "Hecho":
        persona = actor.startswith("solicitante:")
        carta, _, destino = hecho.partition(":")
        if destino:
            palabras = f"{_CARTAS.get(carta, carta)}: {_DESTINOS[destino]}"
        elif hecho == "por-validar":
            palabras = "Código por confirmar" if persona else "Autorizada"
        else:
            palabras = HECHOS.get(hecho, hecho)
        return cls(fecha_hora(cuando), palabras, "La persona" if persona else actor, detalle)


@view_config(
    context=FichaSolicitud,
    request_method="GET",
    permission=Permiso.VER_SOLICITUDES,
    renderer="casilla:templates/admin_solicitud.pt",
)
def ver(context: FichaSolicitud, request: Request) -> dict[str, Any]:
    solicitud = context.objeto
    pendiente = solicitud.revision_desde is not None
    con_documento, con_correo = revision.conocidos(request.sitio, solicitud) if solicitud.datos else (None, None)
    return {
        "titulo": nombre_de(solicitud) or "Solicitud decidida",
        "pendiente": pendiente,
        "decision": decision_dicha(solicitud),
        "hasta": respuesta(solicitud),
        "atrasada": atrasada(solicitud, request),
        "pedida": fecha_hora(solicitud.cuando("en-revision") or request.ahora),
        "desde_donde": solicitud.direccion,
        "grupos": _declarado(solicitud),
        "consultas": [_consulta(*consulta) for consulta in reversed(solicitud.consultas)],
        "con_documento": _enlace(con_documento, request),
        "con_correo": _enlace(con_correo, request),
        "mellizas": [
            (nombre_de(otra), direccion_de(otra, request)) for otra in revision.mellizas(request.sitio, solicitud)
        ],
        "historia": [Hecho.de(*hecho) for hecho in reversed(solicitud.historia)],
        "aqui": direccion_de(solicitud, request),
        "puede": pendiente and bool(request.has_permission(Permiso.GESTIONAR_SOLICITUDES, context)),
    }


def decision_dicha(solicitud: Solicitud) -> str:
    """What was decided, by whom, when and why, in a sentence; empty while nothing is."""
    dicha = revision.decision(solicitud)
    if dicha is None:
        return ""
    estado, actor, cuando, motivo = dicha
    return f"{'Denegada' if estado == 'denegada' else 'Autorizada'} por {actor} el {fecha_hora(cuando)}: {motivo}"


def _declarado(solicitud: Solicitud) -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups with their title, and pairs of words, as the person saw them; none when the data are gone."""
    if not solicitud.datos:
        return []
    clase = juridica if solicitud.tipo_persona == JURIDICA else natural
    return [(titulo, pares) for titulo, _, pares in clase.resumen(dict(solicitud.datos), solicitud.correo)]


def _consulta(servicio: str, resultado: str, campos: tuple[str, ...], cuando: datetime) -> tuple[str, str, str]:
    dichos = ", ".join(CAMPOS.get(campo, campo) for campo in campos)
    return fecha_hora(cuando), RESULTADOS[resultado].format(servicio), dichos


def _enlace(persona: Persona | None, request: Request) -> tuple[str, str] | None:
    if persona is None:
        return None
    return persona.nombre_completo, direccion(request, "personas", persona.casilla.__name__)


def direccion_de(solicitud: Solicitud, request: Request) -> str:
    return direccion(request, "solicitudes", solicitud.__name__)
