"""A new version of the terms or of the privacy policy: asked at the next login, before the casilla opens."""

from datetime import UTC, datetime
from typing import Any

import pytest
from ZODB import DB

from casilla.resources.sitio import Sitio
from casilla.services.fundacion import RAIZ
from casilla.services.publicacion import publicar_version
from tests import mundo
from tests.conftest import Navegador
from tests.views.test_acceso import NUEVA, cambiar, errores
from tests.views.test_portada import bandeja_de, con_clave_temporal, intentar


def publicar(base_de_datos: DB, nombre: str, cuerpo: str = "Ahora son otros.", cambios: str = "") -> None:
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        titulo = sitio.contenidos[nombre].ultima.titulo
        publicar_version(sitio, nombre, titulo, cuerpo, datetime.now(UTC), "prueba", cambios)


def aceptadas(base_de_datos: DB, documento: str = mundo.ROSA) -> list[tuple[str, int]]:
    with base_de_datos.transaction() as conexion:
        return [(texto, version) for texto, version, *_ in conexion.root()[RAIZ].personas[documento].aceptaciones]


ANTES = [("terminos", 1), ("privacidad", 1)]


def aceptar(pagina: Any) -> Any:
    pagina.forms["formulario"]["acepto"] = True
    return pagina.forms["formulario"].submit()


def llegar(navegador: Navegador, documento: str = mundo.ROSA) -> Any:
    """Log in, and follow to where that leads."""
    return navegador.entrar(documento).follow()


def test_the_new_text_is_accepted_and_the_casilla_opens(navegador: Navegador, base_de_datos: DB) -> None:
    publicar(base_de_datos, "terminos", cambios="- El horario.")

    pagina = llegar(navegador)

    assert pagina.request.path == "/aceptar"
    assert pagina.html.h1.text == "Términos y condiciones"
    pagina.mustcontain("Versión 2, publicada el", "Ahora son otros.", "El horario.", "Cerrar sesión")
    assert pagina.html.find("a", string="aceptó una versión anterior")["href"] == "/terminos?version=1"
    assert [label.text for label in pagina.html.select("#formulario label")] == [
        "He leído y estoy de acuerdo con los términos y condiciones del Sistema de Notificaciones Electrónicas del MIMP"
    ]
    assert pagina.forms["formulario"].html.button.text == "Aceptar"
    assert aceptadas(base_de_datos) == ANTES
    respuesta = aceptar(pagina)
    assert respuesta.location == bandeja_de(base_de_datos, mundo.ROSA)
    respuesta.follow().mustcontain("Pendientes por leer")
    assert aceptadas(base_de_datos) == [*ANTES, ("terminos", 2)]


def test_what_is_kept_says_which_wording_when_and_from_where(navegador: Navegador, base_de_datos: DB) -> None:
    publicar(base_de_datos, "privacidad")
    pagina = llegar(navegador)
    antes = datetime.now(UTC)
    pagina.forms["formulario"]["acepto"] = True
    pagina.forms["formulario"].submit(extra_environ={"REMOTE_ADDR": "198.51.100.4"})

    with base_de_datos.transaction() as conexion:
        sitio: Sitio = conexion.root()[RAIZ]
        texto, version, huella, cuando, direccion = sitio.personas[mundo.ROSA].aceptaciones[-1]
        vigente = sitio.contenidos["privacidad"].ultima
    assert (texto, version, huella, direccion) == ("privacidad", 2, vigente.huella, "198.51.100.4")
    assert antes <= cuando <= datetime.now(UTC)


def test_nothing_of_the_casilla_opens_before(navegador: Navegador, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        casilla = conexion.root()[RAIZ].personas[mundo.ROSA].casilla
        numero = next(iter(casilla.pendientes.numeros))
        nombre, antes = casilla.__name__, len(casilla.pendientes)
    publicar(base_de_datos, "terminos")
    pagina = llegar(navegador)
    una = f"/casilla/{nombre}/{numero}"

    for camino in (
        f"/casilla/{nombre}/leidos",
        una,
        f"{una}/constancia",
        f"{una}/documento",
        "/cuenta",
        "/cuenta/datos",
    ):
        assert navegador.get(camino, status=303).location.startswith("http://localhost/aceptar?next=%2Fc"), camino
    token = pagina.forms["formulario"]["csrf_token"].value
    abierta = navegador.post(f"{una}/abrir", {"csrf_token": token}, status=303)
    assert abierta.location == f"http://localhost/aceptar?next=%2Fcasilla%2F{nombre}%2F{numero}"
    with base_de_datos.transaction() as conexion:
        assert len(conexion.root()[RAIZ].casillas[nombre].pendientes) == antes
    assert not pagina.html.select("nav.menu")
    assert "Mi cuenta" not in pagina.html.header.text
    assert navegador.get("/privacidad").status_int == 200


def test_without_the_mark_nothing_is_accepted(navegador: Navegador, base_de_datos: DB) -> None:
    publicar(base_de_datos, "terminos")

    otra = llegar(navegador).forms["formulario"].submit()

    assert errores(otra)[0].startswith("Marque la casilla si está de acuerdo")
    assert aceptadas(base_de_datos) == ANTES


def test_two_new_texts_are_asked_one_after_the_other(navegador: Navegador, base_de_datos: DB) -> None:
    publicar(base_de_datos, "terminos")
    publicar(base_de_datos, "privacidad")

    segunda = aceptar(llegar(navegador)).follow()

    assert segunda.html.h1.text == "Política de privacidad"
    assert "DECLARO BAJO JURAMENTO" in segunda.html.label.text
    assert aceptar(segunda).location == bandeja_de(base_de_datos, mundo.ROSA)
    assert aceptadas(base_de_datos) == [*ANTES, ("terminos", 2), ("privacidad", 2)]


def test_a_double_click_accepts_no_text_that_was_not_seen(navegador: Navegador, base_de_datos: DB) -> None:
    publicar(base_de_datos, "terminos")
    publicar(base_de_datos, "privacidad")
    pagina = llegar(navegador)

    aceptar(pagina)
    otra_vez = aceptar(pagina)

    assert otra_vez.follow().html.h1.text == "Política de privacidad"
    assert aceptadas(base_de_datos) == [*ANTES, ("terminos", 2)]


def test_a_text_that_changes_while_it_is_read_is_shown_again(navegador: Navegador, base_de_datos: DB) -> None:
    publicar(base_de_datos, "terminos")
    pagina = llegar(navegador)
    publicar(base_de_datos, "terminos", "Y ahora estos.")

    otra = aceptar(pagina)

    assert errores(otra)[0].startswith("El texto cambió mientras usted lo leía")
    assert "Y ahora estos." in otra
    assert aceptadas(base_de_datos) == ANTES
    aceptar(otra)
    assert aceptadas(base_de_datos)[-1] == ("terminos", 3)


def test_the_way_is_kept_through_the_acceptance(navegador: Navegador, base_de_datos: DB) -> None:
    publicar(base_de_datos, "terminos")
    publicar(base_de_datos, "privacidad")
    destino = bandeja_de(base_de_datos, mundo.ROSA).removeprefix("http://localhost") + "leidos"
    formulario = navegador.get(destino).follow().forms["formulario"]
    formulario["usuario"], formulario["clave"] = mundo.ROSA, mundo.CLAVE

    pagina = formulario.submit().follow().follow()

    assert aceptar(aceptar(pagina).follow()).location == f"http://localhost{destino}"


@pytest.mark.parametrize("destino", ["//evil.example", "https:evil.example", "/\\evil.example"])
def test_the_acceptance_leads_nowhere_else(navegador: Navegador, base_de_datos: DB, destino: str) -> None:
    publicar(base_de_datos, "terminos")
    llegar(navegador)

    assert aceptar(navegador.get("/aceptar", {"next": destino})).location == bandeja_de(base_de_datos, mundo.ROSA)


def test_who_is_at_work_is_not_interrupted(navegador: Navegador, base_de_datos: DB) -> None:
    navegador.entrar(mundo.ROSA)
    publicar(base_de_datos, "terminos")

    assert navegador.get(bandeja_de(base_de_datos, mundo.ROSA)).status_int == 200
    assert navegador.get("/aceptar").location == bandeja_de(base_de_datos, mundo.ROSA)


def test_the_password_comes_first(navegador: Navegador, base_de_datos: DB) -> None:
    publicar(base_de_datos, "terminos")
    temporal = con_clave_temporal(base_de_datos)
    intentar(navegador, mundo.ABIGAIL, temporal)

    assert navegador.get("/aceptar").location == "http://localhost/cambiar-clave"
    assert cambiar(navegador, temporal, NUEVA).follow().location.startswith("http://localhost/aceptar?next=")
    aceptar(navegador.get("/aceptar"))
    assert aceptadas(base_de_datos, mundo.ABIGAIL)[-1] == ("terminos", 2)


def test_who_does_not_agree_may_leave(navegador: Navegador, base_de_datos: DB) -> None:
    publicar(base_de_datos, "terminos")
    salida = next(f for f in llegar(navegador).forms.values() if f.action == "/salir")

    assert salida.submit().location == "http://localhost/"
    assert aceptadas(base_de_datos) == ANTES


def test_a_stranger_is_asked_to_come_in(navegador: Navegador) -> None:
    assert navegador.get("/aceptar").location == "http://localhost/?next=%2Faceptar"
