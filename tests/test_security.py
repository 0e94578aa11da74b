"""Sessions, cookies, tokens and the price of a password."""

from http.cookies import SimpleCookie
from typing import Any

import bcrypt
import pytest
from pyramid.config import Configurator
from pyramid.interfaces import ISessionFactory
from pyramid.request import Request
from pyramid.response import Response
from webtest import TestApp
from ZODB import DB
from ZODB.POSException import StorageError

from tests import mundo
from tests.conftest import Navegador, Reloj
from tests.views.test_errores import con_almacen_caido
from tests.views.test_portada import bandeja_de, intentar


def galleta(respuesta: Any) -> Any:
    return SimpleCookie(respuesta.headers["Set-Cookie"])["casilla"]


@pytest.fixture
def comparaciones(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Every hash with which a password was compared."""
    hechas: list[bytes] = []
    comparar = bcrypt.checkpw

    def contar(clave: bytes, cifrada: bytes) -> bool:
        hechas.append(cifrada)
        return comparar(clave, cifrada)

    monkeypatch.setattr(bcrypt, "checkpw", contar)
    return hechas


def test_the_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites(navegador: Navegador) -> None:
    cookie = galleta(navegador.get("/"))

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert not cookie["expires"]
    assert not cookie["secure"]


def puertas_con(ajustes: dict[str, Any]) -> Configurator:
    """The doors' locks as these settings make them, without the house."""
    config = Configurator(settings=ajustes)
    config.registry.secreto = mundo.SECRETO
    config.include("casilla.security")
    config.commit()
    return config


def test_behind_https_the_cookie_never_travels_in_clear() -> None:
    config = puertas_con({"casilla.url": "https://casilla.example"})
    peticion, respuesta = Request.blank("/"), Response()
    config.registry.getUtility(ISessionFactory)(peticion)["usuario"] = mundo.ROSA
    peticion._process_response_callbacks(respuesta)

    assert galleta(respuesta)["secure"]


def test_a_login_gives_a_new_session_and_a_new_token(navegador: Navegador) -> None:
    antes = navegador.get("/")
    ficha = antes.forms["formulario"]["csrf_token"].value
    vieja = navegador.cookies["casilla"]

    despues = navegador.entrar(mundo.ROSA)

    assert navegador.cookies["casilla"] != vieja
    assert despues.html.find("input", {"name": "csrf_token"})["value"] != ficha
    navegador.post("/salir", {"csrf_token": ficha}, status=400)


def test_a_cookie_planted_before_the_login_does_not_come_in_with_it(
    navegador: Navegador, aplicacion: Any, base_de_datos: DB
) -> None:
    navegador.get("/")
    ladron = TestApp(aplicacion)
    ladron.set_cookie("casilla", navegador.cookies["casilla"].strip('"'))

    navegador.entrar(mundo.ROSA)

    assert ladron.get(bandeja_de(base_de_datos, mundo.ROSA)).status_int == 303


def test_pages_of_a_session_are_not_kept_by_the_browser(navegador: Navegador) -> None:
    """Back, on a shared computer, after somebody has left."""
    assert "Cache-Control" not in navegador.get("/normativas").headers
    pagina = navegador.entrar(mundo.ROSA)

    assert "no-store" in pagina.headers["Cache-Control"]
    assert navegador.get("/no-existe", status=404).headers["Cache-Control"] == "no-store"


def test_a_copied_cookie_dies_with_the_session(navegador: Navegador, aplicacion: Any, base_de_datos: DB) -> None:
    pagina = navegador.entrar(mundo.ROSA)
    bandeja = bandeja_de(base_de_datos, mundo.ROSA)
    ladron = TestApp(aplicacion)
    ladron.set_cookie("casilla", navegador.cookies["casilla"].strip('"'))
    assert ladron.get(bandeja).status_int == 200

    next(f for f in pagina.forms.values() if f.action == "/salir").submit()

    assert ladron.get(bandeja).status_int == 303


def test_a_cookie_that_was_touched_is_worth_nothing(navegador: Navegador, base_de_datos: DB) -> None:
    navegador.entrar(mundo.ROSA)
    cookie = navegador.cookies["casilla"].strip('"')
    navegador.set_cookie("casilla", ("A" if cookie[0] != "A" else "B") + cookie[1:])

    assert navegador.get(bandeja_de(base_de_datos, mundo.ROSA)).status_int == 303


def test_a_session_ends_after_half_an_hour_without_use_and_not_before(
    navegador: Navegador, base_de_datos: DB, reloj: Reloj
) -> None:
    navegador.entrar(mundo.ROSA)
    bandeja = bandeja_de(base_de_datos, mundo.ROSA)
    for _ in range(3):
        reloj.adelantar(minutos=29)
        assert navegador.get(bandeja).status_int == 200

    reloj.adelantar(minutos=29)
    assert navegador.get("/sesion/seguir").status_int == 204
    reloj.adelantar(minutos=29)
    assert navegador.get(bandeja).status_int == 200

    reloj.adelantar(minutos=31)
    assert navegador.get(bandeja).location.startswith("http://localhost/?next=")


def test_no_form_is_taken_without_its_token(navegador: Navegador) -> None:
    navegador.post("/", {"usuario": mundo.ROSA, "clave": mundo.CLAVE}, status=400)
    navegador.entrar(mundo.ROSA)
    navegador.post("/salir", status=400)
    navegador.post("/salir", {"csrf_token": "0" * 40}, status=400)

    assert navegador.get("/cambiar-clave").status_int == 200


def test_a_token_of_another_session_is_not_taken(navegador: Navegador, aplicacion: Any) -> None:
    ajena = TestApp(aplicacion).get("/").forms["formulario"]["csrf_token"].value
    navegador.entrar(mundo.ROSA)

    navegador.post("/salir", {"csrf_token": ajena}, status=400)


@pytest.mark.parametrize("usuario", [mundo.ROSA, "1-49999999", "rosa@correo.example", "nadie@correo.example"])
def test_a_wrong_login_costs_one_hash_of_the_same_price_whoever_is_named(
    navegador: Navegador, comparaciones: list[bytes], usuario: str
) -> None:
    intentar(navegador, usuario, "Otra-clave-9")

    assert [cifrada[:7] for cifrada in comparaciones] == [b"$2b$04$"]


def test_whoever_must_wait_costs_no_hash(navegador: Navegador, comparaciones: list[bytes]) -> None:
    for _ in range(5):
        intentar(navegador, mundo.ROSA, "Otra-clave-9")
    comparaciones.clear()

    intentar(navegador, mundo.ROSA, mundo.CLAVE)

    assert comparaciones == []


def test_without_a_setting_a_password_costs_what_it_should() -> None:
    assert puertas_con({"casilla.url": "http://localhost"}).registry.settings["casilla.bcrypt_costo"] == 12


@pytest.mark.parametrize("camino", ["/static/app.css", "/salud/vivo"])
def test_what_is_for_everybody_asks_neither_the_store_nor_who_is_there(
    navegador: Navegador, aplicacion: Any, camino: str
) -> None:
    navegador.entrar(mundo.ROSA)
    con_almacen_caido(aplicacion, StorageError("caído"))

    assert "Set-Cookie" not in navegador.get(camino, status=200).headers


@pytest.mark.parametrize("puerta", ["/admin", "/admin/entrar?motivo=inactividad", "/"])
def test_an_idle_session_of_the_staff_does_not_come_back_by_looking_again(
    navegador: Navegador, reloj: Reloj, puerta: str
) -> None:
    navegador.entrar_al_modulo("auditor")
    reloj.adelantar(minutos=16)

    navegador.get(puerta)

    assert "/admin/entrar" in navegador.get("/admin").location
