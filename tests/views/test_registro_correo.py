"""The code by mail: on the page, by the letter's link, again, elsewhere; and what a stranger sees."""

import re
from datetime import timedelta
from typing import Any

import pytest
from ZODB import DB

from casilla.services.correspondencia import CREDENCIALES, VALIDACION_CORREO, YA_TIENE_CASILLA
from casilla.services.fundacion import RAIZ
from casilla.services.horas import hora
from casilla.services.validacion import MAX_ENVIOS
from tests.conftest import Navegador
from tests.solicitantes import cartas
from tests.views.registro import codigo, enviar, errores, guardado, hasta, nombre, reintentar, tecleado
from tests.views.test_registro import otro_navegador

ENVIADAS = "Se envió un mensaje con las credenciales de acceso a su correo electrónico"


def validar(pagina: Any, escrito: str) -> Any:
    pagina.forms["formulario"]["codigo"] = escrito
    return pagina.forms["formulario"].submit()


def retroceder(base_de_datos: DB, pagina: Any, **cuanto: float) -> None:
    """As if the last code had been sent so much earlier."""
    with base_de_datos.transaction() as conexion:
        solicitud = conexion.root()[RAIZ].solicitudes[nombre(pagina)]
        solicitud.enviado_en -= timedelta(**cuanto)
        solicitud.codigo_hasta -= timedelta(**cuanto)


def letras(base_de_datos: DB, clase: str) -> list[str]:
    with base_de_datos.transaction() as conexion:
        return [para for para, _ in cartas(conexion.root()[RAIZ], clase)]


def test_the_page_says_where_the_code_went_until_when_it_serves_and_where_to_look(
    navegador: Navegador, base_de_datos: DB
) -> None:
    pagina = hasta(navegador, "verificacion")

    texto = " ".join(pagina.html.main.text.split())
    with base_de_datos.transaction() as conexion:
        fin = hora(conexion.root()[RAIZ].solicitudes[nombre(pagina)].codigo_hasta)
    assert f"Enviamos un código de 6 caracteres a p49083411@correo.example. Vence a las {fin}" in texto
    assert "spam" in texto
    caja = pagina.html.select_one("#c-codigo")
    assert caja["autocomplete"] == "one-time-code"
    assert "Clave de validación" in [rotulo.text for rotulo in pagina.html.select("label")]


def test_the_right_code_ends_with_the_guides_words_and_what_follows(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = hasta(navegador, "verificacion")
    bueno = codigo(pagina).lower()

    final = validar(pagina, f"{bueno[:3]} - {bueno[3:]}").follow()

    assert final.html.h1.text == "Registro terminado"
    assert ENVIADAS in final.html.select_one(".aviso-exito").text
    cuando, textos = (dd.text.strip() for dd in final.html.select("dl.datos dd"))
    assert re.fullmatch(r"\d+ de [a-z]+ de \d{4}, \d\d:\d\d \(hora de Lima\)", cuando)
    assert textos == "Política de privacidad, versión 1Términos y condiciones, versión 1"
    assert "sirve por 48 horas" in final.html.ol.text
    assert "Versión 1, publicada el" in final.click("Términos y condiciones, versión 1").html.main.text
    assert "p49083411@correo.example" in letras(base_de_datos, CREDENCIALES)


def test_afterwards_every_page_of_it_says_that_it_is_done(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = hasta(navegador, "verificacion")
    validar(pagina, codigo(pagina))

    for paso in ("", "datos", "espera", "verificacion", "correo"):
        assert ENVIADAS in navegador.get(f"/registro/{nombre(pagina)}/{paso}").follow()
    validar(pagina, codigo(pagina)).follow()
    assert guardado(base_de_datos, pagina) == {"estado": "aprobada", "correo": ""}
    assert letras(base_de_datos, CREDENCIALES).count("p49083411@correo.example") == 1


def test_a_slip_in_the_domain_is_asked_about_and_stops_nobody(navegador: Navegador) -> None:
    pagina = hasta(navegador, "verificacion", correo="rosa@gmial.com", repetir_correo="rosa@gmial.com")

    assert "¿Quiso decir rosa@gmail.com?" in pagina.html.main.text
    assert "Enviamos un código" in pagina.html.main.text
    assert pagina.click("cámbiela aquí").html.h1.text == "Cambiar el correo"


@pytest.mark.parametrize("escrito", ["", "AAAAAA", "\U0001f511", "<b>x</b>", "9" * 10_000, "AB\x00CD"])
def test_a_wrong_code_has_its_message(navegador: Navegador, escrito: str) -> None:
    otra = validar(hasta(navegador, "verificacion"), escrito)

    assert len(errores(otra)) == 1
    assert otra.html.h1.text == "VERIFICACIÓN DE CORREO"
    assert "<b>x" not in otra


def test_tries_are_counted_down_and_then_another_code_is_needed(navegador: Navegador) -> None:
    pagina = hasta(navegador, "verificacion")

    dichos = [errores(validar(pagina, "AAAAAA"))[0] for _ in range(6)]

    assert [re.findall(r"qued\w+ \d", d) for d in dichos[:4]] == [["quedan 4"], ["quedan 3"], ["quedan 2"], ["queda 1"]]
    assert "Pida otro" in dichos[4]
    assert "ya no sirve" in dichos[5]
    assert "ya no sirve" in errores(validar(pagina, codigo(pagina)))[0]


def test_an_old_code_is_refused_and_the_page_says_to_ask_for_another(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = hasta(navegador, "verificacion")
    retroceder(base_de_datos, pagina, minutes=16)

    otra = validar(pagina, codigo(pagina))

    assert "Este código ya no sirve" in errores(otra)[0]
    assert "Pida otro aquí abajo" in otra
    nueva = otra.forms[1].submit().follow()
    assert validar(nueva, codigo(nueva, 2)).follow().request.path.endswith("/listo")


def test_another_code_must_be_waited_for_by_the_servers_clock(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = hasta(navegador, "verificacion")

    pronto = pagina.forms[1].submit().follow()
    assert re.search(r"espere (60|[345]\d) segundos", pronto.html.select_one(".aviso").text)
    retroceder(base_de_datos, pagina, seconds=61)
    despues = pagina.forms[1].submit().follow()

    assert "Enviamos otro código a p49083411@correo.example" in despues.html.select_one(".aviso-exito").text
    assert "no es correcto" in errores(validar(despues, codigo(pagina, 1)))[0]


def test_after_so_many_codes_there_is_no_button_for_more(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = hasta(navegador, "verificacion")
    with base_de_datos.transaction() as conexion:
        conexion.root()[RAIZ].solicitudes[nombre(pagina)].envios = MAX_ENVIOS
    retroceder(base_de_datos, pagina, hours=1)

    assert "todos los códigos que admite" in pagina.forms[1].submit().follow()
    assert len(navegador.get(pagina.request.path).html.select("main form")) == 1


def test_one_mailbox_is_not_filled_from_many_registrations(navegador: Navegador, base_de_datos: DB) -> None:
    correo = {"correo": "victima@correo.example", "repetir_correo": "victima@correo.example"}
    for _ in range(5):
        hasta(navegador, "verificacion", **correo)

    frenada = enviar(hasta(navegador, "datos"), campos=correo).follow()

    assert "muchos intentos seguidos" in frenada
    assert guardado(base_de_datos, frenada)["correo"] == "victima@correo.example"
    assert "muchos intentos seguidos" in reintentar(frenada, status=429)
    assert letras(base_de_datos, VALIDACION_CORREO) == ["victima@correo.example"] * 5


def test_the_address_can_be_changed_and_the_code_goes_there_at_once(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = hasta(navegador, "verificacion").click("cambie el correo")
    for escrito, palabras in (("", "Escriba su correo"), ("mal", "una dirección como")):
        pagina.forms["formulario"]["correo"] = escrito
        pagina.forms["formulario"]["repetir_correo"] = escrito
        pagina = pagina.forms["formulario"].submit()
        assert palabras in errores(pagina)[0]
    pagina.forms["formulario"]["correo"] = pagina.forms["formulario"]["repetir_correo"] = "bien@correo.example"
    pagina.forms["formulario"]["repetir_correo"] = "bien@correo.example"

    nueva = pagina.forms["formulario"].submit().follow()

    assert "bien@correo.example" in nueva.html.main.text
    assert letras(base_de_datos, VALIDACION_CORREO) == ["p49083411@correo.example", "bien@correo.example"]
    assert validar(nueva, codigo(nueva, 2)).follow().request.path.endswith("/listo")


def test_the_letters_link_works_on_another_telephone_and_opening_it_validates_nothing(
    navegador: Navegador, aplicacion: Any, base_de_datos: DB
) -> None:
    pagina = hasta(navegador, "verificacion")
    otro = otro_navegador(aplicacion, base_de_datos)
    direccion = f"/registro/validar?solicitud={nombre(pagina)}&codigo={codigo(pagina)}"

    for _ in range(3):
        abierta = otro.get(direccion)
    assert guardado(base_de_datos, pagina)["estado"] == "por-validar"
    assert len(abierta.html.select("main button")) == 1

    portada = abierta.forms["formulario"].submit().follow()

    assert ENVIADAS in portada
    assert guardado(base_de_datos, pagina)["estado"] == "aprobada"
    assert ENVIADAS in navegador.get(pagina.request.path).follow()


ENLACES = {
    "nothing": "",
    "another code": "?solicitud={0}&codigo=AAAAAA",
    "another registration": "?solicitud=0123456789abcdef&codigo={1}",
    "no code": "?solicitud={0}",
    "a code of 10,000 signs": "?solicitud={0}&codigo=" + "A" * 10_000,
    "markup": "?solicitud=%3Cscript%3E&codigo=%3Cscript%3E",
    "control characters": "?solicitud=%00%01&codigo=%00",
    "twice": "?solicitud=x&solicitud={0}&codigo=x&codigo=AAAAAA",
}


@pytest.mark.parametrize("enlace", ENLACES.values(), ids=ENLACES)
def test_a_link_that_was_tampered_with_opens_nothing(navegador: Navegador, base_de_datos: DB, enlace: str) -> None:
    pagina = hasta(navegador, "verificacion")
    abierta = navegador.get("/registro/validar" + enlace.format(nombre(pagina), codigo(pagina)))

    otra = abierta.forms["formulario"].submit(status=200)

    assert len(errores(otra)) == 1
    assert "<script>" not in otra.html.main.decode_contents()
    assert guardado(base_de_datos, pagina)["estado"] == "por-validar"


def test_the_link_of_a_replaced_code_does_not_serve(navegador: Navegador, base_de_datos: DB) -> None:
    pagina = hasta(navegador, "verificacion")
    retroceder(base_de_datos, pagina, seconds=61)
    pagina.forms[1].submit()

    vieja = navegador.get(f"/registro/validar?solicitud={nombre(pagina)}&codigo={codigo(pagina, 1)}")

    assert "no es correcto" in errores(vieja.forms["formulario"].submit())[0]


def test_the_link_of_a_registration_that_is_not_there_yet_does_not_serve(navegador: Navegador) -> None:
    pagina = hasta(navegador, "tipo")
    abierta = navegador.get(f"/registro/validar?solicitud={nombre(pagina)}&codigo={codigo(pagina)}")

    assert "ya no sirve" in errores(abierta.forms["formulario"].submit())[0]


def lo_que_se_lee(pagina: Any) -> str:
    """The page without what differs between any two people: their data, names of registrations, tokens, times."""
    texto = re.sub(r'name="csrf_token" value="\w+"|/registro/\w{16}/', "", pagina.text)
    return re.sub(r"\d\d:\d\d|[\w.]+@correo\.example", "", texto)


def test_a_stranger_reads_the_same_whether_or_not_somebody_has_a_casilla(
    navegador: Navegador, aplicacion: Any, base_de_datos: DB
) -> None:
    """On every page after the form, for a document and for an address that have a casilla, and for others."""
    duena = hasta(navegador, "verificacion")
    validar(duena, codigo(duena))
    ajeno = {"correo": "ajeno@correo.example", "repetir_correo": "ajeno@correo.example"}
    de_rosa = {"correo": "rosa@correo.example", "repetir_correo": "rosa@correo.example"}
    vistas = []
    for numero, campos in (("99000001", ajeno), ("49083411", ajeno), ("99000001", de_rosa)):
        extrano = otro_navegador(aplicacion, base_de_datos)
        pagina = enviar(hasta(extrano, "datos"), numero, campos).follow()
        errada = validar(pagina, "AAAAAA")
        reenviada = pagina.forms[1].submit().follow()
        vistas.append([lo_que_se_lee(p) for p in (pagina, errada, reenviada)])

    assert vistas[0] == vistas[1] == vistas[2]
    assert letras(base_de_datos, VALIDACION_CORREO) == ["p49083411@correo.example", "ajeno@correo.example"]
    assert letras(base_de_datos, YA_TIENE_CASILLA) == ["p49083411@correo.example", "rosa@correo.example"]


def test_of_two_registrations_for_one_document_the_second_code_is_wrong(
    navegador: Navegador, base_de_datos: DB
) -> None:
    otro_correo = {"correo": "otro@correo.example", "repetir_correo": "otro@correo.example"}
    una, otra = hasta(navegador, "verificacion"), hasta(navegador, "verificacion", **otro_correo)
    una, otra = (navegador.get(p.request.path) for p in (una, otra))
    validar(una, codigo(una))

    rechazada = validar(otra, codigo(otra))

    assert "El código no es correcto" in errores(rechazada)[0]
    assert letras(base_de_datos, YA_TIENE_CASILLA) == [tecleado("49083411")["correo"]]
