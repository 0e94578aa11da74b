"""What every register of companies does: the fictitious one, SUNAT's through a PIDE on the loopback, its file."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from casilla.gateways.ficticio import PadronFicticio
from casilla.gateways.padron import PadronReducido
from casilla.gateways.protocolo import DatosEmpresa, NoResponde, RegistroDeEmpresas
from casilla.gateways.sunat import SunatPide
from tests.gateways.padron import indice

EMPRESAS = PadronFicticio.desde_ajustes().empresas
DESCONOCIDO = "20999000992"


@dataclass
class Caso:
    registro: RegistroDeEmpresas
    callar: Callable[[], str]
    """Makes the service stop answering, at least for the number that it returns."""


def ficticio(pide, carpeta):
    padron = PadronFicticio.desde_ajustes()
    return Caso(padron, lambda: max(padron.sin_respuesta, key=len))


def sunat(pide, carpeta):
    def callar():
        pide.falla = "error 500"
        return "20566118603"

    return Caso(SunatPide.desde_ajustes(pide.ajustes(carpeta)), callar)


def padron_reducido(pide, carpeta):
    archivo = indice(carpeta / "padron.sqlite", EMPRESAS)

    def callar():
        archivo.unlink()
        return "20566118603"

    return Caso(PadronReducido.desde_ajustes({"casilla.padron_archivo": str(archivo)}), callar)


@pytest.fixture(params=[ficticio, sunat, padron_reducido], ids=lambda hacer: hacer.__name__)
def caso(request, pide, tmp_path):
    return request.param(pide, tmp_path)


def test_a_register_has_a_name_for_people(caso):
    assert caso.registro.nombre


@pytest.mark.parametrize("ruc", EMPRESAS)
def test_a_known_company_is_told_in_full_and_without_padding(caso, ruc):
    assert caso.registro.consultar_empresa(ruc) == EMPRESAS[ruc]


def test_a_company_without_district_has_none(caso):
    assert caso.registro.consultar_empresa("20999000101").ubigeo is None


def test_an_unknown_ruc_is_nobodys(caso):
    assert caso.registro.consultar_empresa(DESCONOCIDO) is None


@pytest.mark.parametrize(
    "ruc",
    ["", "20566118604", "2056611860", "205661186033", "20566118603\n", " 20566118603", "٢٠٥٦٦١١٨٦٠٣", "' OR 1=1 --"],
)
def test_what_is_no_ruc_is_nobodys(caso, ruc):
    assert caso.registro.consultar_empresa(ruc) is None


def test_the_answer_cannot_be_changed(caso):
    respuesta = caso.registro.consultar_empresa("20566118603")
    assert type(respuesta) is DatosEmpresa
    with pytest.raises(AttributeError):
        respuesta.estado = "BAJA"


def test_a_register_that_does_not_answer_says_which_one_it_is(caso):
    ruc = caso.callar()
    with pytest.raises(NoResponde) as sin_respuesta:
        caso.registro.consultar_empresa(ruc)
    assert sin_respuesta.value.servicio == caso.registro.nombre
    assert sin_respuesta.value.motivo
    assert ruc not in str(sin_respuesta.value)
