"""The letters about the account: what they say, and that none leads a reader astray."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pyramid_mailer.message import Message

from casilla.mail import cartas_de_cuenta as cartas
from tests.mail.conftest import INSTITUCION

CUANDO = datetime(2026, 9, 5, 15, 11, tzinfo=UTC)
MOMENTO = "5 de setiembre de 2026, 10:11 (hora de Lima)"
COMUN: dict[str, Any] = {"para": "rosa@correo.example", "institucion": INSTITUCION}


def texto(carta: Message) -> str:
    return carta.body.data


@pytest.mark.parametrize(
    ("carta", "asunto", "palabras"),
    [
        (
            cartas.codigo_correo(codigo="K7M2XW", vence=CUANDO, **COMUN),
            "Código para confirmar su correo",
            ("K7M2XW", MOMENTO, "Si usted no lo pidió, no haga nada"),
        ),
        (
            cartas.correo_cambiado(cuando=CUANDO, **COMUN),
            "El correo de su casilla cambió",
            (MOMENTO, "Si no fue usted", INSTITUCION.telefono),
        ),
        (
            cartas.intentos_fallidos(cuando=CUANDO, **COMUN),
            "Hubo intentos fallidos de ingresar a su casilla",
            (MOMENTO, "Nadie ingresó", "Si no fue usted", INSTITUCION.telefono),
        ),
        (
            cartas.aviso_prueba(enlace="https://casilla.example/", **COMUN),
            "Aviso de prueba",
            ("no tiene una notificación nueva", "https://casilla.example/"),
        ),
    ],
)
def test_each_letter_says_what_it_is_for(carta: Message, asunto: str, palabras: tuple[str, ...]) -> None:
    assert (carta.subject, carta.recipients) == (asunto, ["rosa@correo.example"])
    for palabra in palabras:
        assert palabra in texto(carta)


def test_the_letter_of_the_closing_carries_its_constancia() -> None:
    enlace = "https://casilla.example/"
    carta = cartas.casilla_cerrada(
        cuando=CUANDO, enlace=enlace, constancia=b"%PDF-1", nombre_constancia="constancia-de-cierre.pdf", **COMUN
    )

    assert [(a.filename, a.content_type, a.data) for a in carta.attachments] == [
        ("constancia-de-cierre.pdf", "application/pdf", b"%PDF-1")
    ]
    assert MOMENTO in texto(carta)
    assert "sus plazos siguen corriendo" in texto(carta)


@pytest.mark.parametrize("carta", [cartas.correo_cambiado, cartas.intentos_fallidos, cartas.codigo_correo])
def test_a_letter_that_a_thief_would_copy_has_no_link(carta: Any) -> None:
    hechos = {"cuando": CUANDO} if carta is not cartas.codigo_correo else {"codigo": "K7M2XW", "vence": CUANDO}

    assert "http" not in texto(carta(**hechos, **COMUN))
