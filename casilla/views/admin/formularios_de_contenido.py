"""The forms in which texts are written: one for each kind, with the fields that it may name."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import colander
from deform.widget import TextAreaWidget

from casilla import fields
from casilla.fields.basicos import caja, exigir, nodo
from casilla.forms import Esquema
from casilla.resources.contenido import Redaccion
from casilla.services.horas import LIMA
from casilla.services.plantillas import Plantilla, plantilla_de

MAXIMO = 60_000  # characters of a text
# Which have no title that anybody reads, and are shown as plain paragraphs.
SIN_TITULO = ("constancia", "plazo")
_MARKDOWN = (
    "Deje una línea vacía entre párrafos. Puede usar **negrita**, ## subtítulo, - para una lista y "
    "[palabras](dirección) para un enlace; a una página nuestra, por ejemplo [Normativas](normativas)."
)
_LLANO = "Deje una línea vacía entre párrafos. No use signos para dar formato: se lee tal como lo escribe."
_CAMPOS = "Campos que se reemplazan al mostrarlo: {}."


def esquema_de(clase: str, nombre: str, categorias: list[str]) -> Esquema:
    """The form for a text of that class; ``categorias``: those in use, to be written the same again."""
    esquema, plantilla = Esquema(), plantilla_de(clase, nombre)
    esquema.add(_llamado(fields.oculto(), "marca"))
    for campo, nodo_ in _campos(clase, nombre, plantilla, categorias):
        esquema.add(_llamado(nodo_, campo))
    return esquema


def _llamado(nodo_: colander.SchemaNode, nombre: str) -> colander.SchemaNode:
    nodo_.name = nombre
    return nodo_


def _campos(
    clase: str, nombre: str, plantilla: Plantilla, categorias: list[str]
) -> list[tuple[str, colander.SchemaNode]]:
    if clase == "pregunta":
        return [
            ("titulo", fields.texto("Pregunta", "Escriba la pregunta")),
            ("categoria", _categoria(categorias)),
            ("cuerpo", _cuerpo("Respuesta", "Escriba la respuesta", _MARKDOWN, plantilla)),
        ]
    if clase == "norma":
        return _de_norma(plantilla)
    if clase == "carta":
        cuerpo = _cuerpo("Texto de la carta", "Escriba el texto de la carta", _de_carta(plantilla), plantilla)
        return [("titulo", fields.texto("Asunto", "Escriba el asunto", maximo=150)), ("cuerpo", cuerpo)]
    if nombre in SIN_TITULO:
        return [("cuerpo", _cuerpo("Texto", "Escriba el texto", _LLANO, plantilla))]
    return [
        ("titulo", fields.texto("Título", "Escriba el título")),
        ("cuerpo", _cuerpo("Texto", "Escriba el texto", _MARKDOWN, plantilla, 24)),
        ("cambios", _cambios()),
    ]


def _de_norma(plantilla: Plantilla) -> list[tuple[str, colander.SchemaNode]]:
    ejemplo = "Por ejemplo: Ley, Decreto Supremo, Directiva."
    return [
        ("titulo", fields.texto("Nombre de la norma", "Escriba el nombre de la norma", maximo=300)),
        ("tipo", fields.texto("Tipo de norma", "Escriba el tipo de norma", maximo=60, description=ejemplo)),
        ("numero_norma", fields.texto("Número", "", maximo=60, missing="", description="Por ejemplo: 31736.")),
        ("fecha", fields.fecha("Fecha de la norma", "la fecha de la norma", "Escriba la fecha de la norma")),
        ("emisor", fields.texto("Emisor", "Escriba quién emitió la norma", maximo=120)),
        ("cuerpo", _cuerpo("De qué trata", "Escriba de qué trata", _MARKDOWN, plantilla)),
    ]


def _categoria(categorias: list[str]) -> colander.SchemaNode:
    usadas = f"Ya se usan: {'; '.join(filter(None, categorias))}."
    return fields.texto("Categoría", "Escriba la categoría", maximo=80, description=usadas)


def _cambios() -> colander.SchemaNode:
    return fields.parrafo(
        "Qué cambió en esta versión",
        "",
        missing="",
        widget=TextAreaWidget(rows=5),
        description="Lo lee quien aceptó o conocía la versión anterior. Admite las mismas marcas que el texto.",
    )


def _cuerpo(titulo: str, falta: str, ayuda: str, plantilla: Plantilla, filas: int = 14) -> colander.SchemaNode:
    campos = f" {_CAMPOS.format(_en_llaves(plantilla.campos))}" if plantilla.campos else ""
    widget = TextAreaWidget(rows=filas, attributes={"spellcheck": "true"})
    return fields.parrafo(titulo, falta, maximo=MAXIMO, widget=widget, description=ayuda + campos)


def _de_carta(plantilla: Plantilla) -> str:
    obligan = "" if not plantilla.exigidos else f" No pueden faltar: {_en_llaves(plantilla.exigidos)}."
    if not plantilla.bloques:
        return _LLANO + obligan
    bloques = _en_llaves(plantilla.bloques)
    return f"{_LLANO} Estos van solos, cada uno en su párrafo, y los llena el sistema: {bloques}.{obligan}"


def _en_llaves(campos: tuple[str, ...]) -> str:
    return ", ".join(f"{{{campo}}}" for campo in campos)


def redaccion_de(valores: Mapping[str, Any], anterior: Redaccion) -> Redaccion:
    """What the form says, on what there was before."""
    return anterior._replace(**{campo: valor for campo, valor in valores.items() if campo in Redaccion._fields})


class EsquemaDePublicacion(Esquema):
    """When it comes into force. The hour is Lima's."""

    marca = fields.oculto()
    cuando = fields.radios(
        "¿Cuándo se publica?",
        "Elija cuándo se publica",
        (("ahora", "Ahora mismo"), ("fecha", "En la fecha y hora que escriba aquí")),
    )
    fecha = fields.fecha("Fecha", "la fecha de publicación", "", missing=None)
    hora = nodo(
        "Hora",
        "",
        exigir(lambda valor: _hora(valor) is not None, "Escriba la hora de 00:00 a 23:59, por ejemplo 08:00"),
        description="Hora de Lima, de 00:00 a 23:59.",
        widget=caja("corto", autocomplete="off"),
        missing="00:00",
    )

    def cruzar(self, valores: Mapping[str, Any], error: colander.Invalid) -> None:
        if valores.get("cuando") == "fecha" and "fecha" in valores and valores["fecha"] is None:
            error["fecha"] = "Escriba la fecha de publicación"


def _hora(valor: str) -> time | None:
    try:
        return time.fromisoformat(valor.zfill(5)) if len(valor) <= 5 else None
    except ValueError:
        return None


def desde(valores: Mapping[str, Any]) -> datetime | None:
    """The time that the form says, in UTC; None for now."""
    dia: date | None = valores["fecha"] if valores["cuando"] == "fecha" else None
    return datetime.combine(dia, _hora(valores["hora"]) or time(), LIMA).astimezone(UTC) if dia else None
