"""Dates in three boxes, día, mes and año, where the month may be a word.

The cstruct of such a field is what was typed, a tuple (día, mes, año) of strings, so that a wrong date is shown again
as it was written.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import colander
import deform

from casilla.fields.basicos import Validador
from casilla.services.horas import MESES, numero_de_mes
from casilla.services.identidad import MAYORIA, es_mayor_de_edad

PARTES = ("dia", "mes", "ano")
ROTULOS = {"dia": "Día", "mes": "Mes", "ano": "Año"}
PRIMER_ANO = 1900

# Told the date and today, the words to say when it can't be; None when it can.
Limite = Callable[[date, date], str | None]


class FechaInvalida(colander.Invalid):
    """Says also which of the boxes are wrong."""

    def __init__(self, node: colander.SchemaNode, msg: str, partes: tuple[str, ...] = PARTES) -> None:
        super().__init__(node, msg)
        self.partes = partes


class TipoFecha(colander.SchemaType):
    """Reads (día, mes, año) as a ``date``. ``nombre`` is how the messages call it: "la fecha de nacimiento"."""

    def __init__(self, nombre: str) -> None:
        self.nombre = nombre

    def serialize(self, node: colander.SchemaNode, appstruct: Any) -> Any:
        return (
            (str(appstruct.day), str(appstruct.month), str(appstruct.year))
            if isinstance(appstruct, date)
            else colander.null
        )

    def deserialize(self, node: colander.SchemaNode, cstruct: Any) -> Any:
        """Return a date, or null when every box is empty; raises ``FechaInvalida`` with words about the wrong boxes."""
        if cstruct is colander.null or not any(cstruct):
            return colander.null
        faltan = tuple(parte for parte, valor in zip(PARTES, cstruct, strict=True) if not valor)
        if faltan:
            articulos = " y ".join(f"el {ROTULOS[parte].lower()}" for parte in faltan)
            raise FechaInvalida(node, f"{_frase(self.nombre)} debe incluir {articulos}", faltan)
        dia, mes, ano = (leer(self, node, valor) for leer, valor in zip((_dia, _mes, _ano), cstruct, strict=True))
        try:
            return date(ano, mes, dia)
        except ValueError:
            raise FechaInvalida(
                node, f"El {dia} de {MESES[mes - 1]} de {ano} no existe: revise {self.nombre}"
            ) from None


def _numero(texto: str, cifras: int) -> int | None:
    """Western digits only, and few: ``int`` would take any script and any length."""
    return int(texto) if len(texto) <= cifras and texto.isascii() and texto.isdigit() else None


def _dia(tipo: TipoFecha, node: colander.SchemaNode, texto: str) -> int:
    if not (numero := _numero(texto, 2)):
        raise FechaInvalida(node, f"El día de {tipo.nombre} debe ser un número, por ejemplo 27", ("dia",))
    return numero


def _mes(tipo: TipoFecha, node: colander.SchemaNode, texto: str) -> int:
    numero = _numero(texto, 2) or numero_de_mes(texto)
    if not numero or numero > 12:
        raise FechaInvalida(
            node, f"El mes de {tipo.nombre} debe ser un número del 1 al 12 o su nombre, por ejemplo marzo", ("mes",)
        )
    return numero


def _ano(tipo: TipoFecha, node: colander.SchemaNode, texto: str) -> int:
    if len(texto) != 4 or (numero := _numero(texto, 4)) is None:
        raise FechaInvalida(node, f"El año de {tipo.nombre} debe tener 4 cifras, por ejemplo 1985", ("ano",))
    if numero < PRIMER_ANO:
        raise FechaInvalida(node, f"El año de {tipo.nombre} no puede ser anterior a {PRIMER_ANO}", ("ano",))
    return numero


class Fecha(deform.widget.Widget):
    """Three text boxes. ``autocomplete='bday'`` lets the browser fill in a birth date."""

    template = "dateparts"
    partes = PARTES
    autocomplete: str | None = None

    def serialize(self, field: deform.Field, cstruct: Any, **kw: Any) -> str:
        typed = cstruct if isinstance(cstruct, tuple) else ("", "", "")
        partes = [
            (parte, ROTULOS[parte], valor, parte in _malas(field)) for parte, valor in zip(PARTES, typed, strict=True)
        ]
        return field.renderer(self.template, field=field, partes=partes, **kw)

    def deserialize(self, field: deform.Field, pstruct: Any) -> Any:
        if pstruct is colander.null:
            return colander.null
        typed = tuple(pstruct.get(f"{field.name}-{parte}", "").strip() for parte in PARTES)
        return typed if any(typed) else colander.null

    def primera(self, field: deform.Field) -> str:
        """The id of the first wrong box; the first box of all has the field's own."""
        parte = next(iter(_malas(field)), PARTES[0])
        return field.oid if parte == PARTES[0] else f"{field.oid}-{parte}"


def fecha(titulo: str, nombre: str, falta: str, *limites: Limite, **otros: Any) -> colander.SchemaNode:
    """A ``date``, called ``nombre`` in the messages ("la fecha de inicio"). Limits need a schema bound with ``hoy``."""

    @colander.deferred
    def validador(_: colander.SchemaNode, atado: Mapping[str, Any]) -> Validador:
        def validar(este: colander.SchemaNode, valor: date) -> None:
            palabras = next(filter(None, (limite(valor, atado["hoy"]) for limite in limites)), None)
            if palabras:
                raise FechaInvalida(este, palabras)

        return validar

    otros.setdefault("widget", Fecha())
    return colander.SchemaNode(
        TipoFecha(nombre), title=titulo, missing_msg=falta, validator=validador if limites else None, **otros
    )


def no_futura(nombre: str) -> Limite:
    return lambda valor, hoy: f"{_frase(nombre)} no puede ser posterior a hoy" if valor > hoy else None


def mayor_de_edad(valor: date, hoy: date) -> str | None:
    return None if es_mayor_de_edad(valor, hoy) else f"Debe tener {MAYORIA} años cumplidos para pedir una casilla"


def fecha_nacimiento(titulo: str = "Fecha Nacimiento", **otros: Any) -> colander.SchemaNode:
    """The birth date of somebody of age."""
    nombre = "la fecha de nacimiento"
    otros.setdefault("widget", Fecha(autocomplete="bday"))
    return fecha(titulo, nombre, "Escriba su fecha de nacimiento", no_futura(nombre), mayor_de_edad, **otros)


def fecha_emision(titulo: str = "Fecha de emisión", **otros: Any) -> colander.SchemaNode:
    """When the identity document was issued."""
    nombre = "la fecha de emisión"
    return fecha(titulo, nombre, "Escriba la fecha de emisión de su documento", no_futura(nombre), **otros)


def comprobar_emision(valores: Mapping[str, Any], error: colander.Invalid) -> None:
    """For ``Esquema.cruzar`` of a form with ``nacimiento`` and ``emision``: a document is not older than its person."""
    nacimiento, emision = valores.get("nacimiento"), valores.get("emision")
    if nacimiento and emision and emision < nacimiento:
        error["emision"] = "La fecha de emisión no puede ser anterior a la fecha de nacimiento"


def _frase(nombre: str) -> str:
    return nombre[0].upper() + nombre[1:]


def _malas(field: deform.Field) -> tuple[str, ...]:
    return getattr(field.error, "partes", PARTES) if field.error else ()
