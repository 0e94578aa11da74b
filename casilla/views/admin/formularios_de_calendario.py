"""The forms about the calendar: a day, a reason, the hours."""

import re
from collections.abc import Mapping
from datetime import time
from typing import Any

import colander

from casilla import fields
from casilla.fields.basicos import caja, exigir, nodo
from casilla.forms import Esquema


def _base(ayuda: str) -> colander.SchemaNode:
    return fields.texto("Base legal o motivo", "Escriba la base legal o el motivo", maximo=300, description=ayuda)


def _hora(titulo: str) -> colander.SchemaNode:
    """As "08:30", "8:30" or "8.30"; empty when it is left so."""
    return nodo(
        titulo,
        "",
        exigir(leer_hora, f"{titulo}: escriba la hora y los minutos, por ejemplo 08:30"),
        missing="",
        widget=caja("corto", inputmode="text", autocomplete="off"),
    )


def leer_hora(texto: str) -> str:
    """In its five letters; empty when it is none."""
    hallada = re.fullmatch(r"(\d{1,2})[:.](\d\d)", texto, re.ASCII)
    try:
        return f"{time(int(hallada[1]), int(hallada[2])):%H:%M}" if hallada else ""
    except ValueError:
        return ""


class EsquemaDeDia(Esquema):
    """``avisado``: the day of which it was already told how many terms under way reach it."""

    marca = fields.oculto()
    avisado = fields.oculto()
    dia = fields.fecha("Día", "el día", "Escriba el día")
    nombre = fields.texto(
        "Nombre", "Escriba el nombre del día", maximo=120, description="Lo leen las personas en su plazo."
    )
    base = _base("Por ejemplo: Decreto Supremo N.° 000-2026-PCM.")


class EsquemaDeMotivo(Esquema):
    marca = fields.oculto()
    base = _base("Queda en el calendario, con su nombre de usuario y la fecha.")


class EsquemaDeHorario(Esquema):
    marca = fields.oculto()
    abre = _hora("Hora de apertura")
    cierra = _hora("Hora de cierre")
    base = _base("Por ejemplo: Resolución Ministerial N.° 000-2026-MIMP.")

    def cruzar(self, valores: Mapping[str, Any], error: colander.Invalid) -> None:
        if not {"abre", "cierra"} <= valores.keys():
            return
        abre, cierra = leer_hora(valores["abre"]), leer_hora(valores["cierra"])
        if bool(abre) != bool(cierra):
            error["cierra" if abre else "abre"] = "Escriba las dos horas, o deje ambas vacías para recibir todo el día"
        elif abre and abre >= cierra:
            error["cierra"] = "La hora de cierre debe ser posterior a la de apertura"
