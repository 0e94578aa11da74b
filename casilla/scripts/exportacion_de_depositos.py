"""The job that writes a long list of the follow-up board."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import islice

from casilla.printing.formatos import FORMATOS
from casilla.printing.listado_de_depositos import ListadoDeDepositos, Renglon
from casilla.resources.sitio import Sitio
from casilla.resources.trabajo import Trabajo
from casilla.scripts.exportacion import AVISO, TANDA
from casilla.scripts.faena import Entrega, Faena, NoSePuede
from casilla.services import trabajos
from casilla.services.cifras import miles
from casilla.services.depositos import Seleccion, alcance_de
from casilla.services.exportaciones import MAXIMO, dias
from casilla.services.exportaciones_de_depositos import PedidoDeDepositos, vigente
from casilla.services.horas import dia_en_lima


def exportar_depositos(faena: Faena) -> Entrega:
    """Write the list from its beginning, however often that was begun."""
    formato, numeros, listado = faena.paso(partial(_comenzar, faena))
    modulo = FORMATOS[formato]
    con_filas = replace(listado, renglones=_renglones(faena, numeros))
    archivo = faena.escribir(f"{listado.nombre}.{formato}", modulo.TIPO, partial(modulo.escribir, con_filas))
    return Entrega(archivo, faena.reloj() + timedelta(days=dias(faena.ajustes)))


def _comenzar(faena: Faena, sitio: Sitio, trabajo: Trabajo) -> tuple[str, list[int], ListadoDeDepositos]:
    if not vigente(trabajo):
        raise NoSePuede("cambió lo que su cuenta puede ver")
    pedido, funcionario, ahora = PedidoDeDepositos.de(trabajo), trabajo.sobre, faena.reloj()
    seleccion = Seleccion(sitio, pedido.consulta, alcance_de(funcionario), dia_en_lima(ahora))
    numeros = list(islice(seleccion, MAXIMO + 1))
    if len(numeros) > MAXIMO:
        raise NoSePuede(f"son más de {miles(MAXIMO)} notificaciones")
    trabajos.avanzar(trabajo, 0, total=len(numeros))
    listado = ListadoDeDepositos.de(
        sitio, pedido.consulta, quien=funcionario.nombres, hecho_en=ahora, cuantas=len(numeros)
    )
    return pedido.formato, numeros, listado


def _renglones(faena: Faena, numeros: list[int]) -> Iterator[Renglon]:
    for desde in range(0, len(numeros), TANDA):
        yield from faena.paso(partial(_tanda, numeros[desde : desde + TANDA], desde))


def _tanda(numeros: list[int], desde: int, sitio: Sitio, trabajo: Trabajo) -> list[Renglon]:
    if desde % AVISO == 0:
        trabajos.avanzar(trabajo, desde)
    return [Renglon.de(sitio, numero, sitio.seguimiento.fila(numero)) for numero in numeros]
