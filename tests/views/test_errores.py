"""What is told to whom when a page cannot be shown."""

import logging
import re
from typing import Any

import pytest
from psycopg2 import OperationalError
from webtest import TestApp
from ZEO.Exceptions import ClientDisconnected
from ZODB import DB
from ZODB.POSException import ConflictError

from casilla.services.fundacion import RAIZ
from casilla.views.errores import _donde
from tests import mundo
from tests.conftest import Navegador, Reloj
from tests.views.test_portada import bandeja_de


class AlmacenCaido:
    """A store that cannot be reached."""

    def __init__(self, error: Exception) -> None:
        self.error = error
        self.veces = 0

    def open(self, **kw: Any) -> Any:
        self.veces += 1
        raise self.error


def con_almacen_caido(aplicacion: Any, error: Exception) -> AlmacenCaido:
    caido = aplicacion.registry._zodb_databases[""] = AlmacenCaido(error)
    return caido


def caminos_ajenos(base_de_datos: DB) -> list[str]:
    """Addresses that exist and are Ñusta's."""
    with base_de_datos.transaction() as conexion:
        casilla = conexion.root()[RAIZ].personas[mundo.NUSTA].casilla
        notificacion = f"/casilla/{casilla.__name__}/{next(iter(casilla)).__name__}"
    bandeja = f"/casilla/{casilla.__name__}"
    return [
        f"{bandeja}/",
        f"{bandeja}/leidos",
        notificacion,
        f"{notificacion}/constancia",
        f"{notificacion}/documento",
        f"{notificacion}/anexos.zip",
    ]


INEXISTENTES = [
    "/casilla",
    "/casilla/",
    "/casilla/zzzzzzzzzzzzz/",
    "/casilla/zzzzzzzzzzzzz/176918107000000000/documento",
]


def test_a_stranger_is_asked_to_come_in_whether_the_address_exists_or_not(
    navegador: Navegador, base_de_datos: DB
) -> None:
    for camino in caminos_ajenos(base_de_datos) + INEXISTENTES:
        respuesta = navegador.get(camino)

        assert respuesta.status_int == 303
        assert respuesta.location == "http://localhost/?next=" + camino.replace("/", "%2F")


def test_foreign_and_missing_are_the_very_same_page(navegador: Navegador, base_de_datos: DB) -> None:
    navegador.entrar(mundo.ROSA)
    navegador.get("/normativas")
    paginas = {navegador.get(c, status=404).text for c in caminos_ajenos(base_de_datos) + INEXISTENTES}

    assert len(paginas) == 1
    assert "No encontramos esa página" in paginas.pop()


def test_posting_to_what_is_foreign_or_missing_is_the_same_too(navegador: Navegador, base_de_datos: DB) -> None:
    navegador.entrar(mundo.ROSA)
    ficha = {"csrf_token": navegador.get("/cambiar-clave").forms["formulario"]["csrf_token"].value}
    ajeno = caminos_ajenos(base_de_datos)[2]
    paginas = {
        navegador.post(camino, ficha, status=404).text
        for camino in (f"{ajeno}/abrir", "/casilla/zzzzzzzzzzzzz/1/abrir", f"{ajeno}/no-hay")
    }

    assert len(paginas) == 1


def test_a_post_whose_session_has_ended_goes_on_at_the_page_it_was_about(
    navegador: Navegador, base_de_datos: DB, reloj: Reloj
) -> None:
    navegador.entrar(mundo.NUSTA)
    propia = caminos_ajenos(base_de_datos)[2]
    reloj.adelantar(minutos=31)

    respuesta = navegador.post(f"{propia}/abrir", {"csrf_token": "vieja"})

    assert respuesta.location == "http://localhost/?next=" + propia.replace("/", "%2F")


@pytest.mark.parametrize(
    "camino", ["/no-existe", "/static/no-existe.css", "/verificar/a/b", "/registro/zzz/tipo", "/%F0%9F%98%80"]
)
def test_a_missing_page_says_so_with_help(navegador: Navegador, camino: str) -> None:
    respuesta = navegador.get(camino, status=404)

    respuesta.mustcontain("(01) 626-1600", "Preguntas frecuentes")
    assert not respuesta.html.select("form")


@pytest.mark.parametrize("camino", ["/%ff", "/casilla/%ff/", "/verificar/%c3%28"])
def test_an_address_that_is_not_text_is_not_our_fault(navegador: Navegador, camino: str) -> None:
    respuesta = navegador.get(camino, status=400)

    respuesta.mustcontain("No encontramos esa página", "(01) 626-1600")


def test_a_method_that_pages_do_not_have_names_those_they_have(navegador: Navegador) -> None:
    respuesta = navegador.put("/", status=405)

    assert respuesta.headers["Allow"] == "GET, HEAD, POST"


def test_a_form_without_its_token_says_that_nothing_was_saved(navegador: Navegador, base_de_datos: DB) -> None:
    navegador.entrar(mundo.ROSA)
    ultima = base_de_datos.lastTransaction()
    respuesta = navegador.post("/cambiar-clave", {"antigua": mundo.CLAVE, "nueva": "Nueva-1234"}, status=400)

    respuesta.mustcontain(
        "La página que tenía abierta venció", "No se guardó nada", "Bienvenida/o <strong>ROSA</strong>"
    )
    assert base_de_datos.lastTransaction() == ultima


def test_our_fault_has_a_number_that_is_also_in_the_log(
    navegador: Navegador, base_de_datos: DB, caplog: pytest.LogCaptureFixture
) -> None:
    with base_de_datos.transaction() as conexion:
        conexion.root()[RAIZ].usuarios[mundo.ROSA].persona = None

    with caplog.at_level(logging.ERROR):
        formulario = navegador.get("/").forms["formulario"]
        formulario["usuario"], formulario["clave"] = mundo.ROSA, mundo.CLAVE
        respuesta = formulario.submit(status=500)

    referencia = respuesta.html.select_one("main strong").text
    assert re.fullmatch("[0-9A-Z]{8}", referencia)
    respuesta.mustcontain("El error es nuestro", "No se guardó nada", "(01) 626-1600", "de lunes a viernes")
    assert "Traceback" not in respuesta
    [linea] = [registro.getMessage() for registro in caplog.records if referencia in registro.getMessage()]
    assert "casilla/views/portada.py" in linea
    assert "AttributeError" in linea
    assert mundo.ROSA not in linea
    assert mundo.CLAVE not in linea


def test_the_log_of_a_fault_does_not_quote_what_was_sent() -> None:
    documento, correo = mundo.ROSA, mundo.PERSONAS[mundo.ROSA]["correo"]
    try:
        try:
            dict[str, str]()[documento]
        except KeyError as error:
            raise ValueError(correo) from error
    except ValueError as error:
        texto = _donde(error)

    assert "KeyError" in texto
    assert "ValueError" in texto
    assert "test_errores.py" in texto
    assert correo not in texto
    assert documento not in texto


def test_a_store_never_begun_is_told_as_no_service(navegador: Navegador, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        del conexion.root()[RAIZ]

    respuesta = navegador.get("/", status=503)

    assert respuesta.headers["Retry-After"] == "60"
    respuesta.mustcontain("El servicio no está disponible por ahora", "(01) 626-1600", "de lunes a viernes")
    assert "casilla iniciar" not in respuesta


@pytest.mark.parametrize("error", [ClientDisconnected("nadie responde"), OperationalError("connection refused")])
def test_a_store_out_of_reach_is_told_as_no_service(aplicacion: Any, error: Exception) -> None:
    con_almacen_caido(aplicacion, error)

    respuesta = TestApp(aplicacion).get("/preguntas-frecuentes", status=503)

    respuesta.mustcontain("El servicio no está disponible por ahora", "(01) 626-1600")


def test_too_many_at_once_are_tried_again_before_anybody_is_told(aplicacion: Any) -> None:
    caido = con_almacen_caido(aplicacion, ConflictError())

    TestApp(aplicacion).get("/", status=503)

    assert caido.veces == int(aplicacion.registry.settings["retry.attempts"])


def test_the_machine_door_is_not_answered_with_pages(navegador: Navegador) -> None:
    for camino in ("/api/", "/api/v1/no-existe", "/api/v1/notificaciones/zz"):
        respuesta = navegador.get(camino, expect_errors=True)

        assert respuesta.status_int in (401, 404)
        assert "<h1>" not in respuesta or "No encontramos esa página" not in respuesta


def test_whoever_is_in_keeps_their_menu_on_an_error_page(navegador: Navegador, base_de_datos: DB) -> None:
    navegador.entrar(mundo.ROSA)
    bandeja = bandeja_de(base_de_datos, mundo.ROSA)

    respuesta = navegador.get("/no-existe", status=404)

    assert bandeja.endswith(respuesta.html.select_one("nav.menu a")["href"].removeprefix("http://localhost"))
