"""The front page and the login (guide, screen 1)."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from ZODB import DB

from casilla.services.acceso import emitir_clave_temporal
from casilla.services.correspondencia import CREDENCIALES, INTENTOS_FALLIDOS
from casilla.services.fundacion import RAIZ
from casilla.services.secretos import clave_temporal
from casilla.views.caminos import propio
from tests import mundo
from tests.conftest import Navegador, Reloj

NEGADO = "Usuario o contraseña incorrectos. Revise ambos y vuelva a intentarlo."


NOMBRES = [
    "1-40000001",
    "40000001",
    "1 - 4000 0001",
    " 1–40000001",
    "\u202a1-40000001\u202c",
    "rosa@correo.example",
    " ROSA@correo.example ",
]


def intentar(navegador: Navegador, usuario: str, clave: str, camino: str = "/") -> Any:
    formulario = navegador.get(camino).forms["formulario"]
    formulario["usuario"], formulario["clave"] = usuario, clave
    return formulario.submit()


def bandeja_de(base_de_datos: DB, documento: str) -> str:
    with base_de_datos.transaction() as conexion:
        return f"http://localhost/casilla/{conexion.root()[RAIZ].personas[documento].casilla.__name__}/"


def con_clave_temporal(base_de_datos: DB, hace: timedelta = timedelta(0)) -> str:
    """Abigail gets a new temporary password, as of some time ago; returns it."""
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        usuario = sitio.usuarios[mundo.ABIGAIL]
        emitir_clave_temporal(sitio, usuario, secreto=mundo.SECRETO, ahora=datetime.now(UTC) - hace, costo=mundo.COSTO)
        return clave_temporal(mundo.SECRETO, mundo.ABIGAIL, usuario.emision)


def cartas(base_de_datos: DB, clase: str, para: str) -> int:
    with base_de_datos.transaction() as conexion:
        salida = conexion.root()[RAIZ].salida
        return sum((carta.clase, carta.para) == (clase, para) for _, carta in salida)


def test_the_front_page_says_what_the_guide_says(navegador: Navegador) -> None:
    portada = navegador.get("/")

    assert portada.html.h1.text == "Sistema de Notificaciones Electrónicas"
    assert [label.text for label in portada.html.select("label")] == ["Usuario", "Contraseña"]
    for palabras in (
        "¡Bienvenida/o! esta plataforma te mantendrá informado sobre el estado de tus solicitudes",
        "Iniciar sesión",
        "¿Aún no tienes una cuenta? Regístrate",
        "¿Olvidaste tu contraseña?",
        "Normativas",
        "Preguntas frecuentes",
        "Ministerio de la Mujer y Poblaciones Vulnerables",
    ):
        portada.mustcontain(palabras)


def test_the_boxes_are_those_that_password_managers_fill(navegador: Navegador) -> None:
    cajas = {caja["name"]: caja for caja in navegador.get("/").html.select("form#formulario input")}

    assert cajas["usuario"]["autocomplete"] == "username"
    assert cajas["clave"]["autocomplete"] == "current-password"
    assert "maxlength" not in cajas["clave"].attrs


@pytest.mark.parametrize(
    "usuario",
    [
        "1-40000001",
        "40000001",
        "1 - 4000 0001",
        " 1–40000001",
        "rosa@correo.example",
        " ROSA@correo.example ",
        "\u202a1-40000001\u202c",
    ],
)
def test_a_person_is_known_however_they_write_their_name(navegador: Navegador, base_de_datos: DB, usuario: str) -> None:
    respuesta = intentar(navegador, usuario, mundo.CLAVE)

    assert respuesta.location == bandeja_de(base_de_datos, mundo.ROSA)
    assert respuesta.follow().status_int == 200


@pytest.mark.parametrize("usuario", [mundo.ROSA, "1-49999999", "nadie@correo.example", "rosa@correo.example"])
def test_a_wrong_login_says_the_same_whoever_is_named(navegador: Navegador, usuario: str) -> None:
    respuesta = intentar(navegador, usuario, "Otra-clave-9")

    assert respuesta.html.title.text.startswith("Error: ")
    assert [enlace.text for enlace in respuesta.html.select(".resumen-error a")] == [NEGADO]
    assert respuesta.forms["formulario"]["usuario"].value == usuario
    assert respuesta.forms["formulario"]["clave"].value == ""
    assert "Otra-clave-9" not in respuesta


def test_empty_boxes_are_named_one_by_one(navegador: Navegador) -> None:
    respuesta = intentar(navegador, "", "")

    assert [enlace.text for enlace in respuesta.html.select(".resumen-error a")] == [
        "Escriba su usuario",
        "Escriba su contraseña",
    ]


def test_whoever_is_in_goes_to_the_tray(navegador: Navegador, base_de_datos: DB) -> None:
    navegador.entrar(mundo.ROSA)

    assert navegador.get("/").location == bandeja_de(base_de_datos, mundo.ROSA)


def test_a_link_from_a_letter_leads_through_the_login_to_that_notification(
    navegador: Navegador, base_de_datos: DB
) -> None:
    with base_de_datos.transaction() as conexion:
        casilla = conexion.root()[RAIZ].personas[mundo.ROSA].casilla
        camino = f"/casilla/{casilla.__name__}/{next(iter(casilla)).__name__}"

    portada = navegador.get(camino)
    respuesta = intentar(navegador, mundo.ROSA, mundo.CLAVE, portada.location)

    assert portada.location == "http://localhost/?" + urlencode({"next": camino})
    assert respuesta.location == f"http://localhost{camino}"
    assert respuesta.follow().status_int == 200


def test_a_wrong_password_on_the_way_does_not_lose_the_way(navegador: Navegador) -> None:
    error = intentar(navegador, mundo.ROSA, "Otra-clave-9", "/?next=/verificar")
    error.forms["formulario"]["clave"] = mundo.CLAVE

    assert error.forms["formulario"].submit().location == "http://localhost/verificar"


AJENOS = [
    "//evil.example",
    "///evil.example",
    "https:evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\x00//evil.example",
    " //evil.example",
    "/a b",
    "/ñ",
    "evil.example",
    "",
]


@pytest.mark.parametrize("ajeno", AJENOS)
def test_no_link_leads_away_from_here(ajeno: str) -> None:
    assert propio(ajeno) is None


@pytest.mark.parametrize("ajeno", AJENOS)
def test_after_the_login_nobody_is_sent_away(navegador: Navegador, base_de_datos: DB, ajeno: str) -> None:
    respuesta = intentar(navegador, mundo.ROSA, mundo.CLAVE, "/?" + urlencode({"next": ajeno}))

    assert respuesta.location == bandeja_de(base_de_datos, mundo.ROSA)


@pytest.mark.parametrize("camino", ["/casilla/abc/123", "/casilla/abc/leidos?p=2&n=%C3%B1", "/"])
def test_our_own_paths_are_followed(camino: str) -> None:
    assert propio(camino) == camino


def test_a_temporary_password_leads_to_its_change_and_keeps_the_way(navegador: Navegador, base_de_datos: DB) -> None:
    temporal = con_clave_temporal(base_de_datos)

    respuesta = intentar(navegador, mundo.ABIGAIL, temporal, "/?next=/verificar")

    assert respuesta.location == "http://localhost/cambiar-clave?next=%2Fverificar"
    assert navegador.get("/").location == "http://localhost/cambiar-clave"


def test_a_dead_temporary_password_brings_a_new_one_by_mail_once(navegador: Navegador, base_de_datos: DB) -> None:
    vieja = con_clave_temporal(base_de_datos, hace=timedelta(hours=49))
    antes = cartas(base_de_datos, CREDENCIALES, "abigail@correo.example")

    intentar(navegador, mundo.ABIGAIL, vieja).follow().mustcontain(
        "Su contraseña temporal venció. Le enviamos una nueva a su correo"
    )
    intentar(navegador, mundo.ABIGAIL, vieja).mustcontain(NEGADO)

    assert cartas(base_de_datos, CREDENCIALES, "abigail@correo.example") == antes + 1
    nueva = clave_temporal(mundo.SECRETO, mundo.ABIGAIL, 3)
    assert intentar(navegador, mundo.ABIGAIL, nueva).location == "http://localhost/cambiar-clave"


def test_a_temporary_password_lives_48_hours(navegador: Navegador, base_de_datos: DB) -> None:
    temporal = con_clave_temporal(base_de_datos, hace=timedelta(hours=47, minutes=59))

    assert intentar(navegador, mundo.ABIGAIL, temporal).location == "http://localhost/cambiar-clave"


@pytest.mark.parametrize("usuario", [mundo.ROSA, "1-49999999"])
def test_after_five_failures_one_waits_whether_one_exists_or_not(
    navegador: Navegador, reloj: Reloj, usuario: str
) -> None:
    variantes = [usuario, usuario[2:], usuario.replace("-", " - "), f" {usuario} ", usuario.replace("-", "")]
    for variante in variantes:
        intentar(navegador, variante, "Otra-clave-9").mustcontain(NEGADO)
    reloj.adelantar(minutos=3)

    sexto = intentar(navegador, usuario, mundo.CLAVE)

    assert [e.text for e in sexto.html.select(".resumen-error a")] == [
        "Hubo demasiados intentos fallidos. Espere 12 minutos y vuelva a intentarlo."
    ]


@pytest.mark.parametrize("usuario", [mundo.ROSA, "rosa@correo.example"])
def test_the_owner_is_told_once_a_day_that_somebody_tries(
    navegador: Navegador, base_de_datos: DB, reloj: Reloj, usuario: str
) -> None:
    for _ in range(4):
        intentar(navegador, usuario, "Otra-clave-9")
    assert cartas(base_de_datos, INTENTOS_FALLIDOS, "rosa@correo.example") == 0

    for _ in range(3):
        intentar(navegador, usuario, "Otra-clave-9")
    assert cartas(base_de_datos, INTENTOS_FALLIDOS, "rosa@correo.example") == 1

    reloj.adelantar(minutos=20)
    for _ in range(6):
        intentar(navegador, usuario, "Otra-clave-9")
    assert cartas(base_de_datos, INTENTOS_FALLIDOS, "rosa@correo.example") == 1


def test_whoever_is_named_the_same_is_written_at_the_last_failure(navegador: Navegador, base_de_datos: DB) -> None:
    """A stranger who measures how long the answer takes learns nothing."""
    escrito = []
    for usuario in (mundo.ROSA, "1-49999999"):
        for _ in range(4):
            intentar(navegador, usuario, "Otra-clave-9")
        antes = base_de_datos.lastTransaction()
        intentar(navegador, usuario, "Otra-clave-9")
        with base_de_datos.transaction() as conexion:
            escrito.append(sum(carta.clase == INTENTOS_FALLIDOS for _, carta in conexion.root()[RAIZ].salida))
        assert base_de_datos.lastTransaction() != antes

    assert escrito == [1, 2]


def test_after_the_wait_the_right_password_opens(navegador: Navegador, reloj: Reloj) -> None:
    for _ in range(5):
        intentar(navegador, mundo.ROSA, "Otra-clave-9")
    reloj.adelantar(minutos=15.1)

    assert intentar(navegador, mundo.ROSA, mundo.CLAVE).status_int == 303


def test_the_wait_of_one_is_not_the_wait_of_another(navegador: Navegador) -> None:
    for _ in range(6):
        intentar(navegador, mundo.ROSA, "Otra-clave-9")

    assert intentar(navegador, mundo.TOMAS, mundo.CLAVE).status_int == 303


def test_an_address_waits_after_thirty_failures_and_a_written_header_does_not_help(navegador: Navegador) -> None:
    for n in range(30):
        intentar(navegador, f"1-4100{n:04}", "Otra-clave-9").mustcontain(NEGADO)
    navegador.extra_environ["HTTP_X_FORWARDED_FOR"] = "203.0.113.7"

    intentar(navegador, mundo.ROSA, mundo.CLAVE).mustcontain("Espere 15 minutos")

    navegador.extra_environ["REMOTE_ADDR"] = "203.0.113.7"
    assert intentar(navegador, mundo.ROSA, mundo.CLAVE).status_int == 303


def test_a_page_that_stood_open_too_long_is_shown_again_with_what_was_typed(navegador: Navegador, reloj: Reloj) -> None:
    formulario = navegador.get("/").forms["formulario"]
    formulario["usuario"], formulario["clave"] = mundo.ROSA, mundo.CLAVE
    reloj.adelantar(minutos=31)

    vieja = formulario.submit(status=400)
    vieja.mustcontain("Esta página estuvo abierta mucho tiempo")
    assert vieja.forms["formulario"]["usuario"].value == mundo.ROSA

    vieja.forms["formulario"]["clave"] = mundo.CLAVE
    assert vieja.forms["formulario"].submit().status_int == 303


def test_whoever_was_put_out_is_told_why(navegador: Navegador) -> None:
    navegador.get("/?motivo=inactividad").mustcontain("Cerramos su sesión por inactividad")
    navegador.get("/?next=/verificar").mustcontain("Inicie sesión para continuar")
    assert 'role="status"' not in navegador.get("/?next=//evil.example&motivo=otro")


RAROS = [
    "x" * 10_000,
    "\x00\x01\x1b[31m",
    "😀" * 30,
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "@",
    "rosa@correo.example\nBcc: x",
    "-",
]


@pytest.mark.parametrize("raro", RAROS)
def test_strange_text_is_refused_like_any_other(navegador: Navegador, raro: str) -> None:
    for usuario, clave in ((raro, mundo.CLAVE), (mundo.ROSA, raro)):
        respuesta = intentar(navegador, usuario, clave)

        assert respuesta.status_int == 200
        assert respuesta.html.select(".resumen-error a")
        assert "<script>alert" not in respuesta


def test_bodies_that_no_page_sends_are_refused(navegador: Navegador) -> None:
    ficha = navegador.get("/").forms["formulario"]["csrf_token"].value

    solo_ficha = navegador.post("/", {"csrf_token": ficha})
    archivo = navegador.post(
        "/", {"csrf_token": ficha, "usuario": "x"}, upload_files=[("clave", "a.txt", b"x")], status=400
    )
    no_es_texto = navegador.post("/", b"csrf_token=" + ficha.encode() + b"&usuario=%ff&clave=%fe", expect_errors=True)

    solo_ficha.mustcontain("Escriba su usuario")
    archivo.mustcontain("No pudimos leer lo que envió")
    assert no_es_texto.status_int in (200, 400)
