"""The rows of a tray that a Consulta asks for, page by page or all of them.

Without conditions and newest first, a page costs the same in a casilla of any size (``bandeja.pagina``). Otherwise the
rows of this one casilla are looked through once, and a page begins at a row, never at a position: whoever goes on sees
every row once, whatever arrives or is read meanwhile.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from operator import itemgetter

from casilla.resources.casilla import Casilla, Fila
from casilla.services.bandeja import Lugar, Pagina, PaginaInexistente, cual, pagina
from casilla.services.condiciones import CAMPOS
from casilla.services.fichas import FILA, RESPIRO, TEXTO, Ficha, ficha, fichas
from casilla.services.filtros import RECIENTES, Consulta, Orden


def buscar(casilla: Casilla, nombre: str, consulta: Consulta, lugar: Lugar) -> Pagina:
    """The page that lies there. Raises PaginaInexistente for an empty one that is not the first."""
    if not consulta.filtra and consulta.orden == RECIENTES:
        return pagina(casilla, nombre, lugar, consulta.por_pagina)
    return _pagina(casilla, _en_orden(_halladas(casilla, nombre, consulta), consulta.orden), consulta, lugar)


def numeros(casilla: Casilla, nombre: str, consulta: Consulta) -> list[int]:
    """Of every row that it asks for, in its order."""
    if not consulta.filtra and consulta.orden == RECIENTES:
        return list(casilla.bandeja(nombre).numeros)[::-1]
    return [hallada[FILA] for hallada in _en_orden(_halladas(casilla, nombre, consulta), consulta.orden)]


def filas(casilla: Casilla, numeros: Iterable[int]) -> Iterator[Fila]:
    """These rows, with little of them in memory at a time."""
    for leidas, numero in enumerate(numeros, 1):
        yield casilla.fila(numero)
        if leidas % RESPIRO == 0 and casilla._p_jar is not None:
            casilla._p_jar.cacheGC()


def _halladas(casilla: Casilla, nombre: str, consulta: Consulta) -> list[Ficha]:
    halladas = fichas(casilla, nombre)
    for palabra in consulta.palabras:
        halladas = [hallada for hallada in halladas if palabra in hallada[TEXTO]]
    for criterio in consulta.criterios():
        halladas = list(filter(criterio, halladas))
    return halladas


def _en_orden(halladas: list[Ficha], orden: Orden) -> list[Ficha]:
    """What stands oldest first, in this order. A sort leaves what is alike as it was: newest first."""
    ordenadas = halladas[::-1]
    ordenadas.sort(key=itemgetter(CAMPOS[orden.campo].columna), reverse=orden.descendente)
    return ordenadas


def _pagina(casilla: Casilla, halladas: list[Ficha], consulta: Consulta, lugar: Lugar) -> Pagina:
    n = consulta.por_pagina
    total = max(1, -(-len(halladas) // n))
    desde, hasta = _limites(casilla, halladas, consulta, lugar, (total - 1) * n)
    numeros = [hallada[FILA] for hallada in halladas[desde:hasta]]
    if not numeros and lugar != Lugar():
        raise PaginaInexistente
    arriba, abajo = desde > 0, hasta < len(halladas)
    numero = cual(1 - (-desde // n), total, arriba, abajo)
    return Pagina(
        tuple((numero, casilla.fila(numero)) for numero in numeros),
        numero,
        total,
        Lugar(despues=numeros[0], pagina=max(1, numero - 1)) if arriba else None,
        Lugar(antes=numeros[-1], pagina=numero + 1) if abajo else None,
        len(halladas),
    )


def _limites(casilla: Casilla, halladas: list[Ficha], consulta: Consulta, lugar: Lugar, ultima: int) -> tuple[int, int]:
    """Where the page begins and where it ends among the rows."""
    n = consulta.por_pagina
    if lugar.ultima:
        return ultima, ultima + n
    if lugar.despues:
        hasta = _puesto(casilla, halladas, consulta.orden, lugar.despues)
        return max(0, hasta - n), hasta
    desde = _puesto(casilla, halladas, consulta.orden, lugar.antes, pasada=True) if lugar.antes else 0
    return desde, desde + n


def _puesto(casilla: Casilla, halladas: list[Ficha], orden: Orden, numero: int, pasada: bool = False) -> int:
    """How many rows stand before that row, itself included if ``pasada``; it need not be among them any more.

    Raises PaginaInexistente if the casilla has no such row.
    """
    columna = CAMPOS[orden.campo].columna
    try:
        valor = ficha(numero, casilla.fila(numero))[columna]
    except KeyError:
        raise PaginaInexistente from None

    def alcanza(hallada: Ficha) -> bool:
        otro, suyo = hallada[FILA], hallada[columna]
        if suyo != valor:
            return (suyo < valor) if orden.descendente else (suyo > valor)
        return otro < numero or (otro == numero and not pasada)

    return bisect_left(halladas, True, key=alcanza)
