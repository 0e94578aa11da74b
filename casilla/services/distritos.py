"""The district that somebody means when they write its name: alone, or with its province and department."""

import re
from difflib import get_close_matches
from functools import cache

from casilla.services.identidad import letras
from casilla.services.ubigeo import Lugar, es_distrito, nombre, todos

# As many answers as one looks through without losing patience.
MAXIMO = 20
_SEPARADOR = re.compile(r"[,/;]|\s[-–—]\s")


def iguales(escrito: str) -> tuple[Lugar, ...]:
    """The districts with this name, however its case, accents and spaces; the province and department may be told.

    These come after a comma ("Yanahuara, Arequipa") or before, as the ficha RUC has them ("AREQUIPA - AREQUIPA -
    YANAHUARA"). INEI's code of the district will do too.
    """
    escrito = escrito.strip()
    if es_distrito(escrito):
        return (Lugar(escrito, nombre(escrito)),)
    partes = tuple(filter(None, map(letras, _SEPARADOR.split(escrito))))
    ordenes = {partes, partes[::-1]} - {()}
    return tuple(lugar for lugar, suyas in _partidos() if suyas[: len(partes)] in ordenes)


def parecidos(escrito: str) -> tuple[Lugar, ...]:
    """Those of ``iguales``; without any, districts whose name begins so or nearly so, MAXIMO at the most."""
    partes = tuple(filter(None, map(letras, _SEPARADOR.split(escrito))))
    if not partes:
        return ()
    propio = partes[0]
    cercanos = get_close_matches(propio, {suyas[0] for _, suyas in _partidos()}, n=8, cutoff=0.75)
    hallados = iguales(escrito) or tuple(
        lugar
        for lugar, suyas in _partidos()
        if suyas[0] in cercanos or (len(propio) >= 3 and suyas[0].startswith(propio))
    )
    return hallados[:MAXIMO]


@cache
def _partidos() -> tuple[tuple[Lugar, tuple[str, ...]], ...]:
    """Each district with the letters of its own name, its province's and its department's."""
    return tuple((lugar, tuple(map(letras, lugar.nombre.split(", ")))) for lugar in todos())
