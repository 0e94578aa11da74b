"""Letters: what can be printed, what is spelled out, and how text becomes lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casilla.printing.estilos import Celda, Estilo
from casilla.printing.fuentes import CORRIENTES, REGULAR, SEMINEGRA, legible

CUALQUIER_TEXTO = st.text(st.characters(), max_size=200) | st.text("añ Ü_\n😀", max_size=200)


@pytest.mark.parametrize(
    "nombre",
    [
        "ÑAHUI D'ÁVILA GÜERE",
        "Ch’aska Wañuq Qhapaq",  # Quechua and Aymara write ejectives with an apostrophe
        "Khʼipu Jach'a Mallku",
        "Łukasz Çelik Østergård Nguyễn Thị",
        "Иванов Γεώργιος",
        "¿Informe N.° 12 — «50 %»?",
    ],
)
def test_names_are_printed_as_they_are_written(nombre: str) -> None:
    assert legible(nombre) == nombre


@pytest.mark.parametrize(
    ("texto", "impreso"),
    [
        ("acta 😀.pdf", "acta [U+1F600].pdf"),
        ("王小明", "[U+738B][U+5C0F][U+660E]"),
        ("a\x00b\x1b[31m", "a[U+0000]b[U+001B][31m"),
        ("acta\u202efdp.exe", "acta[U+202E]fdp.exe"),  # right-to-left override: would read "actaexe.pdf"
        ("cero\u200bancho", "cero[U+200B]ancho"),
        ("suelto \ud800", "suelto [U+D800]"),
    ],
)
def test_what_has_no_picture_is_spelled_out(texto: str, impreso: str) -> None:
    assert legible(texto) == impreso


def test_line_ends_and_odd_blanks_are_spaces() -> None:
    assert legible("uno\ndos\ttres\u2003cuatro\u2028cinco") == "uno dos tres cuatro cinco"


def test_letters_with_loose_accents_are_the_same_letters() -> None:
    assert legible("Munoz".replace("n", "n\u0303")) == "Muñoz"


@given(CUALQUIER_TEXTO)
def test_lines_hold_all_of_the_text_and_fit(texto: str) -> None:
    estilo, ancho = Estilo(cuerpo=10), 90.0
    lineas = list(estilo.lineas(texto, ancho))
    assert "".join(lineas) == legible(texto)
    assert all(estilo.ancho(linea.rstrip(" ")) <= ancho for linea in lineas)


def test_a_part_ends_in_a_blank_so_that_the_next_one_is_not_joined_to_it() -> None:
    celda = Celda("TD", 0, 200, [(Estilo(), "informe.pdf"), (Estilo(), "abc123")])
    assert [linea for _, linea in celda.lineas()] == ["informe.pdf ", "abc123"]


@pytest.mark.parametrize("fuente", [REGULAR, SEMINEGRA], ids=lambda fuente: fuente.clave)
def test_everyday_letters_have_a_width_and_a_code(fuente) -> None:
    assert all(fuente.anchos[letra] > 0 for letra in CORRIENTES)
    assert len(CORRIENTES.encode("cp1252")) == len(CORRIENTES)
