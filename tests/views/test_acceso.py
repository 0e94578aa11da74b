"""The change of password (guide, screen 12) and the way out."""

from typing import Any

import pytest
from webtest import TestApp
from ZODB import DB

from casilla.services.correspondencia import CLAVE_CAMBIADA
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.conftest import Navegador
from tests.views.test_portada import bandeja_de, cartas, con_clave_temporal, intentar

NUEVA = "Nueva-clave-22"


def cambiar(navegador: Navegador, antigua: str, nueva: str, repetida: str | None = None) -> Any:
    formulario = navegador.get("/cambiar-clave").forms["formulario"]
    formulario["antigua"], formulario["nueva"], formulario["repetida"] = antigua, nueva, repetida or nueva
    return formulario.submit()


def errores(respuesta: Any) -> list[str]:
    return [enlace.text for enlace in respuesta.html.select(".resumen-error a")]


def test_the_first_login_forces_a_change_and_then_the_casilla_opens(navegador: Navegador, base_de_datos: DB) -> None:
    temporal = con_clave_temporal(base_de_datos)
    pagina = intentar(navegador, mundo.ABIGAIL, temporal).follow()

    assert [label.text for label in pagina.html.select("#formulario label")] == [
        "Usuario",
        "Clave Antigua",
        "Clave Nueva",
        "Repetir Clave Nueva",
    ]
    pagina.mustcontain(
        "La contraseña debe tener al menos 8 caracteres, incluyendo al menos una mayúscula, una minúscula y un número",
        "Enviar",
    )
    assert not pagina.html.select("nav.menu")

    respuesta = cambiar(navegador, temporal, NUEVA)

    assert respuesta.location == bandeja_de(base_de_datos, mundo.ABIGAIL)
    respuesta.follow().mustcontain("Su contraseña cambió.", "Bienvenida/o <strong>ABIGAIL</strong>")


def test_with_a_temporary_password_nothing_else_opens(navegador: Navegador, base_de_datos: DB) -> None:
    bandeja = bandeja_de(base_de_datos, mundo.ABIGAIL)
    intentar(navegador, mundo.ABIGAIL, con_clave_temporal(base_de_datos))

    assert navegador.get(bandeja).location.startswith("http://localhost/cambiar-clave?next=%2Fcasilla%2F")
    assert navegador.get("/casilla/no-existe/").location.startswith("http://localhost/cambiar-clave?")
    assert navegador.get("/preguntas-frecuentes").status_int == 200


def test_the_way_is_kept_through_the_change(navegador: Navegador, base_de_datos: DB) -> None:
    temporal = con_clave_temporal(base_de_datos)
    formulario = intentar(navegador, mundo.ABIGAIL, temporal, "/?next=/normativas").follow().forms["formulario"]
    formulario["antigua"], formulario["nueva"], formulario["repetida"] = temporal, NUEVA, NUEVA

    assert formulario.submit().location == "http://localhost/normativas"


def test_the_user_name_stands_in_the_form_for_password_managers(navegador: Navegador) -> None:
    navegador.entrar(mundo.ROSA)
    cajas = {caja["name"]: caja.attrs for caja in navegador.get("/cambiar-clave").html.select("#formulario input")}

    assert (cajas["usuario"]["value"], cajas["usuario"]["autocomplete"]) == (mundo.ROSA, "username")
    assert "readonly" in cajas["usuario"]
    assert cajas["antigua"]["autocomplete"] == "current-password"
    assert cajas["nueva"]["autocomplete"] == cajas["repetida"]["autocomplete"] == "new-password"


@pytest.mark.parametrize(
    ("antigua", "nueva", "repetida", "palabras"),
    [
        ("Otra-clave-9", NUEVA, NUEVA, "La clave antigua no es correcta"),
        ("", NUEVA, NUEVA, "Escriba su clave antigua"),
        (mundo.CLAVE, mundo.CLAVE, mundo.CLAVE, "La clave nueva debe ser distinta de la antigua"),
        (mundo.CLAVE, "corta1A", "corta1A", "La contraseña debe tener al menos 8 caracteres"),
        (mundo.CLAVE, "sin-mayuscula-1", "sin-mayuscula-1", "La contraseña debe tener al menos 8 caracteres"),
        (mundo.CLAVE, "Sin-un-numero", "Sin-un-numero", "La contraseña debe tener al menos 8 caracteres"),
        (mundo.CLAVE, NUEVA, NUEVA + "x", "Las contraseñas no coinciden"),
        (mundo.CLAVE, "Ñandú-9" * 12, "Ñandú-9" * 12, "es demasiado larga"),
    ],
)
def test_a_wrong_change_says_what_is_wrong_and_changes_nothing(
    navegador: Navegador, base_de_datos: DB, antigua: str, nueva: str, repetida: str, palabras: str
) -> None:
    navegador.entrar(mundo.ROSA)
    ultima = base_de_datos.lastTransaction()

    respuesta = cambiar(navegador, antigua, nueva, repetida)

    assert len(errores(respuesta)) == 1
    assert palabras in errores(respuesta)[0]
    assert respuesta.html.title.text.startswith("Error: ")
    assert base_de_datos.lastTransaction() == ultima


def test_a_change_is_told_by_mail_and_ends_every_other_session(
    navegador: Navegador, base_de_datos: DB, aplicacion: Any
) -> None:
    otro = TestApp(aplicacion)
    intentar(otro, mundo.ROSA, mundo.CLAVE)
    navegador.entrar(mundo.ROSA)
    antes = cartas(base_de_datos, CLAVE_CAMBIADA, "rosa@correo.example")
    bandeja = bandeja_de(base_de_datos, mundo.ROSA)
    assert otro.get(bandeja).status_int == 200

    cambiar(navegador, mundo.CLAVE, NUEVA)

    assert cartas(base_de_datos, CLAVE_CAMBIADA, "rosa@correo.example") == antes + 1
    assert navegador.get(bandeja).status_int == 200
    assert otro.get(bandeja).location.startswith("http://localhost/?next=")
    assert intentar(otro, mundo.ROSA, mundo.CLAVE).status_int == 200
    assert intentar(otro, mundo.ROSA, NUEVA).status_int == 303


def test_an_open_session_does_not_serve_to_guess_the_password(navegador: Navegador) -> None:
    navegador.entrar(mundo.ROSA)
    for _ in range(5):
        cambiar(navegador, "Otra-clave-9", NUEVA)

    assert "Espere 15 minutos" in errores(cambiar(navegador, mundo.CLAVE, NUEVA))[0]


def test_nobody_changes_a_password_without_coming_in(navegador: Navegador) -> None:
    assert navegador.get("/cambiar-clave").location == "http://localhost/?next=%2Fcambiar-clave"


def test_the_way_out_closes_the_session_on_both_sides(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = navegador.entrar(mundo.ROSA)
    bandeja = bandeja_de(base_de_datos, mundo.ROSA)

    salida = next(f for f in pagina.forms.values() if f.action == "/salir").submit()

    assert salida.location == "http://localhost/"
    salida.follow().mustcontain("Cerró su sesión.")
    assert navegador.get(bandeja).status_int == 303
    with base_de_datos.transaction() as conexion:
        assert not conexion.root()[RAIZ].usuarios[mundo.ROSA].sesiones


def test_whoever_is_out_already_goes_to_the_front_page(navegador: Navegador) -> None:
    assert navegador.post("/salir").location == "http://localhost/"


def test_asking_to_go_on_writes_nothing_and_is_only_for_who_is_in(navegador: Navegador) -> None:
    assert navegador.get("/sesion/seguir").location.startswith("http://localhost/?next=")
    navegador.entrar(mundo.ROSA)

    assert navegador.get("/sesion/seguir").status_int == 204
    navegador.get("/sesion", status=404)
    navegador.get("/sesion/seguir/mas", status=404)
