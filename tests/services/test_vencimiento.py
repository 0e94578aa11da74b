"""A deadline in words."""

from datetime import UTC, date, datetime, time

import pytest

from casilla.services.plazos import Calendario
from casilla.services.vencimiento import dia_del_deposito, vencimiento

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


DE_OFICINA = Calendario({date(2026, 1, 27): "Día del distrito"}, horario=(time(8, 30), time(14)))
HABIL_SIGUIENTE = "se tiene por depositado el día hábil siguiente,"


@pytest.mark.parametrize(
    ("cuando", "palabras"),
    [
        ("2026-01-23T07:00", ""),
        ("2026-01-23T14:00", ""),
        ("2026-01-23T14:01", f"Se depositó después de las 14:00: {HABIL_SIGUIENTE} lunes 26 de enero de 2026."),
        ("2026-01-24T10:00", f"Se depositó un sábado: {HABIL_SIGUIENTE} lunes 26 de enero de 2026."),
        ("2026-01-25T23:59", f"Se depositó un domingo: {HABIL_SIGUIENTE} lunes 26 de enero de 2026."),
        (
            "2026-01-27T15:00",
            f"Se depositó en un día no hábil (Día del distrito): {HABIL_SIGUIENTE} miércoles 28 de enero de 2026.",
        ),
        (
            "2026-05-01T10:00",
            f"Se depositó en un día no hábil (Día del Trabajo): {HABIL_SIGUIENTE} lunes 4 de mayo de 2026.",
        ),
    ],
)
def test_why_a_deposit_counts_as_made_another_day(cuando: str, palabras: str) -> None:
    momento = datetime.fromisoformat(f"{cuando}-05:00").astimezone(UTC)

    assert dia_del_deposito(DE_OFICINA, momento, DE_OFICINA.computo(momento).desde) == palabras


def test_a_term_that_the_calendar_does_not_give_is_not_explained() -> None:
    """As of stores whose days and hours were once a setting."""
    momento = datetime(2026, 1, 24, 15, tzinfo=UTC)

    assert dia_del_deposito(DE_OFICINA, momento, date(2026, 1, 30)) == ""
