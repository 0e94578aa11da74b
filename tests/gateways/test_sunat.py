"""SUNAT's client, against a PIDE on the loopback that speaks and fails as the real one."""

import logging
from time import monotonic

import pytest

from casilla.gateways.protocolo import DatosEmpresa, NoResponde
from casilla.gateways.sunat import SunatPide
from tests.gateways.pide import FALLAS, FALLAS_DE_SUNAT
from tests.gateways.test_pide import AGUANTA

RUC = "20566118603"


@pytest.fixture
def sunat(pide, tmp_path):
    return SunatPide.desde_ajustes(pide.ajustes(tmp_path))


def motivo_de(sunat):
    with pytest.raises(NoResponde) as error:
        sunat.consultar_empresa(RUC)
    return error.value.motivo


def test_sunat_is_asked_in_its_own_format(pide, sunat):
    sunat.consultar_empresa(RUC)
    assert pide.peticiones == [("GET", "/Rest/Sunat/DatosPrincipales", {"numruc": RUC, "out": "json"}, None)]


def test_a_wrong_check_digit_spends_no_question(pide, sunat):
    assert sunat.consultar_empresa("20566118604") is None
    assert pide.peticiones == []


@pytest.mark.parametrize("sin_multiref", [True, False], ids=["no multiRef", "empty name"])
def test_sunat_says_in_two_ways_that_a_ruc_is_nobodys(pide, sunat, sin_multiref):
    pide.sin_multiref = sin_multiref
    assert sunat.consultar_empresa("20999000992") is None


def test_fields_that_are_null_or_padded_with_nothing_are_not_given(pide, sunat):
    pide.empresas = {RUC: DatosEmpresa("EJEMPLO S.A.", "      ", None, " ")}
    assert sunat.consultar_empresa(RUC) == DatosEmpresa("EJEMPLO S.A.")


def test_a_district_that_is_none_of_inei_is_not_given(pide, sunat):
    pide.empresas = {RUC: DatosEmpresa("EJEMPLO S.A.", "LIMA", "ACTIVO", "HABIDO")}
    assert sunat.consultar_empresa(RUC).ubigeo is None


@pytest.mark.parametrize("falla", sorted({*FALLAS, *FALLAS_DE_SUNAT} - {*AGUANTA}))
def test_whatever_breaks_the_answer_is_one_exception(pide, sunat, falla):
    pide.falla = falla
    motivo_de(sunat)
    assert len(pide.peticiones) == 1, "a question is neither repeated nor redirected"
    pide.falla = None
    assert sunat.consultar_empresa(RUC)


@pytest.mark.parametrize("falla", AGUANTA)
def test_nobody_waits_longer_than_the_setting_says(pide, tmp_path, falla):
    sunat = SunatPide.desde_ajustes(pide.ajustes(tmp_path, espera="0.3"))
    pide.falla = falla
    antes = monotonic()
    assert "0.3 segundos" in motivo_de(sunat)
    assert 0.25 < monotonic() - antes < 20  # it would hold the line for a minute


@pytest.mark.parametrize("falla", sorted({*FALLAS, *FALLAS_DE_SUNAT} - {*AGUANTA}))
def test_the_operator_is_told_and_not_about_whom(pide, sunat, falla, caplog):
    caplog.set_level(logging.DEBUG)
    pide.falla = falla
    assert motivo_de(sunat) in caplog.text
    assert RUC not in caplog.text
    assert pide.empresas[RUC].razon_social not in caplog.text
