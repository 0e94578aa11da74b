"""The figures of the dashboard are those that a plain count over the whole store gives."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casilla.permissions import igualada
from casilla.resources.notificacion import Notificacion
from casilla.resources.sitio import Sitio
from casilla.services import tablero
from casilla.services.correspondencia import rechazada
from casilla.services.depositos import Alcance
from casilla.services.horas import dia_en_lima
from casilla.services.lectura import anular, leer
from casilla.services.registro import iniciar
from casilla.services.tablero import Periodo, Renglon
from casilla.services.uso import anotar, votar
from casilla.services.verificacion import hallazgos
from tests import mundo

HOY = mundo.ENERO.date() + timedelta(days=6)
OTRA = "Programa  nacional"


@pytest.fixture
def poblado(sitio: Sitio) -> Sitio:
    """Some weeks of deposits of two dependencias, one of them written in two ways; read, annulled and refused ones."""
    for n, (dia, dependencia) in enumerate(product((-40, -8, 0, 1, 5, 6), (mundo.DEPENDENCIA, OTRA, OTRA.upper())), 50):
        cuando = mundo.ENERO + timedelta(days=dia, hours=n % 9)
        hecha = mundo.deposito(sitio, mundo.NUSTA, n, ahora=cuando, dependencia=dependencia, plazo=2)
        if n % 3 == 0:
            leer(sitio, hecha, actor=mundo.NUSTA, ahora=cuando)
        if n % 5 == 0:
            anular(sitio, hecha, motivo="prueba", actor="sgd", ahora=cuando)
        if n % 4 == 0:
            lugar = next(lugar for lugar, carta in sitio.salida if carta.sobre is hecha)
            rechazada(sitio, lugar, cuando, "550 No existe")
    mundo.al_dia(sitio, HOY)
    return sitio


def todas(sitio: Sitio, alcance: Alcance) -> list[Notificacion]:
    """Every notification that may be seen, found by walking all."""
    suyas = None if alcance is None else {igualada(d) for d in alcance}
    cada = [n for arbol in sitio.registro.arboles for n in arbol.values()]
    return [n for n in cada if suyas is None or igualada(n.dependencia) in suyas]


def contadas(nombre: str, cuales: list[Notificacion]) -> Renglon:
    return Renglon(
        nombre,
        len(cuales),
        sum(n.estado == "depositado" for n in cuales),
        sum(n.aviso == "rechazado" for n in cuales),
    )


@pytest.mark.parametrize("alcance", [None, (mundo.DEPENDENCIA,), (OTRA.lower(), "NINGUNA"), ()])
@pytest.mark.parametrize("dias", tablero.PERIODOS)
def test_the_figures_of_deposits_are_a_plain_count(poblado: Sitio, alcance: Alcance, dias: int) -> None:
    periodo = Periodo.hasta_hoy(dias, HOY)
    vistas = todas(poblado, alcance)
    dentro = [n for n in vistas if periodo.desde <= dia_en_lima(n.depositado_en) <= periodo.hasta]

    hechos = tablero.depositos(poblado, alcance, periodo)

    assert hechos.total == contadas("", dentro)
    por_dia = Counter(dia_en_lima(n.depositado_en) for n in dentro)
    assert hechos.por_dia == tuple((d, por_dia[d]) for d in (HOY - timedelta(days=n) for n in range(dias - 1, -1, -1)))
    for cuenta, cuales in (
        (hechos.sin_leer_por_dia, [n for n in dentro if n.estado == "depositado"]),
        (hechos.rechazados_por_dia, [n for n in dentro if n.aviso == "rechazado"]),
    ):
        assert {d: n for d, n in cuenta if n} == Counter(dia_en_lima(n.depositado_en) for n in cuales)
    for renglon in hechos.por_dependencia:
        suyas = [n for n in dentro if igualada(n.dependencia) == igualada(renglon.dependencia)]
        assert renglon == contadas(renglon.dependencia, suyas)
    assert sum(r.depositos for r in hechos.por_dependencia) == hechos.total.depositos
    assert hechos.sin_leer_en_total == sum(n.estado == "depositado" for n in vistas)
    assert hechos.vencidas_sin_leer == sum(n.estado == "depositado" and n.vence < HOY for n in vistas)


def test_the_world_of_the_test_has_something_of_each(poblado: Sitio) -> None:
    hechos = tablero.depositos(poblado, None, Periodo.hasta_hoy(30, HOY))

    assert len(hechos.por_dependencia) == 2
    assert 0 < hechos.total.sin_leer < hechos.total.depositos < len(todas(poblado, None))
    assert hechos.total.rechazados > 0 and 0 < hechos.vencidas_sin_leer < hechos.sin_leer_en_total


def test_no_notification_nor_row_is_read_for_it(sitio: Sitio) -> None:
    sitio._p_jar.cacheMinimize()

    assert tablero.depositos(sitio, None, Periodo.hasta_hoy(90, HOY)).total.depositos == 5
    assert tablero.registro(sitio, Periodo.hasta_hoy(90, HOY)).altas == 4

    leidos = {type(objeto).__name__ for _, objeto in sitio._p_jar._cache.lru_items()}
    assert "Seguimiento" in leidos
    assert leidos & {"Notificacion", "Casilla", "Persona", "Filas", "Numeros"} == set()


def test_casillas_are_counted_by_the_day_of_lima_on_which_they_were_opened(sitio: Sitio) -> None:
    for n, hora in enumerate((4, 6)):  # in UTC: at five the day begins in Lima
        momento = datetime(2026, 2, 2, hora, tzinfo=UTC)
        sitio.altas.contar(momento)
        assert sitio.altas.por_dia(date(2026, 2, 1 + n).toordinal(), date(2026, 2, 1 + n).toordinal()) == {
            dia_en_lima(momento).toordinal(): 1
        }


def test_registrations_and_casillas_are_a_plain_count(sitio: Sitio) -> None:
    iniciar(sitio, "una-solicitud", ahora=mundo.ENERO, direccion="192.0.2.1")

    hechos = tablero.registro(sitio, Periodo.hasta_hoy(30, HOY))

    assert hechos.altas == hechos.casillas == len(list(sitio.casillas)) == 4
    assert dict(hechos.por_dia)[mundo.ENERO.date()] == 4
    assert (hechos.por_resolver, hechos.en_espera, hechos.en_curso) == (0, 0, 1)
    for n, hecho in enumerate(("en-espera", "en-espera", "en-revision", "aprobada", "denegada", "vencida")):
        iniciar(sitio, f"otra-{n}", ahora=mundo.ENERO, direccion="192.0.2.1").anotar(hecho, "prueba", mundo.ENERO)
    despues = tablero.registro(sitio, Periodo.hasta_hoy(30, HOY))
    assert (despues.por_resolver, despues.en_espera, despues.en_curso) == (1, 2, 4)
    assert [(dia, n) for dia, n in despues.por_resolver_por_dia if n] == [(mundo.ENERO.date(), 1)]
    assert tablero.registro(sitio, Periodo.hasta_hoy(7, HOY + timedelta(days=90))).altas == 0


def test_a_false_count_of_casillas_is_found_and_made_again(sitio: Sitio) -> None:
    assert not any("altas" in queja for quejas in hallazgos(sitio) for queja in quejas)
    sitio.altas.contar(mundo.ENERO)
    assert sitio.altas.diferencias() == ["altas: la cuenta por día no es la de las casillas"]

    sitio.altas.rehacer()

    assert sitio.altas.diferencias() == []


def test_texts_and_logins_are_counted(sitio: Sitio) -> None:
    sitio.funcionarios["registro"].suspendido = True

    votar(sitio, "que-es", False, mundo.ENERO)
    votar(sitio, "que-es", True, mundo.ENERO)
    anotar(sitio, {"multa": 2, "tasa": 1}, 3, mundo.ENERO)

    textos = tablero.textos(sitio, mundo.ENERO)
    assert textos.publicados > 10
    assert (textos.en_vano, textos.no_sirvieron) == (6, 1)
    hechos = tablero.operacion(sitio)
    assert (hechos.cuentas, hechos.suspendidas) == (len(sitio.funcionarios) - 1, 1)
    assert hechos.cartas == sum(1 for _ in sitio.salida)


def test_an_empty_period_has_every_day_with_none(sitio: Sitio) -> None:
    hechos = tablero.depositos(sitio, None, Periodo.hasta_hoy(7, date(2030, 1, 7)))

    assert hechos.por_dia == tuple((date(2030, 1, n), 0) for n in range(1, 8))
    assert (hechos.total.depositos, hechos.por_dependencia) == (0, ())


@given(
    st.integers(1, 400),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.dictionaries(st.integers(-10, 410), st.integers(1, 9)),
)
def test_a_period_has_each_of_its_days_once_in_order(dias: int, hoy: date, cuentas: dict[int, int]) -> None:
    periodo = Periodo.hasta_hoy(dias, hoy)
    base = periodo.desde.toordinal()

    llenos = periodo.llenar({base + n: cuantos for n, cuantos in cuentas.items()})

    assert [dia for dia, _ in llenos] == [hoy - timedelta(days=n) for n in range(dias - 1, -1, -1)]
    assert sum(c for _, c in llenos) == sum(c for n, c in cuentas.items() if 0 <= n < dias)
