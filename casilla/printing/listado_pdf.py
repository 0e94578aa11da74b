"""The list as a tagged PDF: A4 lying on its side, numbered pages, the head of the table on each of them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import BinaryIO

from casilla.printing.estilos import Celda, Estilo
from casilla.printing.fuentes import SEMINEGRA
from casilla.printing.hoja import APAISADA
from casilla.printing.listado import Columna, Lista, Valor
from casilla.printing.papel import Papel

TIPO = "application/pdf"
_TITULO = Estilo(SEMINEGRA, 14, 20)
_LINEA = Estilo(cuerpo=9, salto=13)
_CABEZA = Estilo(SEMINEGRA, 7.5, 10)
_DATO = Estilo(cuerpo=7.5, salto=10)
_ENTRE = 5.0
_FECHA = 10  # letters of 31/12/2026


def escribir(listado: Lista, destino: BinaryIO) -> None:
    """Write the PDF, row after row: never whole in memory. The same list gives the same bytes."""
    papel = Papel(
        titulo=listado.titulo,
        autor=listado.institucion,
        asunto=listado.encabezado[1],
        fecha=listado.hecho_en,
        pie=listado.titulo,
        tamano=APAISADA,
        destino=destino,
    )
    papel.texto("H1", listado.titulo, _TITULO)
    for linea in listado.encabezado:
        papel.texto("P", linea, _LINEA)
    papel.y -= 8
    anchos = _anchos(listado.columnas, papel.ancho)
    lugares = [(sum(anchos[:n]), ancho - _ENTRE) for n, ancho in enumerate(anchos)]
    titulos = zip(lugares, listado.columnas, strict=True)
    with papel.tabla(*(Celda("TH", x, ancho, [(_CABEZA, c.titulo)], "Column") for (x, ancho), c in titulos)) as tabla:
        for valores in listado.valores():
            celdas = zip(lugares, valores, strict=True)
            papel.fila(tabla, *(Celda("TD", x, ancho, [(_DATO, _dicho(valor))]) for (x, ancho), valor in celdas))
    papel.cerrar()


def _anchos(columnas: Sequence[Columna], ancho: float) -> list[float]:
    """Of each column, its share in letters; but none breaks a word of its title, nor a date or what is shorter."""
    minimos = [_minimo(columna) for columna in columnas]
    estrechas: set[int] = set()
    while True:
        anchas = [n for n in range(len(columnas)) if n not in estrechas]
        letra = (ancho - sum(minimos[n] for n in estrechas)) / (sum(columnas[n].ancho for n in anchas) or 1)
        nuevas = {n for n in anchas if columnas[n].ancho * letra < minimos[n]}
        if not nuevas:
            return [minimos[n] if n in estrechas else c.ancho * letra for n, c in enumerate(columnas)]
        estrechas |= nuevas


def _minimo(columna: Columna) -> float:
    titulo = max(_CABEZA.ancho(palabra) for palabra in columna.titulo.split())
    return max(titulo, _DATO.ancho("0" * min(columna.ancho, _FECHA))) + _ENTRE


def _dicho(valor: Valor) -> str:
    if isinstance(valor, datetime):
        return f"{valor:%d/%m/%Y %H:%M}"
    return f"{valor:%d/%m/%Y}" if isinstance(valor, date) else "" if valor is None else str(valor)
