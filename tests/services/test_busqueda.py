"""Searches: each filter is what a plain reading of the rows gives, each page shows each row once."""

import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ZODB import DB

from casilla.resources.casilla import PENDIENTES, VERSION, Casilla, Fila
from casilla.services import fichas
from casilla.services.bandeja import Lugar, Pagina, PaginaInexistente
from casilla.services.busqueda import buscar, filas, numeros
from casilla.services.condiciones import CAMPOS, Condicion
from casilla.services.filtros import CUALQUIERA, TODAS, Consulta, Orden
from casilla.services.horas import dia_en_lima
from tests import mundo

# Few and alike, so that filters find some and orders have ties; evening hours, whose day in Lima is not that of UTC.
ASUNTOS = st.sampled_from(
    ["Notificación", "NOTIFICACION  del agua", "Ñandú y agua", "", "citación", "Agua potable", "Ω"]
)
NOMBRES = st.sampled_from(["OFICINA GENERAL", "Oficina de Niñez", "PERSONA QUE FIRMA"])
TIPOS = st.sampled_from(["CARTA", "OFICIO", "Resolución"])
NUMEROS = st.sampled_from(["000079-2026-OGTI", "000009-2025-OGTI", "790000", "7-9"])
MOMENTOS = st.datetimes(datetime(2024, 12, 30), datetime(2025, 1, 3)).map(
    lambda m: m.replace(tzinfo=UTC, microsecond=0)
)
FILAS = st.builds(
    Fila,
    st.just("c"),
    ASUNTOS,
    NOMBRES,
    NOMBRES,
    TIPOS,
    NUMEROS,
    MOMENTOS,
    MOMENTOS,
    st.none(),
    st.just(False),
    st.none(),
)
BANDEJAS = st.dictionaries(st.integers(1, 200), FILAS, max_size=40)

PALABRAS = st.sampled_from(
    ["agua", "NOTIFICACION", "notificación", "ñ", "nan", "79", "carta", "oficina general", "Ω", "zz", "resolucion"]
)
DIAS = st.dates(date(2024, 12, 29), date(2025, 1, 4))
DE_TEXTO = st.builds(
    Condicion,
    st.sampled_from(["asunto", "dependencia", "emisor", "tipo", "numero"]),
    st.sampled_from(["igual", "contiene", "empieza"]),
    PALABRAS,
)
UN_TIEMPO = st.sampled_from(["igual", "antes", "despues"])
DE_ANO = st.builds(Condicion, st.just("anio"), UN_TIEMPO, st.sampled_from(["2024", "2025"]))
DE_ANOS = st.builds(Condicion, st.just("anio"), st.just("entre"), st.just("2024"), st.sampled_from(["2024", "2025"]))
DE_DIA = st.builds(Condicion, st.sampled_from(["emision", "envio"]), UN_TIEMPO, DIAS.map(str))
DE_DIAS = st.tuples(st.sampled_from(["emision", "envio"]), DIAS, DIAS).map(
    lambda t: Condicion(t[0], "entre", str(min(t[1:])), str(max(t[1:])))
)
CONDICIONES = st.one_of(DE_TEXTO, DE_ANO, DE_ANOS, DE_DIA, DE_DIAS)
ORDENES = st.builds(Orden, st.sampled_from(list(CAMPOS)), st.booleans())
CONSULTAS = st.builds(
    Consulta,
    st.sampled_from(["", "", "79", "agua carta", "oficina", "Ñ"]),
    st.lists(CONDICIONES, max_size=3).map(tuple),
    st.sampled_from([TODAS, CUALQUIERA]),
    ORDENES,
)


def casilla_con(bandeja: dict[int, Fila]) -> Casilla:
    casilla = Casilla(None, mundo.ENERO)
    for numero, fila in bandeja.items():
        agregar(casilla, numero, fila)
    return casilla


def agregar(casilla: Casilla, numero: int, fila: Fila) -> None:
    casilla.filas[numero] = (VERSION, *fila)
    casilla.pendientes.poner(numero)


def llano(texto: str) -> str:
    """Letter by letter, as one would explain it."""
    letras = (letra for letra in unicodedata.normalize("NFD", texto.lower()) if not unicodedata.combining(letra))
    return " ".join("".join(letras).split())


def valor(fila: Fila, campo: str) -> Any:
    """What the column shows, as one compares it."""
    de = {"anio": dia_en_lima(fila.fecha_emision).year, "emision": fila.fecha_emision, "envio": fila.depositado_en}
    return de[campo] if campo in de else llano(getattr(fila, campo))


def cumple(fila: Fila, condicion: Condicion) -> bool:
    suyo: Any = valor(fila, condicion.campo)
    leer: Any = {"anio": int, "emision": date.fromisoformat, "envio": date.fromisoformat}.get(condicion.campo, llano)
    pedido = leer(condicion.valor)
    suyo = dia_en_lima(suyo) if isinstance(suyo, datetime) else suyo
    return {
        "igual": lambda: suyo == pedido,
        "contiene": lambda: pedido in suyo,
        "empieza": lambda: suyo.startswith(pedido),
        "antes": lambda: suyo < pedido,
        "despues": lambda: suyo > pedido,
        "entre": lambda: pedido <= suyo <= leer(condicion.hasta),
    }[condicion.operador]()


def esperados(bandeja: dict[int, Fila], consulta: Consulta) -> list[int]:
    """A plain filter and a plain sort."""
    juntar = all if consulta.union == TODAS else any
    numeros = [
        numero
        for numero, fila in bandeja.items()
        if (not consulta.condiciones or juntar(cumple(fila, c) for c in consulta.condiciones))
        and all(
            any(
                palabra in llano(texto)
                for texto in (fila.asunto, fila.dependencia, fila.emisor, fila.tipo, fila.numero)
            )
            for palabra in llano(consulta.q).split()
        )
    ]
    numeros.sort(reverse=True)
    if consulta.filtra or consulta.orden != Orden("envio", True):
        numeros.sort(key=lambda n: valor(bandeja[n], consulta.orden.campo), reverse=consulta.orden.descendente)
    return numeros


def recorrer(
    casilla: Casilla, consulta: Consulta, desde: Lugar, hacia: str, entre: Callable[[], None] = lambda: None
) -> list[Pagina]:
    """Every page from one on, following the links as addresses say them; ``entre`` happens between two pages."""
    paginas, lugar = [], desde
    while lugar:
        paginas.append(buscar(casilla, PENDIENTES, consulta, Lugar.leer(lugar.parametros())))
        assert len(paginas) < 100, "las páginas no acaban"
        entre()
        lugar = getattr(paginas[-1], hacia)
    return paginas


def vistos(paginas: list[Pagina]) -> list[int]:
    return [numero for p in paginas for numero, _ in p.filas]


@settings(max_examples=300)
@given(BANDEJAS, CONSULTAS)
def test_every_filter_and_order_is_what_a_plain_reading_gives(bandeja: dict[int, Fila], consulta: Consulta) -> None:
    casilla = casilla_con(bandeja)

    paginas = recorrer(casilla, consulta, Lugar(), "siguiente")

    assert vistos(paginas) == esperados(bandeja, consulta)
    assert {p.cuantas for p in paginas} == {len(esperados(bandeja, consulta))}
    en_orden = filas(casilla, numeros(casilla, PENDIENTES, consulta))
    assert list(en_orden) == [bandeja[n] for n in esperados(bandeja, consulta)]


@given(st.dictionaries(st.integers(1, 500), FILAS, min_size=26, max_size=120), ORDENES)
def test_pages_are_the_same_going_on_and_back(bandeja: dict[int, Fila], orden: Orden) -> None:
    casilla, consulta = casilla_con(bandeja), Consulta(orden=orden)
    ida = recorrer(casilla, consulta, Lugar(), "siguiente")
    vuelta = recorrer(casilla, consulta, Lugar(ultima=True), "anterior")

    assert [p.filas for p in reversed(vuelta)] == [p.filas for p in ida]
    assert [p.numero for p in ida] == [p.numero for p in reversed(vuelta)] == list(range(1, len(ida) + 1))
    assert {p.total for p in ida} == {len(ida)}


@given(BANDEJAS.filter(bool), ORDENES, st.lists(st.tuples(st.integers(201, 999), FILAS), max_size=8), st.data())
def test_what_arrives_and_is_read_meanwhile_neither_hides_nor_repeats_another_row(
    bandeja: dict[int, Fila], orden: Orden, llegan: list[tuple[int, Fila]], datos: st.DataObject
) -> None:
    bandeja = {10 * numero + k: fila for numero, fila in bandeja.items() for k in range(3)}
    casilla, leidas = casilla_con(bandeja), set()
    llegan = [(numero * 10, fila) for numero, fila in llegan]

    def algo_pasa() -> None:
        if llegan:
            agregar(casilla, *llegan.pop())
        if len(casilla.pendientes) > 1:
            numero = datos.draw(st.sampled_from(sorted(casilla.pendientes.numeros)))
            casilla.pendientes.quitar(numero)
            leidas.add(numero)

    try:
        vistas = vistos(recorrer(casilla, Consulta(orden=orden), Lugar(), "siguiente", algo_pasa))
    except PaginaInexistente:  # all that was left has been read
        return
    assert len(set(vistas)) == len(vistas)
    assert set(bandeja) - leidas <= set(vistas)


@pytest.mark.parametrize("consulta", [Consulta("carta"), Consulta("nada así"), Consulta(orden=Orden("asunto", True))])
@pytest.mark.parametrize("lugar", [Lugar(antes=777, pagina=2), Lugar(despues=777, pagina=1)])
def test_behind_a_row_that_is_not_there_is_no_page(lugar: Lugar, consulta: Consulta) -> None:
    with pytest.raises(PaginaInexistente):
        buscar(casilla_con({n: una(n) for n in range(1, 51)}), PENDIENTES, consulta, lugar)


@pytest.mark.parametrize("lugar", [Lugar(antes=1, pagina=2), Lugar(despues=50, pagina=1)])
@pytest.mark.parametrize("consulta", [Consulta("carta"), Consulta(orden=Orden("numero", True))])
def test_past_either_end_is_no_page(lugar: Lugar, consulta: Consulta) -> None:
    with pytest.raises(PaginaInexistente):
        buscar(casilla_con({n: una(n) for n in range(1, 51)}), PENDIENTES, consulta, lugar)


def test_nothing_found_is_one_page_without_rows() -> None:
    assert buscar(casilla_con({}), PENDIENTES, Consulta("agua"), Lugar()) == Pagina((), 1, 1, None, None, 0)


def una(n: int = 1, **cambios: Any) -> Fila:
    fila = Fila(str(n), f"Carta {n}", "A", "B", "C", f"{n:06}", mundo.ENERO, mundo.ENERO, None, False, None)  # type: ignore[arg-type]
    return fila._replace(**cambios)


@pytest.fixture
def guardada() -> Any:
    """A casilla in a store, with two connections to it."""
    db = DB(None)
    with db.transaction() as conexion:
        conexion.root.casilla = casilla_con({n: una(n) for n in range(1, 101)})
    yield db
    db.close()


def test_whoever_searches_again_reads_no_row_again(guardada: DB) -> None:
    def cargas(consulta: Consulta) -> int:
        with guardada.transaction() as conexion:
            conexion.cacheMinimize()
            conexion.getTransferCounts(clear=True)
            buscar(conexion.root.casilla, PENDIENTES, consulta, Lugar())
            return conexion.getTransferCounts()[0]

    primera, otra = cargas(Consulta("nada así")), cargas(Consulta("otra cosa"))

    assert primera > otra
    assert otra <= 5


def test_what_arrived_was_read_or_was_undone_since_the_last_search_counts(guardada: DB) -> None:
    def halladas() -> int:
        with guardada.transaction() as conexion:
            return buscar(conexion.root.casilla, PENDIENTES, Consulta("carta"), Lugar()).cuantas

    assert halladas() == 100
    with guardada.transaction() as conexion:
        agregar(conexion.root.casilla, 101, una(101))
        assert buscar(conexion.root.casilla, PENDIENTES, Consulta("carta"), Lugar()).cuantas == 101
        conexion.transaction_manager.abort()
    assert halladas() == 100
    with guardada.transaction() as conexion:
        agregar(conexion.root.casilla, 101, una(101))
    assert halladas() == 101
    with guardada.transaction() as conexion:
        conexion.root.casilla.pendientes.quitar(5)
    assert halladas() == 100


def test_two_who_see_the_tray_at_different_moments_each_find_what_they_see(guardada: DB) -> None:
    vieja = guardada.open()
    assert buscar(vieja.root.casilla, PENDIENTES, Consulta("carta"), Lugar()).cuantas == 100
    with guardada.transaction() as conexion:
        agregar(conexion.root.casilla, 101, una(101))
    with guardada.transaction() as conexion:
        assert buscar(conexion.root.casilla, PENDIENTES, Consulta("carta"), Lugar()).cuantas == 101
    assert buscar(vieja.root.casilla, PENDIENTES, Consulta("carta"), Lugar()).cuantas == 100
    vieja.close()


def test_only_the_trays_searched_last_are_kept_in_memory(guardada: DB, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fichas, "MAXIMO", 150)
    with guardada.transaction() as conexion:
        conexion.root.otra = casilla_con({n: una(n) for n in range(1, 81)})

    def cargas(cual: str) -> int:
        with guardada.transaction() as conexion:
            conexion.cacheMinimize()
            conexion.getTransferCounts(clear=True)
            buscar(getattr(conexion.root, cual), PENDIENTES, Consulta("nada así"), Lugar())
            return conexion.getTransferCounts()[0]

    sola, otra = cargas("casilla"), cargas("otra")

    assert cargas("otra") < otra
    assert cargas("casilla") == sola


def test_all_rows_of_a_long_tray_are_given_without_keeping_them(guardada: DB, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casilla.services.busqueda.RESPIRO", 10)
    with guardada.transaction() as conexion:
        conexion.cacheMinimize()
        guardada.setCacheSize(3)
        todas = list(filas(conexion.root.casilla, numeros(conexion.root.casilla, PENDIENTES, Consulta())))
        assert [fila.codigo for fila in todas] == [str(n) for n in range(100, 0, -1)]
        assert conexion._cache.cache_non_ghost_count < 12


def test_a_day_is_that_of_lima() -> None:
    noche = datetime(2025, 1, 28, 4, 59, 59, tzinfo=UTC)
    casilla = casilla_con({1: una(fecha_emision=noche), 2: una(fecha_emision=noche + timedelta(seconds=1))})

    def halladas(valor: str) -> list[int]:
        consulta = Consulta("", (Condicion("emision", "igual", valor),))
        return vistos(recorrer(casilla, consulta, Lugar(), "siguiente"))

    assert (halladas("27/1/2025"), halladas("28/1/2025")) == ([1], [2])
