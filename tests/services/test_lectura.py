"""Reading: one dated fact, once, by one person."""

from datetime import timedelta

import pytest

from casilla.resources.casilla import Casilla
from casilla.resources.sitio import Sitio
from casilla.services.eventos import eventos_desde
from casilla.services.lectura import anular, leer
from casilla.workflow import TransicionInvalida
from tests import mundo

DESPUES = mundo.ENERO + timedelta(days=1)


@pytest.fixture
def casilla(sitio: Sitio) -> Casilla:
    return sitio.personas[mundo.ROSA].casilla


def test_reading_says_who_and_when(sitio: Sitio, casilla: Casilla) -> None:
    notificacion = casilla.fila(casilla.pendientes.desde_arriba(None, 1)[0]).notificacion

    leer(sitio, notificacion, actor=mundo.ROSA, ahora=DESPUES)

    assert notificacion.historia[-1] == ("leido", mundo.ROSA, DESPUES, "")
    assert int(notificacion.__name__) in casilla.leidos
    assert ("leido", notificacion.codigo) in [(e.tipo, e.notificacion) for e in eventos_desde(sitio, "", 1000)[0]]


def test_opening_again_adds_no_fact_and_no_event(sitio: Sitio, casilla: Casilla) -> None:
    notificacion = casilla.fila(casilla.pendientes.desde_arriba(None, 1)[0]).notificacion
    leer(sitio, notificacion, actor=mundo.ROSA, ahora=mundo.ENERO)
    historia, eventos = notificacion.historia, len(eventos_desde(sitio, "", 1000)[0])

    leer(sitio, notificacion, actor=mundo.ROSA, ahora=DESPUES)

    assert notificacion.historia == historia
    assert len(eventos_desde(sitio, "", 1000)[0]) == eventos


def test_annulling_keeps_the_reason_and_cannot_be_done_twice(sitio: Sitio, casilla: Casilla) -> None:
    notificacion = next(iter(casilla))
    anular(sitio, notificacion, motivo="Se notificó a otra persona", actor="sgd", ahora=DESPUES)

    assert notificacion.historia[-1] == ("anulado", "sgd", DESPUES, "Se notificó a otra persona")
    with pytest.raises(TransicionInvalida):
        anular(sitio, notificacion, motivo="Otra vez", actor="sgd", ahora=DESPUES)
    assert casilla.diferencias() == []
