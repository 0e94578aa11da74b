"""What there is now beside what the second of two typed: of any form, told by its own fields and in their words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import colander
import deform

from casilla.forms import Formulario
from casilla.services.horas import fecha_larga


@dataclass(frozen=True)
class Distinto:
    """A field that does not say the same in both."""

    rotulo: str
    ahora: str
    suyo: str


def distintos(formulario: Formulario) -> list[Distinto]:
    """Every field that the form was opened with and that was typed otherwise, in the order of the page."""
    campos = [campo for campo in formulario.children if campo.name in formulario.iniciales and not _callado(campo)]
    lados = [(c.title, _dicho(c, formulario.iniciales[c.name]), _dicho(c, c.cstruct)) for c in campos]
    return [Distinto(*lado) for lado in lados if lado[1] != lado[2]]


def _callado(campo: deform.Field) -> bool:
    return campo.widget.hidden or isinstance(campo.widget, deform.widget.PasswordWidget)


def _dicho(campo: deform.Field, cstruct: Any) -> str:
    """In words: the label of a choice, the long name of a day."""
    try:
        valor = campo.schema.deserialize(cstruct)
    except colander.Invalid:
        valor = cstruct
    if isinstance(valor, bool):
        return "Sí" if valor else "No"
    if isinstance(valor, date):
        return fecha_larga(valor)
    palabras = dict(getattr(campo.widget, "values", ()))
    return "" if valor in (None, colander.null) else str(palabras.get(valor, valor))
