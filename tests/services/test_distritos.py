"""The district that is meant by what somebody writes, or chooses from three lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casilla.services import ubigeo
from casilla.services.distritos import MAXIMO, PARTES, iguales, parecidos, reparo
from casilla.services.ubigeo import Lugar, es_distrito, todos
from tests.services.test_identidad import sin_acentos

DISTRITOS = st.sampled_from(todos())
CODIGOS = st.one_of(DISTRITOS.map(lambda d: d.codigo), st.text(max_size=6))


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


def test_the_nearest_name_comes_first() -> None:
    assert parecidos("Yanaguara")[0].nombre == "Yanahuara, Arequipa, Arequipa"


@given(DISTRITOS)
def test_a_district_in_its_own_province_and_department_is_without_reproach(lugar: Lugar) -> None:
    assert reparo(lugar.codigo[:2], lugar.codigo[:4], lugar.codigo) is None


@given(CODIGOS, CODIGOS, CODIGOS)
def test_three_codes_agree_if_and_only_if_each_lies_in_the_larger(uno: str, dos: str, tres: str) -> None:
    departamento, provincia = uno[:2], dos[:4]
    juntos = es_distrito(tres) and (departamento, provincia) == (tres[:2], tres[:4])

    falta = reparo(departamento, provincia, tres)

    assert (falta is None) is juntos
    if falta:
        assert falta[0] in PARTES
        assert falta[1].endswith(f" {falta[0]}")


@given(DISTRITOS, DISTRITOS)
def test_the_first_place_that_lies_elsewhere_is_named_with_where_it_does_not_lie(uno: Lugar, otro: Lugar) -> None:
    falta = reparo(uno.codigo[:2], otro.codigo[:4], otro.codigo)
    if uno.codigo[:2] == otro.codigo[:2]:
        assert falta is None
        return
    provincia, departamento = otro.nombre.split(", ")[1], ubigeo.nombre(uno.codigo[:2])
    assert falta == ("provincia", f"{provincia} no es una provincia de {departamento}: elija la provincia")


@pytest.mark.parametrize(
    ("codigos", "esperado"),
    [
        (("", "", ""), ("departamento", "Elija el departamento")),
        (("99", "1501", "150101"), ("departamento", "Elija el departamento")),
        (("15", "", "150101"), ("provincia", "Elija la provincia")),
        (("15", "1501", ""), ("distrito", "Elija el distrito")),
        (("15", "1501", "1501"), ("distrito", "Lima no es un distrito de Lima: elija el distrito")),
        (("15", "1510", "150113"), ("distrito", "Jesús María no es un distrito de Yauyos: elija el distrito")),
    ],
)
def test_the_first_thing_missing_is_asked_for(codigos: tuple[str, str, str], esperado: tuple[str, str]) -> None:
    assert reparo(*codigos) == esperado
