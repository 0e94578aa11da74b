"""What is told about interruptions, and what the system tells by itself."""

from datetime import UTC, date, datetime, timedelta

import pytest

from casilla.resources.interrupcion import Interrupcion
from casilla.resources.sitio import Sitio
from casilla.services.interrupciones import (
    SERVICIOS,
    SISTEMA,
    FechasImposibles,
    anular,
    cerrar,
    detectar,
    dias_habiles,
    en_fase,
    fase,
    momento_del_calendario,
    registrada_por,
    registrar,
)
from casilla.services.plazos import Calendario
from casilla.workflow import TransicionInvalida

DIEZ = datetime(2026, 1, 23, 15, 0, tzinfo=UTC)
HORA = timedelta(hours=1)


def contada(sitio: Sitio, *servicios: str, desde: datetime = DIEZ, hasta: datetime | None = None) -> Interrupcion:
    return registrar(
        sitio, servicios or SERVICIOS, "Corte de luz.", desde=desde, hasta=hasta, actor="operador", ahora=DIEZ
    )


def test_each_has_the_next_number_and_says_who_told_it(sitio: Sitio) -> None:
    primera, segunda = contada(sitio), contada(sitio, "avisos", "casilla")

    assert (primera.__name__, segunda.__name__) == ("1", "2")
    assert segunda.servicios == ("casilla", "avisos")
    assert registrada_por(segunda) == "operador"


def test_one_without_an_end_goes_on_until_it_is_closed(sitio: Sitio) -> None:
    interrupcion = contada(sitio)

    assert fase(interrupcion, DIEZ + 100 * HORA) == "en curso"
    cerrar(interrupcion, DIEZ + HORA, actor="operador", ahora=DIEZ + 2 * HORA)

    assert (fase(interrupcion, DIEZ + 2 * HORA), interrupcion.hasta) == ("terminada", DIEZ + HORA)


def test_a_planned_one_begins_and_ends_as_announced_unless_somebody_says_otherwise(sitio: Sitio) -> None:
    interrupcion = contada(sitio, desde=DIEZ + HORA, hasta=DIEZ + 3 * HORA)

    fases = [fase(interrupcion, DIEZ + n * HORA) for n in range(4)]
    assert fases == ["programada", "en curso", "en curso", "terminada"]

    cerrar(interrupcion, DIEZ + 4 * HORA, actor="operador", ahora=DIEZ + 5 * HORA)
    assert interrupcion.hasta == DIEZ + 4 * HORA


def test_what_is_closed_stays_closed_and_what_is_annulled_stays_annulled(sitio: Sitio) -> None:
    interrupcion = contada(sitio)
    cerrar(interrupcion, DIEZ + HORA, actor="operador", ahora=DIEZ + HORA)

    with pytest.raises(TransicionInvalida):
        cerrar(interrupcion, DIEZ + 2 * HORA, actor="operador", ahora=DIEZ + 2 * HORA)
    assert interrupcion.hasta == DIEZ + HORA

    anular(interrupcion, "Fue otro servicio.", actor="operador", ahora=DIEZ + 3 * HORA)
    with pytest.raises(TransicionInvalida):
        anular(interrupcion, "Otra vez.", actor="operador", ahora=DIEZ + 3 * HORA)
    assert [hecho for hecho, *_ in interrupcion.historia] == ["registrada", "cerrada", "anulada"]


@pytest.mark.parametrize("fin", [DIEZ, DIEZ - HORA])
def test_nothing_ends_before_it_begins(sitio: Sitio, fin: datetime) -> None:
    with pytest.raises(FechasImposibles):
        contada(sitio, hasta=fin)
    with pytest.raises(FechasImposibles):
        cerrar(contada(sitio), fin, actor="operador", ahora=DIEZ + HORA)


def test_nothing_is_closed_before_its_time(sitio: Sitio) -> None:
    with pytest.raises(FechasImposibles):
        cerrar(contada(sitio), DIEZ + 2 * HORA, actor="operador", ahora=DIEZ + HORA)


def test_the_latest_come_first_and_what_was_annulled_is_in_no_list(sitio: Sitio) -> None:
    vieja, nueva, errada = (contada(sitio, desde=DIEZ - n * HORA, hasta=DIEZ) for n in (5, 3, 4))
    anular(errada, "No ocurrió.", actor="operador", ahora=DIEZ)

    assert en_fase(sitio, DIEZ, "terminada") == [nueva, vieja]
    assert en_fase(sitio, DIEZ, "programada", "en curso") == []


def test_a_silence_is_told_as_a_closed_interruption_of_everything(sitio: Sitio) -> None:
    hallada = detectar(sitio, DIEZ, DIEZ + HORA)

    assert hallada is not None
    assert (hallada.estado, hallada.servicios, registrada_por(hallada)) == ("cerrada", tuple(SERVICIOS), SISTEMA)
    assert (hallada.desde, hallada.hasta) == (DIEZ, DIEZ + HORA)


def test_a_silence_that_was_told_is_not_told_twice(sitio: Sitio) -> None:
    contada(sitio, desde=DIEZ - HORA, hasta=DIEZ + 2 * HORA)

    assert detectar(sitio, DIEZ, DIEZ + HORA) is None
    assert len(sitio.interrupciones) == 1


def test_a_silence_longer_or_wider_than_what_was_told_is_told(sitio: Sitio) -> None:
    contada(sitio, desde=DIEZ, hasta=DIEZ + HORA)
    contada(sitio, "avisos", desde=DIEZ - HORA, hasta=DIEZ + 5 * HORA)
    anular(contada(sitio, desde=DIEZ - HORA), "No ocurrió.", actor="operador", ahora=DIEZ)

    assert detectar(sitio, DIEZ, DIEZ + 2 * HORA) is not None


def test_the_business_days_that_it_touched_are_those_of_lima(sitio: Sitio) -> None:
    viernes_tarde = datetime(2026, 1, 24, 3, 0, tzinfo=UTC)
    interrupcion = contada(sitio, desde=viernes_tarde)

    dias = dias_habiles(interrupcion, viernes_tarde + timedelta(days=3), Calendario())

    assert dias == [date(2026, 1, 23), date(2026, 1, 26)]


def test_the_calendar_that_counts_is_that_of_the_end(sitio: Sitio) -> None:
    abierta = contada(sitio)
    anunciada = contada(sitio, desde=DIEZ - HORA, hasta=DIEZ + 2 * HORA)
    contada_despues = contada(sitio, desde=DIEZ - 9 * HORA, hasta=DIEZ - 8 * HORA)
    cerrada = contada(sitio)
    cerrar(cerrada, DIEZ + HORA, actor="operador", ahora=DIEZ + 30 * HORA)
    anulada = contada(sitio)
    cerrar(anulada, DIEZ + HORA, actor="operador", ahora=DIEZ + 30 * HORA)
    anular(anulada, "Fue otro servicio.", actor="operador", ahora=DIEZ + 40 * HORA)

    momentos = [momento_del_calendario(i, DIEZ + 90 * HORA) for i in (abierta, anunciada, contada_despues, cerrada)]

    assert momentos == [DIEZ + 90 * HORA, DIEZ + 2 * HORA, DIEZ, DIEZ + 30 * HORA]
    assert momento_del_calendario(anulada, DIEZ + 90 * HORA) == DIEZ + 30 * HORA
    assert momento_del_calendario(anunciada, DIEZ + HORA) == DIEZ + HORA
