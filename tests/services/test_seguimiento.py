"""The index of the follow-up board says what the notifications say, whatever happened and in whatever batches."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
import transaction
from ZODB import DB

from casilla.resources import conjunto
from casilla.resources.notificacion import Notificacion
from casilla.resources.seguimiento import TODAS, VENCIDA, VENCIDA_SIN_LEER
from casilla.resources.sitio import Sitio
from casilla.services import correspondencia
from casilla.services.fundacion import RAIZ
from casilla.services.lectura import anular, leer
from casilla.services.seguimiento import atraso, poner_al_dia, revisar
from tests import mundo

HOY = mundo.ENERO.date()


def cuantas(sitio: Sitio, *clave: str) -> int:
    hallado = sitio.seguimiento.conjuntos.get(clave)
    return hallado.cuantos() if hallado else 0


def fila(sitio: Sitio, n: Notificacion) -> Any:
    return sitio.seguimiento.fila(sitio.seguimiento.numero(n))


def carta(sitio: Sitio, n: Notificacion) -> tuple[int, int]:
    return next(lugar for lugar, carta in sitio.salida if carta.sobre is n)


def test_a_deposit_touches_nothing_of_the_index_and_is_known_to_be_missing(sitio: Sitio) -> None:
    despues = mundo.ENERO + timedelta(hours=1)

    n = mundo.deposito(sitio, n=20, ahora=despues)

    assert not any(o._p_changed for o in (sitio.seguimiento, sitio.seguimiento.filas, sitio.seguimiento.conjuntos))
    assert (atraso(sitio).cuantos, atraso(sitio).desde) == (1, despues)
    assert poner_al_dia(sitio, 100, HOY) == 1
    assert fila(sitio, n).estado == "depositado"
    assert (atraso(sitio).cuantos, atraso(sitio).desde) == (0, None)


def test_states_and_fates_move_it_from_set_to_set(sitio: Sitio) -> None:
    n = mundo.deposito(sitio, n=20, dependencia="OTRA  oficina")
    mundo.al_dia(sitio)
    assert cuantas(sitio, "OTRA OFICINA", "depositado", "en-cola") == 1

    correspondencia.entregada(sitio, carta(sitio, n), mundo.ENERO, "250 Ok")
    leer(sitio, n, actor=mundo.ROSA, ahora=mundo.ENERO)
    mundo.al_dia(sitio)

    assert cuantas(sitio, "OTRA OFICINA", "depositado", "en-cola") == 0
    assert cuantas(sitio, "OTRA OFICINA", "leido", "enviado") == 1
    assert cuantas(sitio, "OTRA OFICINA", TODAS, TODAS) == 1
    assert fila(sitio, n).leida_en == mundo.ENERO
    assert sitio.seguimiento.diferencias() == []


def test_a_term_that_is_over_is_marked_the_day_after(sitio: Sitio) -> None:
    n = mundo.deposito(sitio, n=20, dependencia="PLAZOS", plazo=2)
    assert n.vence is not None
    mundo.al_dia(sitio, n.vence)
    assert cuantas(sitio, "PLAZOS", VENCIDA, TODAS) == 0

    mundo.al_dia(sitio, n.vence + timedelta(days=1))
    assert cuantas(sitio, "PLAZOS", VENCIDA_SIN_LEER, "en-cola") == 1
    leer(sitio, n, actor=mundo.ROSA, ahora=mundo.ENERO)
    mundo.al_dia(sitio)
    assert cuantas(sitio, "PLAZOS", VENCIDA_SIN_LEER, TODAS) == 0
    assert cuantas(sitio, "PLAZOS", VENCIDA, TODAS) == 1
    anular(sitio, n, motivo="error", actor="sgd", ahora=mundo.ENERO)
    mundo.al_dia(sitio)

    assert cuantas(sitio, "PLAZOS", VENCIDA, TODAS) == 0
    assert sitio.seguimiento.diferencias() == []


def test_what_is_no_event_is_looked_at_when_it_is_asked_for(sitio: Sitio) -> None:
    n = next(iter(sitio.personas[mundo.NUSTA].casilla))
    correspondencia.encolar(sitio, correspondencia.AVISO_DEPOSITO, "otro@correo.example", n, mundo.ENERO)
    n.historia = (*n.historia[:1], ("aviso-deposito:rechazado", "cartero", mundo.ENERO, "550"))
    assert poner_al_dia(sitio, 100, HOY) == 0

    revisar(sitio, n)
    mundo.al_dia(sitio)

    assert fila(sitio, n).aviso == "rechazado"


def test_notifications_of_one_moment_have_places_of_their_own(sitio: Sitio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conjunto, "crc32", lambda codigo: 7)
    todas = [mundo.deposito(sitio, n=20 + n, dependencia="MASIVA") for n in range(5)]
    mundo.al_dia(sitio)
    mundo.al_dia(sitio)

    assert {fila(sitio, n).codigo for n in todas} == {n.codigo for n in todas}
    assert cuantas(sitio, "MASIVA", TODAS, TODAS) == 5


@pytest.mark.parametrize("instante", [mundo.ENERO.replace(hour=4, minute=59), mundo.ENERO.replace(hour=5, minute=0)])
def test_a_number_says_its_moment_and_its_day_in_lima(instante: Any) -> None:
    numero = conjunto.numero("0123456789ABCDEF", instante)
    dia = (instante - timedelta(hours=5)).date()

    assert abs(conjunto.momento(numero) - instante) < timedelta(milliseconds=1)
    assert date.fromordinal(conjunto.dia(numero)) == dia
    assert conjunto.primero(conjunto.dia(numero)) <= numero < conjunto.primero(conjunto.dia(numero) + 1)


@pytest.mark.parametrize("semilla", range(6))
def test_the_index_is_that_of_the_notifications_after_anything_in_any_batches(sitio: Sitio, semilla: int) -> None:
    azar = random.Random(semilla)
    suyas: list[Notificacion] = []
    hoy = mundo.ENERO
    for n in range(60):
        hoy += timedelta(hours=azar.choice((0, 1, 30)))
        suceder(sitio, azar, suyas, n, hoy)
        if azar.random() < 0.4:
            poner_al_dia(sitio, azar.choice((1, 3, 100)), hoy.date())
            assert sitio.seguimiento.diferencias() == []
    mundo.al_dia(sitio, hoy.date())

    filas = [sitio.seguimiento.fila(numero) for numero in sitio.seguimiento.filas]
    assert sitio.seguimiento.diferencias() == []
    assert {f.codigo for f in filas} == {codigo for codigo, _ in sitio.registro.items()}
    for f in filas:
        n = sitio.registro[f.codigo]
        assert f.vencida == bool(n.vence and n.vence < hoy.date() and n.estado != "anulado")
    antes = [tuple(f) for f in filas]
    sitio.seguimiento.rehacer()
    mundo.al_dia(sitio, hoy.date())
    assert [tuple(sitio.seguimiento.fila(numero)) for numero in sitio.seguimiento.filas] == antes


def suceder(sitio: Sitio, azar: random.Random, suyas: list[Notificacion], n: int, ahora: Any) -> None:
    """Something that may happen."""
    acto = azar.choice(("depositar", "depositar", "leer", "anular", "avisar"))
    if acto == "depositar" or not suyas:
        quien, oficina = azar.choice((mundo.ROSA, mundo.NUSTA)), azar.choice(("UNA", "una ", "OTRA"))
        suyas.append(mundo.deposito(sitio, quien, n + 20, ahora=ahora, dependencia=oficina, plazo=azar.choice((0, 1))))
    elif acto == "avisar":
        lugar = azar.choice([lugar for lugar, carta in sitio.salida if carta.sobre in suyas] or [(0, 0)])
        azar.choice((correspondencia.entregada, correspondencia.rechazada))(sitio, lugar, ahora, "dicho")
    else:
        una = azar.choice(suyas)
        if acto == "leer":
            leer(sitio, una, actor=mundo.ROSA, ahora=ahora)
        elif una.estado != "anulado":
            anular(sitio, una, motivo="error", actor="sgd", ahora=ahora)


def test_a_batch_that_dies_leaves_nothing_and_the_next_one_does_it(base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        n = mundo.deposito(conexion.root()[RAIZ], n=20, dependencia="MUERTE").codigo
    conexion = base_de_datos.open(transaction.TransactionManager(explicit=False))
    poner_al_dia(conexion.root()[RAIZ], 100, HOY)
    conexion.transaction_manager.abort()
    conexion.close()

    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        assert atraso(sitio).cuantos == 1
        mundo.al_dia(sitio)
        assert fila(sitio, sitio.registro[n]).codigo == n
        assert sitio.seguimiento.diferencias() == []


def test_a_lost_notification_does_not_keep_the_others_waiting(sitio: Sitio) -> None:
    perdida, otra = mundo.deposito(sitio, n=20), mundo.deposito(sitio, n=21)
    for arbol in sitio.registro.arboles:
        arbol.pop(perdida.codigo, None)

    mundo.al_dia(sitio)

    assert fila(sitio, otra).codigo == otra.codigo
    assert atraso(sitio).cuantos == 0
