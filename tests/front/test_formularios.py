"""The form templates as HTML: valid, Spanish, every box with its label, every error with its link."""

import gettext
from io import BytesIO
from pathlib import Path
from typing import Any

import colander
import deform
import html5lib
import pytest
from bs4 import BeautifulSoup
from pyramid.httpexceptions import HTTPBadRequest
from pyramid.request import Request
from webtest import TestApp

from casilla.forms import Esquema, Formulario
from tests.front.muestra import AHORA, COMPLETO, Completo

CATALOGOS = Path(__file__).parents[2] / "casilla" / "locale" / "es" / "LC_MESSAGES"


def enviar(web: TestApp, direccion: str = "/formulario", **cambios: Any) -> Any:
    formulario = web.get(direccion).forms["formulario"]
    for nombre, valor in {**COMPLETO, **cambios}.items():
        formulario[nombre] = valor
    return formulario.submit()


def con_errores(web: TestApp) -> Any:
    return web.get("/formulario").forms["formulario"].submit()


def resumen(pagina: Any) -> list[tuple[str, str]]:
    return [(a["href"], a.text) for a in pagina.html.select(".resumen-error a")]


def test_a_form_filled_in_well_gives_clean_values(web: TestApp) -> None:
    pagina = enviar(web)
    assert resumen(pagina) == []
    assert "'telefono': '+51987654321'" in pagina.html.find(id="datos").text
    assert "repetir_correo" not in pagina.html.find(id="datos").text


def test_every_error_is_linked_to_its_box_and_repeated_beside_it(web: TestApp) -> None:
    pagina = con_errores(web)
    enlaces = resumen(pagina)
    assert len(enlaces) == 15
    assert len({palabras for _, palabras in enlaces}) == 15
    for destino, palabras in enlaces:
        caja = pagina.html.select_one(destino)
        assert caja.name in ("input", "select", "textarea")
        descripcion = pagina.html.find(id=caja["aria-describedby"].split()[0])
        assert descripcion.text == f"Error: {palabras}"


def test_the_title_says_that_there_is_an_error(web: TestApp) -> None:
    assert web.get("/formulario").html.title.text == "Sus datos - Casilla Electrónica MIMP"
    assert con_errores(web).html.title.text == "Error: Sus datos - Casilla Electrónica MIMP"


def test_what_was_typed_is_kept_except_passwords(web: TestApp) -> None:
    escrito = {"numero": '"><b>', "nacimiento-mes": "brumario", "telefono": "hola", "sexo": "M"}
    formulario = enviar(web, **escrito).forms["formulario"]
    claves = {"antigua": "", "nueva": "", "repetir_nueva": ""}
    for nombre, valor in {**COMPLETO, **escrito, **claves}.items():
        campo = formulario[nombre]
        assert (campo.checked if nombre == "acepto" else campo.value.replace("\r\n", "\n")) == valor


def test_the_first_wrong_box_of_a_date_is_the_one_linked_and_marked(web: TestApp) -> None:
    pagina = enviar(web, **{"nacimiento-mes": "brumario"})
    assert [destino for destino, _ in resumen(pagina)] == ["#c-nacimiento-mes"]
    assert [caja["id"] for caja in pagina.html.select("[aria-invalid]")] == ["c-nacimiento-mes"]


def test_an_error_found_after_validation_joins_the_summary(web: TestApp) -> None:
    pagina = enviar(web, "/formulario?marcar=si")
    assert resumen(pagina) == [
        ("#c-tipo", "RENIEC no responde; sus datos siguen aquí"),
        ("#c-numero", "El número ya tiene una casilla"),
    ]


def test_every_box_has_a_label_and_every_group_a_legend(web: TestApp) -> None:
    html = web.get("/formulario").html
    for caja in html.select("form input:not([type=hidden]), form select, form textarea"):
        assert html.select_one(f'label[for="{caja["id"]}"]').text.strip()
    for grupo in html.select("form fieldset"):
        assert grupo.legend.text.strip()


@pytest.mark.parametrize(
    ("nombre", "esperados"),
    [
        ("nombres", {"autocomplete": "given-name", "type": "text"}),
        ("nacimiento-dia", {"autocomplete": "bday-day", "inputmode": "numeric", "type": "text"}),
        ("nacimiento-mes", {"autocomplete": "bday-month"}),
        ("nacimiento-ano", {"autocomplete": "bday-year", "inputmode": "numeric"}),
        ("emision-dia", {"autocomplete": None}),
        ("telefono", {"autocomplete": "tel", "type": "tel", "inputmode": "tel"}),
        ("correo", {"autocomplete": "email", "type": "email", "spellcheck": "false", "autocapitalize": "none"}),
        ("repetir_correo", {"autocomplete": "email", "type": "email"}),
        ("antigua", {"autocomplete": "current-password", "type": "password", "value": ""}),
        ("nueva", {"autocomplete": "new-password", "type": "password", "maxlength": None}),
        ("codigo", {"autocomplete": "one-time-code", "inputmode": "text", "maxlength": None}),
    ],
)
def test_each_box_tells_the_browser_what_it_is_for(web: TestApp, nombre: str, esperados: dict[str, str | None]) -> None:
    caja = web.get("/formulario").html.find(attrs={"name": nombre})
    assert {atributo: caja.get(atributo) for atributo in esperados} == esperados


def test_no_box_forbids_pasting_or_shows_the_browsers_own_complaints(web: TestApp) -> None:
    pagina = web.get("/formulario")
    assert pagina.html.form.has_attr("novalidate")
    for prohibido in ("onpaste", "required", 'autocomplete="off"', "autofocus", "maxlength", "placeholder"):
        assert prohibido not in pagina.text


def test_a_page_carries_no_inline_script_or_style(web: TestApp) -> None:
    for pagina in (con_errores(web), web.get("/pagina?mensaje=si")):
        html = pagina.html
        assert [guion for guion in html("script") if guion.text.strip()] == []
        assert html("style") == []
        assert [e for e in html(True) if any(a == "style" or a.startswith("on") for a in e.attrs)] == []


@pytest.mark.parametrize("direccion", ["/formulario", "/pagina?mensaje=si", "/aislada"])
def test_the_html_is_valid(web: TestApp, direccion: str) -> None:
    web.get("/entrar")
    html5lib.HTMLParser(strict=True).parse(web.get(direccion).text)


def test_the_html_of_a_form_with_errors_is_valid(web: TestApp) -> None:
    html5lib.HTMLParser(strict=True).parse(con_errores(web).text)


def test_no_id_stands_twice(web: TestApp) -> None:
    web.get("/entrar")
    for pagina in (con_errores(web), web.get("/pagina")):
        ids = [elemento["id"] for elemento in pagina.html(id=True)]
        assert len(ids) == len(set(ids))


def test_nothing_of_the_libraries_is_said_in_english(web: TestApp) -> None:
    ingles = {
        str(msgid)
        for nombre in ("colander", "deform")
        for msgid in mensajes(nombre)
        if " " in str(msgid) or msgid == "Required"
    }
    for pagina in (con_errores(web), enviar(web, correo="x", numero="?", telefono="?")):
        texto = BeautifulSoup(pagina.text, "lxml").get_text(" ")
        assert [frase for frase in ingles if frase in texto] == []


def mensajes(nombre: str) -> dict[str, str]:
    with (CATALOGOS / f"{nombre}.mo").open("rb") as archivo:
        return gettext.GNUTranslations(archivo)._catalog  # type: ignore[attr-defined]


class Numero(Esquema):
    cuantos = colander.SchemaNode(colander.Integer(), validator=colander.Range(max=3))


def de_busqueda(wsgi: Any, esquema: Esquema) -> Formulario:
    request = Request.blank("/")
    request.registry, request.ahora = wsgi.registry, AHORA
    return Formulario(esquema, request, metodo="get")


@pytest.mark.parametrize(
    ("crudo", "palabras"),
    [("9", "9 es mayor que el máximo, 3"), ("x", "«x» no es un número"), ("", "Complete este dato")],
)
def test_a_message_of_colander_itself_comes_out_in_spanish(wsgi: Any, crudo: str, palabras: str) -> None:
    formulario = de_busqueda(wsgi, Numero())
    with pytest.raises(deform.ValidationFailure):
        formulario.validate([("cuantos", crudo)])
    assert formulario.errores == [("c-cuantos", palabras)]


def test_a_form_that_only_asks_carries_no_token(wsgi: Any) -> None:
    assert "csrf_token" not in de_busqueda(wsgi, Numero()).render()


def test_a_file_in_a_text_box_is_a_bad_request(wsgi: Any) -> None:
    with pytest.raises(HTTPBadRequest):
        de_busqueda(wsgi, Completo()).validate([("nombres", BytesIO(b"hola"))])


def test_names_that_the_page_does_not_have_are_ignored(web: TestApp) -> None:
    token = web.get("/formulario").forms["formulario"]["csrf_token"].value
    de_mas = {"__start__": "nombres:mapping", "nacimiento": "27", "otro": "x"}

    pagina = web.post("/formulario", COMPLETO | {"acepto": "true", "csrf_token": token} | de_mas)

    assert resumen(pagina) == []


def test_a_form_without_its_token_is_refused(web: TestApp) -> None:
    web.post("/formulario", COMPLETO | {"acepto": "true"}, status=400)


def test_ten_thousand_characters_in_every_box_are_only_errors(web: TestApp) -> None:
    largo = "9" * 10_000
    pagina = enviar(web, **{n: largo for n in COMPLETO if n not in ("tipo", "sexo", "acepto")})
    assert len(resumen(pagina)) == 11
