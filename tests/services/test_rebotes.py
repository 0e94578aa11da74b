"""Why a notice did not arrive, in words that help to mend it."""

import pytest

from casilla.resources.persona import Persona
from casilla.services.rebotes import Rebote, enmascarado, motivo


@pytest.mark.parametrize(
    ("palabras", "dicho"),
    [
        ("550 5.1.1 <a@b.example>: Recipient address rejected: User unknown", "Esa dirección no existe"),
        ("550 No such user here", "Esa dirección no existe"),
        ("550 5.1.2 Host unknown", "Lo que sigue a la @ no existe"),
        ("552 5.2.2 Mailbox full", "Ese buzón está lleno"),
        ("552 quota exceeded", "Ese buzón está lleno"),
        ("550 5.2.1 mailbox disabled", "Ese buzón está desactivado"),
        ("550 5.7.1 blocked by policy", "reglas de seguridad"),
        ("554 Transaction failed", "reglas de seguridad"),
        ("553 no es una dirección de correo: 'a b'", "quizá está mal escrita"),
        ("452 4.2.2 over quota", "Ese buzón está lleno"),
        ("451 greylisted, try again later", "aunque lo intentamos durante 5 días"),
        ("timed out", "aunque lo intentamos durante 5 días"),
        ("556 something new", "rechazó el aviso"),
        ("", "rechazó el aviso"),
        ("no se pudo redactar: KeyError: 'x'", "el problema es nuestro"),
    ],
)
def test_the_reason_is_said_by_the_servers_code(palabras: str, dicho: str) -> None:
    assert dicho in motivo(palabras)


def test_a_number_among_the_words_is_no_code() -> None:
    assert "Esa dirección no existe" in motivo("550 mailbox 5.2 of 10.5.2.1 unknown")


def test_whoever_gets_their_notices_has_nothing_to_mend() -> None:
    assert Rebote.de(Persona(correo="rosa@correo.example")) is None


def test_our_own_words_are_not_shown_as_the_servers() -> None:
    nuestra = Persona(correo="r@correo.example", avisos="rechazado", motivo_avisos="no se pudo redactar: KeyError: 'x'")
    suya = Persona(correo="r@correo.example", avisos="rechazado", motivo_avisos="550 5.1.1 no such user")

    assert Rebote.de(nuestra).del_servidor == ""
    assert Rebote.de(suya).del_servidor == "550 5.1.1 no such user"


def test_the_address_is_masked_up_to_its_domain() -> None:
    assert enmascarado("rosa@correo.example") == "r•••@correo.example"
