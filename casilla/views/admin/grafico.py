"""Charts as the geometry of an SVG that the template prints: no library, no style, no script (decision 023).

All words stand outside the drawing, as text of the page, so that they keep their size on a phone; the drawing itself
stretches, and says in one sentence what it shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casilla.services.cifras import miles
from casilla.services.horas import fecha_larga

# Units of the drawing: a day is so wide, with a gap to the next; the highest bar reaches the top.
_PASO, _ANCHO, ALTO = 10, 8, 100


@dataclass(frozen=True)
class Barra:
    """A rectangle; ``titulo`` says what it is, for whoever points at it."""

    x: int
    y: float
    ancho: float
    alto: float
    titulo: str


@dataclass(frozen=True)
class Columnas:
    """Bars side by side, one a day. ``resumen``: all that they show, in words."""

    resumen: str
    barras: tuple[Barra, ...]
    ancho: int
    maximo: int
    primero: str
    ultimo: str


def columnas(que: str, por_dia: Sequence[tuple[date, int]]) -> Columnas:
    """``que`` is counted, in the plural: "depósitos". At least one day."""
    maximo = max(cuantos for _, cuantos in por_dia)
    barras = [_columna(n, dia, cuantos, maximo) for n, (dia, cuantos) in enumerate(por_dia) if cuantos]
    dias = [dia for dia, _ in por_dia]
    return Columnas(
        _resumen(que, por_dia, maximo),
        tuple(barras),
        _PASO * len(por_dia),
        maximo,
        fecha_larga(dias[0]),
        fecha_larga(dias[-1]),
    )


def _columna(n: int, dia: date, cuantos: int, maximo: int) -> Barra:
    alto = round(ALTO * cuantos / maximo, 2)
    return Barra(_PASO * n + 1, round(ALTO - alto, 2), _ANCHO, alto, f"{fecha_larga(dia)}: {miles(cuantos)}")


def _resumen(que: str, por_dia: Sequence[tuple[date, int]], maximo: int) -> str:
    total = sum(cuantos for _, cuantos in por_dia)
    if not total:
        return f"Ningún día tiene {que}."
    cuando = next(dia for dia, cuantos in por_dia if cuantos == maximo)
    en_palabras = f"{miles(total)} en {len(por_dia)} días; {miles(maximo)} el {fecha_larga(cuando)}, el día de más"
    return f"{que[0].upper()}{que[1:]} por día: {en_palabras}."


def barra(cuantos: int, maximo: int) -> Barra:
    """A bar that lies, full where the figure is the highest; ``maximo`` is not zero."""
    return Barra(0, 0, round(100 * cuantos / maximo, 2), 10, "")
