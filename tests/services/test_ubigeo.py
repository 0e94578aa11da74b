"""Districts: the committed table is whole, and is gone through from the larger place to the smaller."""

import pytest

from casilla.services import ubigeo
from casilla.services.ubigeo import Lugar

DISTRITOS = [
    d for dep in ubigeo.departamentos() for pro in ubigeo.provincias(dep.codigo) for d in ubigeo.distritos(pro.codigo)
]


def test_the_whole_country_is_there():
    assert len(ubigeo.departamentos()) == 25
    assert sum(len(ubigeo.provincias(lugar.codigo)) for lugar in ubigeo.departamentos()) == 196
    assert len(DISTRITOS) == len({distrito.codigo for distrito in DISTRITOS}) == 1891


def test_every_province_has_districts():
    provincias = [pro for dep in ubigeo.departamentos() for pro in ubigeo.provincias(dep.codigo)]
    assert all(ubigeo.distritos(provincia.codigo) for provincia in provincias)


def test_no_province_has_two_districts_of_one_name():
    assert len({(d.codigo[:4], d.nombre) for d in DISTRITOS}) == len(DISTRITOS)


def test_names_are_written_as_people_write_them():
    for distrito in DISTRITOS:
        assert distrito.nombre == " ".join(distrito.nombre.split())
        assert distrito.nombre[0].isupper()
        assert not distrito.nombre.isupper()


def test_one_goes_from_the_department_to_the_district():
    assert Lugar("15", "Lima") in ubigeo.departamentos()
    assert Lugar("1501", "Lima") in ubigeo.provincias("15")
    assert Lugar("150113", "Jesús María") in ubigeo.distritos("1501")
    assert Lugar("070107", "Mi Perú") in ubigeo.distritos("0701")


def test_order_is_that_of_a_spanish_dictionary():
    assert [lugar.nombre for lugar in ubigeo.departamentos()][:3] == ["Amazonas", "Áncash", "Apurímac"]
    lima = [lugar.nombre for lugar in ubigeo.distritos("1501")]
    assert lima.index("Ancón") < lima.index("Ate") < lima.index("Breña")
    assert ubigeo._alfabeto("Nuñoa") > ubigeo._alfabeto("Nunzoa")
    assert ubigeo._alfabeto("Ñu") > ubigeo._alfabeto("Nz")


@pytest.mark.parametrize(
    ("codigo", "nombre"),
    [
        ("040126", "Yanahuara, Arequipa, Arequipa"),
        ("150113", "Jesús María, Lima, Lima"),
        ("1501", "Lima, Lima"),
        ("15", "Lima"),
        ("150199", ""),
        ("", ""),
        ("15011", ""),
        ("Jesús", ""),
    ],
)
def test_a_code_has_the_name_of_its_place_within_the_larger_ones(codigo, nombre):
    assert ubigeo.nombre(codigo) == nombre


@pytest.mark.parametrize(("codigo", "es"), [("150113", True), ("1501", False), ("150199", False), ("", False)])
def test_only_six_digits_of_a_place_are_a_district(codigo, es):
    assert ubigeo.es_distrito(codigo) is es


@pytest.mark.parametrize("codigo", ["", "1", "99", "1501", "15011", "150113", "<b>"])
def test_what_is_no_department_has_no_provinces(codigo):
    assert ubigeo.provincias(codigo) == ()


@pytest.mark.parametrize("codigo", ["", "15", "9901", "150113"])
def test_what_is_no_province_has_no_districts(codigo):
    assert ubigeo.distritos(codigo) == ()


def test_all_districts_can_be_had_at_once_each_with_a_name_of_its_own():
    assert sorted(lugar.codigo for lugar in ubigeo.todos()) == sorted(distrito.codigo for distrito in DISTRITOS)
    assert len({lugar.nombre for lugar in ubigeo.todos()}) == len(DISTRITOS)
    assert Lugar("150113", "Jesús María, Lima, Lima") in ubigeo.todos()
