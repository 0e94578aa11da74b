from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casilla.services.horas import LIMA
from casilla.services.plazos import PLAZO_MAXIMO, Calendario, Computo

TODO_EL_DIA = Calendario()
OFICINA = Calendario(horario=(time(8, 30), time(16, 30)))


def lima(texto: str) -> datetime:
    return datetime.fromisoformat(texto).replace(tzinfo=LIMA)


def test_the_example_of_the_contract():
    assert TODO_EL_DIA.computo(lima("2025-01-23T10:11:16"), 15) == Computo(date(2025, 1, 24), date(2025, 2, 13))


# Counted by hand on a printed calendar: (deposit, business days, first day, last day).
TABLA = [
    # An ordinary week: day 1 is the day after, and a term of one day ends on it.
    ("2025-01-23T10:11", 1, "2025-01-24", "2025-01-24"),
    ("2025-01-23T10:11", 2, "2025-01-24", "2025-01-27"),
    ("2025-01-23T00:00", 5, "2025-01-24", "2025-01-30"),
    ("2025-01-23T23:59:59", 5, "2025-01-24", "2025-01-30"),
    # Friday, Saturday and Sunday: on a non-business day it counts as made on Monday.
    ("2025-01-24T10:00", 1, "2025-01-27", "2025-01-27"),
    ("2025-01-25T10:00", 1, "2025-01-28", "2025-01-28"),
    ("2025-01-26T10:00", 1, "2025-01-28", "2025-01-28"),
    # Holy Thursday and Good Friday: 17 and 18 April 2025, 2 and 3 April 2026, 28 and 29 March 2024.
    ("2025-04-15T09:00", 2, "2025-04-16", "2025-04-21"),
    ("2025-04-16T09:00", 5, "2025-04-21", "2025-04-25"),
    ("2025-04-17T09:00", 1, "2025-04-22", "2025-04-22"),
    ("2026-04-01T09:00", 1, "2026-04-06", "2026-04-06"),
    ("2024-03-27T09:00", 1, "2024-04-01", "2024-04-01"),
    # National days: 23, 28 and 29 July (2025: Wednesday, Monday, Tuesday).
    ("2025-07-22T09:00", 3, "2025-07-24", "2025-07-30"),
    ("2025-07-25T09:00", 1, "2025-07-30", "2025-07-30"),
    ("2025-07-28T09:00", 1, "2025-07-31", "2025-07-31"),
    ("2025-07-24T09:00", 10, "2025-07-25", "2025-08-12"),
    # 8 and 9 December, Christmas, New Year.
    ("2025-12-05T09:00", 1, "2025-12-10", "2025-12-10"),
    ("2025-12-24T09:00", 5, "2025-12-26", "2026-01-02"),
    ("2025-12-31T09:00", 2, "2026-01-02", "2026-01-05"),
    ("2026-01-01T09:00", 1, "2026-01-05", "2026-01-05"),
    # A leap day.
    ("2028-02-28T09:00", 2, "2028-02-29", "2028-03-01"),
]


@pytest.mark.parametrize("deposito, plazo, desde, vence", TABLA)
def test_terms_counted_by_hand(deposito, plazo, desde, vence):
    esperado = Computo(date.fromisoformat(desde), date.fromisoformat(vence))
    assert TODO_EL_DIA.computo(lima(deposito), plazo) == esperado


@pytest.mark.parametrize(
    "deposito, cuenta_desde",
    [
        ("2025-01-23T07:00", "2025-01-24"),  # before opening: that same day
        ("2025-01-23T08:30", "2025-01-24"),
        ("2025-01-23T16:30", "2025-01-24"),  # the closing time itself is inside
        ("2025-01-23T16:30:01", "2025-01-27"),  # counts as made on Friday 24
        ("2025-01-24T17:00", "2025-01-28"),  # counts as made on Monday 27
        ("2025-01-25T07:00", "2025-01-28"),  # a Saturday has no opening
        ("2025-04-16T20:00", "2025-04-22"),  # over Easter: counts as made on Monday 21
    ],
)
def test_after_closing_a_deposit_counts_as_made_the_next_business_day(deposito, cuenta_desde):
    assert OFICINA.computo(lima(deposito), 1).desde == date.fromisoformat(cuenta_desde)


def test_the_day_is_lima_s_whatever_the_clock_of_the_server():
    casi_viernes = datetime(2025, 1, 24, 4, 59, tzinfo=UTC)
    assert TODO_EL_DIA.computo(casi_viernes).desde == date(2025, 1, 24)
    assert TODO_EL_DIA.computo(casi_viernes + timedelta(minutes=1)).desde == date(2025, 1, 27)
    assert OFICINA.dia_de_deposito(datetime(2025, 1, 23, 21, 31, tzinfo=UTC)) == date(2025, 1, 24)


def test_without_a_term_there_is_no_last_day():
    assert TODO_EL_DIA.computo(lima("2025-01-23T10:11")) == Computo(date(2025, 1, 24), None)


@pytest.mark.parametrize("plazo", [0, -1, PLAZO_MAXIMO + 1, 10**12])
def test_an_impossible_term_is_refused(plazo):
    with pytest.raises(ValueError, match="plazo"):
        TODO_EL_DIA.computo(lima("2025-01-23T10:11"), plazo)


def test_a_deposit_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        TODO_EL_DIA.computo(datetime(2025, 1, 23, 10, 11))


def test_a_day_of_the_institution_s_own_list_does_not_count():
    calendario = Calendario({date(2025, 1, 24): "Día del distrito", date(2025, 1, 28): "Feriado regional"})
    assert calendario.computo(lima("2025-01-23T10:11"), 2) == Computo(date(2025, 1, 27), date(2025, 1, 29))
    assert calendario.computo(lima("2025-01-24T10:11"), 1).desde == date(2025, 1, 29)


def test_office_hours_open_before_they_close():
    for cierra in (time(8, 30), time(7)):
        with pytest.raises(ValueError, match="abrir antes de cerrar"):
            Calendario(horario=(time(8, 30), cierra))


def test_an_unknown_rule_is_refused():
    with pytest.raises(ValueError, match="acuse"):
        Calendario(regla="acuse")


def test_a_holiday_declared_working_counts():
    feriado = date(2025, 7, 23)
    calendario = Calendario(habiles=frozenset({feriado}))
    assert calendario.es_habil(feriado) and not TODO_EL_DIA.es_habil(feriado)
    assert calendario.computo(lima("2025-07-22T10:11")).desde == feriado
    assert calendario.feriados_saltados(feriado, feriado) == ()


def test_the_skipped_days_are_named_and_weekends_are_not_among_them():
    calendario = Calendario({date(2025, 7, 25): "No laborable por decreto", date(2025, 7, 27): "Un domingo"})
    assert calendario.feriados_saltados(date(2025, 7, 23), date(2025, 8, 6)) == (
        (date(2025, 7, 23), "Día de la Fuerza Aérea del Perú"),
        (date(2025, 7, 25), "No laborable por decreto"),
        (date(2025, 7, 28), "Día de la Independencia"),
        (date(2025, 7, 29), "Día de la Gran Parada Militar"),
        (date(2025, 8, 6), "Batalla de Junín"),
    )
    assert calendario.feriados_saltados(date(2025, 8, 7), date(2025, 8, 1)) == ()


@pytest.mark.parametrize(
    "hoy, quedan",
    [("2025-01-24", 15), ("2025-02-08", 4), ("2025-02-12", 2), ("2025-02-13", 1), ("2025-02-14", 0), ("2026-01-01", 0)],
)
def test_the_days_left_count_today_and_the_last_day(hoy, quedan):
    assert TODO_EL_DIA.dias_habiles_restantes(date.fromisoformat(hoy), date(2025, 2, 13)) == quedan


dias = st.dates(date(2024, 1, 1), date(2032, 12, 31))
momentos = st.datetimes(datetime(2024, 1, 1), datetime(2032, 12, 31), timezones=st.just(UTC))
plazos = st.integers(1, 60)
calendarios = st.builds(
    Calendario,
    no_laborables=st.dictionaries(dias, st.just("Día declarado"), max_size=20),
    habiles=st.frozensets(dias, max_size=20),
    horario=st.none() | st.just((time(8, 30), time(16, 30))),
)


@given(calendarios, momentos, plazos)
def test_a_term_starts_after_the_deposit_and_has_exactly_its_business_days(calendario, momento, plazo):
    computo = calendario.computo(momento, plazo)
    assert momento.astimezone(LIMA).date() < computo.desde <= computo.vence
    assert calendario.es_habil(computo.desde) and calendario.es_habil(computo.vence)
    assert calendario.dias_habiles_restantes(computo.desde, computo.vence) == plazo


@given(calendarios, momentos, momentos, plazos)
def test_who_is_notified_later_never_has_to_answer_earlier(calendario, uno, otro, plazo):
    antes, despues = sorted([uno, otro])
    assert calendario.computo(antes, plazo).vence <= calendario.computo(despues, plazo).vence


@given(calendarios, dias, dias)
def test_every_day_is_business_or_weekend_or_a_named_skipped_day(calendario, desde, hasta):
    desde, hasta = sorted([desde, hasta])
    saltados = {dia for dia, nombre in calendario.feriados_saltados(desde, hasta)}
    for n in range((hasta - desde).days % 400):
        dia = desde + timedelta(days=n)
        assert [calendario.es_habil(dia), dia.weekday() >= 5, dia in saltados].count(True) == 1
