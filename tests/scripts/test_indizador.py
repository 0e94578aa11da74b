"""Whoever keeps the follow-up index: never in the way of a deposit, never half done, and mended when it lies."""

import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
import transaction
from ZODB import DB
from ZODB.POSException import ConflictError

from casilla.resources.almacen import abrir
from casilla.resources.conjunto import Conjunto
from casilla.resources.seguimiento import TODAS
from casilla.resources.sitio import Sitio
from casilla.scripts.indizador import Indizador
from casilla.services.fundacion import RAIZ
from casilla.services.lectura import leer
from casilla.services.seguimiento import atraso, poner_al_dia
from tests import mundo
from tests.scripts.conftest import Instalacion

HOY = mundo.ENERO.date()
# Dies in the middle of its second batch, as if the machine had lost its current.
QUE_MUERE = """
import os, signal, sys
from threading import Event
from casilla.resources.almacen import abrir
from casilla.resources.seguimiento import Seguimiento
from casilla.scripts.indizador import Indizador
poner, puestas = Seguimiento.poner, []
def poner_y_morir(self, notificacion):
    poner(self, notificacion)
    puestas.append(notificacion)
    if len(puestas) == 150:
        os.kill(os.getpid(), signal.SIGKILL)
Seguimiento.poner = poner_y_morir
list(Indizador(abrir(sys.argv[1])).ronda(Event()))
"""


class Abierta:
    """The site in a connection of its own, whose transaction ends when it is told to."""

    def __init__(self, db: DB) -> None:
        self._manager = transaction.TransactionManager(explicit=False)
        self._conexion = db.open(self._manager)
        self.sitio: Sitio = self._conexion.root()[RAIZ]

    def empezar(self) -> None:
        """See what others have done."""
        self._manager.begin()

    def confirmar(self) -> None:
        self._manager.commit()

    def cerrar(self) -> None:
        self._manager.abort()
        self._conexion.close()


@pytest.fixture
def dos(base_de_datos: DB) -> Any:
    una, otra = Abierta(base_de_datos), Abierta(base_de_datos)
    yield una, otra
    una.cerrar()
    otra.cerrar()


def test_a_deposit_and_a_batch_at_once_do_not_meet(base_de_datos: DB, dos: Any) -> None:
    """Whichever commits first."""
    depositante, indizador = dos
    for n, primero_el_deposito in enumerate((True, False, True, False), 20):
        mundo.deposito(depositante.sitio, n=n)
        poner_al_dia(indizador.sitio, 100, HOY)
        for quien in dos if primero_el_deposito else reversed(dos):
            quien.confirmar()

    list(Indizador(base_de_datos, lambda: mundo.ENERO).ronda(Event()))
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        assert atraso(sitio).cuantos == 0
        assert sitio.seguimiento.diferencias() == []
        assert len(sitio.seguimiento.filas) == 9


def test_a_reading_and_a_batch_that_looks_at_the_same_do_not_meet(base_de_datos: DB, dos: Any) -> None:
    lector, indizador = dos
    codigo = next(iter(lector.sitio.personas[mundo.NUSTA].casilla)).codigo
    leer(lector.sitio, lector.sitio.registro[codigo], actor=mundo.NUSTA, ahora=mundo.ENERO)
    indizador.sitio.seguimiento.rehacer()
    mundo.al_dia(indizador.sitio)
    lector.confirmar()
    indizador.confirmar()

    list(Indizador(base_de_datos, lambda: mundo.ENERO).ronda(Event()))
    with base_de_datos.transaction() as conexion:
        assert conexion.root()[RAIZ].seguimiento.diferencias() == []


def test_of_two_at_once_one_finds_a_conflict_and_nothing_is_counted_twice(base_de_datos: DB, dos: Any) -> None:
    with base_de_datos.transaction() as conexion:
        mundo.deposito(conexion.root()[RAIZ], n=20, dependencia="DOS")
    una, otra = dos
    for cual in dos:
        cual.empezar()
        poner_al_dia(cual.sitio, 100, HOY)
    una.confirmar()

    with pytest.raises(ConflictError):
        otra.confirmar()
    list(Indizador(base_de_datos, lambda: mundo.ENERO).ronda(Event()))
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        assert sitio.seguimiento.conjuntos["DOS", TODAS, TODAS].cuantos() == 1
        assert sitio.seguimiento.diferencias() == []


def llenar(sitio: Sitio) -> None:
    for n in range(100, 260):
        mundo.deposito(sitio, mundo.TOMAS, n, ahora=mundo.ENERO + timedelta(seconds=n))


def test_killed_in_the_middle_of_a_batch_it_goes_on_where_the_last_one_ended(poblada: Instalacion) -> None:
    poblada.hacer(llenar)

    muerto = subprocess.run([sys.executable, "-c", QUE_MUERE, poblada.uri], check=False, capture_output=True)

    assert muerto.returncode == -signal.SIGKILL, muerto.stderr.decode()
    assert poblada.hacer(lambda sitio: sitio.seguimiento.diferencias()) == []
    assert 0 < poblada.hacer(lambda sitio: atraso(sitio).cuantos) < 160
    db = abrir(poblada.uri)
    list(Indizador(db).ronda(Event()))
    db.close()
    assert poblada.hacer(lambda sitio: atraso(sitio).cuantos) == 0
    assert poblada.hacer(lambda sitio: len(sitio.seguimiento.filas)) == 165
    assert poblada.orden("verificar").exit_code == 0


def perder_una_fila(sitio: Sitio) -> None:
    del sitio.seguimiento.filas[sitio.seguimiento.filas.maxKey()]


def perder_de_un_conjunto(sitio: Sitio) -> None:
    todas: Conjunto = sitio.seguimiento.conjuntos[TODAS, TODAS, TODAS]
    todas.quitar(todas.numeros.maxKey())


def contar_de_mas_un_dia(sitio: Sitio) -> None:
    dias = sitio.seguimiento.conjuntos[TODAS, TODAS, TODAS].dias
    dias[dias.maxKey()] += 1


def perder_una_llave(sitio: Sitio) -> None:
    sitio.seguimiento.llaves.remove(sitio.seguimiento.llaves.minKey())


def perder_un_plazo(sitio: Sitio) -> None:
    sitio.seguimiento.por_vencer.remove(sitio.seguimiento.por_vencer.minKey())


def cambiar_una_fila(sitio: Sitio) -> None:
    numero = sitio.seguimiento.filas.maxKey()
    fila = sitio.seguimiento.filas[numero]
    sitio.seguimiento.filas[numero] = (*fila[:5], "OTRO ASUNTO", *fila[6:])


@pytest.mark.parametrize(
    ("danar", "palabras"),
    [
        (perder_una_fila, "seguimiento: falta la fila de"),
        (perder_de_un_conjunto, "falta en un conjunto"),
        (contar_de_mas_un_dia, "seguimiento: la cuenta de ('', '', '')"),
        (perder_una_llave, "le falta una llave"),
        (perder_un_plazo, "le falta su plazo"),
        (cambiar_una_fila, "no dice lo que su notificación"),
    ],
)
def test_an_index_that_lies_is_found_and_made_anew(
    poblada: Instalacion, danar: Callable[[Sitio], None], palabras: str
) -> None:
    poblada.hacer(danar)

    hallado = poblada.orden("verificar")
    assert hallado.exit_code == 1
    assert palabras in hallado.stdout

    reparado = poblada.orden("verificar", "--reparar")
    assert reparado.exit_code == 0, reparado.output
    assert "Rehecho: seguimiento\n" in reparado.stdout
    assert poblada.hacer(lambda sitio: len(sitio.seguimiento.filas)) == 5


def test_the_order_that_sends_letters_keeps_the_index_too(poblada: Instalacion) -> None:
    poblada.hacer(llenar)

    assert poblada.orden("cartero", "--una-vez").exit_code == 0

    assert poblada.hacer(lambda sitio: atraso(sitio).cuantos) == 0
