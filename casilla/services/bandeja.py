"""A tray page by page, by key and never by offset: the last page of a hundred thousand rows costs what the first costs.

Whoever goes on from a page sees every row once, whatever arrives or is read meanwhile: a page begins where the one
before it ended, not at a position that has since moved.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from casilla.resources.casilla import Bandeja, Casilla, Fila

POR_PAGINA = 25
ULTIMA = "ultima"


class PaginaInexistente(Exception):
    """No link of ours leads there, or nothing is left there."""


@dataclass(frozen=True)
class Lugar:
    """Which page: below the row ``antes``, above the row ``despues``, the last one, or else the first.

    ``pagina`` is the number that the page had when the link to it was drawn.
    """

    antes: int | None = None
    despues: int | None = None
    ultima: bool = False
    pagina: int = 1

    @classmethod
    def leer(cls, parametros: Mapping[str, str]) -> "Lugar":
        """From the parameters of an address, as ``parametros()`` wrote them. Raises PaginaInexistente."""
        antes, despues, pagina = (parametros.get(nombre) or None for nombre in ("antes", "despues", "pagina"))
        if pagina == ULTIMA and not antes and not despues:
            return cls(ultima=True)
        if (antes and despues) or bool(antes or despues) != bool(pagina):
            raise PaginaInexistente
        return cls(antes and _numero(antes), despues and _numero(despues), pagina=_numero(pagina or "1"))

    def parametros(self) -> dict[str, str]:
        """What an address says to lead here."""
        if self.ultima:
            return {"pagina": ULTIMA}
        desde = {nombre: str(n) for nombre, n in (("antes", self.antes), ("despues", self.despues)) if n}
        return {**desde, "pagina": str(self.pagina)} if desde else {}


@dataclass(frozen=True)
class Pagina:
    """Rows with their numbers, in order; where one goes on from here, None at either end.

    ``numero`` of ``total``: exact at both ends; in between, what the way here counted. ``cuantas`` rows on all pages.
    """

    filas: tuple[tuple[int, Fila], ...]
    numero: int
    total: int
    anterior: Lugar | None
    siguiente: Lugar | None
    cuantas: int


def pagina(casilla: Casilla, nombre: str, lugar: Lugar, por_pagina: int = POR_PAGINA) -> Pagina:
    """The page of the tray that lies there, newest first.

    Raises PaginaInexistente for an empty one, if the tray is not.
    """
    bandeja = casilla.bandeja(nombre)
    total = max(1, -(-len(bandeja) // por_pagina))
    numeros = _numeros(bandeja, lugar, total, por_pagina)
    if not numeros:
        if lugar != Lugar():
            raise PaginaInexistente
        return Pagina((), 1, 1, None, None, 0)
    arriba, abajo = bandeja.desde_arriba(None, 1) != numeros[:1], bandeja.desde_abajo(None, 1) != numeros[-1:]
    numero = cual(total if lugar.ultima else lugar.pagina, total, arriba, abajo)
    return Pagina(
        tuple((n, casilla.fila(n)) for n in numeros),
        numero,
        total,
        Lugar(despues=numeros[0], pagina=max(1, numero - 1)) if arriba else None,
        Lugar(antes=numeros[-1], pagina=numero + 1) if abajo else None,
        len(bandeja),
    )


def vecinas(casilla: Casilla, nombre: str, numero: int) -> tuple[int | None, int | None]:
    """The rows next to a row of the tray: the newer and the older one."""
    bandeja = casilla.bandeja(nombre)
    nueva, vieja = bandeja.desde_abajo(numero + 1, 1), bandeja.desde_arriba(numero - 1, 1)
    return next(iter(nueva), None), next(iter(vieja), None)


def cual(dicha: int, total: int, arriba: bool, abajo: bool) -> int:
    """Rows that came or went since the link was drawn must not make a page call itself first or last when it is not."""
    if not arriba:
        return 1
    return min(max(dicha, 2), total) if abajo else total


def _numeros(bandeja: Bandeja, lugar: Lugar, total: int, por_pagina: int) -> list[int]:
    if lugar.ultima:
        return bandeja.desde_abajo(None, len(bandeja) - (total - 1) * por_pagina)
    if lugar.despues:
        return bandeja.desde_abajo(lugar.despues + 1, por_pagina)
    return bandeja.desde_arriba(lugar.antes - 1 if lugar.antes else None, por_pagina)


def _numero(texto: str) -> int:
    if not (texto.isascii() and texto.isdigit()) or len(texto) > 18 or not int(texto):
        raise PaginaInexistente
    return int(texto)
