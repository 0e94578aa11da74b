"""A casilla is given once: to one document, at one address."""

from datetime import timedelta

import pytest

from casilla.resources.sitio import Sitio
from casilla.services.afiliacion import YaAfiliado, afiliar, avisar_que_ya_tiene, duenos
from casilla.services.correspondencia import CREDENCIALES, YA_TIENE_CASILLA
from tests import mundo
from tests.mundo import COSTO, ENERO, NUSTA, ROSA, SECRETO
from tests.solicitantes import cartas

NUEVA = "1-40000077"


def test_person_user_and_casilla_enter_together(sitio: Sitio) -> None:
    casilla = afiliar(
        sitio, mundo.persona(NUEVA, correo="nueva@correo.example"), secreto=SECRETO, ahora=ENERO, costo=COSTO
    )

    persona = sitio.personas[NUEVA]
    assert persona.casilla is casilla is sitio.casillas[casilla.__name__]
    assert casilla.persona is sitio.usuarios[NUEVA].persona is persona
    assert NUEVA.partition("-")[2] not in casilla.__name__
    assert ("nueva@correo.example", 1) in cartas(sitio, CREDENCIALES)


@pytest.mark.parametrize(
    ("documento", "correo"),
    [(ROSA, "otra@correo.example"), (NUEVA, "rosa@correo.example")],
    ids=["document", "address"],
)
def test_what_is_taken_is_refused_and_nothing_has_changed(sitio: Sitio, documento: str, correo: str) -> None:
    personas, letras = len(sitio.personas), list(sitio.salida)

    with pytest.raises(YaAfiliado):
        afiliar(sitio, mundo.persona(documento, correo=correo), secreto=SECRETO, ahora=ENERO, costo=COSTO)

    assert (len(sitio.personas), len(sitio.usuarios), list(sitio.salida)) == (personas, personas, letras)


def test_the_owners_of_a_document_and_of_an_address_are_each_named_once(sitio: Sitio) -> None:
    rosa, nusta = sitio.personas[ROSA], sitio.personas[NUSTA]

    assert duenos(sitio, NUEVA, "nueva@correo.example") == []
    assert duenos(sitio, ROSA, rosa.correo) == [rosa]
    assert duenos(sitio, ROSA, nusta.correo) == [rosa, nusta]


def test_the_letter_to_the_owner_leaves_once_a_day(sitio: Sitio) -> None:
    for horas in (0, 1, 23, 24, 30):
        avisar_que_ya_tiene(sitio, sitio.personas[ROSA], ENERO + timedelta(hours=horas))

    assert len(cartas(sitio, YA_TIENE_CASILLA)) == 2
