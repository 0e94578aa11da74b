"""Jobs: who does them, how long one is held, how they end."""

from datetime import timedelta
from typing import Any

import pytest

from casilla.resources.adjunto import Adjunto
from casilla.resources.sitio import Sitio
from casilla.resources.trabajo import Trabajo
from casilla.services import trabajos
from casilla.services.trabajos import MAX_INTENTOS, TURNO, Ajeno, DemasiadosTrabajos
from casilla.workflow import TransicionInvalida
from tests import mundo
from tests.mundo import ENERO

RATO = timedelta(seconds=1)
TARDE = TURNO + RATO


@pytest.fixture
def trabajo(sitio: Sitio) -> Trabajo:
    return encargado(sitio)


def encargado(sitio: Sitio, n: int = 1, **cambios: Any) -> Trabajo:
    return trabajos.encargar(
        sitio, "prueba", mundo.ROSA, sitio.casillas, {"n": str(n)}, **{"ahora": ENERO + n * RATO, **cambios}
    )


def tomado(sitio: Sitio, trabajo: Trabajo, ahora: Any = ENERO) -> int:
    turno = trabajos.tomar(sitio, trabajo.__name__, ahora)
    assert turno is not None
    return turno


def test_what_is_asked_for_twice_is_done_once(sitio: Sitio, trabajo: Trabajo) -> None:
    assert encargado(sitio, ahora=ENERO + 5 * RATO) is trabajo
    tomado(sitio, trabajo)
    assert encargado(sitio) is trabajo
    trabajos.terminar(trabajo, ENERO)
    assert encargado(sitio) is not trabajo


def test_nobody_fills_the_queue_alone(sitio: Sitio) -> None:
    for n in range(3):
        encargado(sitio, n, maximo=3)
    with pytest.raises(DemasiadosTrabajos):
        encargado(sitio, 4, maximo=3)
    assert encargado(sitio, 2, maximo=3).pendiente


def test_the_oldest_is_done_first_and_what_is_held_is_left_alone(sitio: Sitio) -> None:
    primero, segundo, tercero = (encargado(sitio, n) for n in (1, 2, 3))
    tomado(sitio, segundo)

    assert trabajos.por_hacer(sitio, ENERO) == [primero.__name__, tercero.__name__]
    assert trabajos.tomar(sitio, segundo.__name__, ENERO + RATO) is None
    assert trabajos.tomar(sitio, "0", ENERO) is None


def test_when_its_turn_is_over_another_takes_it_and_the_first_finds_out(sitio: Sitio, trabajo: Trabajo) -> None:
    primero = tomado(sitio, trabajo)
    segundo = tomado(sitio, trabajo, ENERO + TARDE)

    with pytest.raises(Ajeno):
        trabajos.propio(sitio, trabajo.__name__, primero, ENERO + TARDE)
    assert trabajos.propio(sitio, trabajo.__name__, segundo, ENERO + TARDE) is trabajo


def test_each_step_holds_it_for_longer_but_does_not_write_each_time(sitio: Sitio, trabajo: Trabajo) -> None:
    turno = tomado(sitio, trabajo)
    trabajos.propio(sitio, trabajo.__name__, turno, ENERO + RATO)
    assert trabajo.tomado_hasta == ENERO + TURNO

    trabajos.propio(sitio, trabajo.__name__, turno, ENERO + TURNO)
    assert trabajos.tomar(sitio, trabajo.__name__, ENERO + TARDE) is None


def test_a_job_that_was_cancelled_is_not_the_workers_any_more(sitio: Sitio, trabajo: Trabajo) -> None:
    turno = tomado(sitio, trabajo)
    trabajos.cancelar(trabajo, mundo.ROSA, ENERO)

    with pytest.raises(Ajeno):
        trabajos.propio(sitio, trabajo.__name__, turno, ENERO)
    assert trabajos.tomar(sitio, trabajo.__name__, ENERO + TARDE) is None
    with pytest.raises(TransicionInvalida):
        trabajos.cancelar(trabajo, mundo.ROSA, ENERO)


def test_left_in_good_order_it_is_gone_on_with_at_once(sitio: Sitio, trabajo: Trabajo) -> None:
    for _ in range(MAX_INTENTOS * 2):
        tomado(sitio, trabajo)
        trabajos.soltar(trabajo, ENERO)

    assert trabajos.por_hacer(sitio, ENERO) == [trabajo.__name__]


def test_after_a_mishap_it_waits_each_time_longer_and_in_the_end_it_is_given_up(sitio: Sitio, trabajo: Trabajo) -> None:
    ahora, esperas = ENERO, []
    while trabajo.pendiente:
        tomado(sitio, trabajo, ahora)
        trabajos.aplazar(trabajo, ahora, "OSError")
        if trabajo.pendiente and trabajo.proximo:
            assert trabajos.por_hacer(sitio, trabajo.proximo - RATO) == []
            esperas.append((trabajo.proximo - ahora).seconds)
            ahora = trabajo.proximo

    assert esperas == [30, 60, 120, 240]
    assert (trabajo.estado, trabajo.historia[-1][3]) == ("fallido", "OSError")


def test_one_that_kills_whoever_takes_it_is_given_up(sitio: Sitio, trabajo: Trabajo) -> None:
    for n in range(MAX_INTENTOS):
        tomado(sitio, trabajo, ENERO + n * TARDE)

    assert trabajos.tomar(sitio, trabajo.__name__, ENERO + MAX_INTENTOS * TARDE) is None
    assert trabajo.estado == "fallido"


def test_one_that_gets_on_each_time_is_not_given_up(sitio: Sitio, trabajo: Trabajo) -> None:
    for n in range(MAX_INTENTOS * 2):
        tomado(sitio, trabajo, ENERO + n * TARDE)
        trabajos.avanzar(trabajo, n + 1, total=100, cursor=n + 1)

    assert (trabajo.hechas, trabajo.total, trabajo.estado) == (10, 100, "en-curso")


def test_a_file_goes_when_its_days_are_over_and_later_the_job_is_forgotten(sitio: Sitio, trabajo: Trabajo) -> None:
    hasta = ENERO + timedelta(days=7)
    tomado(sitio, trabajo)
    trabajos.terminar(trabajo, ENERO, Adjunto("lista.csv", "text/csv", 3, "", 0, None), hasta)  # type: ignore[arg-type]

    trabajos.caducar(sitio, hasta - RATO)
    assert trabajo.resultado is not None
    trabajos.caducar(sitio, hasta)
    assert (trabajo.resultado, trabajo.estado) == (None, "caducado")
    trabajos.caducar(sitio, hasta + timedelta(days=29))
    assert trabajo.__name__ in sitio.trabajos
    trabajos.caducar(sitio, hasta + timedelta(days=30))
    assert list(sitio.trabajos.de(mundo.ROSA)) == []
    assert sitio.trabajos.diferencias() == []


def test_a_job_that_left_no_file_is_remembered(sitio: Sitio, trabajo: Trabajo) -> None:
    tomado(sitio, trabajo)
    trabajos.terminar(trabajo, ENERO)

    trabajos.caducar(sitio, ENERO + timedelta(days=4000))

    assert trabajo.estado == "terminado"
