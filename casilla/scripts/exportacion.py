"""The job that writes a list too long to wait for: its rows are those that the search finds when it is done."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

from casilla.printing.formatos import FORMATOS
from casilla.printing.listado import Listado
from casilla.resources.casilla import Fila
from casilla.resources.sitio import Sitio
from casilla.resources.trabajo import Trabajo
from casilla.scripts.faena import Entrega, Faena
from casilla.services import trabajos
from casilla.services.busqueda import numeros
from casilla.services.exportaciones import Pedido, dias

# Rows read in one step, and rows after which it is noted how far the list is.
TANDA = 50
AVISO = 1000


def exportar(faena: Faena) -> Entrega:
    """Write the list from its beginning, however often that was begun: half a file is of no use to the next one."""
    pedido, halladas, listado = faena.paso(partial(_comenzar, faena))
    modulo = FORMATOS[pedido.formato]
    con_filas = replace(listado, filas=_filas(faena, halladas))
    archivo = faena.escribir(f"{listado.nombre}.{pedido.formato}", modulo.TIPO, partial(modulo.escribir, con_filas))
    return Entrega(archivo, faena.reloj() + timedelta(days=dias(faena.ajustes)))


def _comenzar(faena: Faena, sitio: Sitio, trabajo: Trabajo) -> tuple[Pedido, list[int], Listado]:
    pedido = Pedido.de(trabajo)
    halladas = numeros(trabajo.sobre, pedido.bandeja, pedido.consulta)
    trabajos.avanzar(trabajo, 0, total=len(halladas))
    listado = Listado.de(
        trabajo.sobre,
        pedido.bandeja,
        pedido.consulta,
        institucion=sitio.institucion.nombre,
        hecho_en=faena.reloj(),
        cuantas=len(halladas),
    )
    return pedido, halladas, listado


def _filas(faena: Faena, halladas: list[int]) -> Iterator[Fila]:
    for desde in range(0, len(halladas), TANDA):
        yield from faena.paso(partial(_tanda, halladas[desde : desde + TANDA], desde))


def _tanda(halladas: list[int], desde: int, sitio: Sitio, trabajo: Trabajo) -> list[Fila]:
    if desde % AVISO == 0:
        trabajos.avanzar(trabajo, desde)
    # The list does not look at the notification itself, which must not leave its transaction.
    return [trabajo.sobre.fila(numero)._replace(notificacion=None) for numero in halladas]
