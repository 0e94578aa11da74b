"""The RUC of a form: its check digit as SUNAT's rule has it, and the ways in which people write it."""

from hypothesis import given
from hypothesis import strategies as st

from casilla import fields
from tests.test_fields import leer_o_queja

RUC = fields.ruc(name="ruc")
INCORRECTO = "El RUC no es correcto: revise sus 11 cifras en la ficha RUC"
DIEZ = st.sampled_from(["15", "17", "20"]).flatmap(lambda p: st.from_regex(r"[0-9]{8}", fullmatch=True).map(p.__add__))


def resto(numero: str) -> int:
    """SUNAT's sum of the first ten digits, modulo 11, written anew."""
    return sum(peso * int(cifra) for peso, cifra in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2), numero[:10], strict=True)) % 11


def con_digito(diez: str) -> str:
    return diez + str((11 - resto(diez)) % 10)


def test_the_sum_is_that_of_real_numbers() -> None:
    """SUNAT's own and that of the guide."""
    assert con_digito("2013131295") == "20131312955"
    assert con_digito("2056611860") == "20566118603"


@given(DIEZ)
def test_one_check_digit_of_ten_will_do(diez: str) -> None:
    buenos = [diez + cifra for cifra in "0123456789" if leer_o_queja(RUC, diez + cifra) == diez + cifra]

    assert buenos == [con_digito(diez)]


@given(DIEZ, st.data())
def test_one_wrong_digit_is_found_out(diez: str, data: st.DataObject) -> None:
    numero = con_digito(diez)
    donde = data.draw(st.integers(2, 10))
    otra = data.draw(st.sampled_from([cifra for cifra in "0123456789" if cifra != numero[donde]]))
    malo = numero[:donde] + otra + numero[donde + 1 :]

    # The rule gives 1 for both these remainders, so there it cannot.
    assert leer_o_queja(RUC, malo) == INCORRECTO or {resto(numero), resto(malo)} == {0, 10}


@given(DIEZ, st.data())
def test_spaces_and_hyphens_between_the_digits_do_not_matter(diez: str, data: st.DataObject) -> None:
    numero = con_digito(diez)
    signos = st.text(" -.\u00a0\u2011\u200b", max_size=2)
    escrito = "".join(data.draw(signos) + cifra for cifra in numero) + data.draw(signos)

    assert leer_o_queja(RUC, escrito) == numero


@given(st.text(max_size=30))
def test_whatever_is_written_is_a_ruc_or_a_complaint(escrito: str) -> None:
    leido = leer_o_queja(RUC, escrito)

    assert (len(leido) == 11 and leido.isascii() and leido.isdigit()) or "RUC" in leido
