"""Pages of a tray: by key, so that whoever goes on sees every row once, whatever happens meanwhile."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ZODB import DB

from casilla.resources.casilla import PENDIENTES, VERSION, Casilla, Fila
from casilla.services.bandeja import Lugar, Pagina, PaginaInexistente, pagina, vecinas
from tests import mundo

NUMEROS = st.sets(st.integers(1, 10**18 - 1), max_size=120)


def casilla_con(numeros: Any) -> Casilla:
    """A casilla with these rows unread; their notifications do not matter here."""
    casilla = Casilla(None, mundo.ENERO)
    for numero in numeros:
        agregar(casilla, numero)
    return casilla


def agregar(casilla: Casilla, numero: int) -> None:
    fila = Fila(str(numero), "", "", "", "", "", mundo.ENERO, mundo.ENERO, None, False, None)  # type: ignore[arg-type]
    casilla.filas[numero] = (VERSION, *fila)
    casilla.pendientes.poner(numero)


def recorrer(casilla: Casilla, desde: Lugar, hacia: str, entre: Callable[[], None] = lambda: None) -> list[Pagina]:
    """Every page from one on, following the links as addresses say them; ``entre`` happens between two pages."""
    paginas, lugar = [], desde
    while lugar:
        paginas.append(pagina(casilla, PENDIENTES, Lugar.leer(lugar.parametros())))
        entre()
        lugar = getattr(paginas[-1], hacia)
    return paginas


def vistos(paginas: list[Pagina]) -> list[int]:
    return [numero for p in paginas for numero, _ in p.filas]


@given(NUMEROS)
def test_going_on_from_the_first_page_every_row_is_seen_once_newest_first(numeros: set[int]) -> None:
    paginas = recorrer(casilla_con(numeros), Lugar(), "siguiente")

    assert vistos(paginas) == sorted(numeros, reverse=True)
    assert [p.numero for p in paginas] == list(range(1, len(paginas) + 1))
    assert {p.total for p in paginas} == {len(paginas)}


@given(NUMEROS.filter(bool))
def test_going_back_from_the_last_page_the_same_pages_are_seen(numeros: set[int]) -> None:
    casilla = casilla_con(numeros)

    atras = recorrer(casilla, Lugar(ultima=True), "anterior")

    assert [p.filas for p in reversed(atras)] == [p.filas for p in recorrer(casilla, Lugar(), "siguiente")]
    assert [p.numero for p in reversed(atras)] == list(range(1, len(atras) + 1))


@given(NUMEROS, st.lists(st.integers(1, 10**18 - 1), max_size=10))
def test_what_arrives_meanwhile_neither_hides_nor_repeats_a_row(numeros: set[int], llegan: list[int]) -> None:
    """Newer ones arrive between one page and the next; those seen are each of the old ones, once."""
    for hacia, desde in (("siguiente", Lugar()), ("anterior", Lugar(ultima=bool(numeros)))):
        casilla = casilla_con(numeros)
        pendientes = list(llegan)

        def llegar(casilla: Casilla = casilla, pendientes: list[int] = pendientes) -> None:
            if pendientes:
                agregar(casilla, 10**18 + len(pendientes) * 1000 + pendientes.pop() % 1000)

        vistas = vistos(recorrer(casilla, desde, hacia, llegar))

        assert len(set(vistas)) == len(vistas)
        assert {n for n in vistas if n < 10**18} == numeros


@given(st.sets(st.integers(1, 10**6), min_size=30, max_size=120), st.data())
def test_what_is_read_meanwhile_hides_no_other_row(numeros: set[int], datos: st.DataObject) -> None:
    casilla, leidas = casilla_con(numeros), set()

    def leer() -> None:
        if len(casilla.pendientes):
            numero = datos.draw(st.sampled_from(sorted(casilla.pendientes.numeros)))
            casilla.pendientes.quitar(numero)
            leidas.add(numero)

    try:
        vistas = vistos(recorrer(casilla, Lugar(), "siguiente", leer))
    except PaginaInexistente:  # all that was left has been read
        return
    assert len(set(vistas)) == len(vistas)
    assert numeros - leidas <= set(vistas)


def test_both_ends_know_what_they_are_though_the_link_counted_otherwise() -> None:
    casilla = casilla_con(range(1, 101))

    assert pagina(casilla, PENDIENTES, Lugar(antes=101, pagina=4)).numero == 1
    assert pagina(casilla, PENDIENTES, Lugar(antes=26, pagina=2)).numero == 4
    assert pagina(casilla, PENDIENTES, Lugar(antes=76, pagina=1)).numero == 2
    assert pagina(casilla, PENDIENTES, Lugar(antes=76, pagina=99)).numero == 4


def test_an_empty_tray_is_one_page_without_rows() -> None:
    assert pagina(casilla_con([]), PENDIENTES, Lugar()) == Pagina((), 1, 1, None, None, 0)


@pytest.mark.parametrize("lugar", [Lugar(antes=1, pagina=2), Lugar(despues=50, pagina=1)])
def test_past_either_end_there_is_no_page(lugar: Lugar) -> None:
    with pytest.raises(PaginaInexistente):
        pagina(casilla_con(range(1, 51)), PENDIENTES, lugar)


@pytest.mark.parametrize(
    "parametros",
    [
        {"pagina": "2"},
        {"pagina": "0"},
        {"pagina": "-1"},
        {"pagina": "dos"},
        {"pagina": "٣"},
        {"antes": "5"},
        {"antes": "5", "despues": "3", "pagina": "2"},
        {"antes": "x", "pagina": "2"},
        {"antes": "-5", "pagina": "2"},
        {"antes": "9" * 30, "pagina": "2"},
        {"antes": "5", "pagina": "9" * 30},
        {"antes": "5", "pagina": "ultima"},
        {"antes": "0", "pagina": "2"},
    ],
)
def test_what_no_link_of_ours_says_leads_nowhere(parametros: dict[str, str]) -> None:
    with pytest.raises(PaginaInexistente):
        pagina(casilla_con(range(1, 101)), PENDIENTES, Lugar.leer(parametros))


@given(
    st.one_of(
        st.builds(Lugar, antes=st.integers(1, 10**18 - 1), pagina=st.integers(1, 10**6)),
        st.builds(Lugar, despues=st.integers(1, 10**18 - 1), pagina=st.integers(1, 10**6)),
        st.just(Lugar()),
        st.just(Lugar(ultima=True)),
    )
)
def test_an_address_says_the_place_and_is_read_back(lugar: Lugar) -> None:
    assert Lugar.leer(lugar.parametros()) == lugar


def test_other_parameters_of_an_address_do_not_matter() -> None:
    assert Lugar.leer({"utm_source": "correo", "antes": ""}) == Lugar()


def _cargas(cuantas: int) -> list[int]:
    """How many objects the store is asked for by the first, the last and a middle page, each with a cold cache."""
    db = DB(None)
    with db.transaction() as conexion:
        conexion.root.casilla = casilla_con(range(1, cuantas + 1))
    with db.transaction() as conexion:
        cargas = []
        for lugar in (Lugar(), Lugar(ultima=True), Lugar(antes=cuantas // 2, pagina=2)):
            conexion.cacheMinimize()
            conexion.getTransferCounts(clear=True)
            pagina(conexion.root.casilla, PENDIENTES, lugar)
            cargas.append(conexion.getTransferCounts()[0])
    db.close()
    return cargas


def test_a_page_asks_the_store_for_as_little_with_many_rows_as_with_few_the_last_page_too() -> None:
    """Trees grow by a level, no more: a page of 20,000 rows may load a few objects more than one of 200."""
    assert max(_cargas(20_000)) <= max(_cargas(200)) + 8


def test_the_neighbours_of_a_row_are_the_newer_and_the_older_one() -> None:
    casilla = casilla_con([10, 20, 30])

    assert vecinas(casilla, PENDIENTES, 20) == (30, 10)
    assert vecinas(casilla, PENDIENTES, 30) == (None, 20)
    assert vecinas(casilla, PENDIENTES, 10) == (20, None)
