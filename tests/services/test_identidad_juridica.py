from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casilla.gateways.ficticio import PadronFicticio
from casilla.gateways.protocolo import DatosEmpresa
from casilla.services.identidad_juridica import CotejoEmpresa, cotejar_empresa, impedimento, mismo_nombre
from tests.services.test_identidad import LETRAS, sin_acentos

EMPRESAS = PadronFicticio.desde_ajustes().empresas
GUIA = EMPRESAS["20566118603"]
DECLARADA = DatosEmpresa("Comercial Ejemplo Ficticio Sociedad Anónima Cerrada", "150101")

FORMAS = {
    "SAC": [
        "S.A.C.",
        "SAC",
        "S. A. C.",
        "s a c",
        "SOCIEDAD ANÓNIMA CERRADA",
        "Sociedad Anonima Cerrada",
        "SOC. ANONIMA CERRADA",
    ],
    "SA": ["S.A.", "SA", "S A", "SOCIEDAD ANÓNIMA", "Soc. Anónima"],
    "SAA": ["S.A.A.", "SAA", "SOCIEDAD ANÓNIMA ABIERTA"],
    "SACS": ["S.A.C.S.", "SOCIEDAD POR ACCIONES CERRADA SIMPLIFICADA"],
    "SRL": [
        "S.R.L.",
        "SRL",
        "S.R.LTDA.",
        "S.C.R.L.",
        "SOC.COM.RESPONS. LTDA",
        "SOCIEDAD COMERCIAL DE RESPONSABILIDAD LIMITADA",
        "Sociedad de Responsabilidad Ltda.",
    ],
    "EIRL": [
        "E.I.R.L.",
        "EIRL",
        "E.I.R.LTDA.",
        "EMPRESA INDIVIDUAL DE RESPONSABILIDAD LIMITADA",
        "EMP.INDIVIDUAL DE RESP. LTDA.",
    ],
    "civil": ["SOCIEDAD CIVIL", "S. Civil", "SOC. CIVIL"],
    "civil de R. L.": ["SOCIEDAD CIVIL DE RESPONSABILIDAD LIMITADA", "S. CIVIL DE R.L.", "SOC.CIVIL DE R. LTDA."],
}
ESCRITAS = [(forma, escrita) for forma, escritas in FORMAS.items() for escrita in escritas]

palabra = st.text(LETRAS, min_size=4, max_size=12)
nombre = st.lists(palabra, min_size=1, max_size=5).map(" ".join)


def test_the_same_name_and_district_are_verified_with_state_and_condition():
    assert cotejar_empresa(DECLARADA, GUIA) == CotejoEmpresa(
        ("razon_social", "ubigeo", "estado", "condicion"), (), (), impedimento=""
    )


def test_another_name_is_told_by_its_field_only():
    cotejo = cotejar_empresa(replace(DECLARADA, razon_social="Otra S.A.C."), GUIA)
    assert cotejo.discrepan == ("razon_social",)
    assert "razon_social" not in cotejo.verificados


def test_another_district_is_told_by_its_field_only():
    cotejo = cotejar_empresa(replace(DECLARADA, ubigeo="150113"), GUIA)
    assert cotejo.discrepan == ("ubigeo",)
    assert "ubigeo" not in cotejo.verificados


def test_a_district_that_the_register_does_not_give_stays_declared():
    cotejo = cotejar_empresa(DECLARADA, replace(GUIA, ubigeo=None))
    assert cotejo.declarados == ("ubigeo",)
    assert cotejo.discrepan == ()
    assert "ubigeo" not in cotejo.verificados


@pytest.mark.parametrize(
    ("estado", "condicion", "dice"),
    [
        ("BAJA DE OFICIO", "HABIDO", "es BAJA DE OFICIO y debe ser ACTIVO"),
        ("SUSPENSION TEMPORAL", "NO HALLADO", "es SUSPENSION TEMPORAL y debe ser ACTIVO"),
        ("ACTIVO", "NO HABIDO", "es NO HABIDO y debe ser HABIDO"),
        ("ACTIVO", "NO HALLADO", "es NO HALLADO y debe ser HABIDO"),
        ("ACTIVO", "PENDIENTE", "es PENDIENTE y debe ser HABIDO"),
        (None, "HABIDO", "no figura y debe ser ACTIVO"),
        ("ACTIVO", None, "no figura y debe ser HABIDO"),
    ],
)
def test_whatever_is_not_active_and_habido_is_an_impediment_with_its_reason(estado, condicion, dice):
    respuesta = replace(GUIA, estado=estado, condicion=condicion)
    cotejo = cotejar_empresa(DECLARADA, respuesta)
    assert dice in cotejo.impedimento == impedimento(respuesta)
    assert ("estado" in cotejo.verificados) is (estado == "ACTIVO")
    assert ("condicion" in cotejo.verificados) is (condicion == "HABIDO")
    assert cotejo.discrepan == (), "the person said nothing wrong"


@pytest.mark.parametrize("empresa", EMPRESAS.values(), ids=EMPRESAS)
def test_every_company_that_declares_what_the_register_says_agrees(empresa):
    cotejo = cotejar_empresa(DatosEmpresa(empresa.razon_social, empresa.ubigeo or "150101"), empresa)
    assert cotejo.discrepan == ()
    assert bool(cotejo.impedimento) is ((empresa.estado, empresa.condicion) != ("ACTIVO", "HABIDO"))


@pytest.mark.parametrize(
    ("declarado", "registrado"),
    [
        ("Confecciones Nandu Inventado SAC", "CONFECCIONES ÑANDÚ INVENTADO SOCIEDAD ANONIMA CERRADA"),
        ("Ficticio y Hijos S.R.L.", "FICTICIO & HIJOS SOC.COM.RESPONS. LTDA"),
        ("Asoc. de Madres Las Inventadas", 'ASOCIACION DE MADRES "LAS INVENTADAS"'),
        ("O\u2019Ejemplo EIRL", "O'EJEMPLO E.I.R.L."),
        ("Transportes Muestra S.A.", "TRANSPORTES MUESTRA SOCIEDAD ANONIMA - T. MUESTRA S.A."),
        ("Compañía Ejemplo S.A.", "CIA. EJEMPLO S A"),
        ("Coop. de Ahorro Ejemplo Ltda. Nro. 5", "COOPERATIVA DE AHORRO EJEMPLO LIMITADA N° 5"),
        ("I.E. Nº 0123 Ejemplo", "I.E. N 0123 EJEMPLO"),
        ("Ejemplo S.A.C. en liquidación", "EJEMPLO SOCIEDAD ANONIMA CERRADA EN LIQUIDACION"),
        (
            "Ejemplo, Ficticio & Muestra S. Civil de R.L.",
            "EJEMPLO FICTICIO Y MUESTRA SOCIEDAD CIVIL DE RESPONSABILIDAD LTDA",
        ),
        ("3F-FICTICIA S.A.A.", "3 F FICTICIA SOCIEDAD ANONIMA ABIERTA"),
    ],
)
def test_two_honest_spellings_agree(declarado, registrado):
    assert mismo_nombre(declarado, registrado)
    assert mismo_nombre(registrado, declarado)


@pytest.mark.parametrize(
    ("declarado", "registrado"),
    [
        ("EJEMPLO S.A.", "EJEMPLO S.A.C."),
        ("EJEMPLO S.A.A.", "EJEMPLO S.A."),
        ("EJEMPLO", "EJEMPLO S.A.C."),
        ("EJEMPLO S.R.L.", "EJEMPLO E.I.R.L."),
        ("EJEMPLO SOCIEDAD CIVIL", "EJEMPLO SOCIEDAD CIVIL DE RESPONSABILIDAD LIMITADA"),
        ("EJEMPLO 1 S.A.", "EJEMPLO 2 S.A."),
        ("EJEMPLO N° 1", "EJEMPLO N° 11"),
        ("T. MUESTRA S.A.", "TRANSPORTES MUESTRA SOCIEDAD ANONIMA - T. MUESTRA S.A."),
        ("ASOCIACION EJEMPLO", "ASOCIACION EJEMPLO - SEDE LIMA"),
        ("", "EJEMPLO S.A."),
        ("S.A.", "EJEMPLO S.A."),
    ],
)
def test_another_name_is_another_name(declarado, registrado):
    assert not mismo_nombre(declarado, registrado)
    assert not mismo_nombre(registrado, declarado)


@settings(deadline=None)
@given(nombre, st.sampled_from(ESCRITAS), st.sampled_from(ESCRITAS))
def test_forms_agree_if_and_only_if_they_are_one_form(propio, una, otra):
    assert mismo_nombre(f"{propio} {una[1]}", f"{propio} {otra[1]}") is (una[0] == otra[0])


@settings(deadline=None)
@given(nombre, st.sampled_from(ESCRITAS), st.data())
def test_case_accents_marks_and_spaces_never_matter(propio, forma, data):
    original = f"{propio} {forma[1]}"
    escrito = data.draw(st.sampled_from([original.upper(), original.lower(), original.title(), sin_acentos(original)]))
    escrito = escrito.replace(" ", data.draw(st.sampled_from([" ", "  ", "\u00a0", ", ", "-", ""])))
    assert mismo_nombre(f' "{escrito}" ', original)


@settings(deadline=None)
@given(palabra, st.sampled_from(ESCRITAS), st.data())
def test_a_letter_more_or_less_always_matters(propio, forma, data):
    donde = data.draw(st.integers(0, len(propio) - 1))
    de_mas = propio[:donde] + data.draw(st.sampled_from(LETRAS)) + propio[donde:]
    de_menos = propio[:donde] + propio[donde + 1 :]
    for otro in (de_mas, de_menos):
        assert not mismo_nombre(f"{otro} {forma[1]}", f"{propio} {forma[1]}")


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_name_agrees_with_itself_and_it_does_not_matter_who_said_what(uno, otro):
    assert mismo_nombre(uno, uno)
    assert mismo_nombre(uno, otro) is mismo_nombre(otro, uno)
