"""The national holidays of Peru and the norms that declare them.

Which days they are says the library ``holidays``; which norm, the table here: article 6 of D. Leg. 713 and the laws
that have added to it since.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import holidays

_ORIGINAL = "Decreto Legislativo N.° 713, artículo 6"
_DEL_ORIGINAL = {(1, 1), (5, 1), (6, 29), (7, 28), (7, 29), (8, 30), (10, 8), (11, 1), (12, 8), (12, 25)}
_MOVIBLES = {"Jueves Santo", "Viernes Santo"}
_POSTERIORES = {
    (6, 7): "Ley N.° 31788",
    (7, 23): "Ley N.° 31822",
    (8, 6): "Ley N.° 31530",
    (12, 9): "Ley N.° 31381",
}


@lru_cache(maxsize=64)
def feriados(anio: int) -> Mapping[date, str]:
    """The national holidays of a year, {day: name in Spanish}."""
    return dict(holidays.country_holidays("PE", years=anio, language="es"))


def base_legal(dia: date) -> str:
    """The norm that declares a national holiday; empty for a day that none of those known declares."""
    if (dia.month, dia.day) in _DEL_ORIGINAL or feriados(dia.year).get(dia) in _MOVIBLES:
        return _ORIGINAL
    posterior = _POSTERIORES.get((dia.month, dia.day))
    return f"{posterior}, que modifica el {_ORIGINAL}" if posterior else ""
