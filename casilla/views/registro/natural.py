"""The form "Persona natural" (guide, screen 7), how its fields are called where they are kept, and its register.

``juridica`` has the same names, so that ``datos`` need not know for which kind of person it works.
"""

from collections.abc import Mapping
from typing import Any

import colander
from pyramid.request import Request

from casilla import fields
from casilla.forms import Esquema
from casilla.gateways.protocolo import RegistroDePersonas
from casilla.resources.solicitud import Solicitud
from casilla.services import registro as servicio
from casilla.services.horas import fecha_larga
from casilla.views.registro.esquemas import CONTACTO, nacional

DNI, CE = "1", "4"
TIPOS = ((DNI, "DNI"), (CE, "Carné de extranjería (CE)"))
IDENTIDAD, NACIMIENTO = "Documento y nombres", "Nacimiento y sexo"
SOLO_DNI = ("cui", "emision")
TITULO, FICHA = "Persona natural", "su documento"
NO_FIGURA = "no tiene un documento con este número: revíselo"
verificar = servicio.verificar
# Names of fields that Persona calls otherwise.
COMO_PERSONA = {"tipo": "tipo_documento", "nacimiento": "fecha_nacimiento", "emision": "fecha_emision"}
COMO_CAMPO = {guardado: campo for campo, guardado in COMO_PERSONA.items()}


class EsquemaNatural(Esquema):
    tipo = fields.radios("Tipo Documento", "Elija su tipo de documento", TIPOS, grupo=IDENTIDAD)
    numero = fields.numero_documento(
        description="Sin espacios ni guiones. Del DNI, solo los 8 números.", grupo=IDENTIDAD
    )
    cui = fields.cui(
        description="Solo si tiene DNI: el carácter que va después del guion. Si su DNI dice 12345678-2, escriba 2.",
        grupo=IDENTIDAD,
    )
    emision = fields.fecha_emision(
        description="Solo si tiene DNI: está impresa en la tarjeta. Por ejemplo, 22 7 2019.",
        grupo=IDENTIDAD,
        missing=None,
    )
    apellido_paterno = fields.nombre_propio(
        "Apellido Paterno", "Escriba su apellido paterno", autocomplete="family-name", grupo=IDENTIDAD
    )
    apellido_materno = fields.nombre_propio(
        "Apellido Materno",
        "",
        description="Déjelo vacío solo si no figura en su documento.",
        grupo=IDENTIDAD,
        missing="",
    )
    nombres = fields.nombre_propio("Nombres", "Escriba sus nombres", autocomplete="given-name", grupo=IDENTIDAD)
    nacimiento = fields.fecha_nacimiento(description="Por ejemplo, 14 3 1985.", grupo=NACIMIENTO)
    sexo = fields.sexo(description="Como figura en su documento; sirve para comprobar su identidad.", grupo=NACIMIENTO)
    telefono = fields.telefono(grupo=CONTACTO)
    correo = fields.correo(
        description="Aquí le llegarán el código de validación y un aviso por cada notificación.", grupo=CONTACTO
    )
    repetir_correo = fields.repetir_correo(grupo=CONTACTO)

    def cruzar(self, valores: Mapping[str, Any], error: colander.Invalid) -> None:
        if valores.get("tipo") == CE:
            error.children = [hijo for hijo in error.children if hijo.node.name not in SOLO_DNI]
            return
        fields.comprobar_documento(valores, error, dni=DNI)
        fields.comprobar_emision(valores, error)
        if valores.get("tipo") == DNI and valores.get("emision", True) is None:
            error["emision"] = "Escriba la fecha de emisión de su DNI"


def esquema(request: Request) -> Esquema:
    return EsquemaNatural(description=_al_continuar(request))


def _al_continuar(request: Request) -> str:
    servicios = " o ".join(dict.fromkeys(registro.nombre for registro in request.registros.values()))
    return f"Al pulsar Continuar comprobaremos sus datos con {servicios} y le enviaremos un código a su correo."


def registro(solicitud: Solicitud, request: Request) -> RegistroDePersonas | None:
    """Whom to ask about the data that were declared; None: for this document this institution has no register."""
    hallado: RegistroDePersonas | None = request.registros.get(dict(solicitud.datos)["tipo_documento"])
    return hallado


def a_guardar(datos: Mapping[str, Any]) -> dict[str, Any]:
    """What the form says, with the names of Persona; what only a DNI has is dropped for other documents."""
    propios = {"cui": "", "emision": None} if datos["tipo"] != DNI else {}
    return {COMO_PERSONA.get(campo, campo): valor for campo, valor in {**datos, **propios}.items()}


def a_mostrar(guardados: Mapping[str, Any], correo: str) -> dict[str, Any]:
    """What was kept, with the names of the form; ``{}`` when there is nothing yet."""
    if not guardados:
        return {}
    datos = {COMO_CAMPO.get(campo, campo): valor for campo, valor in guardados.items() if valor is not None}
    return {**datos, "telefono": nacional(guardados), "correo": correo, "repetir_correo": correo}


def resumen(guardados: Mapping[str, Any], correo: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What was kept, to be read: groups with their title, the id of their first box, and pairs of words."""
    tipo = dict(TIPOS)[guardados["tipo_documento"]]
    emision = guardados["fecha_emision"]
    documento = [
        ("Tipo Documento", tipo),
        ("Número de documento", guardados["numero"]),
        ("CUI", guardados["cui"]),
        ("Fecha de emisión", emision and fecha_larga(emision)),
        ("Apellido Paterno", guardados["apellido_paterno"]),
        ("Apellido Materno", guardados["apellido_materno"]),
        ("Nombres", guardados["nombres"]),
    ]
    nacimiento = [
        ("Fecha Nacimiento", fecha_larga(guardados["fecha_nacimiento"])),
        ("Sexo", {"F": "Femenino", "M": "Masculino"}[guardados["sexo"]]),
    ]
    contacto = [("Teléfono/Celular", nacional(guardados)), ("Correo Electrónico", correo)]
    grupos = ((IDENTIDAD, "tipo", documento), (NACIMIENTO, "nacimiento", nacimiento), (CONTACTO, "telefono", contacto))
    return [(titulo, f"c-{campo}", [par for par in pares if par[1]]) for titulo, campo, pares in grupos]
