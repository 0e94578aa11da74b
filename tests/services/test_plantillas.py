"""Fields in braces: what a text may and must have, and what its author is told."""

import pytest

from casilla.evolve.semillas import semillas
from casilla.resources.contenido import Redaccion
from casilla.services.plantillas import CARTAS, quejas, rellenar

CODIGO = "Hola:\n\n{codigo}\n\n{enlace}\n\nVence el {vence}."


def de_carta(cuerpo: str, titulo: str = "Validación") -> dict[str, str]:
    return quejas("carta", "validacion-correo", Redaccion(titulo, cuerpo))


def test_what_the_package_says_is_right_and_there_is_a_letter_for_each_class() -> None:
    assert {s.nombre: quejas(s.clase, s.nombre, s.redaccion) for s in semillas()} == {s.nombre: {} for s in semillas()}
    assert {s.nombre for s in semillas() if s.clase == "carta"} == set(CARTAS)


def test_a_letter_with_all_its_fields_is_right() -> None:
    assert de_carta(CODIGO) == {}
    assert de_carta(CODIGO.replace("Hola", "Hola, le escribe {institucion}, teléfono {telefono}")) == {}


@pytest.mark.parametrize(
    ("cuerpo", "palabras"),
    [
        (CODIGO.replace("{enlace}", ""), "Falta el campo {enlace}"),
        (CODIGO.replace("{vence}", "martes"), "Falta el campo {vence}"),
        (CODIGO.replace("{codigo}", "{clave}"), "El campo {clave} no existe en este texto. Falta el campo {codigo}"),
        (
            CODIGO.replace("{enlace}", "Entre a {enlace}"),
            "El campo {enlace} debe ir una sola vez, en un párrafo propio",
        ),
        (CODIGO + "\n\n{codigo}", "El campo {codigo} debe ir una sola vez"),
        (CODIGO + " {", "Hay una llave suelta"),
        (CODIGO + " {nombre completo}", "Hay una llave suelta"),
        (CODIGO + "\n\nEntre a HTTPS://otra.example", "No escriba direcciones web en una carta"),
    ],
)
def test_a_letter_without_what_it_is_for_is_told_so(cuerpo: str, palabras: str) -> None:
    assert palabras in de_carta(cuerpo)["cuerpo"]


def test_the_subject_of_a_notice_names_the_document() -> None:
    cuerpo = "Estimada:\n\n{hechos}\n\n{enlace}"

    sin = quejas("carta", "aviso-deposito", Redaccion("Nueva notificación", cuerpo))
    con = quejas("carta", "aviso-deposito", Redaccion("Notificación: {tipo} {numero}", cuerpo))

    assert sin == {"titulo": "Falta el campo {tipo}. Falta el campo {numero}"}
    assert con == {}


def test_a_discreet_notice_cannot_be_made_to_name_it() -> None:
    redaccion = Redaccion("Nueva: {tipo}", "Hola {nombres}\n\n{hechos}\n\n{enlace}")

    assert quejas("carta", "aviso-discreto", redaccion) == {"titulo": "El campo {tipo} no existe en este texto"}


def test_the_constancia_says_whose_it_is() -> None:
    assert quejas("texto", "constancia", Redaccion("", "Se acredita.")) == {
        "cuerpo": "Falta el campo {institucion}. Falta el campo {sigla}"
    }
    assert (
        "{telefono} no existe"
        in quejas("texto", "constancia", Redaccion("", "{institucion} {sigla} {telefono}"))["cuerpo"]
    )


def test_other_texts_have_the_institutions_own_data() -> None:
    assert quejas("pregunta", "x", Redaccion("¿{sigla}?", "Llame al {telefono}.")) == {}
    assert "{codigo} no existe" in quejas("pregunta", "x", Redaccion("¿Qué?", "Su {codigo}."))["cuerpo"]


def test_a_value_brings_no_other_field() -> None:
    assert rellenar("{nombres} {otro}", {"nombres": "{clave}", "clave": "SECRETA"}) == "{clave} {otro}"
