"""The national holidays: which days, by which norm."""

from datetime import date

import pytest

from casilla.services.feriados import base_legal, feriados

DE_2026 = "1/1 2/4 3/4 5/4 1/5 7/6 29/6 23/7 28/7 29/7 6/8 30/8 8/10 1/11 8/12 9/12 25/12"


def test_the_library_says_what_it_said_when_terms_were_certified_by_it() -> None:
    """A library that changes its mind about a year past would explain old notifications otherwise: look before."""
    assert " ".join(f"{dia.day}/{dia.month}" for dia in sorted(feriados(2026))) == DE_2026


@pytest.mark.parametrize("anio", range(2024, 2040))
def test_every_holiday_of_a_working_day_has_its_norm(anio: int) -> None:
    assert [dia for dia in feriados(anio) if dia.weekday() < 5 and not base_legal(dia)] == []


@pytest.mark.parametrize(
    "dia, norma",
    [
        (date(2026, 4, 2), "Decreto Legislativo N.° 713, artículo 6"),
        (date(2027, 3, 26), "Decreto Legislativo N.° 713, artículo 6"),
        (date(2026, 6, 7), "Ley N.° 31788, que modifica el Decreto Legislativo N.° 713, artículo 6"),
        (date(2026, 7, 23), "Ley N.° 31822, que modifica el Decreto Legislativo N.° 713, artículo 6"),
        (date(2026, 8, 6), "Ley N.° 31530, que modifica el Decreto Legislativo N.° 713, artículo 6"),
        (date(2026, 12, 9), "Ley N.° 31381, que modifica el Decreto Legislativo N.° 713, artículo 6"),
        (date(2026, 4, 5), ""),
    ],
)
def test_the_norm_of_a_holiday(dia: date, norma: str) -> None:
    assert base_legal(dia) == norma


def test_the_holidays_of_a_year_are_worked_out_once() -> None:
    assert feriados(2025) is feriados(2025)
