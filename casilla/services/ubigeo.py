"""Departments, provinces and districts of Peru by INEI's ubigeo: 2, 4 and 6 digits, each beginning with the larger's.

The table is in ``ubigeos.txt``; where it comes from is told in docs/decisiones/013-ubigeos.md. Everything here is read
once and never changes.
"""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple
from unicodedata import normalize


class Lugar(NamedTuple):
    """``codigo``: 2 digits for a department, 4 for a province, 6 for a district."""

    codigo: str
    nombre: str


def departamentos() -> tuple[Lugar, ...]:
    """All 25, in alphabetical order; so are the provinces and districts below."""
    return _dentro_de("")


def provincias(departamento: str) -> tuple[Lugar, ...]:
    """Those of a department (2 digits); none for what is no department."""
    return _dentro_de(departamento) if len(departamento) == 2 else ()


def distritos(provincia: str) -> tuple[Lugar, ...]:
    """Those of a province (4 digits); none for what is no province."""
    return _dentro_de(provincia) if len(provincia) == 4 else ()


@cache
def todos() -> tuple[Lugar, ...]:
    """All districts, with ``nombre`` as the function of that name gives it, in the alphabetical order of these."""
    return _en_orden(Lugar(codigo, nombre(codigo)) for codigo in _tabla() if len(codigo) == 6)


def nombre(ubigeo: str) -> str:
    """From the smaller to the larger place: "Yanahuara, Arequipa, Arequipa" for 040126; "" for what is no code."""
    if ubigeo not in _tabla():
        return ""
    return ", ".join(_tabla()[ubigeo[:largo]] for largo in range(len(ubigeo), 0, -2))


def es_distrito(ubigeo: str) -> bool:
    """Whether it is the code of a district."""
    return len(ubigeo) == 6 and ubigeo in _tabla()


@cache
def _tabla() -> dict[str, str]:
    lineas = files(__package__).joinpath("ubigeos.txt").read_text("utf-8").splitlines()
    return dict(linea.split(" ", 1) for linea in lineas if not linea.startswith("#"))


@cache
def _hijos() -> dict[str, tuple[Lugar, ...]]:
    """By the code of the larger place, "" for the country."""
    grupos: dict[str, list[Lugar]] = {}
    for lugar in map(Lugar._make, _tabla().items()):
        grupos.setdefault(lugar.codigo[:-2], []).append(lugar)
    return {codigo: _en_orden(lugares) for codigo, lugares in grupos.items()}


def _dentro_de(codigo: str) -> tuple[Lugar, ...]:
    return _hijos().get(codigo, ())


def _en_orden(lugares: Iterable[Lugar]) -> tuple[Lugar, ...]:
    """As a Spanish dictionary does: accents do not count, and Ñ comes after N."""
    return tuple(sorted(lugares, key=lambda lugar: _alfabeto(lugar.nombre)))


def _alfabeto(texto: str) -> str:
    plano = normalize("NFD", texto.casefold().replace("ñ", "n\uffff"))
    return "".join(letra for letra in plano if not "\u0300" <= letra <= "\u036f")
