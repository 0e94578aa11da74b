"""The district that is meant by what somebody writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casilla.services.distritos import MAXIMO, iguales, parecidos
from casilla.services.ubigeo import Lugar, es_distrito, todos
from tests.services.test_identidad import sin_acentos

DISTRITOS = st.sampled_from(todos())


@given(DISTRITOS)
def test_every_district_is_found_by_its_full_name_in_either_order_and_by_its_code(lugar: Lugar) -> None:
    partes = lugar.nombre.split(", ")

    for escrito in (
        lugar.nombre,
        " - ".join(reversed(partes)).upper(),
        sin_acentos(lugar.nombre).lower(),
        lugar.codigo,
    ):
        assert iguales(escrito) == (lugar,)


@given(DISTRITOS)
def test_a_name_alone_finds_all_that_bear_it(lugar: Lugar) -> None:
    assert lugar in iguales(lugar.nombre.split(", ")[0])


@given(st.text(max_size=60))
def test_whatever_is_written_finds_districts_or_nothing(escrito: str) -> None:
    for hallados in (iguales(escrito), parecidos(escrito)):
        assert all(es_distrito(lugar.codigo) for lugar in hallados)
    assert len(parecidos(escrito)) <= MAXIMO


@pytest.mark.parametrize(
    ("escrito", "nombres"),
    [
        ("yanahuara", ["Yanahuara, Arequipa, Arequipa"]),
        ("Miraflores, Lima", ["Miraflores, Lima, Lima"]),
        ("LIMA / YAUYOS / MIRAFLORES", ["Miraflores, Yauyos, Lima"]),
        ("Lima, Miraflores, Lima", []),
        ("Miraflores, Lima, Lima, Perú", []),
        ("", []),
        (" , - ", []),
        ("999999", []),
    ],
)
def test_only_the_right_places_agree(escrito: str, nombres: list[str]) -> None:
    assert [lugar.nombre for lugar in iguales(escrito)] == nombres


@pytest.mark.parametrize("escrito", ["San Juan Lurigancho", "San Juan de Lurigacho", "san juan de luri"])
def test_a_slip_is_understood(escrito: str) -> None:
    assert iguales(escrito) == ()
    assert "San Juan de Lurigancho, Lima, Lima" in [lugar.nombre for lugar in parecidos(escrito)]
