"""Two who change the same thing at once: the second is told, and sees what there is now beside what they typed.

A form carries the mark of what it was made from, hidden; if it comes back with an older one, somebody else was first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import islice
from typing import Any

import colander
import deform
from persistent import Persistent
from pyramid.request import Request

from casilla import fields
from casilla.forms import Esquema, Formulario
from casilla.services.horas import fecha_hora, fecha_larga
from casilla.views.admin.palabras import acto_dicho

_OTRA_PERSONA = (
    "Otra persona guardó cambios mientras usted editaba, y los suyos todavía no se guardaron. Compare con lo que "
    "hay ahora, abajo, y guarde otra vez si corresponde."
)
# Entries looked through for who did something a moment ago.
_ATRAS = 2000


def marca(objeto: Persistent) -> str:
    """Which writing of the thing a form was made from."""
    objeto._p_activate()
    return objeto._p_serial.hex()


def huella(valores: Mapping[str, object]) -> str:
    """As ``marca``, of a thing that is written for other reasons too: only these values count."""
    return sha256(repr(sorted(valores.items())).encode()).hexdigest()[:32]


def con_marca(esquema: Esquema) -> Esquema:
    """The same form with the hidden box of a mark."""
    marca = fields.oculto()
    marca.name = "marca"
    esquema.add(marca)
    return esquema


def vigentes(
    formulario: Formulario, request: Request, marca: str, palabras: str = _OTRA_PERSONA
) -> dict[str, Any] | None:
    """As ``Formulario.validos``; None too when what was sent is of an earlier mark.

    Then the form says so in these words. What they typed stays; if they save again, it is knowingly.
    """
    datos = formulario.validos(request)
    if datos is None or datos["marca"] == marca:
        return datos
    formulario.marcar(palabras)
    formulario.distintos = distintos(formulario)
    formulario["marca"].cstruct = marca
    return None


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


def lo_hizo(request: Request, sobre: str, *actos: str) -> str:
    """For who comes second: the last of these acts on it, as "Anuló: mquispe, 23 de enero …"; empty for none lately."""
    for asiento in islice(request.sitio.auditoria.hacia_atras(), _ATRAS):
        if asiento.acto in actos and f"{asiento.sobre}/".startswith(f"{sobre}/"):
            return f"{acto_dicho(asiento.acto)}: {asiento.actor}, {fecha_hora(asiento.cuando)}"
    return ""
