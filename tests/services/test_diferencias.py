"""What changed between two wordings."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from casilla.services.diferencias import AGREGADO, IGUAL, QUITADO, diferencias

TEXTOS = st.lists(st.sampled_from(["casa", "perro", "año", " ", "\n", "\r\n", "\n\n", "  ", "\x0b"]), max_size=30).map(
    "".join
)


@given(TEXTOS, TEXTOS)
def test_both_texts_can_be_read_in_what_changed(antes: str, despues: str) -> None:
    tramos = diferencias(antes, despues)

    assert "".join(t.texto for t in tramos if t.clase != AGREGADO) == antes
    assert "".join(t.texto for t in tramos if t.clase != QUITADO) == despues
    assert all(uno.clase != otro.clase for uno, otro in pairwise(tramos))


def test_a_word_that_changed_is_told_among_those_that_did_not() -> None:
    assert diferencias("Uno.\n\nEl plazo es de diez días.", "Uno.\n\nEl plazo es de quince días.") == [
        (IGUAL, "Uno.\n\nEl plazo es de "),
        (QUITADO, "diez"),
        (AGREGADO, "quince"),
        (IGUAL, " días."),
    ]


def test_nothing_changed_is_one_piece_or_none() -> None:
    assert diferencias("Igual.", "Igual.") == [(IGUAL, "Igual.")]
    assert diferencias("", "") == []
