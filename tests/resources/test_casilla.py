"""The mailbox: rows, trays and counts say what the notifications say, and can be made anew from them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casilla.resources.casilla import LEIDOS, PENDIENTES, Bandeja, Casilla
from casilla.resources.sitio import Sitio
from casilla.services.lectura import anular, leer
from tests import mundo

NUMEROS = st.sets(st.integers(1, 10**18), max_size=60)


@pytest.fixture
def casilla(sitio: Sitio) -> Casilla:
    return sitio.personas[mundo.ROSA].casilla


def _bandeja(numeros: set[int]) -> Bandeja:
    bandeja = Bandeja()
    for numero in numeros:
        bandeja.poner(numero)
    return bandeja


@given(NUMEROS, st.integers(1, 10**18), st.integers(1, 30))
def test_from_above_come_the_newest_that_are_not_above_the_mark(numeros: set[int], hasta: int, cuantos: int) -> None:
    esperados = sorted((n for n in numeros if n <= hasta), reverse=True)[:cuantos]

    assert _bandeja(numeros).desde_arriba(hasta, cuantos) == esperados


@given(NUMEROS, st.integers(1, 10**18), st.integers(1, 30))
def test_from_below_come_the_nearest_that_are_not_below_the_mark_newest_first(
    numeros: set[int], desde: int, cuantos: int
) -> None:
    esperados = sorted(n for n in numeros if n >= desde)[:cuantos][::-1]

    assert _bandeja(numeros).desde_abajo(desde, cuantos) == esperados


@given(NUMEROS, NUMEROS)
def test_the_count_is_that_of_the_set_whatever_is_put_twice(numeros: set[int], otros: set[int]) -> None:
    bandeja = _bandeja(numeros)
    for numero in otros:
        bandeja.poner(numero)
    for numero in otros - numeros:
        bandeja.quitar(numero)

    assert len(bandeja) == len(bandeja.numeros) == len(numeros)


def test_an_empty_mailbox_is_true_and_counts_nothing() -> None:
    bandeja = Bandeja()

    assert bandeja
    assert len(bandeja) == 0
    assert bandeja.desde_arriba(None, 5) == bandeja.desde_abajo(None, 5) == []


def test_deposits_are_numbered_in_the_order_in_which_they_come(sitio: Sitio, casilla: Casilla) -> None:
    segundos = [mundo.deposito(sitio, n=50 + n, ahora=mundo.ENERO + timedelta(seconds=n)) for n in range(1, 4)]

    assert casilla.pendientes.desde_arriba(None, 3) == [int(n.__name__) for n in reversed(segundos)]


def test_deposits_in_the_same_instant_get_different_numbers(sitio: Sitio, casilla: Casilla) -> None:
    """More than the hundred numbers of an instant: the next ones go on behind them."""
    numeros = {mundo.deposito(sitio, n=n, ahora=mundo.ENERO).__name__ for n in range(100, 102)}
    ocupados = {int(n) for n in numeros}
    for numero in range(min(ocupados) // 100 * 100, min(ocupados) // 100 * 100 + 100):
        casilla.filas.setdefault(numero, casilla.filas[min(ocupados)])

    tercera = int(mundo.deposito(sitio, n=102, ahora=mundo.ENERO).__name__)

    assert len(numeros) == 2
    assert tercera == min(ocupados) // 100 * 100 + 100


def test_reading_and_annulling_move_a_row_from_one_tray_to_the_other(sitio: Sitio, casilla: Casilla) -> None:
    una, otra, *_ = [n for n in casilla if n.estado == "depositado"]
    antes = (len(casilla.bandeja(PENDIENTES)), len(casilla.bandeja(LEIDOS)))

    leer(sitio, una, actor=mundo.ROSA, ahora=mundo.ENERO)
    anular(sitio, otra, motivo="Error", actor="sgd", ahora=mundo.ENERO)

    assert (len(casilla.bandeja(PENDIENTES)), len(casilla.bandeja(LEIDOS))) == (antes[0] - 2, antes[1] + 2)
    assert casilla.fila(int(otra.__name__)).anulado
    assert not casilla.fila(int(una.__name__)).anulado
    assert casilla.diferencias() == []


def test_annulling_what_was_read_leaves_it_among_the_read(sitio: Sitio, casilla: Casilla) -> None:
    (leida,) = [n for n in casilla if n.estado == "leido"]

    anular(sitio, leida, motivo="Error", actor="sgd", ahora=mundo.ENERO)

    assert int(leida.__name__) in casilla.leidos
    assert casilla.diferencias() == []


@pytest.mark.parametrize("nombre", ["", "leidos", "-1", "1.0", "٣", "0x1", "9" * 19, " 1", "999"])
def test_only_the_number_of_a_row_leads_to_a_notification(casilla: Casilla, nombre: str) -> None:
    with pytest.raises(KeyError):
        casilla[nombre]


def _romper_cuenta(casilla: Casilla) -> None:
    casilla.pendientes.cuenta.change(1)


def _romper_bandeja(casilla: Casilla) -> None:
    numero = casilla.pendientes.desde_arriba(None, 1)[0]
    casilla.pendientes.quitar(numero)
    casilla.leidos.poner(numero)


def _romper_fila(casilla: Casilla) -> None:
    numero = casilla.pendientes.desde_arriba(None, 1)[0]
    version, codigo, _, *resto = casilla.filas[numero]
    casilla.filas[numero] = (version, codigo, "otro asunto", *resto)


def _sobrar_numero(casilla: Casilla) -> None:
    casilla.leidos.poner(7)


@pytest.mark.parametrize("romper", [_romper_cuenta, _romper_bandeja, _romper_fila, _sobrar_numero])
def test_what_is_out_of_step_is_found_and_made_anew(casilla: Casilla, romper) -> None:
    assert casilla.diferencias() == []
    buenas, pendientes = list(casilla.filas.items()), list(casilla.pendientes.numeros)
    romper(casilla)
    assert casilla.diferencias() != []

    casilla.rehacer()

    assert casilla.diferencias() == []
    assert (list(casilla.filas.items()), list(casilla.pendientes.numeros)) == (buenas, pendientes)
