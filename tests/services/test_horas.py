from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from casilla.services.horas import LIMA, MESES, dia_en_lima, en_lima, fecha_con_dia, fecha_hora, fecha_larga, hora

DEPOSITO = datetime(2025, 1, 23, 15, 11, 16, tzinfo=UTC)


def test_people_see_the_time_of_lima():
    assert fecha_hora(DEPOSITO) == "23 de enero de 2025, 10:11"
    assert hora(DEPOSITO) == "10:11"


def test_the_clock_has_24_hours_and_two_digits():
    assert hora(datetime(2024, 11, 5, 16, 0, tzinfo=LIMA)) == "16:00"
    assert hora(datetime(2024, 11, 5, 0, 5, tzinfo=LIMA)) == "00:05"


def test_september_is_written_as_in_peru():
    assert fecha_con_dia(date(2025, 9, 5)) == "viernes 5 de setiembre de 2025"


def test_the_first_of_a_month_has_no_ordinal_and_no_zero():
    assert fecha_larga(date(2026, 3, 1)) == "1 de marzo de 2026"


def test_late_in_the_evening_it_is_still_today_in_lima():
    nochebuena = datetime(2025, 12, 25, 4, 59, tzinfo=UTC)
    assert dia_en_lima(nochebuena) == date(2025, 12, 24)
    assert fecha_larga(nochebuena) == "24 de diciembre de 2025"
    assert fecha_con_dia(nochebuena) == "miércoles 24 de diciembre de 2025"
    assert dia_en_lima(nochebuena + timedelta(minutes=1)) == date(2025, 12, 25)


def test_lima_is_five_hours_behind_utc_all_year():
    for mes in range(1, 13):
        assert en_lima(datetime(2025, mes, 15, 12, tzinfo=UTC)).utcoffset() == timedelta(hours=-5)


def test_a_time_given_with_another_offset_is_the_same_moment():
    assert fecha_hora(DEPOSITO.astimezone(timezone(timedelta(hours=9)))) == "23 de enero de 2025, 10:11"


@pytest.mark.parametrize("funcion", [en_lima, dia_en_lima, fecha_larga, fecha_con_dia, hora, fecha_hora])
def test_a_time_without_zone_is_refused(funcion):
    with pytest.raises(ValueError, match="time zone"):
        funcion(datetime(2025, 1, 23, 10, 11))


def test_the_names_agree_with_the_locale_data_of_peru():
    from babel.dates import format_date

    for mes in range(1, 13):
        dia = date(2025, mes, 7 + mes)
        assert fecha_con_dia(dia) == format_date(dia, "EEEE d 'de' MMMM 'de' y", "es_PE")
    assert len(MESES) == 12
