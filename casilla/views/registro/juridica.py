"""The form "Persona jurídica" (guide, screen 8), how its fields are called where they are kept, and its register."""

from collections.abc import Mapping
from typing import Any

from pyramid.request import Request

from casilla import fields
from casilla.forms import Esquema
from casilla.gateways.protocolo import RegistroDeEmpresas
from casilla.resources.solicitud import Solicitud
from casilla.services import registro_juridico, ubigeo
from casilla.views.registro.esquemas import CONTACTO, nacional

RUC = "8"
EMPRESA = "Empresa o institución"
TITULO, FICHA = "Persona jurídica", "la ficha RUC"
NO_FIGURA = "no tiene este RUC: revíselo"
verificar = registro_juridico.verificar_empresa
# Names of fields that Persona calls otherwise.
COMO_PERSONA = {"ruc": "numero", "distrito": "ubigeo"}
COMO_CAMPO = {guardado: campo for campo, guardado in COMO_PERSONA.items()}


class EsquemaJuridica(Esquema):
    ruc = fields.ruc(description="Sus 11 cifras.", grupo=EMPRESA)
    razon_social = fields.razon_social(description="Como aparece en la ficha RUC.", grupo=EMPRESA)
    distrito = fields.distrito(description="El distrito debe ser el que aparece en la ficha RUC.", grupo=EMPRESA)
    telefono = fields.telefono(grupo=CONTACTO)
    correo = fields.correo(
        description="Aquí llegarán el código de validación y un aviso por cada notificación.", grupo=CONTACTO
    )
    repetir_correo = fields.repetir_correo(grupo=CONTACTO)


def esquema(request: Request) -> Esquema:
    return EsquemaJuridica(
        description=f"Al pulsar Continuar comprobaremos los datos con {request.registro_de_empresas.nombre} y "
        "enviaremos un código al correo."
    )


def registro(solicitud: Solicitud, request: Request) -> RegistroDeEmpresas:
    """Whom to ask about the data that were declared."""
    hallado: RegistroDeEmpresas = request.registro_de_empresas
    return hallado


def a_guardar(datos: Mapping[str, Any]) -> dict[str, Any]:
    """What the form says, with the names of Persona."""
    return {"tipo_documento": RUC, **{COMO_PERSONA.get(campo, campo): valor for campo, valor in datos.items()}}


def a_mostrar(guardados: Mapping[str, Any], correo: str) -> dict[str, Any]:
    """What was kept, with the names of the form; ``{}`` when there is nothing yet."""
    if not guardados:
        return {}
    datos = {COMO_CAMPO.get(campo, campo): valor for campo, valor in guardados.items() if campo != "tipo_documento"}
    return {**datos, "telefono": nacional(guardados), "correo": correo, "repetir_correo": correo}


def resumen(guardados: Mapping[str, Any], correo: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What was kept, to be read: groups with their title, the id of their first box, and pairs of words."""
    empresa = [
        ("RUC", guardados["numero"]),
        ("Razón Social", guardados["razon_social"]),
        ("Distrito", ubigeo.nombre(guardados["ubigeo"])),
    ]
    contacto = [("Teléfono/Celular", nacional(guardados)), ("Correo Electrónico", correo)]
    return [(EMPRESA, "c-ruc", empresa), (CONTACTO, "c-telefono", contacto)]
