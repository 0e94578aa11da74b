"""The order of questions and norms, and of the categories of questions, changed one step at a time."""

from datetime import datetime
from typing import Any

from casilla.resources.contenido import Contenido
from casilla.resources.sitio import Sitio
from casilla.services.publicacion import de_clase


def categoria_de(contenido: Contenido, ahora: datetime) -> str:
    """The one in force or, of what was never published, that of its draft."""
    try:
        return contenido.vigente_en(ahora).categoria
    except LookupError:
        return contenido.redaccion.categoria


def por_categoria(contenidos: list[Contenido], ahora: datetime) -> dict[str, list[Contenido]]:
    """Categories in the order of their first text."""
    categorias: dict[str, list[Contenido]] = {}
    for contenido in contenidos:
        categorias.setdefault(categoria_de(contenido, ahora), []).append(contenido)
    return categorias


def mover(sitio: Sitio, contenido: Contenido, pasos: int, ahora: datetime) -> bool:
    """One step up (-1) or down (1) among those of its class and category; whether there was room."""
    categorias = por_categoria(de_clase(sitio, contenido.clase), ahora)
    movido = _correr(categorias[categoria_de(contenido, ahora)], contenido, pasos)
    _numerar(categorias)
    return movido


def mover_categoria(sitio: Sitio, clase: str, categoria: str, pasos: int, ahora: datetime) -> bool:
    """The same with a whole category. Raises ValueError when there is none of that name."""
    categorias = por_categoria(de_clase(sitio, clase), ahora)
    nombres = list(categorias)
    movida = _correr(nombres, categoria, pasos)
    _numerar({nombre: categorias[nombre] for nombre in nombres})
    return movida


def _correr(lista: list[Any], cual: Any, pasos: int) -> bool:
    lugar = lista.index(cual)
    if not 0 <= lugar + pasos < len(lista):
        return False
    lista[lugar], lista[lugar + pasos] = lista[lugar + pasos], lista[lugar]
    return True


def _numerar(categorias: dict[str, list[Contenido]]) -> None:
    """Write only what is not so already."""
    en_orden = [contenido for contenidos in categorias.values() for contenido in contenidos]
    for orden, contenido in enumerate(en_orden):
        if contenido.orden != orden:
            contenido.orden = orden
