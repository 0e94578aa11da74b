"""The form about the document of a deposit by hand, and what it holds as the API's JSON says it."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

import colander
from deform.widget import SelectWidget, TextAreaWidget

from casilla import fields
from casilla.fields.basicos import caja
from casilla.fields.fechas import no_futura
from casilla.forms import Esquema
from casilla.services.horas import LIMA, dia_en_lima
from casilla.services.plazos import PLAZO_MAXIMO

# How the API's JSON calls what this form's fields hold.
CAMPOS = {
    "expediente": "expediente.numero",
    "fecha_expediente": "expediente.fecha",
    "tipo": "documento.tipo",
    "numero": "documento.numero",
    "asunto": "documento.asunto",
    "fecha": "documento.fecha",
    "dependencia": "remitente.dependencia",
    "firmado_por": "remitente.firmado_por",
    "elaborado_por": "remitente.elaborado_por",
    "fecha_emision": "fecha_emision",
    "plazo": "plazo_dias_habiles",
}
_DIAS = ("fecha_expediente", "fecha", "fecha_emision")
_PLAZO = f"Escriba un número de días, de 1 a {PLAZO_MAXIMO}, o déjelo vacío"
EXPEDIENTE, DOCUMENTO, REMITE = "Expediente", "Documento", "Remite"


def _fecha(titulo: str, nombre: str, grupo: str, **otros: Any) -> colander.SchemaNode:
    otros.setdefault("description", "Por ejemplo, 16 1 2026.")
    return fields.fecha(titulo, nombre, f"Escriba {nombre}", no_futura(nombre), grupo=grupo, **otros)


def esquema(dependencias: tuple[str, ...]) -> Esquema:
    """The form for whoever notifies for these."""
    pares = [(nombre, nombre) for nombre in dependencias]

    class EsquemaDatos(Esquema):
        marca = fields.oculto()
        expediente = fields.texto(
            "Número de Expediente",
            "Escriba el número de expediente",
            maximo=50,
            description="Por ejemplo, OGT002025000009.",
            grupo=EXPEDIENTE,
        )
        fecha_expediente = _fecha("Fecha de Expediente", "la fecha de expediente", EXPEDIENTE)
        tipo = fields.texto(
            "Tipo de documento",
            "Escriba el tipo de documento",
            maximo=100,
            description="Por ejemplo, CARTA, OFICIO o RESOLUCIÓN DIRECTORAL.",
            grupo=DOCUMENTO,
        )
        numero = fields.texto(
            "Número",
            "Escriba el número del documento",
            maximo=100,
            description="Completo, con año y siglas. Por ejemplo, 000009-2025-OGTI.",
            grupo=DOCUMENTO,
        )
        asunto = fields.texto(
            "Asunto", "Escriba el asunto", maximo=1000, widget=TextAreaWidget(rows=3), grupo=DOCUMENTO
        )
        fecha = _fecha("Fecha", "la fecha del documento", DOCUMENTO)
        fecha_emision = _fecha(
            "Fecha de emisión",
            "la fecha de emisión",
            DOCUMENTO,
            missing=None,
            description="Déjela vacía si es la misma del documento.",
        )
        plazo = fields.texto(
            "Plazo en días hábiles",
            "",
            maximo=10,
            missing="",
            description="Déjelo vacío si el documento no señala un plazo.",
            widget=caja("corto", inputmode="numeric"),
            grupo=DOCUMENTO,
        )
        dependencia = fields.opciones(
            "Dependencia",
            "Elija la dependencia que emite el documento",
            pares,
            widget=SelectWidget(values=[("", "Elija una opción"), *pares]),
            grupo=REMITE,
        )
        firmado_por = fields.texto("Firmado por", "Escriba quién firma el documento", maximo=300, grupo=REMITE)
        elaborado_por = fields.texto("Elaborado por", "Escriba quién elaboró el documento", maximo=300, grupo=REMITE)

        def cruzar(self, valores: Mapping[str, Any], error: colander.Invalid) -> None:
            plazo = valores.get("plazo", "")
            if plazo and not (plazo.isascii() and plazo.isdigit() and 1 <= int(plazo) <= PLAZO_MAXIMO):
                error["plazo"] = _PLAZO

    return EsquemaDatos()


def dichos(llenos: dict[str, Any]) -> dict[str, str]:
    """What was typed, as the API says it. A document by hand has no hour: midnight, as the SGD writes it."""
    llenos["fecha_emision"] = llenos["fecha_emision"] or llenos["fecha"]
    textos = {campo: valor for campo, valor in llenos.items() if campo not in _DIAS}
    textos["fecha_expediente"] = llenos["fecha_expediente"].isoformat()
    for campo in ("fecha", "fecha_emision"):
        textos[campo] = datetime.combine(llenos[campo], time(), LIMA).isoformat()
    return {camino: textos[campo] for campo, camino in CAMPOS.items()}


def leidos(guardados: Mapping[str, str]) -> dict[str, Any]:
    """The other way round: what is kept, by the names of the form; days as dates."""
    llenos: dict[str, Any] = {campo: guardados.get(camino, "") for campo, camino in CAMPOS.items()}
    llenos["fecha_expediente"] = date.fromisoformat(llenos["fecha_expediente"])
    for campo in ("fecha", "fecha_emision"):
        llenos[campo] = dia_en_lima(datetime.fromisoformat(llenos[campo]))
    return llenos
