"""The field of the district: what a form sends becomes a code or words, and a code becomes what the form shows."""

from typing import Any

import colander
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casilla import fields
from casilla.fields.distritos import Distrito, Eleccion
from casilla.services.distritos import iguales
from casilla.services.ubigeo import Lugar, es_distrito, todos
from tests.test_fields import leer_o_queja

CAMPO = fields.distrito(name="distrito")
DISTRITOS = st.sampled_from(todos())
TEXTO = st.one_of(st.text(max_size=300), DISTRITOS.map(lambda d: d.codigo), DISTRITOS.map(lambda d: d.nombre))


@given(DISTRITOS, st.sampled_from(["lists", "box"]))
def test_a_code_that_goes_to_the_page_comes_back(lugar: Lugar, por: str) -> None:
    mostrado = CAMPO.serialize(lugar.codigo)
    sin = {"escrito": None} if por == "lists" else {"departamento": "", "provincia": "", "distrito": ""}

    assert CAMPO.deserialize(mostrado._replace(**sin)) == lugar.codigo


@given(DISTRITOS, DISTRITOS)
def test_the_words_in_the_box_win_over_a_code_of_something_else(uno: Lugar, otro: Lugar) -> None:
    assert CAMPO.deserialize(Eleccion(codigo=otro.codigo, escrito=uno.nombre)) == uno.codigo


@given(st.builds(Eleccion, TEXTO, TEXTO, TEXTO, TEXTO, st.one_of(st.none(), TEXTO)))
def test_whatever_comes_is_a_district_or_a_complaint(eleccion: Eleccion) -> None:
    leido = leer_o_queja(CAMPO, eleccion)

    assert es_distrito(leido) or leido.startswith(("Elija", "Hay ", "No hallamos")) or "elija" in leido


@given(st.dictionaries(st.sampled_from([f"distrito-{parte}" for parte in Distrito.partes]), TEXTO))
def test_whatever_a_form_sends_can_be_read_and_shown_again(recibido: dict[str, str]) -> None:
    class Campo:
        name = "distrito"

    eleccion = Distrito().deserialize(Campo(), recibido or colander.null)

    assert (eleccion.escrito is None) is ("distrito-escrito" not in recibido)
    assert leer_o_queja(CAMPO, eleccion)


@pytest.mark.parametrize("nada", [colander.null, Eleccion(), Eleccion(escrito=""), Eleccion(codigo="", escrito="")])
def test_nothing_is_told_in_words_that_fit_lists_and_box(nada: Any) -> None:
    assert leer_o_queja(CAMPO, nada) == "Elija el distrito que aparece en la ficha RUC"


@pytest.mark.parametrize("codigo", ["15", "1501", "", "150199"])
def test_only_a_district_will_do_not_a_larger_place_with_that_name(codigo: str) -> None:
    assert leer_o_queja(CAMPO, Eleccion(codigo=codigo, escrito="Lima, Lima")) == "150101"
    assert leer_o_queja(CAMPO, Eleccion(codigo=codigo, escrito="Áncash")) != codigo


@given(DISTRITOS)
def test_a_name_alone_will_do_where_no_other_district_bears_it(lugar: Lugar) -> None:
    nombre = lugar.nombre.split(", ")[0]
    cuantos = len(iguales(nombre))

    leido = leer_o_queja(CAMPO, Eleccion(escrito=nombre))

    assert leido == (
        lugar.codigo if cuantos == 1 else f"Hay {cuantos} distritos con ese nombre: elija el suyo de la lista"
    )
