"""The district that somebody means: by its name, or by a department, a province and a district that must agree."""

import re
from difflib import get_close_matches
from functools import cache
from itertools import islice

from casilla.services import ubigeo
from casilla.services.identidad import letras
from casilla.services.ubigeo import Lugar, todos

PARTES = ("departamento", "provincia", "distrito")
# As many as fit in a question.
MAXIMO = 3
_SEPARADOR = re.compile(r"[,/;]|\s[-–—]\s")
_ARTICULOS = {"departamento": "un", "provincia": "una", "distrito": "un"}
_ELIJA = {"departamento": "elija el departamento", "provincia": "elija la provincia", "distrito": "elija el distrito"}


def iguales(escrito: str) -> tuple[Lugar, ...]:
    """The districts with this name, however its case, accents and spaces; the province and department may be told.

    These come after a comma ("Yanahuara, Arequipa") or before, as the ficha RUC has them ("AREQUIPA - AREQUIPA -
    YANAHUARA"). INEI's code of the district will do too.
    """
    escrito = escrito.strip()
    if ubigeo.es_distrito(escrito):
        return (Lugar(escrito, ubigeo.nombre(escrito)),)
    partes = tuple(filter(None, map(letras, _SEPARADOR.split(escrito))))
    ordenes = {partes, partes[::-1]} - {()}
    return tuple(lugar for lugar, suyas in _partidos() if suyas[: len(partes)] in ordenes)


def parecidos(escrito: str) -> tuple[Lugar, ...]:
    """Districts whose name begins like what was written, or is nearly that; the nearest first, MAXIMO at the most."""
    propio = next(filter(None, map(letras, _SEPARADOR.split(escrito))), "")
    nombres = {suyas[0] for _, suyas in _partidos()}
    cercanos = get_close_matches(propio, nombres, n=MAXIMO, cutoff=0.75)
    if len(propio) >= 3:
        cercanos += sorted(nombre for nombre in nombres - set(cercanos) if nombre.startswith(propio))
    hallados = (lugar for cercano in cercanos for lugar, suyas in _partidos() if suyas[0] == cercano)
    return tuple(islice(hallados, MAXIMO))


def reparo(departamento: str, provincia: str, distrito: str) -> tuple[str, str] | None:
    """The first of the three codes that is missing or lies elsewhere: which of PARTES, and what to say of it."""
    dentro_de = (ubigeo.departamentos(), ubigeo.provincias(departamento), ubigeo.distritos(provincia))
    codigos = (departamento, provincia, distrito)
    for numero, (parte, codigo, lugares) in enumerate(zip(PARTES, codigos, dentro_de, strict=True)):
        if codigo not in {lugar.codigo for lugar in lugares}:
            return parte, _queja(parte, codigo, codigos[numero - 1])
    return None


def _queja(parte: str, codigo: str, mayor: str) -> str:
    """ "Lima no es una provincia de Arequipa: elija la provincia"; only the end of it when nothing was chosen."""
    suyo, del_mayor = (ubigeo.nombre(c).split(", ")[0] for c in (codigo, mayor))
    if suyo and del_mayor:
        return f"{suyo} no es {_ARTICULOS[parte]} {parte} de {del_mayor}: {_ELIJA[parte]}"
    return _ELIJA[parte].capitalize()


@cache
def _partidos() -> tuple[tuple[Lugar, tuple[str, ...]], ...]:
    """Each district with the letters of its own name, its province's and its department's."""
    return tuple((lugar, tuple(map(letras, lugar.nombre.split(", ")))) for lugar in todos())
