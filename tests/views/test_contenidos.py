"""Questions as everybody sees them, and what the institution's texts may hold."""

from typing import Any
from urllib.parse import urljoin

import pytest
from ZODB import DB

from casilla.services.fundacion import RAIZ, institucion_inicial
from casilla.views.texto import en_html, rellenar
from tests import mundo
from tests.conftest import Navegador

INSTITUCION = institucion_inicial()


def test_every_question_has_its_own_address_under_its_category(navegador: Navegador) -> None:
    pagina = navegador.get("/preguntas-frecuentes").html
    anclas = [enlace["href"] for enlace in pagina.select("nav[aria-label=Preguntas] a")]

    assert pagina.h1.text == "Preguntas frecuentes"
    assert [h2.text for h2 in pagina.select("main h2")] == [
        "Registro",
        "Acceso",
        "Notificaciones y plazos",
        "Mi cuenta",
        "Accesibilidad e idiomas",
    ]
    assert [f"#{h3['id']}" for h3 in pagina.select("main h3")] == anclas
    assert anclas[:2] == ["#que-es", "#como-me-registro"]


def preguntas(navegador: Navegador, buscado: str) -> tuple[Any, list[str]]:
    """The page of a search, and the names of what it found."""
    pagina = navegador.get("/preguntas-frecuentes", {"q": buscado}).html
    return pagina, [h3["id"] for h3 in pagina.select("main h3")]


def test_a_search_ignores_accents_and_capitals_and_looks_in_the_answers_too(navegador: Navegador) -> None:
    pagina, halladas = preguntas(navegador, "  INTÉRPRETACION lenguas ")

    assert halladas == ["otra-lengua"]
    assert [p.text for p in pagina.select("main [role=status]")] == ["1 pregunta contiene «INTÉRPRETACION lenguas»."]
    assert pagina.find("input", {"name": "q"})["value"] == "INTÉRPRETACION lenguas"
    assert pagina.find("a", string="Quitar la búsqueda")["href"] == "/preguntas-frecuentes"
    assert pagina.title.text.startswith("Preguntas frecuentes sobre «INTÉRPRETACION lenguas» - ")


def test_a_search_finds_what_is_read_not_how_it_is_written(navegador: Navegador) -> None:
    assert "como-me-registro" in preguntas(navegador, "elija Regístrate")[1]
    assert preguntas(navegador, "**")[1] == []
    assert preguntas(navegador, "{telefono}")[1] == []
    assert "olvide-mi-contrasena" in preguntas(navegador, "626-1600")[1]


def test_a_search_that_finds_nothing_says_so_and_offers_help(navegador: Navegador) -> None:
    pagina, halladas = preguntas(navegador, "hipopótamo <b>")

    assert halladas == []
    assert pagina.select_one("main [role=status]").text == "Ninguna pregunta contiene «hipopótamo <b>»."
    assert "Si no encuentra lo que busca" in pagina.main.text


def test_an_empty_search_is_no_search(navegador: Navegador) -> None:
    pagina, halladas = preguntas(navegador, " \x00 ")

    assert len(halladas) > 20
    assert not pagina.select("main [role=status]")
    assert not pagina.find("a", string="Quitar la búsqueda")


def test_a_question_without_category_is_shown_all_the_same(navegador: Navegador, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        contenido = conexion.root()[RAIZ].contenidos["que-es"]
        contenido.versiones = (tuple(contenido.ultima._replace(categoria="")),)

    assert "Otras preguntas" in [h2.text for h2 in navegador.get("/preguntas-frecuentes").html.select("main h2")]


def test_the_question_about_a_forgotten_password_says_where_to_go(navegador: Navegador) -> None:
    pregunta = navegador.get("/preguntas-frecuentes").html.find(id="olvide-mi-contrasena")

    assert "¿Olvidaste tu contraseña?" in pregunta.parent.text


def test_answers_carry_the_institutions_own_data(navegador: Navegador) -> None:
    pagina = navegador.get("/preguntas-frecuentes")

    pagina.mustcontain("(01) 626-1600", "numeral 5.3 de la Ley N.° 31736")
    assert "{" not in pagina.html.main.text


def test_every_link_in_the_texts_leads_somewhere(navegador: Navegador) -> None:
    for camino in (
        "/preguntas-frecuentes",
        "/normativas",
        "/terminos",
        "/privacidad",
        "/datos-personales",
        "/accesibilidad",
    ):
        for enlace in navegador.get(camino).html.select("main a"):
            if not enlace["href"].startswith(("mailto:", "https:", "#")):
                navegador.get(urljoin(camino, enlace["href"]), status=200)


def test_what_is_archived_is_not_shown(navegador: Navegador, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        conexion.root()[RAIZ].contenidos["que-es"].pasar("archivar", "prueba", mundo.ENERO)

    assert not navegador.get("/preguntas-frecuentes").html.find(id="que-es")


def test_a_page_without_texts_is_still_a_page(navegador: Navegador, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        contenidos = conexion.root()[RAIZ].contenidos
        for nombre in [c.__name__ for c in contenidos.values() if c.clase in ("norma", "pregunta")]:
            del contenidos[nombre]

    for camino in ("/preguntas-frecuentes", "/normativas"):
        assert "Última actualización" not in navegador.get(camino)


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


def test_words_in_another_language_say_which(navegador: Navegador) -> None:
    pagina = navegador.get("/preguntas-frecuentes?q=runasimipi")

    assert [(marca["lang"], marca.text) for marca in pagina.html.select("main [lang]")] == [
        ("qu", "¿Runasimipi yanapayta munankichu?")
    ]
    assert "1 pregunta contiene" in pagina


@pytest.mark.parametrize("texto", ["[a]{correo}", '[a]{"}', "[]{qu}", "[a] {qu}", "[a]{QU}"])
def test_what_names_no_language_is_text(texto: str) -> None:
    assert "lang=" not in en_html(texto, institucion_inicial())
