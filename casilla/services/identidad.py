"""Is this person who they say they are: what they declared beside what the register answered.

Nothing here repeats a datum of the register. A screen that showed the right value would let a stranger who knows a
number learn the rest, so a comparison says only which fields differ.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from casilla.gateways.protocolo import DatosPersona

NOMBRES = ("nombres", "apellido_paterno", "apellido_materno")
OTROS = ("fecha_nacimiento", "sexo", "fecha_emision", "digito_verificacion", "ubigeo")

MAYORIA = 18
"""Years (Código Civil, art. 42)."""

LETRAS_DEL_DNI = dict(zip("KJIHGFEDCBA", "65432110987", strict=True))
"""Old cards print a letter where newer ones print a digit; both come from the same sum over the number."""


@dataclass(frozen=True)
class Cotejo:
    """Names of fields of DatosPersona: confirmed; not confirmed, for want of an answer about them; different."""

    verificados: tuple[str, ...]
    declarados: tuple[str, ...]
    discrepan: tuple[str, ...]


def cotejar(declarado: DatosPersona, respuesta: DatosPersona) -> Cotejo:
    """Compares field by field; what the person did not declare (None) is in none of the three.

    Names are always compared: a surname left empty agrees only with a register that has none. For a minor the
    register tells nothing, so look at ``respuesta.menor`` before asking this.
    """
    dichos = NOMBRES + tuple(campo for campo in OTROS if getattr(declarado, campo) is not None)
    comparables = tuple(campo for campo in dichos if getattr(respuesta, campo) is not None)
    iguales = tuple(campo for campo in comparables if _coincide(campo, declarado, respuesta))
    return Cotejo(
        verificados=iguales,
        declarados=tuple(campo for campo in dichos if campo not in comparables),
        discrepan=tuple(campo for campo in comparables if campo not in iguales),
    )


def es_mayor_de_edad(fecha_nacimiento: date, hoy: date) -> bool:
    """Whether somebody born then is 18 or more; ``hoy``: the day in Lima.

    Who was born on 29 February comes of age on the 28th: a term in years that ends on a day that the month lacks is
    complete on that month's last day (Código Civil, art. 183, 2 and 3).
    """
    ultimo = monthrange(hoy.year, fecha_nacimiento.month)[1]
    cumple = (fecha_nacimiento.month, min(fecha_nacimiento.day, ultimo))
    return hoy.year - fecha_nacimiento.year - ((hoy.month, hoy.day) < cumple) >= MAYORIA


def _coincide(campo: str, declarado: DatosPersona, respuesta: DatosPersona) -> bool:
    uno, otro = getattr(declarado, campo), getattr(respuesta, campo)
    if campo in NOMBRES:
        return letras(uno) == letras(otro)
    if campo == "digito_verificacion":
        return _digito(uno) == _digito(otro)
    return bool(uno == otro)


def letras(nombre: str) -> str:
    """A name reduced to what two honest spellings of it share: its letters and digits, without case or marks.

    Registers disagree with cards on the rest: they drop accents, some write Ñ as N, and O'BRIEN or GARCÍA-SAYÁN with
    mark, with space or joined; since a mark may stand for a space or for nothing, spaces do not count either.
    """
    descompuesto = normalize("NFKD", nombre.casefold()).casefold()
    return "".join(filter(str.isalnum, normalize("NFKD", descompuesto)))


def _digito(caracter: str) -> str:
    caracter = caracter.strip().upper()
    return LETRAS_DEL_DNI.get(caracter, caracter)
