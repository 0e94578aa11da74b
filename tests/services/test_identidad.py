from dataclasses import fields, replace
from datetime import date
from unicodedata import combining, normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casilla.gateways.protocolo import DatosPersona
from casilla.services.identidad import Cotejo, cotejar, es_mayor_de_edad

ROSA = DatosPersona(
    "ROSA ELENA",
    "EJEMPLO",
    "FICTICIA",
    fecha_nacimiento=date(1985, 3, 14),
    sexo="F",
    fecha_emision=date(2019, 7, 22),
    digito_verificacion="2",
)
SOLO_NOMBRES = DatosPersona("ROSA ELENA", "EJEMPLO", "FICTICIA")
NOMBRES = ("nombres", "apellido_paterno", "apellido_materno")
CAMPOS = {campo.name for campo in fields(DatosPersona)} - {"menor"}

LETRAS = "abcdefghijklmnñopqrstuvwxyzáéíóúüçãõABCDEFGHIJKLMNÑOPQRSTUVWXYZÁÉÍÓÚÜÇÃÕ"
palabra = st.text(LETRAS, min_size=1, max_size=15)
nombre = st.builds(
    "".join, st.lists(st.tuples(palabra, st.sampled_from(" -'\u2019")).map("".join), min_size=1, max_size=6)
)


def apellido(declarado, registrado):
    """Where the surname ends in a comparison in which nothing else differs."""
    cotejo = cotejar(replace(ROSA, apellido_paterno=declarado), replace(ROSA, apellido_paterno=registrado))
    assert cotejo.discrepan in ((), ("apellido_paterno",))
    return "discrepa" if cotejo.discrepan else "coincide"


def test_a_full_register_verifies_everything():
    assert cotejar(ROSA, ROSA) == Cotejo(
        (*NOMBRES, "fecha_nacimiento", "sexo", "fecha_emision", "digito_verificacion"), (), ()
    )


def test_what_the_register_does_not_give_stays_declared():
    assert cotejar(ROSA, SOLO_NOMBRES) == Cotejo(
        NOMBRES, ("fecha_nacimiento", "sexo", "fecha_emision", "digito_verificacion"), ()
    )


def test_what_the_person_was_not_asked_is_in_no_list():
    assert cotejar(SOLO_NOMBRES, ROSA) == Cotejo(NOMBRES, (), ())


@pytest.mark.parametrize(
    ("campo", "otro"),
    [
        ("nombres", "ROSA"),
        ("apellido_paterno", "EJEMPLAR"),
        ("apellido_materno", ""),
        ("fecha_nacimiento", date(1985, 3, 15)),
        ("sexo", "M"),
        ("fecha_emision", date(2009, 7, 22)),
        ("digito_verificacion", "3"),
    ],
)
def test_a_difference_is_told_by_the_name_of_its_field_only(campo, otro):
    cotejo = cotejar(replace(ROSA, **{campo: otro}), ROSA)
    assert cotejo.discrepan == (campo,)
    assert campo not in cotejo.verificados
    assert cotejo.declarados == ()


@pytest.mark.parametrize(
    ("declarado", "registrado"),
    [
        ("ñuñez", "NUNEZ"),
        ("Núñez", "NUÑEZ"),
        ("Agüero", "AGUERO"),
        ("O'Brien", "O BRIEN"),
        ("O\u2019Brien", "OBRIEN"),
        ("D\u00b4Angelo", "D'ANGELO"),
        ("García-Sayán", "GARCIA SAYAN"),
        ("García \u2013 Sayán", "GARCIA-SAYAN"),
        ("de  la   Cruz ", "DE LA CRUZ"),
        ("Guimarães", "GUIMARAES"),
        ("Straße", "STRASSE"),
        ("Nu\u0301n\u0303ez", "NÚÑEZ"),
        ("Mª", "MA"),
    ],
)
def test_two_honest_spellings_agree(declarado, registrado):
    assert apellido(declarado, registrado) == apellido(registrado, declarado) == "coincide"


@pytest.mark.parametrize(
    ("declarado", "registrado"),
    [
        ("QUISPE", "QUISPES"),
        ("QUISPE", "QUIZPE"),
        ("QUISPE MAMANI", "QUISPE"),
        ("QUISPE", ""),
        ("", "QUISPE"),
        ("DE LA CRUZ", "LA CRUZ"),
        ("FERNANDEZ", "FERNAN"),
        ("MAMANI QUISPE", "QUISPE MAMANI"),
        ("JUAN II", "JUAN III"),
    ],
)
def test_another_name_is_another_name(declarado, registrado):
    assert apellido(declarado, registrado) == "discrepa"


def test_a_person_with_one_surname_agrees_with_a_register_that_has_one():
    persona = replace(SOLO_NOMBRES, apellido_materno="")
    assert cotejar(persona, persona).verificados == NOMBRES


@pytest.mark.parametrize(
    ("declarado", "registrado"), [("G", "2"), ("2", "G"), ("g", "G"), (" 2", "2"), ("F", "1"), ("E", "1")]
)
def test_the_letter_of_an_old_card_is_the_digit_of_a_new_one(declarado, registrado):
    cotejo = cotejar(replace(ROSA, digito_verificacion=declarado), replace(ROSA, digito_verificacion=registrado))
    assert "digito_verificacion" in cotejo.verificados


@pytest.mark.parametrize(("declarado", "registrado"), [("H", "2"), ("3", "2"), ("Z", "2"), ("", "2")])
def test_another_check_character_differs(declarado, registrado):
    cotejo = cotejar(replace(ROSA, digito_verificacion=declarado), replace(ROSA, digito_verificacion=registrado))
    assert cotejo.discrepan == ("digito_verificacion",)


@settings(deadline=None)
@given(nombre, st.data())
def test_case_accents_marks_and_spaces_never_matter(original, data):
    escrito = data.draw(st.sampled_from([original.upper(), original.lower(), original.title(), sin_acentos(original)]))
    for marca in "-'\u2019":
        escrito = escrito.replace(marca, data.draw(st.sampled_from(["", " ", "-", "'"])))
    escrito = escrito.replace(" ", data.draw(st.sampled_from([" ", "  ", "\u00a0"])))
    assert apellido(f" {escrito} ", original) == "coincide"


@settings(deadline=None)
@given(nombre, st.data())
def test_a_letter_more_or_less_always_matters(original, data):
    donde = data.draw(st.sampled_from([lugar for lugar, caracter in enumerate(original) if caracter.isalpha()]))
    de_menos = original[:donde] + original[donde + 1 :]
    de_mas = original[:donde] + data.draw(st.sampled_from(LETRAS)) + original[donde:]
    assert apellido(de_menos, original) == apellido(de_mas, original) == "discrepa"


@settings(deadline=None)
@given(nombre, nombre)
def test_it_does_not_matter_who_said_what(uno, otro):
    assert apellido(uno, otro) == apellido(otro, uno)


@settings(deadline=None)
@given(st.text())
def test_any_name_at_all_agrees_with_itself(texto):
    assert apellido(texto, texto) == "coincide"


datos = st.builds(
    DatosPersona,
    nombres=st.text(),
    apellido_paterno=st.text(),
    apellido_materno=st.text(),
    fecha_nacimiento=st.none() | st.dates(),
    sexo=st.none() | st.sampled_from("FM"),
    fecha_emision=st.none() | st.dates(),
    digito_verificacion=st.none() | st.text(max_size=2),
    ubigeo=st.none() | st.text("0123456789", min_size=6, max_size=6),
)


@settings(deadline=None)
@given(datos, datos)
def test_every_declared_datum_is_in_exactly_one_list_and_only_by_its_name(declarado, respuesta):
    cotejo = cotejar(declarado, respuesta)
    dichos = [*cotejo.verificados, *cotejo.declarados, *cotejo.discrepan]
    assert sorted(dichos) == sorted(campo for campo in CAMPOS if getattr(declarado, campo) is not None)
    assert {type(lista) for lista in (cotejo.verificados, cotejo.declarados, cotejo.discrepan)} == {tuple}


@pytest.mark.parametrize(
    ("nacimiento", "hoy", "mayor"),
    [
        (date(2007, 3, 14), date(2025, 3, 13), False),
        (date(2007, 3, 14), date(2025, 3, 14), True),
        (date(2007, 3, 14), date(2025, 12, 31), True),
        (date(2007, 12, 31), date(2025, 12, 30), False),
        (date(2008, 1, 1), date(2025, 12, 31), False),
        (date(1930, 1, 1), date(2025, 1, 1), True),
        (date(2025, 1, 2), date(2025, 1, 1), False),
        (date(2026, 1, 2), date(2025, 1, 1), False),
    ],
)
def test_people_come_of_age_on_their_eighteenth_birthday(nacimiento, hoy, mayor):
    assert es_mayor_de_edad(nacimiento, hoy) is mayor


def test_who_was_born_on_29_february_comes_of_age_on_the_28th():
    assert not es_mayor_de_edad(date(2008, 2, 29), date(2026, 2, 27))
    assert es_mayor_de_edad(date(2008, 2, 29), date(2026, 2, 28))


def sin_acentos(texto):
    return "".join(caracter for caracter in normalize("NFD", texto) if not combining(caracter))
