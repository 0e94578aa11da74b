"""What changed between two wordings, word by word, line by line."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

IGUAL, QUITADO, AGREGADO = "igual", "quitado", "agregado"


class Tramo(NamedTuple):
    """A run of text that both have, or only the one before, or only the one after."""

    clase: str
    texto: str


def diferencias(antes: str, despues: str) -> list[Tramo]:
    """All of both texts: without what was added they say ``antes``, without what was taken away ``despues``."""
    return [
        Tramo(clase, "".join(tramo.texto for tramo in tramos))
        for clase, tramos in groupby(_por_lineas(antes, despues), lambda tramo: tramo.clase)
    ]


def _por_lineas(antes: str, despues: str) -> Iterator[Tramo]:
    """Lines first, then the words of those that changed: long texts stay quick, and a word is not found far away."""
    viejas, nuevas = antes.splitlines(keepends=True), despues.splitlines(keepends=True)
    for clase, i, j, k, m in SequenceMatcher(None, viejas, nuevas, autojunk=False).get_opcodes():
        viejo, nuevo = "".join(viejas[i:j]), "".join(nuevas[k:m])
        if clase == "replace":
            yield from _por_palabras(viejo, nuevo)
        else:
            yield from _tramos(viejo, nuevo)


def _por_palabras(antes: str, despues: str) -> Iterator[Tramo]:
    viejas, nuevas = (re.findall(r"\s+|\S+", texto) for texto in (antes, despues))
    for _, i, j, k, m in SequenceMatcher(None, viejas, nuevas, autojunk=False).get_opcodes():
        yield from _tramos("".join(viejas[i:j]), "".join(nuevas[k:m]))


def _tramos(antes: str, despues: str) -> Iterator[Tramo]:
    if antes == despues:
        yield Tramo(IGUAL, antes)
        return
    if antes:
        yield Tramo(QUITADO, antes)
    if despues:
        yield Tramo(AGREGADO, despues)
