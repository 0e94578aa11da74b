"""Words as searches take them: freed of what cannot be seen, and folded so that the way of writing matters less."""

import re
from unicodedata import category, normalize

_MARCAS = re.compile("[\u0300-\u036f]")


def plegar(texto: str) -> str:
    """The text as searches compare it: no capitals, no accents (ñ is n), one space between words."""
    if not texto.isascii():
        texto = _MARCAS.sub("", normalize("NFKD", normalize("NFKD", texto).casefold()))
    return " ".join(texto.lower().split())


def limpiar(texto: str, maximo: int) -> str:
    """What was typed, in one line, without characters that no page may hold or nobody sees; cut at ``maximo``."""
    visible = "".join(_visible(c) for c in texto[: 4 * maximo])
    return " ".join(visible.split())[:maximo].rstrip()


def _visible(caracter: str) -> str:
    clase = category(caracter)
    return "" if clase == "Cf" else " " if clase[0] == "C" else caracter
