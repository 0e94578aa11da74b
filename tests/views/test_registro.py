"""The road of a registration: its order, its texts, whose it is, and what is left when it is left."""

from datetime import timedelta
from typing import Any

import pytest
from ZODB import DB

from casilla.services.fundacion import RAIZ
from casilla.services.registro import VIDA, vencer
from tests.conftest import Navegador
from tests.views.registro import PASOS, codigo, enviar, errores, guardado, hasta, nombre

TITULOS = (
    "Términos y condiciones",
    "Política de privacidad",
    "Tipo de persona",
    "Persona natural",
    "VERIFICACIÓN DE CORREO",
)


def otro_navegador(aplicacion: Any, base_de_datos: DB) -> Navegador:
    navegador = Navegador(aplicacion)
    navegador.base_de_datos = base_de_datos
    return navegador


def cuantas(base_de_datos: DB) -> int:
    with base_de_datos.transaction() as conexion:
        return len(conexion.root()[RAIZ].solicitudes)


def test_the_first_page_says_what_one_needs(navegador: Navegador) -> None:
    pagina = navegador.get("/registro")

    for palabras in ("Su DNI a la mano", "correo electrónico que pueda abrir ahora", "10 minutos"):
        assert palabras in pagina
    assert pagina.click("Empezar").html.h1.text == TITULOS[0]


@pytest.mark.parametrize(("paso", "titulo"), [*zip(PASOS, TITULOS, strict=True)], ids=PASOS)
def test_each_step_says_which_it_is(navegador: Navegador, paso: str, titulo: str) -> None:
    pagina = hasta(navegador, paso)

    assert pagina.html.h1.text == titulo
    assert pagina.html.select_one(".paso").text == f"Paso {PASOS.index(paso) + 1} de 5"


@pytest.mark.parametrize("paso", ["terminos", "privacidad"])
def test_a_text_is_there_whole_with_its_version_and_must_be_accepted(navegador: Navegador, paso: str) -> None:
    pagina = hasta(navegador, paso)
    assert "Versión 1, publicada el 23 de enero de 2026" in pagina
    assert len(pagina.html.select("main h2")) > 10
    assert "{" not in pagina.html.main.text

    otra = pagina.forms["formulario"].submit()

    assert otra.html.title.text.startswith("Error: ")
    assert errores(otra)[0].startswith("Marque la casilla")


def test_the_sentences_to_accept_are_the_guides(navegador: Navegador) -> None:
    terminos = hasta(navegador, "terminos").html.label.text
    privacidad = hasta(navegador, "privacidad").html.label.text

    assert terminos == (
        "He leído y estoy de acuerdo con los términos y condiciones del Sistema de Notificaciones Electrónicas del MIMP"
    )
    assert privacidad == (
        "He leído y estoy de acuerdo con la Política de Privacidad de datos personales. DECLARO BAJO JURAMENTO que los "
        "datos consignados en la presente solicitud responden a la verdad."
    )


def test_what_is_accepted_is_what_was_read(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = navegador.get("/registro/terminos")
    with base_de_datos.transaction() as conexion:
        terminos = conexion.root()[RAIZ].contenidos["terminos"]
        terminos.agregar_version("Términos y condiciones", "Otras condiciones.", terminos.ultima.publicada_en)
    pagina.forms["formulario"]["acepto"] = True

    otra = pagina.forms["formulario"].submit()

    assert "Otras condiciones." in otra
    assert errores(otra)[0].startswith("El texto cambió mientras usted lo leía")
    assert cuantas(base_de_datos) == 0
    otra.forms["formulario"]["acepto"] = True
    assert otra.forms["formulario"].submit().follow().html.h1.text == TITULOS[1]


def test_a_double_click_begins_one_registration(navegador: Navegador, base_de_datos: DB) -> None:
    formulario = navegador.get("/registro/terminos").forms["formulario"]
    formulario["acepto"] = True
    galletas = dict(navegador.cookies)

    primera = formulario.submit()
    navegador.cookies.clear()
    for galleta, valor in galletas.items():
        navegador.set_cookie(galleta, valor.strip('"'))
    segunda = formulario.submit()

    assert primera.location == segunda.location
    assert cuantas(base_de_datos) == 1


def test_accepting_the_terms_again_goes_on_with_the_same(navegador: Navegador, base_de_datos: DB) -> None:
    formulario = navegador.get("/registro/terminos").forms["formulario"]
    formulario["acepto"] = True
    primera = formulario.submit().follow()

    segunda = formulario.submit().follow()

    assert nombre(segunda) == nombre(primera)
    assert cuantas(base_de_datos) == 1


@pytest.mark.parametrize("estoy", range(1, len(PASOS) - 1))
def test_nobody_gets_ahead_of_their_step(navegador: Navegador, estoy: int) -> None:
    pagina = hasta(navegador, PASOS[estoy])

    for adelante in (*PASOS[estoy + 1 :], "espera", "correo", "listo", ""):
        direccion = f"/registro/{nombre(pagina)}/{adelante}"
        assert navegador.get(direccion).follow().request.path == pagina.request.path


def test_a_step_posted_too_early_is_not_done(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = hasta(navegador, "privacidad")
    token = pagina.forms["formulario"]["csrf_token"].value

    for paso in ("tipo", "datos", "espera", "verificacion", "reenviar", "correo"):
        respuesta = navegador.post(f"/registro/{nombre(pagina)}/{paso}", {"csrf_token": token, "tipo": "natural"})
        assert respuesta.follow().request.path == pagina.request.path
    assert guardado(base_de_datos, pagina)["estado"] == "iniciada"


def test_every_step_done_can_be_visited_again_with_its_answers(navegador: Navegador) -> None:
    pagina = hasta(navegador, "verificacion")

    privacidad, tipo, datos = (navegador.get(f"/registro/{nombre(pagina)}/{paso}") for paso in PASOS[1:4])

    assert privacidad.html.h1.text == TITULOS[1]
    assert tipo.forms["formulario"]["tipo"].value == "natural"
    assert datos.forms["formulario"]["apellido_paterno"].value == "EJEMPLO"
    assert datos.forms["formulario"]["nacimiento-ano"].value == "1985"
    assert datos.forms["formulario"]["repetir_correo"].value == "p49083411@correo.example"
    assert datos.forms["formulario"].submit().follow().request.path == pagina.request.path


def test_regresar_leads_back_step_by_step(navegador: Navegador) -> None:
    pagina = hasta(navegador, "verificacion")

    for titulo in reversed(TITULOS[:-1]):
        pagina = pagina.click("^Regresar$")
        assert pagina.html.h1.text == titulo


def test_posting_the_same_page_twice_goes_on_as_once(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = hasta(navegador, "datos")

    assert enviar(pagina).location == enviar(pagina).location

    with base_de_datos.transaction() as conexion:
        assert conexion.root()[RAIZ].solicitudes[nombre(pagina)].envios == 1


def test_an_institution_without_a_register_of_companies_says_whom_to_ask(
    navegador: Navegador, base_de_datos: DB, aplicacion: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aplicacion.registry, "registro_de_empresas", None)
    pagina = hasta(navegador, "tipo")
    pagina.forms["formulario"]["tipo"] = "juridica"

    otra = pagina.forms["formulario"].submit()

    assert "no ofrece por internet el registro de personas jurídicas" in otra.text
    assert "(01) 626-1600" in otra.html.select_one(".aviso").text
    assert otra.forms["formulario"]["tipo"].value == "juridica"
    assert guardado(base_de_datos, pagina)["estado"] == "aceptada"


def test_a_registration_is_there_for_whoever_began_it_only(
    navegador: Navegador, aplicacion: Any, base_de_datos: DB
) -> None:
    """A stranger who knows the address, and one who invents an address, read the same."""
    mia = hasta(navegador, "verificacion")
    ajeno = otro_navegador(aplicacion, base_de_datos)
    hasta(ajeno, "privacidad")

    paginas = [
        ajeno.get(f"/registro/{quien}/{paso}", status=404).text
        for quien in (nombre(mia), "0123456789abcdef")
        for paso in ("", *PASOS[1:], "espera", "correo", "listo")
    ]

    assert len(set(paginas)) == 1
    assert "p49083411" not in paginas[0]
    token = ajeno.get("/registro/terminos").forms["formulario"]["csrf_token"].value
    for paso in ("borrar", "reenviar", "verificacion", "datos", "espera"):
        ajeno.post(f"/registro/{nombre(mia)}/{paso}", {"csrf_token": token}, status=404)
    assert guardado(base_de_datos, mia)["estado"] == "por-validar"


def test_a_cookie_made_by_somebody_else_opens_nothing(navegador: Navegador, aplicacion: Any, base_de_datos: DB) -> None:
    mia = hasta(navegador, "datos")
    falsa = otro_navegador(aplicacion, base_de_datos)
    falsa.set_cookie("casilla_registro", f'["{nombre(mia)}"]'.encode().hex())

    falsa.get(f"/registro/{nombre(mia)}/datos", status=404)


def test_a_registration_outlives_the_session(navegador: Navegador, reloj: Any) -> None:
    pagina = hasta(navegador, "verificacion")
    reloj.adelantar(minutos=600)

    inicio = navegador.get("/registro")

    assert "Tiene un registro sin terminar" in inicio
    assert inicio.click("Continuar mi registro").request.path == pagina.request.path


def test_whoever_shares_a_computer_can_erase_what_they_told(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = hasta(navegador, "verificacion")

    borrada = navegador.get("/registro").forms[0].submit().follow()

    assert "Borramos los datos" in borrada
    assert "Tiene un registro sin terminar" not in borrada
    assert cuantas(base_de_datos) == 0
    assert "Este registro no está disponible" in navegador.get(pagina.request.path, status=404)


def test_after_a_day_a_registration_is_over_even_before_it_is_swept_away(
    navegador: Navegador, base_de_datos: DB
) -> None:
    pagina = hasta(navegador, "datos")
    with base_de_datos.transaction() as conexion:
        conexion.root()[RAIZ].solicitudes[nombre(pagina)].creada_en -= VIDA

    assert "Este registro no está disponible" in navegador.get(pagina.request.path, status=404)
    assert "sin terminar" not in navegador.get("/registro")


def test_swept_away_it_is_not_found(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = hasta(navegador, "datos")
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        ahora = sitio.solicitudes[nombre(pagina)].creada_en + VIDA + timedelta(seconds=1)
        assert vencer(sitio, ahora) == 1

    navegador.get(pagina.request.path, status=404)


def test_two_people_can_register_on_one_telephone(navegador: Navegador, base_de_datos: DB) -> None:
    primera, segunda = hasta(navegador, "verificacion"), hasta(navegador, "verificacion", "99000001")

    assert nombre(primera) != nombre(segunda)
    for pagina in (primera, segunda):
        pagina = navegador.get(pagina.request.path)
        pagina.forms["formulario"]["codigo"] = codigo(pagina)
        pagina.forms["formulario"].submit(status=303)
    with base_de_datos.transaction() as conexion:
        assert {"1-49083411", "1-99000001"} <= set(conexion.root()[RAIZ].personas)


def test_nobody_begins_registrations_without_end(navegador: Navegador, base_de_datos: DB) -> None:
    for _ in range(30):
        hasta(navegador, "privacidad")
    pagina = navegador.get("/registro/terminos")
    pagina.forms["formulario"]["acepto"] = True

    assert "se iniciaron muchos registros" in errores(pagina.forms["formulario"].submit())[0]
    assert cuantas(base_de_datos) == 30


def test_answers_are_kept_by_this_browser_alone(navegador: Navegador) -> None:
    pagina = enviar(hasta(navegador, "datos"), "99000013").follow()

    assert pagina.request.path.endswith("/espera")
    for paso in ("datos", "espera"):
        assert navegador.get(f"/registro/{nombre(pagina)}/{paso}").headers["Cache-Control"] == "private, no-cache"
