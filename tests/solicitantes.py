"""Fictitious people and companies of the committed register who ask for a casilla, and how far they have come."""

from datetime import date, datetime
from typing import Any

from stdnum.pe import cui

from casilla.gateways.ficticio import PadronFicticio
from casilla.gateways.protocolo import NoResponde
from casilla.resources.sitio import Sitio
from casilla.resources.solicitud import Solicitud
from casilla.services.plazos import Calendario
from casilla.services.registro import (
    JURIDICA,
    NATURAL,
    NoVerificada,
    aceptar_privacidad,
    declarar,
    elegir,
    esperar,
    iniciar,
    rechazar,
    verificar,
)
from casilla.services.registro_juridico import verificar_empresa
from casilla.services.revision import SIN_RESPUESTA, anotar_consulta, pedir
from tests import mundo

PADRON = PadronFicticio.desde_ajustes()
DIRECCION = "192.0.2.7"


def datos(numero: str = "49083411", **cambios: Any) -> dict[str, Any]:
    """What this person would declare, with the names of Persona; what the register does not know is made up."""
    if len(numero) == 11:
        return {**_empresa(numero), **cambios}
    persona = PADRON.personas.get(numero)
    dni = len(numero) == 8
    dichos = {
        "tipo_documento": "1" if dni else "4",
        "numero": numero,
        "cui": cui.calc_check_digits(numero)[0] if dni else "",
        "nombres": persona.nombres if persona else "NADIE",
        "apellido_paterno": persona.apellido_paterno if persona else "INVENTADO",
        "apellido_materno": persona.apellido_materno if persona else "",
        "fecha_nacimiento": (persona and persona.fecha_nacimiento) or date(1985, 3, 14),
        "sexo": (persona and persona.sexo) or "F",
        "fecha_emision": ((persona and persona.fecha_emision) or date(2020, 1, 2)) if dni else None,
        "telefono": "+51987654321",
        "correo": f"p{numero}@correo.example",
    }
    return {**dichos, **cambios}


def _empresa(ruc: str) -> dict[str, Any]:
    empresa = PADRON.empresas.get(ruc)
    return {
        "tipo_documento": "8",
        "numero": ruc,
        "razon_social": empresa.razon_social if empresa else "NADIE INVENTADO S.A.C.",
        "ubigeo": (empresa and empresa.ubigeo) or "150101",
        "telefono": "+51987654321",
        "correo": f"p{ruc}@correo.example",
    }


def declarada(
    sitio: Sitio, numero: str = "49083411", *, nombre: str = "", ahora: datetime = mundo.ENERO, **cambios: Any
) -> Solicitud:
    """A registration whose form is complete."""
    solicitud = iniciar(sitio, nombre or f"solicitud-{numero}", ahora=ahora, direccion=DIRECCION)
    aceptar_privacidad(sitio, solicitud, ahora=ahora, direccion=DIRECCION)
    elegir(solicitud, JURIDICA if len(numero) == 11 else NATURAL, ahora)
    declarar(solicitud, datos(numero, **cambios), ahora)
    return solicitud


def en_revision(
    sitio: Sitio,
    numero: str = "99000013",
    *,
    nombre: str = "",
    ahora: datetime = mundo.ENERO,
    padron: PadronFicticio = PADRON,
    **cambios: Any,
) -> Solicitud:
    """A registration that the register did not settle, and that somebody of the institution is to look at."""
    solicitud = declarada(sitio, numero, nombre=nombre, ahora=ahora, **cambios)
    preguntar = verificar_empresa if len(numero) == 11 else verificar
    try:
        preguntar(sitio, solicitud, padron, ahora)
    except NoResponde:
        esperar(solicitud, ahora)
        anotar_consulta(solicitud, padron.nombre, SIN_RESPUESTA, ahora)
    except NoVerificada as motivo:
        rechazar(solicitud, ahora)
        anotar_consulta(solicitud, padron.nombre, motivo, ahora)
    pedir(sitio, solicitud, calendario=Calendario(), ahora=ahora)
    return solicitud


def por_validar(sitio: Sitio, numero: str = "49083411", *, ahora: datetime = mundo.ENERO, **cambios: Any) -> Solicitud:
    """A registration that the register confirmed and whose code was sent."""
    solicitud = declarada(sitio, numero, ahora=ahora, **cambios)
    preguntar = verificar_empresa if len(numero) == 11 else verificar
    preguntar(sitio, solicitud, PADRON, ahora)
    return solicitud


def cartas(sitio: Sitio, clase: str) -> list[tuple[str, int]]:
    """To whom letters of this class wait in the outbox, with their number, in order of time."""
    hay = sorted((carta for _, carta in sitio.salida if carta.clase == clase), key=lambda carta: carta.creada_en)
    return [(carta.para, carta.numero) for carta in hay]
