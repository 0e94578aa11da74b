"""Recovery of the password (guide, screen 13), as somebody who has come in nowhere sees it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from ZODB import DB

from casilla.services import recuperacion
from casilla.services.correspondencia import RECUPERACION_CLAVE
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.conftest import Navegador
from tests.views.registro import errores
from tests.views.test_portada import bandeja_de, cartas, intentar

CORREO = "rosa@correo.example"
NUEVA = "Nueva-clave-22"


def pedir(navegador: Navegador, documento: str = mundo.ROSA, correo: str = CORREO, persona: str = "natural") -> Any:
    formulario = navegador.get("/").click("¿Olvidaste tu contraseña?").forms["formulario"]
    formulario["persona"] = persona
    formulario["tipo"], formulario["numero"] = documento.split("-")
    formulario["correo"] = correo
    return formulario.submit()


def enlace(base_de_datos: DB, hace: timedelta = timedelta(0)) -> str:
    """The address in Rosa's last letter, which left so long ago."""
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        recuperacion.pedir(sitio, mundo.ROSA, CORREO, ahora=datetime.now(UTC) - hace)
        return "/" + recuperacion.direccion(mundo.SECRETO, sitio.usuarios[mundo.ROSA])


def guardar(navegador: Navegador, direccion: str, nueva: str = NUEVA, repetida: str = NUEVA) -> Any:
    formulario = navegador.get(direccion).forms["formulario"]
    formulario["nueva"], formulario["repetida"] = nueva, repetida
    return formulario.submit()


def test_the_page_asks_what_the_guide_asks(navegador: Navegador) -> None:
    pagina = navegador.get("/recuperar")

    assert [leyenda.text.strip() for leyenda in pagina.html.select("#formulario legend")] == [
        "Tipo de persona",
        "Tipo de documento",
    ]
    pagina.mustcontain("Número de documento", "Correo Electrónico registrado", "Continuar", "Persona Jurídica", "RUC")


def test_the_answer_is_the_same_whoever_is_named(navegador: Navegador, base_de_datos: DB) -> None:
    bien = pedir(navegador)
    mal = pedir(navegador, correo="otra@correo.example")
    nadie = pedir(navegador, "1-49999999", "nadie@correo.example")
    empresa = pedir(navegador, "8-20100000001", "nadie@correo.example", persona="juridica")

    assert {r.location for r in (bien, mal, nadie, empresa)} == {"http://localhost/recuperar?enviado=1"}
    bien.follow().mustcontain("Si los datos coinciden, le enviamos un enlace a su correo")
    assert cartas(base_de_datos, RECUPERACION_CLAVE, CORREO) == 1


def test_the_same_is_written_whoever_is_named(navegador: Navegador, base_de_datos: DB) -> None:
    """Were one answer given without writing, its speed would tell who has a casilla."""
    escritos = []
    for datos in ((mundo.ROSA, CORREO), (mundo.ROSA, "otra@correo.example"), ("1-49999999", "nadie@correo.example")):
        antes = base_de_datos.lastTransaction()
        pedir(navegador, *datos)
        escritos.append({r.oid for t in base_de_datos.storage.iterator(start=antes) for r in t if t.tid > antes})

    assert all(len(oids) >= 3 for oids in escritos)


@pytest.mark.parametrize(
    ("persona", "documento", "palabras"),
    [
        ("natural", "8-20100000001", "Una persona natural se identifica con su DNI"),
        ("juridica", "1-40000001", "Una persona jurídica se identifica con su RUC"),
        ("natural", "1-400000012", "El número de DNI tiene 8 cifras"),
        ("juridica", "8-20100001", "El número de RUC tiene 11 cifras"),
    ],
)
def test_a_document_that_cannot_be_is_named(
    navegador: Navegador, base_de_datos: DB, persona: str, documento: str, palabras: str
) -> None:
    ultima = base_de_datos.lastTransaction()

    [error] = errores(pedir(navegador, documento, persona=persona))

    assert palabras in error
    assert base_de_datos.lastTransaction() == ultima


def test_many_requests_have_to_wait_whoever_is_named(navegador: Navegador) -> None:
    for documento in (mundo.ROSA, "1-49999999"):
        for _ in range(5):
            assert pedir(navegador, documento).status_int == 303
        assert errores(pedir(navegador, documento)) == [
            "Hubo muchos pedidos seguidos. Espere 15 minutos y vuelva a intentarlo."
        ]


def test_the_link_changes_the_password_once(navegador: Navegador, base_de_datos: DB) -> None:
    direccion = enlace(base_de_datos)
    pagina = navegador.get(direccion)
    assert pagina.html.h1.text == "CAMBIO DE CONTRASEÑA"
    assert [e.text for e in pagina.html.select("label")] == ["Usuario", "Contraseña nueva", "Repetir contraseña nueva"]
    pagina.mustcontain("Guardar")
    assert "no-store" in pagina.headers["Cache-Control"]

    respuesta = guardar(navegador, direccion)

    respuesta.follow().mustcontain("Su contraseña cambió. Inicie sesión con la nueva.")
    navegador.get(direccion).mustcontain("Su contraseña ya cambió")
    assert intentar(navegador, mundo.ROSA, mundo.CLAVE).status_int == 200
    assert intentar(navegador, mundo.ROSA, NUEVA).location == bandeja_de(base_de_datos, mundo.ROSA)


def test_a_page_of_the_link_that_was_left_open_does_not_serve_after_it_was_used(
    navegador: Navegador, base_de_datos: DB
) -> None:
    direccion = enlace(base_de_datos)
    abierta = navegador.get(direccion).forms["formulario"]
    guardar(navegador, direccion)
    ultima = base_de_datos.lastTransaction()

    abierta["csrf_token"] = navegador.get("/recuperar").forms["formulario"]["csrf_token"].value
    abierta["nueva"] = abierta["repetida"] = "Otra-clave-33"

    abierta.submit().follow().mustcontain("Su contraseña ya cambió")
    assert base_de_datos.lastTransaction() == ultima


@pytest.mark.parametrize(
    ("nueva", "repetida", "palabras"),
    [
        ("corta1A", "corta1A", "La contraseña debe tener al menos 8 caracteres"),
        (NUEVA, NUEVA + "x", "Las contraseñas no coinciden"),
        ("Peru2025", "Peru2025", "fácil de adivinar"),
        ("", "", "Escriba su contraseña nueva"),
    ],
)
def test_a_password_that_will_not_do_does_not_spend_the_link(
    navegador: Navegador, base_de_datos: DB, nueva: str, repetida: str, palabras: str
) -> None:
    direccion = enlace(base_de_datos)

    assert palabras in errores(guardar(navegador, direccion, nueva, repetida))[0]

    assert guardar(navegador, direccion).status_int == 303


def test_an_expired_link_says_so_and_sends_another(navegador: Navegador, base_de_datos: DB) -> None:
    vieja = enlace(base_de_datos, timedelta(days=3))
    pagina = navegador.get(vieja)
    assert pagina.html.title.text.startswith("El enlace venció")
    assert "formulario" not in pagina.forms
    assert cartas(base_de_datos, RECUPERACION_CLAVE, CORREO) == 1

    pagina.forms[0].submit().follow().mustcontain("Mire su correo", "Le enviamos un enlace nuevo el")
    assert cartas(base_de_datos, RECUPERACION_CLAVE, CORREO) == 2

    navegador.get(vieja).forms[0].submit().follow().mustcontain("un enlace nuevo como máximo cada hora")
    assert cartas(base_de_datos, RECUPERACION_CLAVE, CORREO) == 2
    assert guardar(navegador, enlace_actual(base_de_datos)).status_int == 303


def enlace_actual(base_de_datos: DB) -> str:
    with base_de_datos.transaction() as conexion:
        return "/" + recuperacion.direccion(mundo.SECRETO, conexion.root()[RAIZ].usuarios[mundo.ROSA])


@pytest.mark.parametrize("ficha", ["", "x.1.y", "%C3%B1.1.%C3%B1"])
def test_a_damaged_link_opens_nothing(navegador: Navegador, ficha: str) -> None:
    danada = f"/recuperar?enlace={ficha}"
    navegador.get(danada).mustcontain("No reconocemos este enlace")
    token = navegador.get("/recuperar").forms["formulario"]["csrf_token"].value
    navegador.post(danada, {"csrf_token": token, "nueva": NUEVA, "repetida": NUEVA}).mustcontain("No reconocemos")


def test_no_address_names_the_person(base_de_datos: DB) -> None:
    assert mundo.ROSA.partition("-")[2] not in enlace(base_de_datos)
