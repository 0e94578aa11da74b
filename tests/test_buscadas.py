"""Searches in vain, in memory until somebody writes them down."""

import pytest

from casilla.buscadas import _CABIDA, Buscadas, se_cuentan


def test_what_a_stranger_may_make_it_hold_is_little() -> None:
    buscadas = Buscadas()
    for n in range(_CABIDA + 20):
        buscadas.anotar(f"b{n}")
    buscadas.anotar("b0")

    tanda = buscadas.tomar()

    assert (len(tanda.busquedas), tanda.busquedas["b0"], tanda.sin_guardar) == (_CABIDA, 2, 20)


def test_what_could_not_be_written_down_waits_with_what_came_since() -> None:
    buscadas = Buscadas()
    buscadas.anotar("multa")
    buscadas.anotar("40000001")
    tanda = buscadas.tomar()
    buscadas.anotar("Multa")

    buscadas.devolver(tanda)

    assert buscadas.tomar() == ({"multa": 2}, 1)


def test_they_are_counted_unless_the_institution_says_no() -> None:
    assert (se_cuentan({}), se_cuentan({"casilla.busquedas": "no"})) == (True, False)
    with pytest.raises(ValueError, match=r"casilla\.busquedas: 'tal vez'"):
        se_cuentan({"casilla.busquedas": "tal vez"})
