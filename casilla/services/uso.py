"""What serves and what is missed: answers that people judged, and searches that found nothing.

Only counts, by month; those of more than a year ago are thrown away (docs/decisiones/025-uso-de-las-preguntas.md).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from casilla.resources.sitio import Sitio
from casilla.resources.uso import sumar
from casilla.services.horas import MESES, en_lima
from casilla.services.palabras import limpiar, plegar
from casilla.services.publicacion import publicados

# Months that are kept, the present one included.
VIGENCIA = 12
# Different searches that a month keeps, and letters of each.
BUSQUEDAS, LETRAS = 500, 60
# An address, or six digits as documents, telephones and files have them, however they are parted.
_DE_ALGUIEN = re.compile(r"@|\d(?:[\W_]*\d){5}")


class NoExiste(Exception):
    """There is no such question for everybody to read."""


@dataclass(frozen=True)
class Voto:
    """How often the answer to the question ``nombre`` served, and how often not."""

    nombre: str
    si: int
    no: int

    @property
    def todos(self) -> int:
        return self.si + self.no

    @property
    def porcentaje(self) -> int:
        """Of those who said yes, rounded."""
        return round(100 * self.si / self.todos)


@dataclass(frozen=True)
class Resumen:
    """Those that served least first, the commonest searches first; ``sin_guardar``: those whose words were not kept."""

    votos: tuple[Voto, ...]
    busquedas: tuple[tuple[str, int], ...]
    sin_guardar: int


def mes_de(momento: datetime) -> int:
    """The month on Lima's clock, as ``Uso`` counts it."""
    local = en_lima(momento)
    return local.year * 12 + local.month - 1


def mes_en_palabras(mes: int) -> str:
    """As "setiembre de 2026"."""
    return f"{MESES[mes % 12]} de {mes // 12}"


def guardables(buscado: str) -> str:
    """The words as they are counted; empty for what may be somebody's document, mail address or telephone.

    To improve a page nobody needs those, and what is not needed is not gathered (Ley 29733, art. 8, proportionality).
    """
    palabras = plegar(limpiar(buscado, LETRAS))
    return "" if _DE_ALGUIEN.search(plegar(buscado)) else palabras


def exigir_pregunta(sitio: Sitio, nombre: str, ahora: datetime) -> None:
    """Raises NoExiste."""
    if nombre not in {pregunta.__name__ for pregunta in publicados(sitio, "pregunta", ahora)}:
        raise NoExiste(nombre)


def votar(sitio: Sitio, nombre: str, sirvio: bool, ahora: datetime) -> None:
    """One more who was served, or not, by the answer to that question. Raises NoExiste."""
    exigir_pregunta(sitio, nombre, ahora)
    mes = sitio.uso.del_mes(mes_de(ahora))
    sumar(mes.si if sirvio else mes.no, nombre)


def anotar(sitio: Sitio, busquedas: Mapping[str, int], sin_guardar: int, ahora: datetime) -> None:
    """Searches that found nothing: folded words and how often. What the month has no room for is only counted."""
    mes = sitio.uso.del_mes(mes_de(ahora))
    cabida = BUSQUEDAS - len(mes.busquedas)
    for palabras, cuantas in busquedas.items():
        if palabras not in mes.busquedas:
            if not cabida:
                sin_guardar += cuantas
                continue
            cabida -= 1
        sumar(mes.busquedas, palabras, cuantas)
    if sin_guardar:
        mes.sin_guardar.change(sin_guardar)


def meses_guardados(ahora: datetime) -> range:
    """Those that are kept, the present one first."""
    este = mes_de(ahora)
    return range(este, este - VIGENCIA, -1)


def resumen(sitio: Sitio, meses: Iterable[int]) -> Resumen:
    si: Counter[str] = Counter()
    no: Counter[str] = Counter()
    busquedas: Counter[str] = Counter()
    sin_guardar = 0
    for mes in filter(None, map(sitio.uso.meses.get, meses)):
        for suma, cuentas in ((si, mes.si), (no, mes.no), (busquedas, mes.busquedas)):
            suma.update({clave: cuenta() for clave, cuenta in cuentas.items()})
        sin_guardar += mes.sin_guardar()
    votos = (Voto(nombre, si[nombre], no[nombre]) for nombre in {*si, *no})
    return Resumen(
        tuple(sorted(votos, key=lambda v: (v.porcentaje, -v.todos, v.nombre))),
        tuple(sorted(busquedas.items(), key=lambda par: (-par[1], par[0]))),
        sin_guardar,
    )


def caducar(sitio: Sitio, ahora: datetime) -> None:
    """Months that are no longer kept go."""
    for mes in list(sitio.uso.meses.keys(max=mes_de(ahora) - VIGENCIA)):
        del sitio.uso.meses[mes]
