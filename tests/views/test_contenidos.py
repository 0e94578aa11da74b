"""Questions and norms as everybody sees them."""

import pytest
from ZODB import DB

from casilla.services.fundacion import RAIZ, institucion_inicial
from casilla.views.texto import en_html, rellenar
from tests import mundo
from tests.conftest import Navegador

INSTITUCION = institucion_inicial()


def test_every_question_has_its_own_address_on_the_page(navegador: Navegador) -> None:
    pagina = navegador.get("/preguntas-frecuentes").html
    anclas = [enlace["href"] for enlace in pagina.select("nav[aria-label=Preguntas] a")]

    assert pagina.h1.text == "Preguntas frecuentes"
    assert 8 <= len(anclas) <= 12
    assert [f"#{h2['id']}" for h2 in pagina.select("main h2")] == anclas
    assert anclas[:2] == ["#que-es", "#como-me-registro"]


def test_the_question_about_a_forgotten_password_says_where_to_go(navegador: Navegador) -> None:
    pregunta = navegador.get("/preguntas-frecuentes").html.find(id="olvide-mi-contrasena")

    assert "¿Olvidaste tu contraseña?" in pregunta.parent.text


def test_answers_carry_the_institutions_own_data(navegador: Navegador) -> None:
    pagina = navegador.get("/preguntas-frecuentes")

    pagina.mustcontain("(01) 626-1600", "numeral 5.3 de la Ley N.° 31736")
    assert "{" not in pagina.html.main.text


def test_norms_come_in_their_order_with_their_dates(navegador: Navegador) -> None:
    pagina = navegador.get("/normativas").html
    titulos = [h2.text for h2 in pagina.select("main h2")]

    assert titulos[0].startswith("Ley N.° 31736")
    assert "27444" in titulos[1]
    assert "006-2026-JUS" in pagina.main.text
    assert "Última actualización: 23 de enero de 2026" in pagina.main.text


def test_every_link_in_the_texts_leads_somewhere(navegador: Navegador) -> None:
    for camino in ("/preguntas-frecuentes", "/normativas"):
        for enlace in navegador.get(camino).html.select("main section a"):
            if not enlace["href"].startswith(("mailto:", "https:")):
                navegador.get("/" + enlace["href"], status=200)


def test_what_is_archived_is_not_shown(navegador: Navegador, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        conexion.root()[RAIZ].contenidos["que-es"].pasar("archivar", "prueba", mundo.ENERO)

    assert not navegador.get("/preguntas-frecuentes").html.find(id="que-es")


def test_a_page_without_texts_is_still_a_page(navegador: Navegador, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        contenidos = conexion.root()[RAIZ].contenidos
        for nombre in [c.__name__ for c in contenidos.values() if c.clase == "norma"]:
            del contenidos[nombre]

    assert "Última actualización" not in navegador.get("/normativas")


@pytest.mark.parametrize(
    ("texto", "no_debe"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("<img src=x onerror=alert(1)>", "<img"),
        ("[aquí](javascript:alert(1))", "<a"),
        ("[aquí](data:text/html;base64,PHN2Zz4=)", "<a"),
        ("![x](https://otro.example/x.png)", "<img"),
        ('[aquí](https://gob.pe "a\\" onclick=\\"x")', 'onclick="'),
    ],
)
def test_a_text_brings_nothing_that_runs_or_loads(texto: str, no_debe: str) -> None:
    assert no_debe not in en_html(texto, INSTITUCION)


def test_markdown_is_shown_as_such() -> None:
    html = en_html("Un **dato**.\n\n1. uno\n2. dos\n\n[norma](https://www.gob.pe)", INSTITUCION)

    assert "<strong>dato</strong>" in html
    assert "<li>dos</li>" in html
    assert '<a href="https://www.gob.pe">norma</a>' in html


def test_headings_fit_under_those_of_the_page() -> None:
    html = en_html("# Uno\n\n## Dos\n\n###### Hondo", INSTITUCION, nivel=3)

    assert ["<h3>Uno</h3>" in html, "<h4>Dos</h4>" in html, "<h6>Hondo</h6>" in html] == [True, True, True]


def test_only_the_institutions_public_data_are_filled_in() -> None:
    assert rellenar("{institucion}, {anexo}", INSTITUCION) == f"{INSTITUCION.nombre}, 1928"
    assert rellenar("{_p_oid} {__class__} {otra} {}", INSTITUCION) == "{_p_oid} {__class__} {otra} {}"
