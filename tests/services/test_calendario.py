"""The calendar at a moment: facts that are added and never changed, and what was certified stays."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import transaction
from hypothesis import given
from hypothesis import strategies as st
from ZODB import DB
from ZODB.POSException import ConflictError

from casilla.resources.calendario import CalendarioOficial, Dia
from casilla.resources.sitio import Sitio
from casilla.services import calendario
from casilla.services.calendario import GRACIA, NoSePuede, calendario_al, plazos_en_curso, renglones
from casilla.services.fundacion import RAIZ
from casilla.services.plazos import Calendario
from tests import mundo

AHORA = datetime(2026, 11, 23, 15, tzinfo=UTC)
NOCHEBUENA, INMACULADA = date(2026, 12, 24), date(2026, 12, 8)
QUIEN: dict[str, Any] = {"actor": "administrador", "ahora": AHORA}


def declarar_nochebuena(sitio: Sitio, **quien: Any) -> None:
    calendario.no_laborable(sitio, NOCHEBUENA, "No laborable en el sector público", "DS 1-2026", **(QUIEN | quien))


def test_a_new_store_has_only_the_national_holidays_and_no_hours(sitio: Sitio) -> None:
    assert calendario_al(sitio, AHORA) == calendario_al(sitio, None) == Calendario()


def test_a_day_declared_holds_from_a_little_after_it_was_said(sitio: Sitio) -> None:
    declarar_nochebuena(sitio)

    assert calendario_al(sitio, AHORA + GRACIA - timedelta(microseconds=1)).es_habil(NOCHEBUENA)
    assert not calendario_al(sitio, AHORA + GRACIA).es_habil(NOCHEBUENA)
    assert calendario_al(sitio, None).no_laborables == {NOCHEBUENA: "No laborable en el sector público"}


def test_what_is_said_holds_from_a_whole_minute_so_that_pages_say_it_exactly(sitio: Sitio) -> None:
    """At 14:45:01 a page that says "since 14:45" must be right."""
    for segundos, minutos in ((0, 1), (0.000001, 2), (40, 2), (59.999999, 2)):
        rige = calendario.rige_desde(AHORA + timedelta(seconds=segundos))
        assert rige == AHORA + timedelta(minutes=minutos)

    declarar_nochebuena(sitio, ahora=AHORA + timedelta(seconds=40))
    assert sitio.calendario.dias[0][0] == AHORA + timedelta(minutes=2)


def test_what_is_taken_back_was_true_in_the_meantime(sitio: Sitio) -> None:
    declarar_nochebuena(sitio)
    despues = AHORA + timedelta(hours=1)
    calendario.retirar(sitio, NOCHEBUENA, "Se derogó", actor="administrador", ahora=despues)

    assert [calendario_al(sitio, m).es_habil(NOCHEBUENA) for m in (AHORA, despues, despues + GRACIA)] == [
        True,
        False,
        True,
    ]


def test_a_national_holiday_is_declared_working_and_taken_back(sitio: Sitio) -> None:
    calendario.habil(sitio, INMACULADA, "Ley de emergencia", **QUIEN)
    assert calendario_al(sitio, None).es_habil(INMACULADA)
    assert [r.clase for r in renglones(sitio, 2026) if r.dia == INMACULADA] == [calendario.HABIL]

    calendario.retirar(sitio, INMACULADA, "Se derogó", **QUIEN)
    assert not calendario_al(sitio, None).es_habil(INMACULADA)


def test_office_hours_hold_from_then_on_and_can_be_taken_away(sitio: Sitio) -> None:
    calendario.fijar_horario(sitio, "08:30", "16:30", "RM 1", **QUIEN)
    despues = AHORA + timedelta(hours=1)
    calendario.fijar_horario(sitio, "", "", "RM 2", actor="administrador", ahora=despues)

    assert [calendario_al(sitio, m).horario for m in (AHORA, despues, None)] == [
        None,
        (time(8, 30), time(16, 30)),
        None,
    ]


@pytest.mark.parametrize("abre, cierra", [("16:30", "08:30"), ("08:30", "08:30"), ("8", ""), ("", "16:30")])
def test_hours_that_make_no_sense_are_refused(sitio: Sitio, abre: str, cierra: str) -> None:
    with pytest.raises(ValueError):
        calendario.fijar_horario(sitio, abre, cierra, "RM", **QUIEN)
    assert sitio.calendario.horas == ()


@pytest.mark.parametrize(
    "dia, porque",
    [
        (date(2026, 11, 22), "ya pasó"),
        (date(2026, 11, 28), "sábado"),
        (INMACULADA, "ya no es hábil"),
        (date(2037, 1, 2), "hasta el año 2036"),
    ],
)
def test_a_day_that_cannot_be_declared_says_why(sitio: Sitio, dia: date, porque: str) -> None:
    with pytest.raises(NoSePuede, match=porque):
        calendario.no_laborable(sitio, dia, "Nombre", "Base", **QUIEN)
    assert sitio.calendario.dias == ()


def test_the_day_is_lima_s_and_today_can_still_be_declared(sitio: Sitio) -> None:
    tarde = datetime(2026, 11, 24, 3, tzinfo=UTC)  # still the 23rd in Lima

    calendario.no_laborable(sitio, date(2026, 11, 23), "Hoy", "Base", actor="administrador", ahora=tarde)

    assert not calendario_al(sitio, None).es_habil(date(2026, 11, 23))


def test_only_a_holiday_of_a_working_day_is_declared_working_and_only_once(sitio: Sitio) -> None:
    calendario.habil(sitio, INMACULADA, "Ley", **QUIEN)

    for dia in (date(2026, 12, 10), date(2027, 8, 1), INMACULADA):
        with pytest.raises(NoSePuede):
            calendario.habil(sitio, dia, "Ley", **QUIEN)
    with pytest.raises(NoSePuede, match="primero retire"):
        calendario.no_laborable(sitio, INMACULADA, "Nombre", "Base", **QUIEN)
    with pytest.raises(NoSePuede, match="no hay nada"):
        calendario.retirar(sitio, NOCHEBUENA, "Motivo", **QUIEN)


def test_the_year_lists_national_and_own_days_in_order_with_their_norms(sitio: Sitio) -> None:
    declarar_nochebuena(sitio)

    lista = renglones(sitio, 2026)

    assert [r.dia for r in lista] == sorted(r.dia for r in lista)
    assert [(r.clase, r.base) for r in lista if r.dia == NOCHEBUENA] == [("no-laborable", "DS 1-2026")]
    assert len(lista) == 18 and len(renglones(sitio, 2027)) == 17
    assert calendario.dias_habiles(calendario_al(sitio, None), 2026) == calendario.dias_habiles(Calendario(), 2026) - 1


def test_a_new_deposit_follows_the_new_calendar_and_the_old_one_keeps_its_dates(sitio: Sitio) -> None:
    antes = mundo.deposito(sitio, n=60, ahora=AHORA, plazo=25)
    vence, desde = antes.vence, antes.computo_desde
    declarar_nochebuena(sitio)

    def dias(momento: datetime) -> Any:
        return calendario_al(sitio, momento).computo(momento, 25)

    assert (dias(antes.depositado_en).desde, dias(antes.depositado_en).vence) == (desde, vence)
    assert dias(AHORA + GRACIA).vence == calendario_al(sitio, None).siguiente_habil(vence)


def test_the_terms_that_end_that_day_or_later_are_counted_by_the_index(sitio: Sitio) -> None:
    ultimos = [n.vence for n in sitio.registro.arboles for n in n.values()]

    for dia in {*ultimos, date(2026, 1, 1), date(2030, 1, 1)}:
        assert plazos_en_curso(sitio, dia) == sum(1 for v in ultimos if v >= dia)


def test_a_deposit_and_an_edit_at_once_do_not_meet_and_two_edits_do(base_de_datos: DB) -> None:
    gestores = [transaction.TransactionManager(explicit=False) for _ in range(3)]
    deposita, edita, tambien = (base_de_datos.open(g).root()[RAIZ] for g in gestores)
    mundo.deposito(deposita, n=61, ahora=AHORA)
    declarar_nochebuena(edita)
    declarar_nochebuena(tambien)

    gestores[1].commit()
    gestores[0].commit()
    with pytest.raises(ConflictError):
        gestores[2].commit()
    for gestor in gestores:
        gestor.abort()


momentos = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))
hechos = st.builds(
    Dia,
    momentos,
    st.just("alguien"),
    st.dates(date(2026, 1, 1), date(2026, 1, 20)),
    st.sampled_from([True, False, None]),
    st.text(min_size=1, max_size=3),
    st.just("norma"),
)


class Almacen:
    """What calendario_al looks at of a site."""

    def __init__(self) -> None:
        self.calendario = CalendarioOficial()


@given(st.lists(hechos, max_size=12), momentos)
def test_what_held_at_a_moment_holds_whatever_is_said_later(dichos: list[Dia], momento: datetime) -> None:
    dichos = sorted(dichos, key=lambda d: d.desde)
    todo, solo_lo_anterior = Almacen(), Almacen()
    for hecho in dichos:
        todo.calendario.decir_dia(hecho)
        if hecho.desde <= momento:
            solo_lo_anterior.calendario.decir_dia(hecho)

    assert calendario_al(todo, momento) == calendario_al(solo_lo_anterior, None)
    ultimos = {hecho.dia: hecho.habil for hecho in dichos if hecho.desde <= momento}
    assert calendario_al(todo, momento).habiles == {dia for dia, habil in ultimos.items() if habil}
    assert set(calendario_al(todo, momento).no_laborables) == {dia for dia, h in ultimos.items() if h is False}


@given(st.lists(hechos, max_size=8))
def test_facts_stay_in_order_whatever_the_clocks_say(dichos: list[Dia]) -> None:
    oficial = CalendarioOficial()
    for hecho in dichos:
        oficial.decir_dia(hecho)

    assert [h[2:] for h in oficial.dias] == [tuple(h)[2:] for h in dichos]
    assert [h[0] for h in oficial.dias] == sorted(h[0] for h in oficial.dias)
