"""The committed people: fictitious, valid, and awkward enough."""

from datetime import date

import pytest
from stdnum.pe import cui, ruc

from casilla.gateways.ficticio import PadronFicticio
from casilla.services.identidad import cotejar, es_mayor_de_edad
from casilla.services.ubigeo import es_distrito

PADRON = PadronFicticio.desde_ajustes()
PERUANOS = {numero: persona for numero, persona in PADRON.personas.items() if len(numero) == 8}
ADULTOS = {numero: persona for numero, persona in PERUANOS.items() if not persona.menor}
INVENTADOS = (
    "EJEMPLO",
    "FICTICI",
    "INVENTAD",
    "DEMOSTRACIÓN",
    "BISIESTO",
    "ANTAÑO",
    "YU XI",
    "SINFECHA",
    "SINSEXO",
    "BEISPIEL",
    "EXEMPLO",
    "INTERMINABLE",
)


def test_there_are_enough_people_of_each_kind():
    assert len(ADULTOS) >= 10
    assert len(PERUANOS) - len(ADULTOS) == 1
    assert len([numero for numero in PADRON.personas if len(numero) == 9]) == 2
    assert len(PADRON.sin_respuesta) == 2


@pytest.mark.parametrize("numero", [numero for numero in PERUANOS if PERUANOS[numero].digito_verificacion])
def test_every_check_character_is_the_valid_one(numero):
    assert cui.is_valid(numero + PERUANOS[numero].digito_verificacion)


def test_the_guides_own_example_is_somebody():
    assert PADRON.consultar("49083411").digito_verificacion == "2"


@pytest.mark.parametrize("persona", PADRON.personas.values(), ids=PADRON.personas)
def test_nobody_could_be_taken_for_a_real_person(persona):
    completo = f"{persona.nombres} {persona.apellido_paterno} {persona.apellido_materno}"
    assert any(palabra in completo for palabra in INVENTADOS)


@pytest.mark.parametrize("persona", [p for p in ADULTOS.values() if p.fecha_nacimiento], ids=str)
def test_dates_are_possible(persona):
    assert es_mayor_de_edad(persona.fecha_nacimiento, date(2025, 1, 1))
    assert persona.fecha_nacimiento < persona.fecha_emision


def test_awkward_names_are_there():
    nombres = [" ".join((p.nombres, p.apellido_paterno, p.apellido_materno)) for p in ADULTOS.values()]
    for rasgo in "ÑÜ'-":
        assert any(rasgo in nombre for nombre in nombres), rasgo
    assert max(map(len, nombres)) > 150
    assert any(not persona.apellido_materno for persona in ADULTOS.values())


def test_some_answers_confirm_everything_and_some_the_names_only():
    completa, escueta = PADRON.consultar("49083411"), PADRON.consultar("99000010")
    assert cotejar(completa, completa).declarados == ()
    assert cotejar(completa, escueta).declarados


def test_there_are_companies_for_every_road():
    empresas = PADRON.empresas.values()
    assert len(empresas) >= 8
    assert any(empresa.estado != "ACTIVO" and empresa.condicion == "HABIDO" for empresa in empresas)
    assert any(empresa.estado == "ACTIVO" and empresa.condicion == "NO HABIDO" for empresa in empresas)
    assert any(empresa.ubigeo is None for empresa in empresas)
    assert "20566118603" in PADRON.empresas


@pytest.mark.parametrize("numero", [*PADRON.empresas, max(PADRON.sin_respuesta, key=len)])
def test_every_ruc_is_valid(numero):
    assert ruc.is_valid(numero)


@pytest.mark.parametrize("empresa", PADRON.empresas.values(), ids=PADRON.empresas)
def test_no_company_could_be_taken_for_a_real_one(empresa):
    assert any(palabra in empresa.razon_social for palabra in ("MUESTRA", *INVENTADOS))


@pytest.mark.parametrize("empresa", [e for e in PADRON.empresas.values() if e.ubigeo], ids=str)
def test_every_company_is_in_a_district(empresa):
    assert es_distrito(empresa.ubigeo)


def test_awkward_names_of_companies_are_there():
    nombres = [empresa.razon_social for empresa in PADRON.empresas.values()]
    for rasgo in ("Ñ", "&", "'", '"', " - ", "°", "SOC."):
        assert any(rasgo in nombre for nombre in nombres), rasgo
    assert max(map(len, nombres)) > 150
