"""A form of the module that is sent when its session is over: nothing that was typed is lost, however long."""

from typing import Any

import pytest

from casilla.request import MAXIMO_FORMULARIO
from casilla.services.fundacion import RAIZ
from casilla.services.secretos import codigos_de_respaldo
from tests import mundo
from tests.conftest import Navegador, Reloj

EDITAR = "/admin/contenidos/que-es/editar"
LARGO = "Un párrafo que costó mucho escribir. " * 400
DE_AQUI = {"Origin": "http://localhost"}


@pytest.fixture
def redactora(navegador: Navegador) -> Navegador:
    navegador.entrar_al_modulo("contenido")
    return navegador


def tarde(navegador: Navegador, reloj: Reloj, origen: dict[str, str] = DE_AQUI) -> Any:
    formulario = navegador.get(EDITAR).forms["formulario"]
    formulario["cuerpo"] = LARGO
    reloj.adelantar(minutos=31)
    return formulario.submit(headers=origen, expect_errors=True)


def otra_vez(pagina: Any) -> Any:
    return next(f for f in pagina.forms.values() if f.action == EDITAR).submit(headers=DE_AQUI, expect_errors=True)


def entrar_en_otra_pestana(navegador: Navegador) -> None:
    """By a recovery code: the authenticator's serves once."""
    ingreso = navegador.get("/admin/entrar").forms["formulario"]
    ingreso["usuario"], ingreso["clave"] = "contenido", mundo.CLAVE
    factor = ingreso.submit().follow().forms["formulario"]
    factor["codigo"] = codigos_de_respaldo(mundo.SECRETO, "contenido", 1)[0]
    factor.submit().follow()


def borrador(navegador: Navegador) -> Any:
    with navegador.base_de_datos.transaction() as conexion:
        contenido = conexion.root()[RAIZ].contenidos["que-es"]
        return contenido.redaccion.cuerpo if contenido.borrador else None


def test_what_was_typed_stays_in_the_page_until_one_has_come_in_and_is_saved_then(
    redactora: Navegador, reloj: Reloj
) -> None:
    pagina = tarde(redactora, reloj)
    assert pagina.html.h1.text == "Su sesión terminó" and borrador(redactora) is None
    assert otra_vez(pagina).html.h1.text == "Su sesión terminó"  # who is in a hurry loses nothing either

    entrar_en_otra_pestana(redactora)
    dentro = otra_vez(pagina)
    assert dentro.html.h1.text == "Falta enviar otra vez" and borrador(redactora) is None
    assert otra_vez(dentro).status_int == 303
    assert borrador(redactora).strip() == LARGO.strip()


@pytest.mark.parametrize("origen", [{}, {"Origin": "https://otra.example"}, {"Origin": "null"}])
def test_what_comes_from_elsewhere_is_not_given_back(
    redactora: Navegador, reloj: Reloj, origen: dict[str, str]
) -> None:
    respuesta = tarde(redactora, reloj, origen)

    assert respuesta.status_int == 303 and respuesta.location.startswith("http://localhost/admin/entrar?next=")


def test_what_is_sent_while_one_types_is_not_taken_for_kept(navegador: Navegador) -> None:
    """The script of the page says that it is kept when the answer is a success."""
    respuesta = navegador.post("/admin/notificar/1/teclear", {"asunto": "A medias"}, DE_AQUI, status=303)

    assert respuesta.location.startswith("http://localhost/admin/entrar")


def test_no_password_is_given_back(navegador: Navegador) -> None:
    respuesta = navegador.post("/admin/entrar", {"usuario": "contenido", "clave": "Secreta-1"}, DE_AQUI, status=400)

    assert "Secreta-1" not in respuesta


@pytest.mark.parametrize(
    ("tipo", "cuerpo"),
    [
        ("multipart/form-data", b"sin delimitador"),
        ("application/x-www-form-urlencoded", b"cuerpo=" + b"y" * (MAXIMO_FORMULARIO + 1)),
    ],
)
def test_a_body_that_cannot_be_read_leads_to_the_login(navegador: Navegador, tipo: str, cuerpo: bytes) -> None:
    respuesta = navegador.post(EDITAR, cuerpo, {**DE_AQUI, "Content-Type": tipo}, status=303)

    assert respuesta.location.startswith("http://localhost/admin/entrar")
