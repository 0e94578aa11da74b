"""What a person asks of a tray: read from an address, told what is wrong in it, and written back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casilla.services.condiciones import CAMPOS, DE_TEXTO, OPERADORES, Condicion, leer_fecha
from casilla.services.filtros import (
    CUALQUIERA,
    MAXIMO_DE_CONDICIONES,
    RECIENTES,
    TAMANOS,
    Consulta,
    Orden,
)
from casilla.services.palabras import limpiar, plegar

ESCRITO = st.text(max_size=12)
CONDICIONES = st.builds(
    Condicion.leer, st.sampled_from(["", *CAMPOS]), st.sampled_from(list(OPERADORES)), ESCRITO, ESCRITO
)
CONSULTAS = st.builds(
    Consulta,
    ESCRITO.map(lambda texto: limpiar(texto, 200)),
    st.lists(CONDICIONES.filter(lambda c: c.campo or c.valor or c.hasta), max_size=4).map(tuple),
    st.sampled_from(["todo", "cualquiera"]),
    st.builds(Orden, st.sampled_from(list(CAMPOS)), st.booleans()),
    st.sampled_from(TAMANOS),
)
NOMBRES = st.from_regex(r"\A[fovh][0-9]{1,3}\Z") | st.sampled_from(["q", "union", "orden", "n", "f1", "o1", "v1", "h1"])


@given(CONSULTAS)
def test_an_address_says_the_whole_query_and_is_read_back(consulta: Consulta) -> None:
    assert Consulta.leer(consulta.parametros()) == consulta


@given(st.dictionaries(NOMBRES, st.text(max_size=20)))
def test_whatever_an_address_says_it_is_read_and_what_was_understood_is_stable(parametros: dict[str, str]) -> None:
    consulta = Consulta.leer(parametros)

    assert Consulta.leer(consulta.parametros()) == consulta
    assert len(consulta.aplicadas) + len(consulta.errores) == len(consulta.condiciones)
    assert str(consulta) or not consulta.filtra


def test_what_is_as_usual_is_not_said() -> None:
    assert Consulta().parametros() == {}
    assert (
        Consulta.leer({"q": " ", "f1": "", "o1": "igual", "v1": "", "union": "todo", "orden": "envio_desc"})
        == Consulta()
    )


def test_empty_rows_are_left_out_and_the_rest_is_numbered_anew() -> None:
    dicho = {
        "f2": "anio",
        "o2": "igual",
        "v2": "2025",
        "f4": "",
        "v4": "",
        "o4": "antes",
        "f10": "asunto",
        "v10": "agua",
    }

    assert Consulta.leer({**dicho, "o10": "contiene"}).parametros() == {
        "f1": "anio",
        "o1": "igual",
        "v1": "2025",
        "f2": "asunto",
        "o2": "contiene",
        "v2": "agua",
    }


@pytest.mark.parametrize(
    ("mala", "queda"),
    [
        ({"n": "33"}, Consulta()),
        ({"n": "-1"}, Consulta()),
        ({"n": "٢٥"}, Consulta()),
        ({"n": "50"}, Consulta(por_pagina=50)),
        ({"orden": "clave"}, Consulta()),
        ({"orden": "asunto_arriba"}, Consulta()),
        ({"orden": "asunto"}, Consulta(orden=Orden("asunto", False))),
        ({"orden": "emision_desc"}, Consulta(orden=Orden("emision", True))),
        ({"union": "ninguno"}, Consulta()),
        ({"union": "cualquiera"}, Consulta(union=CUALQUIERA)),
        ({"q": "\x00 \u200b\ufdd0\n"}, Consulta()),
        ({"q": "a" * 500}, Consulta(q="a" * 200)),
        ({"f0": "anio", "v0": "2025", "f01": "anio", "v100": "x", "otra": "cosa"}, Consulta()),
    ],
)
def test_what_no_link_of_ours_says_is_read_as_if_it_were_not_there(mala: dict[str, str], queda: Consulta) -> None:
    assert Consulta.leer(mala) == queda


def test_nobody_makes_the_house_work_on_a_thousand_conditions() -> None:
    muchas = {f"{letra}{n}": texto for n in range(1, 100) for letra, texto in (("f", "anio"), ("v", "2025"))}

    assert len(Consulta.leer(muchas).condiciones) == MAXIMO_DE_CONDICIONES


@pytest.mark.parametrize(
    ("condicion", "palabras"),
    [
        (("anio", "igual", ""), "Escriba el año, por ejemplo 2025"),
        (("anio", "igual", "dos mil"), "El año debe tener 4 cifras, por ejemplo 2025"),
        (("anio", "igual", "25"), "El año debe tener 4 cifras, por ejemplo 2025"),
        (("anio", "igual", "٢٠٢٥"), "El año debe tener 4 cifras, por ejemplo 2025"),
        (("anio", "igual", "0025"), "El año debe tener 4 cifras, por ejemplo 2025"),
        (("anio", "entre", "2025"), "Escriba el año, por ejemplo 2025"),
        (("anio", "entre", "2025", "2024"), "El final no puede ser anterior al comienzo: cambie el orden"),
        (
            ("anio", "contiene", "2"),
            "«contiene» no se usa con Año: elija «igual», «antes de», «después de» o «entre»",
        ),
        (("asunto", "antes", "b"), "«antes de» no se usa con Asunto: elija «igual», «contiene» o «empieza con»"),
        (("asunto", "contiene", ""), "Escriba el texto que busca"),
        (("asunto", "contiene", "\u0301"), "Escriba el texto que busca"),
        (("", "contiene", "agua"), "Elija el campo en que se debe buscar"),
        (("clave", "contiene", "agua"), "Elija el campo en que se debe buscar"),
        (("emision", "igual", ""), "Escriba la fecha, por ejemplo 27/1/2025"),
        (("emision", "igual", "ayer"), "Escriba la fecha con día, mes y año, por ejemplo 27/1/2025"),
        (("emision", "igual", "27/1/25"), "Escriba la fecha con día, mes y año, por ejemplo 27/1/2025"),
        (("emision", "igual", "27/1/9999"), "Escriba la fecha con día, mes y año, por ejemplo 27/1/2025"),
        (("emision", "igual", "31/2/2025"), "La fecha «31/2/2025» no existe: revise el día y el mes"),
        (
            ("emision", "igual", "3 de brumario de 2025"),
            "La fecha «3 de brumario de 2025» no existe: revise el día y el mes",
        ),
        (("envio", "entre", "1/2/2025", "31/1/2025"), "El final no puede ser anterior al comienzo: cambie el orden"),
    ],
)
def test_a_wrong_condition_says_what_to_do(condicion: tuple[str, ...], palabras: str) -> None:
    assert Condicion.leer(*condicion, *[""] * (4 - len(condicion))).error == palabras


def test_a_wrong_condition_is_told_by_its_place_and_the_right_ones_still_count() -> None:
    consulta = Consulta.leer({"f1": "anio", "v1": "20", "f2": "asunto", "o2": "contiene", "v2": "agua"})

    assert list(consulta.errores) == [1]
    assert consulta.filtra
    assert str(consulta) == "Asunto contiene agua"


@pytest.mark.parametrize("condicion", [Condicion("anio", "igual", "2025"), Condicion("", "igual", "x")])
def test_a_condition_can_be_taken_out(condicion: Condicion) -> None:
    otra = Condicion("tipo", "igual", "carta")

    assert Consulta("q", (condicion, otra), orden=Orden("tipo", False)).sin(condicion) == Consulta(
        "q", (otra,), orden=Orden("tipo", False)
    )


def test_without_filters_order_and_size_remain() -> None:
    consulta = Consulta("q", (Condicion("anio", "igual", "2025"),), CUALQUIERA, Orden("tipo", False), 50)

    assert consulta.sin_filtros() == Consulta(orden=Orden("tipo", False), por_pagina=50)
    assert not consulta.sin_filtros().filtra


def test_a_query_is_said_in_words() -> None:
    condiciones = (Condicion("anio", "igual", "2025"), Condicion("emision", "entre", "1/1/2025", "2025-03-31"))

    assert str(Consulta("agua", condiciones)) == (
        "«agua»; Año igual 2025 y Fecha de emisión entre 1 de enero de 2025 y 31 de marzo de 2025"
    )
    assert str(Consulta("", (*condiciones[:1], Condicion("tipo", "empieza", "CAR")), CUALQUIERA)) == (
        "Año igual 2025 o Tipo de documento empieza con CAR"
    )
    assert str(Consulta()) == ""


@pytest.mark.parametrize(
    "escrita",
    [
        "27/1/2025",
        "27-01-2025",
        "27.1.2025",
        "27 1 2025",
        "2025-01-27",
        "27 de enero de 2025",
        "27 ene. 2025",
        "27 de Enero del 2025",
    ],
)
def test_a_date_is_understood_as_people_write_it(escrita: str) -> None:
    assert leer_fecha(escrita) == date(2025, 1, 27)


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_an_explanation(escrito: str) -> None:
    assert isinstance(Condicion("emision", "igual", escrito).error, str)


def test_first_one_expects_words_from_the_a_on_and_the_latest_times() -> None:
    assert Orden.natural("envio") == RECIENTES
    assert {campo for campo in CAMPOS if not Orden.natural(campo).descendente} == {
        campo for campo, que in CAMPOS.items() if que.de_texto
    }


@pytest.mark.parametrize(
    ("uno", "otro"),
    [
        ("NOTIFICACIÓN", "notificacion"),
        ("Ñusta  D'Alembert", "nusta d'alembert"),
        ("Nin\u0303ez", "niñez"),
        ("STRASSE", "straße"),
        ("n.º\u00a07", "N.o 7"),
        ("ﬁrma", "firma"),
    ],
)
def test_case_accents_and_spaces_do_not_matter(uno: str, otro: str) -> None:
    assert plegar(uno) == plegar(otro)


@given(st.text(max_size=30))
def test_what_is_folded_is_already_folded(texto: str) -> None:
    assert plegar(plegar(texto)) == plegar(texto)


@given(st.text(), st.integers(1, 20))
def test_what_was_typed_comes_in_one_line_that_a_page_may_hold(texto: str, maximo: int) -> None:
    limpio = limpiar(texto, maximo)

    assert len(limpio) <= maximo
    assert limpio == " ".join(limpio.split()) == limpiar(limpio, maximo)
    assert limpio.isprintable()


def test_operators_fit_the_columns() -> None:
    assert {OPERADORES[operador] for operador in DE_TEXTO} == {"igual", "contiene", "empieza con"}
