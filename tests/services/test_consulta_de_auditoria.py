"""What is asked of the audit: by who, what, about what and when; page by page, and never further than asked."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casilla.resources.auditoria import Asiento
from casilla.resources.sitio import Sitio
from casilla.services import consulta_de_auditoria
from casilla.services.auditoria import asentar
from casilla.services.consulta_de_auditoria import Consulta, hallar, todos
from tests import mundo

ACTORES, ACTOS = ("mquispe", "operador:root", "jñahui"), ("entrar", "editar", "suspender")


@pytest.fixture
def poblado(sitio: Sitio) -> Sitio:
    """Three hundred entries, two hours apart."""
    for n in range(300):
        asentar(
            sitio,
            ACTOS[n % 3],
            f"cuentas/usuario{n % 7}",
            actor=ACTORES[n % 2],
            direccion="192.0.2.1",
            ahora=mundo.ENERO + n * timedelta(hours=2),
            secreto=mundo.SECRETO,
        )
    return sitio


def de_todas_las_paginas(sitio: Sitio, consulta: Consulta) -> list[Asiento]:
    hallados, antes = [], None
    for _ in range(1000):
        esta = hallar(sitio.auditoria, consulta, antes)
        hallados += esta.asientos
        if esta.sigue is None:
            return hallados
        antes = esta.sigue
    raise AssertionError("no termina")


CONSULTAS: list[tuple[dict[str, str], Callable[[Asiento], bool]]] = [
    ({}, lambda a: True),
    ({"actor": "MQUISPE"}, lambda a: a.actor == "mquispe"),
    ({"actor": "operador"}, lambda a: a.actor == "operador:root"),
    ({"acto": "editar"}, lambda a: a.acto == "editar"),
    ({"acto": "edit"}, lambda a: False),
    ({"sobre": "usuario3"}, lambda a: a.sobre == "cuentas/usuario3"),
    ({"desde": "27/1/2026"}, lambda a: a.cuando - timedelta(hours=5) >= mundo.ENERO.replace(day=27, hour=0, minute=0)),
    (
        {"desde": "2026-01-27", "hasta": "27 de enero de 2026", "acto": "entrar"},
        lambda a: (a.cuando - timedelta(hours=5)).date() == date(2026, 1, 27) and a.acto == "entrar",
    ),
    ({"desde": "1/1/2030"}, lambda a: False),
    ({"hasta": "1/1/2020"}, lambda a: False),
]


@pytest.mark.parametrize(("parametros", "debe"), CONSULTAS, ids=lambda p: str(p) if isinstance(p, dict) else "")
def test_every_entry_that_is_meant_is_found_once_newest_first(
    poblado: Sitio, parametros: dict[str, str], debe: Callable[[Asiento], bool]
) -> None:
    consulta = Consulta.leer(parametros)

    esperados = [a for a in reversed(list(poblado.auditoria)) if debe(a)]

    assert de_todas_las_paginas(poblado, consulta) == esperados
    assert list(todos(poblado.auditoria, consulta)) == esperados
    assert Consulta.leer(consulta.parametros()) == consulta


@pytest.fixture
def corto_de_vista(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consulta_de_auditoria, "ALCANCE", 40)


@pytest.mark.usefixtures("corto_de_vista")
def test_a_search_that_finds_little_stops_and_tells_from_where_to_go_on(poblado: Sitio) -> None:
    consulta = Consulta.leer({"actor": "nadie"})

    esta = hallar(poblado.auditoria, consulta)

    assert (esta.asientos, esta.sigue, esta.faltan) == ((), 261, True)
    assert de_todas_las_paginas(poblado, consulta) == []
    assert len(de_todas_las_paginas(poblado, Consulta.leer({"acto": "editar"}))) == 100


def test_what_was_written_a_little_out_of_order_is_not_missed(sitio: Sitio) -> None:
    """The second began before midnight and ended after the first, which began later."""
    medianoche = mundo.ENERO.replace(day=27, hour=5, minute=0, second=0)
    for segundos in (-90, 30, -20, 60):
        asentar(
            sitio,
            "editar",
            "ajustes",
            actor="a",
            direccion="",
            ahora=medianoche + timedelta(seconds=segundos),
            secreto=mundo.SECRETO,
        )

    del_26 = hallar(sitio.auditoria, Consulta.leer({"desde": "26/1/2026", "hasta": "26/1/2026"}))
    del_27 = hallar(sitio.auditoria, Consulta.leer({"desde": "27/1/2026", "hasta": "27/1/2026"}))

    assert [a.numero for a in del_26.asientos] == [3, 1]
    assert [a.numero for a in del_27.asientos] == [4, 2]


@given(st.dictionaries(st.sampled_from(["actor", "acto", "sobre", "desde", "hasta"]), st.text(max_size=30)))
def test_nothing_that_stands_in_an_address_is_refused(parametros: Any) -> None:
    consulta = Consulta.leer(parametros)

    assert Consulta.leer(consulta.parametros()).parametros() == consulta.parametros()
    assert {nombre for nombre, _ in consulta.errores} <= {"desde", "hasta"}
