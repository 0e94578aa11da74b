"""A form sent after the session ended: the login comes first, and then what was typed is there again."""

from typing import Any

import pytest

from casilla.views.escrito import CON_TEXTO, NUNCA
from tests import mundo
from tests.conftest import Navegador, Reloj
from tests.views.test_cuenta import PAGINAS


@pytest.fixture
def rosa(navegador: Navegador) -> Navegador:
    navegador.entrar(mundo.ROSA)
    return navegador


def ingresar(pagina: Any, clave: str = mundo.CLAVE) -> Any:
    formulario = pagina.forms["formulario"]
    formulario["usuario"], formulario["clave"] = mundo.ROSA, clave
    return formulario.submit()


def tarde(navegador: Navegador, reloj: Reloj, camino: str, **campos: str) -> Any:
    """Fill in the form of a page, and send it when the session is over."""
    formulario = navegador.get(f"/cuenta/{camino}").forms["formulario"]
    for campo, valor in campos.items():
        formulario[campo] = valor
    reloj.adelantar(minutos=31)
    return formulario.submit(status=200)


def test_after_the_login_one_goes_on_with_what_one_had_typed(rosa: Navegador, reloj: Reloj) -> None:
    portada = tarde(rosa, reloj, "telefono", telefono="999 888 777")
    assert "conservamos lo que escribió" in portada.html.main.text

    vuelta = ingresar(portada)
    assert vuelta.location == "http://localhost/cuenta/telefono"
    formulario = vuelta.follow().forms["formulario"]
    assert formulario["telefono"].value == "999 888 777"
    formulario.submit().follow().mustcontain("Su teléfono cambió.", "999888777")


def test_passwords_are_asked_for_again_and_never_kept(rosa: Navegador, reloj: Reloj) -> None:
    portada = tarde(
        rosa, reloj, "correo", correo="ñusta@x.example", repetir_correo="otra@x.example", clave="Secreta-123"
    )

    assert "Secreta-123" not in portada
    formulario = ingresar(portada).follow().forms["formulario"]
    assert formulario["correo"].value == "ñusta@x.example"
    assert formulario["repetir_correo"].value == "otra@x.example"
    assert formulario["clave"].value == ""


def test_a_wrong_password_on_the_way_loses_nothing(rosa: Navegador, reloj: Reloj) -> None:
    otra = ingresar(tarde(rosa, reloj, "telefono", telefono="999 888 777"), clave="Equivocada-1")

    assert "Usuario o contraseña incorrectos" in otra
    assert ingresar(otra).follow().forms["formulario"]["telefono"].value == "999 888 777"


def test_the_login_itself_may_stand_open_too_long(rosa: Navegador, reloj: Reloj) -> None:
    portada = tarde(rosa, reloj, "telefono", telefono="999 888 777")
    reloj.adelantar(minutos=31)
    formulario = portada.forms["formulario"]
    formulario["usuario"], formulario["clave"] = mundo.ROSA, mundo.CLAVE

    otra = formulario.submit(status=400)

    assert ingresar(otra).follow().forms["formulario"]["telefono"].value == "999 888 777"


def test_it_is_put_back_once(rosa: Navegador, reloj: Reloj) -> None:
    ingresar(tarde(rosa, reloj, "telefono", telefono="999 888 777")).follow()

    assert rosa.get("/cuenta/telefono").forms["formulario"]["telefono"].value == "987654321"


def test_a_form_older_than_a_login_in_another_tab_is_shown_again_as_it_was(rosa: Navegador, reloj: Reloj) -> None:
    vieja = rosa.get("/cuenta/telefono").forms["formulario"]
    vieja["telefono"] = "999 888 777"
    reloj.adelantar(minutos=31)
    rosa.entrar(mundo.ROSA)

    pagina = vieja.submit().follow()

    assert "Lo que escribió sigue aquí" in pagina.html.main.text
    assert pagina.forms["formulario"]["telefono"].value == "999 888 777"


@pytest.mark.parametrize("origen", ["https://evil.example", "null"])
def test_what_another_site_sends_is_not_put_into_ones_boxes(navegador: Navegador, origen: str) -> None:
    respuesta = navegador.post("/cuenta/telefono", {"telefono": "911111111"}, headers={"Origin": origen})

    assert respuesta.location == "http://localhost/?next=%2Fcuenta"


def test_too_much_text_is_let_go(navegador: Navegador) -> None:
    respuesta = navegador.post("/cuenta/telefono", {"telefono": "9" * 5000})

    assert respuesta.status_int == 303


def test_nothing_that_only_a_button_says_is_done_by_itself_after_the_login(rosa: Navegador, reloj: Reloj) -> None:
    formulario = next(f for f in rosa.get("/cuenta/avisos").forms.values() if f.action == "/cuenta/probar-avisos")
    reloj.adelantar(minutos=31)

    assert formulario.submit().location == "http://localhost/?next=%2Fcuenta"


def test_every_box_of_the_account_is_either_kept_or_a_password(rosa: Navegador) -> None:
    for camino in (*PAGINAS, "/confirmar", "/exportaciones"):
        respuesta = rosa.get(f"/cuenta{camino}", expect_errors=True)
        cajas = respuesta.html.select("main form[method=post] input") if respuesta.status_int == 200 else []
        for caja in cajas:
            if caja["type"] in ("text", "email", "tel") and not caja.has_attr("readonly"):
                assert camino.strip("/") in CON_TEXTO, camino
            if caja["type"] == "password":
                assert caja["name"] in NUNCA, caja["name"]
