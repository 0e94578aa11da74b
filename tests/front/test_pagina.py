"""The frame that every page shares."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from webtest import TestApp

AYUDA = (
    "Para la atención de consultas sobre la creación de la Casilla Electrónica, comunicarse con el número "
    "(01) 626-1600, Anexo 1928"
)


@pytest.fixture
def dentro(web: TestApp) -> Iterator[TestApp]:
    """The sample with Ivonne logged in."""
    web.get("/entrar")
    yield web
    web.reset()


def en_una_linea(elemento: Any) -> str:
    return " ".join(elemento.text.split())


def test_the_first_stop_of_the_keyboard_leads_to_the_content(web: TestApp) -> None:
    html = web.get("/pagina").html
    primero = html.body.find(["a", "button", "input", "select", "textarea"])
    assert (primero["href"], primero.text) == ("#contenido", "Ir al contenido")
    assert html.find(id="contenido").name == "main"


@pytest.mark.parametrize("direccion", ["/formulario", "/pagina", "/aislada"])
def test_every_page_has_language_title_and_one_h1(web: TestApp, direccion: str) -> None:
    html = web.get(direccion).html
    assert html.html["lang"] == "es-PE"
    assert html.title.text == f"{html.h1.text} - Casilla Electrónica MIMP"
    assert len(html("h1")) == 1


@pytest.mark.parametrize("direccion", ["/formulario", "/pagina"])
def test_help_stands_last_on_every_page_in_the_words_of_the_guide(web: TestApp, direccion: str) -> None:
    pie = web.get(direccion).html.footer
    assert AYUDA in en_una_linea(pie)
    assert pie.find("a", href="mailto:casillaelectronica@mimp.gob.pe")
    assert "Jr. Camaná 616, Cercado de Lima, Lima, Perú" in pie.text
    assert pie.find_next_sibling(True) is None


def test_the_header_names_country_and_institution_and_leads_home(web: TestApp) -> None:
    html = web.get("/pagina").html
    assert en_una_linea(html.find(class_="marca")) == "PERÚ Ministerio de la Mujer y Poblaciones Vulnerables"
    assert html.find(class_="marca")["href"] == "/"
    assert [(a.text, a["href"]) for a in html.select(".enlaces a")] == [
        ("Normativas", "/normativas"),
        ("Preguntas frecuentes", "/preguntas-frecuentes"),
    ]


def test_links_follow_the_place_where_the_application_is_mounted(web: TestApp) -> None:
    html = web.get("/pagina", extra_environ={"SCRIPT_NAME": "/casillas"}).html
    assert html.find(class_="marca")["href"] == "/casillas/"
    assert html.link["href"].startswith("/casillas/static/")


def test_a_stranger_sees_nothing_of_a_session(web: TestApp) -> None:
    pagina = web.get("/pagina")
    for ausente in ("dialog", "Cerrar sesión", "Bienvenida", "data-sesion", "Proceso"):
        assert ausente not in pagina.text
    assert "Set-Cookie" not in pagina.headers


def test_who_is_inside_is_greeted_and_can_leave_by_post(dentro: TestApp) -> None:
    html = dentro.get("/pagina").html
    modulo = en_una_linea(html.find(class_="modulo"))
    assert "Casilla Electrónica - MIMP : Módulo del administrado" in modulo
    assert "Bienvenida/o IVONNE ELIZABETH" in modulo
    salida = html.select_one(".cuenta form")
    assert (salida["method"], salida["action"], salida.button.text) == ("post", "/salir", "Cerrar sesión")
    assert salida.find("input", {"name": "csrf_token"})["value"]
    assert html.body["data-sesion-segundos"] == "1800"


def test_the_menu_says_where_one_is_and_how_many_are_unread(dentro: TestApp) -> None:
    menu = dentro.get("/pagina").html.find(class_="menu")
    assert en_una_linea(menu) == "Casilla Electrónica Proceso Pendientes por leer 13 sin leer Leídos"
    assert [a["href"] for a in menu("a")] == ["/casilla/abc/", "/casilla/abc/leidos"]
    assert [a.get("aria-current") for a in menu("a")] == ["page", None]


@pytest.mark.parametrize(
    ("pendientes", "insignia"), [(0, None), (1, "1 sin leer"), (99, "99 sin leer"), (100, "99+ sin leer")]
)
def test_the_badge_counts_to_99_and_is_absent_at_zero(wsgi: Any, pendientes: int, insignia: str | None) -> None:
    web = TestApp(wsgi)
    wsgi.registry.pendientes = pendientes
    web.get("/entrar")
    elemento = web.get("/pagina").html.select_one(".menu .insignia")
    wsgi.registry.pendientes = 13
    assert (elemento and elemento.text) == insignia


def test_messages_are_shown_once_and_announced(web: TestApp) -> None:
    avisos = web.get("/pagina?mensaje=si").html.select(".aviso[role=status]")
    assert [en_una_linea(aviso) for aviso in avisos] == ["Listo Su contraseña cambió.", "Atención Revise su correo."]
    assert web.get("/pagina").html.select(".aviso[role=status]") == []


def test_a_page_for_when_the_store_is_down_asks_for_no_identity_and_no_institution(web: TestApp) -> None:
    html = web.get("/aislada").html
    assert en_una_linea(html.find(class_="marca")) == "PERÚ Sistema de Notificaciones Electrónicas"
    assert "comuníquese con la institución" in html.footer.text


def test_nothing_is_asked_of_third_parties(dentro: TestApp) -> None:
    html = dentro.get("/pagina").html
    direcciones = [
        e.get("src") or e.get("href") or e.get("action") for e in html(["a", "link", "script", "img", "form"])
    ]
    assert {urlsplit(direccion).netloc for direccion in direcciones} == {""}


def test_pages_are_linked_by_words_and_say_where_one_is(web: TestApp) -> None:
    paginacion = web.get("/pagina").html.find("nav", {"aria-label": "Paginación"})
    assert en_una_linea(paginacion) == "Página 2 de 4 Primera Anterior Siguiente Última"


def test_the_step_stands_above_the_heading(web: TestApp) -> None:
    assert web.get("/pagina").html.h1.find_previous("p").text == "Paso 3 de 6"


def test_icons_are_decoration(web: TestApp) -> None:
    for icono in web.get("/pagina").html("svg"):
        assert (icono["aria-hidden"], icono["focusable"]) == ("true", "false")
        assert icono.parent.text.strip()
