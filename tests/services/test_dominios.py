"""What was probably meant by a domain with a slip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casilla.services.dominios import sugerencia


@pytest.mark.parametrize(
    ("escrito", "dominio"),
    [
        ("gmial.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("gamil.com", "gmail.com"),
        ("hotmial.com", "hotmail.com"),
        ("hotmal.com", "hotmail.com"),
        ("outlok.com", "outlook.com"),
        ("yaho.com", "yahoo.com"),
        ("GMIAL.COM", "gmail.com"),
    ],
)
def test_a_slip_is_understood(escrito: str, dominio: str) -> None:
    assert sugerencia(f"rosa.quispe@{escrito}") == f"rosa.quispe@{dominio}"


@pytest.mark.parametrize(
    "dominio",
    ["gmail.com", "hotmail.com", "hotmail.es", "mail.com", "ymail.com", "mimp.gob.pe", "pucp.edu.pe", "correo.example"],
)
def test_what_is_right_is_left_alone(dominio: str) -> None:
    assert sugerencia(f"rosa@{dominio}") is None


@given(st.emails())
def test_a_suggestion_changes_the_domain_only_and_needs_no_other(correo: str) -> None:
    propuesto = sugerencia(correo)
    if propuesto:
        assert propuesto.rpartition("@")[0] == correo.rpartition("@")[0]
        assert sugerencia(propuesto) is None
