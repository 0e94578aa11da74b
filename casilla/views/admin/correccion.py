"""A mail address that staff corrected, until somebody else confirms it or its wait is over: how it stands, in words."""

from dataclasses import dataclass
from datetime import datetime

from pyramid.request import Request

from casilla.permissions import Permiso
from casilla.resources.administracion import FichaPersona
from casilla.resources.usuario import Usuario
from casilla.services.correcciones import Correccion, fin_de_la_espera, pendiente
from casilla.services.horas import fecha_hora

AJUSTE = "casilla.espera_tras_correccion"


@dataclass(frozen=True)
class Situacion:
    """As the person's page shows it; ``confirma``: whether whoever looks may confirm it."""

    palabras: str
    confirma: bool


def situacion(context: FichaPersona, usuario: Usuario, request: Request) -> Situacion | None:
    """None when nothing waits."""
    correccion = pendiente(usuario, request.ahora)
    if correccion is None:
        return None
    gestiona = bool(request.has_permission(Permiso.GESTIONAR_PERSONAS, context))
    return Situacion(
        f"Corrección de correo del {fecha_hora(correccion.cuando)}, por {correccion.quien}: sin confirmar. "
        f"{_hasta_cuando(correccion)}",
        gestiona and correccion.quien != request.identity.usuario,
    )


def _hasta_cuando(correccion: Correccion) -> str:
    if correccion.hasta is None:
        return "Los enlaces de acceso esperan: la cuenta del plazo empieza cuando se rehabilite el acceso."
    return f"Los enlaces de acceso esperan hasta el {fecha_hora(correccion.hasta)}."


def fin(request: Request) -> datetime:
    """Until when links are to wait for what is corrected now."""
    return fin_de_la_espera(request.ahora, request.registry.settings[AJUSTE], request.calendario)
