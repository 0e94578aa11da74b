"""The board answers what a plain look through all notifications would answer, whatever is asked of it."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from casilla.permissions import igualada
from casilla.resources.notificacion import Notificacion
from casilla.resources.seguimiento import VENCIDA, VENCIDA_SIN_LEER
from casilla.resources.sitio import Sitio
from casilla.services import depositos
from casilla.services.bandeja import Lugar, PaginaInexistente
from casilla.services.condiciones import leer_fecha
from casilla.services.consulta_de_depositos import Consulta
from casilla.services.depositos import Seleccion, dependencias, filas, pagina, persona_de
from casilla.services.horas import dia_en_lima
from casilla.services.lectura import leer
from tests import mundo
from tests.services.test_seguimiento import suceder

HOY = mundo.ENERO.date()


@pytest.fixture
def sucedido(sitio: Sitio) -> tuple[Sitio, datetime]:
    """A store in which many things happened, some of them twice a day, and its last moment."""
    azar, ahora = random.Random(7), mundo.ENERO
    suyas: list[Notificacion] = []
    for n in range(140):
        ahora += timedelta(hours=azar.choice((0, 1, 11)))
        suceder(sitio, azar, suyas, n, ahora)
    mundo.al_dia(sitio, dia_en_lima(ahora))
    return sitio, ahora


def seleccion(sitio: Sitio, alcance: Any = None, hoy: Any = HOY, **filtros: str) -> Seleccion:
    return Seleccion(sitio, Consulta.leer(filtros), alcance, hoy)


def codigos(sitio: Sitio, alcance: Any = None, hoy: Any = HOY, **filtros: str) -> list[str]:
    return [fila.codigo for _, fila in filas(sitio, seleccion(sitio, alcance, hoy, **filtros))]


# What each filter means, said without the index.
SIGNIFICADO: dict[str, Callable[[Notificacion, str, Any], bool]] = {
    "expediente": lambda n, v, hoy: n.expediente.lower() == v.lower(),
    "numero": lambda n, v, hoy: f"{n.numero.lstrip('0')}-".startswith(f"{v}-"),
    "persona": lambda n, v, hoy: n.__parent__.__name__ == v,
    "dependencia": lambda n, v, hoy: igualada(n.dependencia) == igualada(v),
    "desde": lambda n, v, hoy: dia_en_lima(n.depositado_en) >= leer_fecha(v),
    "hasta": lambda n, v, hoy: dia_en_lima(n.depositado_en) <= leer_fecha(v),
    "estado": lambda n, v, hoy: _esta(n, v, hoy),
    "aviso": lambda n, v, hoy: n.aviso == v,
    "dias": lambda n, v, hoy: n.estado == "depositado" and (hoy - dia_en_lima(n.depositado_en)).days >= int(v),
}


def _esta(n: Notificacion, estado: str, hoy: Any) -> bool:
    vencida = bool(n.vence and n.vence < hoy) and n.estado != "anulado"
    if estado in (VENCIDA, VENCIDA_SIN_LEER):
        return vencida and (estado == VENCIDA or n.estado == "depositado")
    return n.estado == estado


def al_azar(azar: random.Random, sitio: Sitio, ahora: datetime) -> dict[str, str]:
    """Some filters, mostly such as find something."""
    todas = [n for _, n in sitio.registro.items()]
    una = azar.choice(todas)
    posibles = {
        "expediente": una.expediente.lower(),
        "numero": azar.choice((una.numero.lstrip("0"), una.numero.lstrip("0").split("-")[0])),
        "persona": una.__parent__.__name__,
        "dependencia": f" {una.dependencia.lower()} ",
        "desde": f"{dia_en_lima(azar.choice(todas).depositado_en):%d/%m/%Y}",
        "hasta": f"{dia_en_lima(azar.choice(todas).depositado_en):%d/%m/%Y}",
        "estado": azar.choice(("depositado", "leido", "anulado", VENCIDA, VENCIDA_SIN_LEER)),
        "aviso": azar.choice(("en-cola", "enviado", "rechazado")),
        "dias": azar.choice("159"),
    }
    return {n: posibles[n] for n in azar.sample(sorted(posibles), azar.choice((0, 1, 1, 2, 3)))}


def test_any_filters_find_what_a_plain_look_finds_page_by_page(sucedido: tuple[Sitio, datetime]) -> None:
    sitio, ahora = sucedido
    azar, hoy = random.Random(11), dia_en_lima(ahora)
    hallazgos = 0
    for _ in range(400):
        filtros, alcance = al_azar(azar, sitio, ahora), azar.choice((None, None, ["una"], ["Una", "OTRA "], []))
        consulta = Consulta.leer({**filtros, "orden": azar.choice(("", "antiguas")), "n": "25"})
        if consulta.errores:
            continue
        esperados = {codigo for codigo, n in sitio.registro.items() if _cumple(n, filtros, alcance, hoy)}
        esta = Seleccion(sitio, consulta, alcance, hoy)
        hallados = [fila.codigo for _, fila in filas(sitio, esta)]
        tiempos = [sitio.registro[codigo].depositado_en for codigo in hallados]
        assert set(hallados) == esperados and len(hallados) == len(esperados), filtros
        assert esta.cuenta() == (len(esperados), True)
        assert tiempos == sorted(tiempos, reverse=consulta.orden != "antiguas")
        assert recorrido(sitio, esta, azar.choice((1, 2, 7))) == hallados
        hallazgos += bool(hallados)
    assert hallazgos > 150


def _cumple(n: Notificacion, filtros: dict[str, str], alcance: Any, hoy: Any) -> bool:
    visible = alcance is None or igualada(n.dependencia) in map(igualada, alcance)
    return visible and all(SIGNIFICADO[nombre](n, valor, hoy) for nombre, valor in filtros.items())


def recorrido(sitio: Sitio, esta: Seleccion, por_pagina: int) -> list[str]:
    """All pages from the first on; going back from the last one shows the same."""
    ida = [pagina(sitio, esta, Lugar(), por_pagina)]
    while siguiente := ida[-1].siguiente:
        ida.append(pagina(sitio, esta, siguiente, por_pagina))
    vuelta = [pagina(sitio, esta, Lugar(ultima=True), por_pagina)] if ida[0].filas else []
    while vuelta and (anterior := vuelta[-1].anterior):
        vuelta.append(pagina(sitio, esta, anterior, por_pagina))
    assert [p.numero for p in ida] == list(range(1, len(ida) + 1))
    assert {p.total for p in ida} == {len(ida)}
    assert [p.filas for p in reversed(vuelta)] == [p.filas for p in ida if p.filas]
    return [fila.codigo for p in ida for _, fila in p.filas]


def test_a_page_that_nothing_is_left_of_does_not_exist(sitio: Sitio) -> None:
    with pytest.raises(PaginaInexistente):
        pagina(sitio, seleccion(sitio), Lugar(antes=1, pagina=2), 25)


def test_a_number_is_found_by_its_beginnings_without_its_zeros(sitio: Sitio) -> None:
    n = mundo.deposito(sitio, n=20, numero="OFICIO N.° 000079-2025-DM").codigo
    mundo.al_dia(sitio)

    for tecleado in ("79", "00079", "79-2025", "79 - 2025 - dm", "oficio n 79-2025-dm", "OFICIO N° 000079-2025-DM"):
        assert codigos(sitio, numero=tecleado) == [n]
    for otro in ("7", "2025", "79-20", "oficio"):
        assert codigos(sitio, numero=otro) == []


def test_an_expediente_is_found_however_it_is_written(sitio: Sitio) -> None:
    n = mundo.deposito(sitio, n=20, expediente="OGT-002026.77").codigo
    mundo.al_dia(sitio)

    assert codigos(sitio, expediente="ogt 00202677") == [n]
    assert codigos(sitio, expediente="OGT00202600077") == []


@pytest.mark.parametrize("tecleado", [mundo.ROSA, "40000001", " 4000 0001 ", "140000001"])
def test_a_person_is_found_by_their_document(sitio: Sitio, tecleado: str) -> None:
    persona = persona_de(sitio, tecleado)

    assert persona is not None and persona.documento == mundo.ROSA
    assert len(codigos(sitio, persona=persona.casilla.__name__)) == 4


@pytest.mark.parametrize("tecleado", ["rosa@correo.example", "99999999", ""])
def test_nobody_is_found_by_anything_else(sitio: Sitio, tecleado: str) -> None:
    assert persona_de(sitio, tecleado) is None


def test_whoever_notifies_for_no_dependencia_sees_and_counts_nothing(sitio: Sitio) -> None:
    for filtros in ({}, {"dependencia": mundo.DEPENDENCIA}, {"expediente": "OGT002025000001"}):
        assert codigos(sitio, [], **filtros) == []
        assert seleccion(sitio, [], **filtros).cuenta() == (0, True)
    assert dependencias(sitio, []) == []
    assert dependencias(sitio, [mundo.DEPENDENCIA.lower(), "OTRA"]) == [mundo.DEPENDENCIA]


def test_wrong_filters_are_told_and_the_others_hold(sitio: Sitio) -> None:
    consulta = Consulta.leer(
        {"desde": "31/2/2026", "dias": "muchos", "estado": "perdida", "numero": "-", "expediente": "OGT002025000001"}
    )

    assert list(consulta.errores) == ["numero", "desde", "estado", "dias"]
    assert consulta.errores["desde"] == "La fecha «31/2/2026» no existe: revise el día y el mes"
    assert list(consulta.aplicados) == ["expediente"]
    assert len(list(Seleccion(sitio, consulta, None, HOY))) == 1


def test_an_end_before_the_beginning_is_told(sitio: Sitio) -> None:
    consulta = Consulta.leer({"desde": "2/2/2026", "hasta": "1/2/2026"})

    assert list(consulta.errores) == ["hasta"]
    assert list(consulta.aplicados) == ["desde"]


def test_an_address_keeps_what_was_asked() -> None:
    parametros = {"expediente": "A-1", "estado": "leido", "dias": "15", "orden": "antiguas", "n": "50"}

    assert Consulta.leer(parametros).parametros() == parametros
    assert Consulta.leer({"n": "25", "orden": "recientes", "hasta": " ", "otra": "cosa"}).parametros() == {}


def test_counts_by_day_are_those_of_the_rows(sucedido: tuple[Sitio, datetime]) -> None:
    sitio, ahora = sucedido
    hoy = dia_en_lima(ahora)
    esta = seleccion(sitio, None, hoy, estado="depositado", desde="25/1/2026")

    por_dia = esta.por_dia()

    dias = [dia_en_lima(sitio.registro[codigo].depositado_en) for codigo in codigos(sitio, None, hoy)]
    assert sum(por_dia.values()) == esta.cuenta()[0]
    assert set(por_dia) <= {dia for dia in dias if dia >= leer_fecha("25/1/2026")}


def test_beyond_a_number_those_with_a_key_are_not_counted_but_still_paged(
    sitio: Sitio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(depositos, "TOPE", 4)
    for n in range(20, 26):
        leer(sitio, mundo.deposito(sitio, mundo.TOMAS, n), actor=mundo.TOMAS, ahora=mundo.ENERO)
    mundo.al_dia(sitio)
    esta = seleccion(sitio, persona=sitio.personas[mundo.TOMAS].casilla.__name__)

    paginas = [pagina(sitio, esta, Lugar(), 2)]
    while siguiente := paginas[-1].siguiente:
        paginas.append(pagina(sitio, esta, siguiente, 2))

    assert (paginas[0].cuantas, paginas[0].exacta) == (4, False)
    assert len({fila.codigo for p in paginas for _, fila in p.filas}) == 6
    assert len(pagina(sitio, esta, Lugar(ultima=True), 2).filas) == 2
