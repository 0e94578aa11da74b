"""A deadline in words."""

from datetime import date

import pytest

from casilla.services.plazos import Calendario
from casilla.services.vencimiento import vencimiento

DESDE, VENCE = date(2026, 1, 26), date(2026, 2, 13)


@pytest.mark.parametrize(
    ("hoy", "palabras"),
    [
        (date(2026, 1, 23), "Vence el viernes 13 de febrero de 2026, quedan 15 días hábiles"),
        (date(2026, 1, 26), "Vence el viernes 13 de febrero de 2026, quedan 15 días hábiles"),
        (date(2026, 1, 27), "Vence el viernes 13 de febrero de 2026, quedan 14 días hábiles"),
        (date(2026, 2, 11), "Vence el viernes 13 de febrero de 2026, quedan 3 días hábiles"),
        (date(2026, 2, 13), "Vence hoy, viernes 13 de febrero de 2026"),
        (date(2026, 2, 14), "Vencido el viernes 13 de febrero de 2026"),
        (date(2030, 1, 1), "Vencido el viernes 13 de febrero de 2026"),
    ],
)
def test_what_is_left_is_said_in_business_days(hoy: date, palabras: str) -> None:
    assert str(vencimiento(VENCE, DESDE, hoy, Calendario())) == palabras


def test_one_day_is_said_in_the_singular() -> None:
    lunes = date(2026, 2, 16)

    assert str(vencimiento(lunes, DESDE, date(2026, 2, 14), Calendario())).endswith("queda 1 día hábil")


def test_a_day_declared_non_working_is_not_left() -> None:
    feriado = Calendario({date(2026, 2, 12): "Día no laborable"})

    assert str(vencimiento(VENCE, DESDE, date(2026, 2, 11), feriado)).endswith("quedan 2 días hábiles")
