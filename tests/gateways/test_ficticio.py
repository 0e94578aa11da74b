"""The committed people: fictitious, valid, and awkward enough."""

from datetime import date

import pytest
from stdnum.pe import cui

from casilla.gateways.ficticio import PadronFicticio
from casilla.services.identidad import cotejar, es_mayor_de_edad

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
)


def test_there_are_enough_people_of_each_kind():
    assert len(ADULTOS) >= 10
    assert len(PERUANOS) - len(ADULTOS) == 1
    assert len([numero for numero in PADRON.personas if len(numero) == 9]) == 2
    assert len(PADRON.sin_respuesta) == 1


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
