"""What every register of persons does, the fictitious one and the real ones against a PIDE on the loopback."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from casilla.gateways.ficticio import PadronFicticio
from casilla.gateways.migraciones import MigracionesPide
from casilla.gateways.protocolo import DatosPersona, NoResponde, RegistroDePersonas
from casilla.gateways.reniec import ReniecPide

MENOR_EXTRANJERO = "000999003"


@dataclass
class Caso:
    registro: RegistroDePersonas
    conocido: str
    nombre: tuple[str, str, str]
    un_apellido: str
    menor: str
    callar: Callable[[], str]
    """Makes the service stop answering, at least for the number that it returns."""


def padron_ficticio(pide, carpeta):
    padron = PadronFicticio.desde_ajustes({})
    return Caso(
        padron,
        "49083411",
        ("ROSA ELENA", "EJEMPLO", "FICTICIA"),
        "99000004",
        "99000012",
        lambda: min(padron.sin_respuesta, key=len),
    )


def reniec(pide, carpeta):
    return Caso(
        ReniecPide.desde_ajustes(pide.ajustes(carpeta)),
        "99000002",
        ("BEGOÑA", "ÑUÑO", "ESPAÑOLA INVENTADA"),
        "99000004",
        "99000012",
        lambda: romper(pide, "99000002"),
    )


def migraciones(pide, carpeta):
    pide.personas[MENOR_EXTRANJERO] = DatosPersona("PETIT", "MINEUR", "", menor=True)
    return Caso(
        MigracionesPide.desde_ajustes(pide.ajustes(carpeta)),
        "000999002",
        ("JOÃO PEDRO", "EXEMPLO", "DA SILVA FICTÍCIO"),
        "000999001",
        MENOR_EXTRANJERO,
        lambda: romper(pide, "000999002"),
    )


def romper(pide, numero):
    pide.falla = "error 500"
    return numero


@pytest.fixture(params=[padron_ficticio, reniec, migraciones], ids=lambda hacer: hacer.__name__)
def caso(request, pide, tmp_path):
    return request.param(pide, tmp_path)


def test_a_register_has_a_name_for_people(caso):
    assert caso.registro.nombre


def test_a_known_number_gives_the_names_without_padding(caso):
    persona = caso.registro.consultar(caso.conocido)
    assert (persona.nombres, persona.apellido_paterno, persona.apellido_materno) == caso.nombre
    assert persona.menor is False


def test_a_person_with_one_surname_has_the_other_empty(caso):
    persona = caso.registro.consultar(caso.un_apellido)
    assert persona.apellido_paterno
    assert persona.apellido_materno == ""


@pytest.mark.parametrize("numero", ["88888888", "888888888"])
def test_an_unknown_number_is_nobodys(caso, numero):
    assert caso.registro.consultar(numero) is None


@pytest.mark.parametrize(
    "numero", ["", "4908341", "490834112222222", "4908341 ", "٤٩٠٨٣٤١١", "49083411\n", "' OR 1=1", "📮" * 8]
)
def test_what_is_no_number_is_nobodys(caso, numero):
    assert caso.registro.consultar(numero) is None


def test_of_a_minor_only_that_is_told(caso):
    assert caso.registro.consultar(caso.menor) == DatosPersona("", "", "", menor=True)


def test_a_register_that_does_not_answer_says_which_one_it_is(caso):
    numero = caso.callar()
    with pytest.raises(NoResponde) as sin_respuesta:
        caso.registro.consultar(numero)
    assert sin_respuesta.value.servicio == caso.registro.nombre
    assert sin_respuesta.value.motivo
    assert str(sin_respuesta.value) == f"{caso.registro.nombre} no responde: {sin_respuesta.value.motivo}"
    assert numero not in str(sin_respuesta.value)
