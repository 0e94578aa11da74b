"""What each field accepts, keeps and says. The words are compared whole: they are what a person reads."""

import string
import unicodedata
from datetime import date, timedelta
from typing import Any

import colander
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casilla import fields
from casilla.fields.basicos import compactar, limpiar, limpiar_parrafo
from casilla.fields.claves import PALABRAS_COMUNES, cumple_politica, es_comun
from casilla.forms import Esquema
from casilla.services.horas import MESES, numero_de_mes

HOY = date(2025, 1, 23)
EMOJI = "\N{GRINNING FACE}"


def leer(nodo: colander.SchemaNode, valor: Any) -> Any:
    return nodo.bind(hoy=HOY).deserialize(valor)


def queja(nodo: colander.SchemaNode, valor: Any) -> str:
    with pytest.raises(colander.Invalid) as fallo:
        leer(nodo, valor)
    (palabras,) = fallo.value.messages()
    return str(palabras)


def leer_o_queja(nodo: colander.SchemaNode, valor: Any) -> Any:
    try:
        return leer(nodo, valor)
    except colander.Invalid as fallo:
        (palabras,) = fallo.messages()
        return palabras


# Text


def test_invisible_characters_and_double_spaces_pasted_from_elsewhere_are_cleaned_away() -> None:
    assert leer(fields.texto("Asunto", "Falta"), "\u200b  Carta\u00a0 de\u202a  pago \ufeff") == "Carta de pago"


def test_text_is_kept_in_one_unicode_form() -> None:
    assert leer(fields.texto("Asunto", "Falta"), "Nun\u0303ez") == "Nu\u00f1ez"


@pytest.mark.parametrize("valor", ["", "   ", "\u200b", colander.null])
def test_an_empty_box_is_answered_with_its_own_words(valor: Any) -> None:
    assert queja(fields.texto("Asunto", "Escriba el asunto"), valor) == "Escriba el asunto"


@pytest.mark.parametrize("malo", ["\x00", "\x07", "\x7f", "\ue000", "\U000e0fff"])
def test_control_and_private_characters_are_refused(malo: str) -> None:
    assert queja(fields.texto("Asunto", "Falta"), f"hola{malo}") == (
        "Asunto: hay caracteres que no se pueden guardar; bórrelos y escriba de nuevo"
    )


def test_ten_thousand_characters_are_told_the_limit() -> None:
    assert (
        queja(fields.texto("Asunto", "Falta", maximo=60), "a" * 10_000) == "Asunto: escriba 60 caracteres como máximo"
    )


def test_a_script_is_text_like_any_other() -> None:
    assert leer(fields.texto("Asunto", "Falta"), "<script>alert(1)</script>") == "<script>alert(1)</script>"


def test_a_paragraph_keeps_its_lines() -> None:
    assert leer(fields.parrafo("Motivo", "Falta"), "uno\r\n\r\n  dos ") == "uno\n\n  dos"


def test_a_hidden_field_may_be_missing() -> None:
    assert leer(fields.oculto(), colander.null) == ""


@given(st.text())
@example("\u0339 \u0334")  # without the space the second mark goes first
def test_cleaning_twice_is_cleaning_once(cadena: str) -> None:
    for limpieza in (limpiar, limpiar_parrafo, compactar):
        una_vez = limpieza(cadena)
        assert limpieza(una_vez) == una_vez


# Choices


def test_a_value_that_was_not_offered_is_refused() -> None:
    nodo = fields.opciones("Tipo", "Elija el tipo", [("1", "DNI")])
    assert leer(nodo, "1") == "1"
    assert queja(nodo, "9") == "Elija el tipo"


@pytest.mark.parametrize("valor", [colander.null, "false", "0"])
def test_acceptance_must_be_ticked(valor: Any) -> None:
    assert queja(fields.aceptacion("Acepto", "Marque el recuadro"), valor) == "Marque el recuadro"


def test_ticked_acceptance_is_true() -> None:
    assert leer(fields.aceptacion("Acepto", "Marque el recuadro"), "true") is True


def test_the_code_of_a_letter_may_be_pasted_with_spaces_and_hyphens() -> None:
    assert leer(fields.codigo_validacion(), " qN-wy jb ") == "qNwyjb"


# Names

LETRAS = st.characters(categories=["L"]).filter(lambda c: unicodedata.name(c, "").startswith("LATIN "))


def nombre() -> colander.SchemaNode:
    return fields.nombre_propio("Apellido Paterno", "Escriba su apellido paterno")


@pytest.mark.parametrize(
    "bueno", ["Ñahui", "D'Angelo", "O’Brien", "Güere", "García-Sayán", "De la Cruz", "Ma. Elena", "O", "Quispe´"]
)
def test_names_as_people_have_them_are_accepted(bueno: str) -> None:
    assert leer(nombre(), bueno) == bueno


@pytest.mark.parametrize(
    ("malo", "signo"),
    [
        (f"Ana{EMOJI}", EMOJI),
        ("Ana1", "1"),
        ("Ana<b>", "<"),
        ("Анна", "А"),
        ("山田", "山"),
        ("A\N{MATHEMATICAL BOLD CAPITAL N}A", "\U0001d40d"),
    ],
)
def test_the_sign_that_does_not_belong_in_a_name_is_shown(malo: str, signo: str) -> None:
    assert (
        queja(nombre(), malo) == f"Apellido Paterno: use solo letras, espacios, apóstrofos y guiones; quite «{signo}»"
    )


def test_a_sign_that_cannot_be_seen_is_not_shown() -> None:
    assert queja(nombre(), "Ana\x00").endswith("quite el carácter que no se ve")


def test_a_name_of_hyphens_only_is_refused() -> None:
    assert queja(nombre(), "- -") == "Apellido Paterno: escriba al menos una letra"


@given(st.text(st.one_of(LETRAS, st.sampled_from(" '’´`-.")), max_size=60))
def test_any_latin_letters_up_to_sixty_make_a_name(cadena: str) -> None:
    limpia = limpiar(cadena)
    if isinstance(limpia, str) and len(limpia) <= 60 and any(map(str.isalpha, limpia)):
        assert leer(nombre(), cadena) == limpia


@given(st.text())
def test_a_name_is_kept_or_refused_with_words_of_its_own(cadena: str) -> None:
    respuesta = leer_o_queja(nombre(), cadena)
    assert respuesta == limpiar(cadena) or respuesta.startswith(("Apellido Paterno: ", "Escriba su apellido paterno"))


# Identity documents


class Documento(Esquema):
    tipo = fields.opciones("Tipo Documento", "Elija el tipo", [("1", "DNI"), ("4", "Carné de extranjería")])
    numero = fields.numero_documento()
    cui = fields.cui()

    def cruzar(self, valores: Any, error: colander.Invalid) -> None:
        fields.comprobar_documento(valores, error)


def quejas(esquema: Esquema, **crudos: Any) -> dict[str, str]:
    with pytest.raises(colander.Invalid) as fallo:
        esquema.bind(hoy=HOY).deserialize(crudos)
    return fallo.value.asdict()


@pytest.mark.parametrize(
    ("crudos", "limpios"),
    [
        ({"tipo": "1", "numero": "10117410", "cui": "2"}, ("10117410", "2")),
        ({"tipo": "1", "numero": " 1011 7410 ", "cui": "-2"}, ("10117410", "2")),
        ({"tipo": "1", "numero": "10117410", "cui": "g"}, ("10117410", "G")),
        ({"tipo": "4", "numero": "001-234567"}, ("001234567", "")),
        ({"tipo": "4", "numero": "ab1234567"}, ("AB1234567", "")),
    ],
)
def test_documents_as_people_write_them(crudos: dict[str, str], limpios: tuple[str, str]) -> None:
    valores = Documento().deserialize(crudos)
    assert (valores["numero"], valores["cui"]) == limpios


@pytest.mark.parametrize(
    ("crudos", "esperadas"),
    [
        (
            {"numero": "10117410", "cui": "3"},
            {"cui": "El CUI no corresponde al número de DNI: revise ambos en su tarjeta"},
        ),
        ({"numero": "10117410"}, {"cui": "Escriba el CUI de su DNI"}),
        (
            {"numero": "101174102", "cui": "2"},
            {"numero": "El número de DNI tiene 8 cifras; el carácter que va después del guion se escribe en CUI"},
        ),
        (
            {"numero": "1011741", "cui": "2"},
            {"numero": "Número de documento: escriba de 8 a 12 números o letras, sin otros signos"},
        ),
        (
            {"numero": "١٠١١٧٤١٠", "cui": "2"},
            {"numero": "Número de documento: escriba de 8 a 12 números o letras, sin otros signos"},
        ),
        ({"numero": "10117410", "cui": "22"}, {"cui": "CUI: escriba solo el carácter que va después del guion"}),
        ({"cui": "2"}, {"numero": "Escriba su número de documento"}),
    ],
)
def test_what_is_wrong_with_a_dni_is_said_once_and_at_its_box(
    crudos: dict[str, str], esperadas: dict[str, str]
) -> None:
    assert quejas(Documento(), tipo="1", **crudos) == esperadas


# Telephone and mail


@pytest.mark.parametrize(
    ("escrito", "guardado"),
    [
        ("987654321", "+51987654321"),
        ("987 654 321", "+51987654321"),
        ("+51 987-654-321", "+51987654321"),
        ("0051987654321", "+51987654321"),
        ("51 987654321", "+51987654321"),
        ("(01) 626-1600", "+5116261600"),
        ("016261600", "+5116261600"),
        ("044 123456", "+5144123456"),
        ("\u202a+51 987 654 321\u202c", "+51987654321"),
        ("+34 600 11 12 22", "+34600111222"),
        ("0034600111222", "+34600111222"),
    ],
)
def test_telephones_as_people_write_them(escrito: str, guardado: str) -> None:
    assert leer(fields.telefono(), escrito) == guardado


@pytest.mark.parametrize(
    "escrito", ["6261600", "98765432", "9876543210", "+51 123", "hola", EMOJI, "+", "٩٨٧٦٥٤٣٢١", "9" * 10_000]
)
def test_what_is_not_a_telephone_gets_an_example(escrito: str) -> None:
    assert (
        queja(fields.telefono(), escrito)
        == "Teléfono/Celular: escriba un número como 987 654 321, o 01 626 1600 si es fijo"
    )


@given(
    st.from_regex("9[0-9]{8}", fullmatch=True),
    st.lists(st.integers(0, 8), max_size=4),
    st.sampled_from(["", "+51", "0051", "51"]),
)
def test_spaces_anywhere_and_any_prefix_give_the_same_mobile(numero: str, lugares: list[int], prefijo: str) -> None:
    escrito = numero
    for lugar in lugares:
        escrito = escrito[:lugar] + " " + escrito[lugar:]
    assert leer(fields.telefono(), prefijo + escrito) == "+51" + numero


@given(st.text())
def test_a_stored_telephone_is_always_a_plus_and_digits(cadena: str) -> None:
    try:
        guardado = leer(fields.telefono(), cadena)
    except colander.Invalid:
        return
    assert guardado[0] == "+"
    assert set(guardado[1:]) <= set(string.digits)
    assert leer(fields.telefono(), guardado) == guardado


@pytest.mark.parametrize(
    ("escrito", "guardado"),
    [
        ("ana@ejemplo.com", "ana@ejemplo.com"),
        ("  Ana.Rojas@Ejemplo.COM ", "Ana.Rojas@ejemplo.com"),
        ("o'brien+casilla@mimp.gob.pe", "o'brien+casilla@mimp.gob.pe"),
        ("ana@ejemplo\u200b.com", "ana@ejemplo.com"),
    ],
)
def test_mail_addresses_as_people_write_them(escrito: str, guardado: str) -> None:
    assert leer(fields.correo(), escrito) == guardado


@pytest.mark.parametrize(
    "escrito",
    [
        "ana",
        "ana@",
        "@ejemplo.com",
        "ana@ejemplo",
        "ana rojas@ejemplo.com",
        "ana@@ejemplo.com",
        ".ana@ejemplo.com",
        "a..b@ejemplo.com",
        "ana@-ejemplo.com",
        "ana@ejemplo.c",
        "ana@ejemplo.com\nBcc: x@y.com",
        f"ana{EMOJI}@ejemplo.com",
        "a" * 65 + "@ejemplo.com",
        "a@" + ".".join(letra * 63 for letra in "bcde") + ".com",
        "ana@ejemplo.com,otro@ejemplo.com",
    ],
)
def test_what_is_not_a_mail_address_gets_an_example(escrito: str) -> None:
    assert queja(fields.correo(), escrito) == "Correo Electrónico: escriba una dirección como nombre@ejemplo.com"


class DosCorreos(Esquema):
    correo = fields.correo()
    repetir_correo = fields.repetir_correo()


def test_two_addresses_that_differ_only_by_spaces_and_the_case_of_the_domain_are_one() -> None:
    valores = DosCorreos().deserialize({"correo": " ana@Ejemplo.com", "repetir_correo": "ana@ejemplo.com "})
    assert valores == {"correo": "ana@ejemplo.com"}


def test_two_different_addresses_are_told_at_the_second_box() -> None:
    assert quejas(DosCorreos(), correo="ana@ejemplo.com", repetir_correo="ana@ejemplo.pe") == {
        "repetir_correo": "Los correos electrónicos no coinciden: revise los dos"
    }


def test_a_wrong_address_is_not_also_told_that_it_differs() -> None:
    assert list(quejas(DosCorreos(), correo="ana", repetir_correo="ana@ejemplo.com")) == ["correo"]


def test_an_empty_second_box_has_its_own_words() -> None:
    assert quejas(DosCorreos(), correo="ana@ejemplo.com") == {
        "repetir_correo": "Escriba otra vez su correo electrónico"
    }


# Dates


@pytest.mark.parametrize(
    ("escrito", "dia"),
    [
        (("27", "3", "1985"), date(1985, 3, 27)),
        (("07", "03", "1985"), date(1985, 3, 7)),
        (("27", "mar", "1985"), date(1985, 3, 27)),
        (("27", "Marzo", "1985"), date(1985, 3, 27)),
        (("27", "sept.", "1985"), date(1985, 9, 27)),
        (("27", "SETIEMBRE", "1985"), date(1985, 9, 27)),
        (("29", "2", "2004"), date(2004, 2, 29)),
        (("23", "1", "2007"), date(2007, 1, 23)),
    ],
)
def test_birth_dates_as_people_write_them(escrito: tuple[str, str, str], dia: date) -> None:
    assert leer(fields.fecha_nacimiento(), escrito) == dia


@pytest.mark.parametrize(
    ("escrito", "palabras", "partes"),
    [
        (
            ("31", "2", "1985"),
            "El 31 de febrero de 1985 no existe: revise la fecha de nacimiento",
            {"dia", "mes", "ano"},
        ),
        (
            ("29", "2", "1985"),
            "El 29 de febrero de 1985 no existe: revise la fecha de nacimiento",
            {"dia", "mes", "ano"},
        ),
        (("27", "", "1985"), "La fecha de nacimiento debe incluir el mes", {"mes"}),
        (("27", "", ""), "La fecha de nacimiento debe incluir el mes y el año", {"mes", "ano"}),
        (("x", "3", "1985"), "El día de la fecha de nacimiento debe ser un número, por ejemplo 27", {"dia"}),
        (("0", "3", "1985"), "El día de la fecha de nacimiento debe ser un número, por ejemplo 27", {"dia"}),
        (
            ("27", "13", "1985"),
            "El mes de la fecha de nacimiento debe ser un número del 1 al 12 o su nombre, por ejemplo marzo",
            {"mes"},
        ),
        (
            ("27", "ma", "1985"),
            "El mes de la fecha de nacimiento debe ser un número del 1 al 12 o su nombre, por ejemplo marzo",
            {"mes"},
        ),
        (("27", "3", "85"), "El año de la fecha de nacimiento debe tener 4 cifras, por ejemplo 1985", {"ano"}),
        (("27", "3", "9" * 10_000), "El año de la fecha de nacimiento debe tener 4 cifras, por ejemplo 1985", {"ano"}),
        (("27", "3", "1899"), "El año de la fecha de nacimiento no puede ser anterior a 1900", {"ano"}),
        (("24", "1", "2025"), "La fecha de nacimiento no puede ser posterior a hoy", {"dia", "mes", "ano"}),
        (("24", "1", "2007"), "Debe tener 18 años cumplidos para pedir una casilla", {"dia", "mes", "ano"}),
    ],
)
def test_each_slip_in_a_birth_date_has_its_words_and_its_boxes(
    escrito: tuple[str, str, str], palabras: str, partes: set[str]
) -> None:
    with pytest.raises(colander.Invalid) as fallo:
        leer(fields.fecha_nacimiento(), escrito)
    assert (fallo.value.messages(), set(fallo.value.partes)) == ([palabras], partes)


def test_an_empty_date_has_its_own_words() -> None:
    assert queja(fields.fecha_nacimiento(), colander.null) == "Escriba su fecha de nacimiento"
    assert queja(fields.fecha_emision(), ("", "", "")) == "Escriba la fecha de emisión de su documento"


class Fechas(Esquema):
    nacimiento = fields.fecha_nacimiento()
    emision = fields.fecha_emision()

    def cruzar(self, valores: Any, error: colander.Invalid) -> None:
        fields.comprobar_emision(valores, error)


def test_a_document_issued_before_birth_is_told_so() -> None:
    assert quejas(Fechas(), nacimiento=("27", "3", "1985"), emision=("26", "3", "1985")) == {
        "emision": "La fecha de emisión no puede ser anterior a la fecha de nacimiento"
    }


def test_who_was_born_on_a_leap_day_is_of_age_on_28_february() -> None:
    nodo = fields.fecha_nacimiento()
    assert nodo.bind(hoy=date(2022, 2, 28)).deserialize(("29", "2", "2004")) == date(2004, 2, 29)
    with pytest.raises(colander.Invalid, match="18 años"):
        nodo.bind(hoy=date(2022, 2, 27)).deserialize(("29", "2", "2004"))


@given(st.dates(date(1900, 1, 1), HOY - timedelta(days=18 * 366)), st.booleans())
def test_every_date_survives_being_shown_and_read_again(dia: date, con_palabra: bool) -> None:
    nodo = fields.fecha_nacimiento()
    escrito = nodo.serialize(dia)
    if con_palabra:
        escrito = (escrito[0], MESES[dia.month - 1], escrito[2])
    assert leer(nodo, escrito) == dia


@given(st.tuples(st.text(max_size=6), st.text(max_size=10), st.text(max_size=6)))
def test_whatever_stands_in_the_three_boxes_is_a_date_or_an_explanation(escrito: tuple[str, str, str]) -> None:
    assert isinstance(leer_o_queja(fields.fecha_emision(), escrito), date | str)


def test_a_month_is_known_from_three_letters_on() -> None:
    assert [numero_de_mes(mes[:3]) for mes in MESES] == list(range(1, 13))
    assert numero_de_mes("septiembre") == 9
    assert numero_de_mes("marzzo") is None


# Passwords


class DosClaves(Esquema):
    nueva = fields.clave_nueva("Clave Nueva")
    repetir_nueva = fields.repetir_clave("nueva", "Repetir Clave Nueva")


@pytest.mark.parametrize("buena", ["Huayno en re 7", "ñandÚ azul 3", "Xk9#mQ2$vL", "Aa1" + "ñ" * 34])
def test_a_good_password_is_kept_as_typed(buena: str) -> None:
    assert DosClaves().deserialize({"nueva": buena, "repetir_nueva": buena}) == {"nueva": buena}


@pytest.mark.parametrize("mala", ["Corta1x", "sinmayuscula1", "SINMINUSCULA1", "SinNumeros", " " * 12])
def test_the_policy_is_said_in_the_words_of_the_guide(mala: str) -> None:
    assert quejas(DosClaves(), nueva=mala, repetir_nueva=mala) == {
        "nueva": "La contraseña debe tener al menos 8 caracteres, "
        "incluyendo al menos una mayúscula, una minúscula y un número"
    }


@pytest.mark.parametrize(
    "comun", ["Password1", "Contraseña2025", "P3ru2025!", "1Alianza1901", "Qwerty123", "MiContraseña1"]
)
def test_a_password_that_everybody_tries_first_is_refused(comun: str) -> None:
    assert quejas(DosClaves(), nueva=comun, repetir_nueva=comun) == {
        "nueva": "Esa contraseña es muy usada y fácil de adivinar: elija otra"
    }


def test_a_password_beyond_what_bcrypt_reads_is_refused_by_bytes() -> None:
    larga = "Aa1" + "ñ" * 35
    assert quejas(DosClaves(), nueva=larga, repetir_nueva=larga) == {
        "nueva": "Clave Nueva: es demasiado larga, use 72 caracteres como máximo"
    }


def test_spaces_count_in_a_password() -> None:
    assert leer(fields.clave("Contraseña", "Falta"), " con espacios ") == " con espacios "
    assert (
        "no coinciden" in quejas(DosClaves(), nueva="Huayno en re 7", repetir_nueva="Huayno en re 7 ")["repetir_nueva"]
    )


def test_a_password_typed_with_separate_accents_is_the_same() -> None:
    assert leer(fields.clave("Contraseña", "Falta"), "n\u0303andu\u0301") == "ñandú"


def test_the_list_of_common_words_can_be_matched() -> None:
    assert all(palabra == unicodedata.normalize("NFD", palabra.casefold()) for palabra in PALABRAS_COMUNES)
    assert all(es_comun(palabra.capitalize() + "2025") for palabra in PALABRAS_COMUNES)
    assert not cumple_politica("password")


# Schemas


class Largo(Esquema):
    nombres = fields.nombre_propio("Nombres", "Escriba sus nombres")
    correo = fields.correo()
    repetir_correo = fields.repetir_correo()

    def cruzar(self, valores: Any, error: colander.Invalid) -> None:
        if "nombres" in valores and valores["nombres"] == valores.get("correo"):
            error["nombres"] = "Los nombres no son un correo"


def test_everything_that_is_wrong_is_said_at_once() -> None:
    assert set(quejas(Largo(), correo="ana@ejemplo.com", repetir_correo="eva@ejemplo.com")) == {
        "nombres",
        "repetir_correo",
    }
    assert set(quejas(Largo())) == {"nombres", "correo", "repetir_correo"}


def test_every_empty_field_has_words_of_its_own() -> None:
    palabras = [*quejas(Largo()).values(), *quejas(Fechas()).values(), *quejas(DosClaves()).values()]
    assert len(set(palabras)) == len(palabras) == 7
