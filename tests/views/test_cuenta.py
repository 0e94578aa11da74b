"""Mi cuenta, as the person sees it who has come in."""

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from webtest import TestApp
from ZODB import DB

from casilla.services import cuenta
from casilla.services.correspondencia import (
    AVISO_PRUEBA,
    CASILLA_CERRADA,
    CODIGO_CORREO,
    CORREO_CAMBIADO,
    PRUEBA_SMS,
)
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.api.sgd import Sgd
from tests.conftest import Navegador
from tests.views.registro import errores
from tests.views.test_portada import bandeja_de, cartas, con_clave_temporal, intentar

VIEJO, NUEVO = "rosa@correo.example", "rosa.nueva@correo.example"
PAGINAS = ("", "/telefono", "/correo", "/correo-adicional", "/avisos", "/datos", "/cerrar")


@pytest.fixture
def rosa(navegador: Navegador) -> Navegador:
    navegador.entrar(mundo.ROSA)
    return navegador


def pedir(navegador: Navegador, correo: str = NUEVO, clave: str = mundo.CLAVE, pagina: str = "correo") -> Any:
    formulario = navegador.get(f"/cuenta/{pagina}").forms["formulario"]
    formulario["correo"] = formulario["repetir_correo"] = correo
    formulario["clave"] = clave
    return formulario.submit()


def codigo(base_de_datos: DB) -> str:
    with base_de_datos.transaction() as conexion:
        return cuenta.codigo_de(conexion.root()[RAIZ].usuarios[mundo.ROSA], mundo.SECRETO)


def codigo_tecleado(navegador: Navegador, tecleado: str) -> Any:
    """The form with the code in it, to be sent."""
    formulario = navegador.get("/cuenta/confirmar").forms["formulario"]
    formulario["codigo"] = tecleado
    return formulario


def confirmar(navegador: Navegador, tecleado: str) -> Any:
    return codigo_tecleado(navegador, tecleado).submit()


@pytest.mark.parametrize("pagina", PAGINAS)
def test_only_who_has_come_in_sees_an_account(navegador: Navegador, base_de_datos: DB, pagina: str) -> None:
    assert navegador.get(f"/cuenta{pagina}").location.startswith("http://localhost/?next=%2Fcuenta")
    intentar(navegador, mundo.ABIGAIL, con_clave_temporal(base_de_datos))
    assert navegador.get(f"/cuenta{pagina}").location.startswith("http://localhost/cambiar-clave?next=%2Fcuenta")


def test_the_frame_of_every_page_leads_to_the_account(rosa: Navegador) -> None:
    pagina = rosa.get("/preguntas-frecuentes").click("Mi cuenta")

    assert pagina.html.h1.text == "Mi cuenta"
    pagina.mustcontain(
        "QUISPE MAMANI ROSA", "DNI 40000001", VIEJO, "987654321", "Último acceso anterior", "No hay otro registrado"
    )


def test_the_access_before_this_one_is_shown(rosa: Navegador, aplicacion: Any) -> None:
    intentar(TestApp(aplicacion), mundo.ROSA, mundo.CLAVE)

    assert "No hay otro registrado" not in rosa.get("/cuenta")


def test_the_telephone_changes(rosa: Navegador) -> None:
    formulario = rosa.get("/cuenta/telefono").forms["formulario"]
    assert formulario["telefono"].value == "987654321"
    formulario["telefono"] = "12"
    assert errores(formulario.submit())

    formulario["telefono"] = "999 888 777"

    formulario.submit().follow().mustcontain("Su teléfono cambió.", "999888777")


def test_the_address_changes_with_a_code_and_the_old_one_is_told(rosa: Navegador, base_de_datos: DB) -> None:
    pagina = pedir(rosa).follow()
    assert pagina.html.h1.text == "Confirmar correo"
    pagina.mustcontain(NUEVO, "Vence a las")
    rosa.get("/cuenta").mustcontain("Falta confirmar un correo")
    assert errores(confirmar(rosa, "000000")) == ["El código no es correcto; le quedan 4 intentos"]

    respuesta = confirmar(rosa, codigo(base_de_datos).lower()).follow()

    respuesta.mustcontain("Su correo cambió.", NUEVO)
    assert (cartas(base_de_datos, CODIGO_CORREO, NUEVO), cartas(base_de_datos, CORREO_CAMBIADO, VIEJO)) == (1, 1)
    assert rosa.get("/cuenta/confirmar").location == "http://localhost/cuenta"
    assert intentar(TestApp(rosa.app), NUEVO, mundo.CLAVE).status_int == 303
    assert intentar(TestApp(rosa.app), VIEJO, mundo.CLAVE).status_int == 200


def test_a_change_of_address_asks_for_the_password_and_cannot_guess_it(rosa: Navegador, base_de_datos: DB) -> None:
    for _ in range(5):
        assert errores(pedir(rosa, clave="Otra-clave-9")) == ["La contraseña no es correcta"]

    assert "Espere" in errores(pedir(rosa))[0]
    assert cartas(base_de_datos, CODIGO_CORREO, NUEVO) == 0


def test_a_change_of_address_can_be_given_up(rosa: Navegador) -> None:
    pedir(rosa)
    formulario = rosa.get("/cuenta/confirmar").forms["formulario"]

    formulario.submit("dejar").follow().mustcontain("El correo quedó como estaba.", VIEJO)
    assert "Falta confirmar" not in rosa.get("/cuenta")


def test_the_page_does_not_tell_whose_an_address_is(rosa: Navegador) -> None:
    ajeno, libre = (pedir(rosa, correo) for correo in ("tomas@correo.example", NUEVO))

    assert ajeno.location == libre.location
    assert errores(confirmar(rosa, "000000")) == ["El código no es correcto; le quedan 4 intentos"]


def test_other_sessions_are_seen_and_closed(rosa: Navegador, aplicacion: Any, base_de_datos: DB) -> None:
    bandeja = bandeja_de(base_de_datos, mundo.ROSA)
    otras = [TestApp(aplicacion, extra_environ={"REMOTE_ADDR": f"203.0.113.{n}"}) for n in range(3)]
    for otra in otras:
        intentar(otra, mundo.ROSA, mundo.CLAVE)
    pagina = rosa.get("/cuenta")
    assert [fila.td.text for fila in pagina.html.select("tbody tr")][1:] == [f"203.0.113.{n}" for n in (2, 1, 0)]
    assert "Esta sesión" in pagina.html.select("tbody tr")[0].text

    formulario = next(f for f in pagina.forms.values() if f.action == "/cuenta/sesiones")
    formulario.submit("sesion").follow().mustcontain("Cerramos esa sesión.")
    assert [otra.get(bandeja).status_int for otra in otras] == [200, 200, 303]

    formulario = [f for f in rosa.get("/cuenta").forms.values() if f.action == "/cuenta/sesiones"][-1]
    formulario.submit("todas").follow().mustcontain("Cerramos sus otras sesiones.")
    assert [otra.get(bandeja).status_int for otra in otras] == [303, 303, 303]
    assert rosa.get(bandeja).status_int == 200


def test_nobody_closes_the_sessions_of_another(rosa: Navegador, aplicacion: Any, base_de_datos: DB) -> None:
    intentar(TestApp(aplicacion), mundo.TOMAS, mundo.CLAVE)
    with base_de_datos.transaction() as conexion:
        [ajena] = conexion.root()[RAIZ].usuarios[mundo.TOMAS].sesiones
    token = rosa.get("/cuenta/telefono").forms["formulario"]["csrf_token"].value

    rosa.post("/cuenta/sesiones", {"csrf_token": token, "sesion": ajena})

    with base_de_datos.transaction() as conexion:
        assert ajena in conexion.root()[RAIZ].usuarios[mundo.TOMAS].sesiones


def test_an_additional_address_is_added_tried_and_taken_away(rosa: Navegador, base_de_datos: DB) -> None:
    pedir(rosa, "hija@correo.example", pagina="correo-adicional")
    confirmar(rosa, codigo(base_de_datos)).follow().mustcontain("llegan también a ese correo", "hija@correo.example")

    probar = next(f for f in rosa.get("/cuenta/avisos").forms.values() if f.action == "/cuenta/probar-avisos")
    probar.submit().follow().mustcontain("Enviamos un aviso de prueba")
    probar.submit().follow().mustcontain("hace menos de 5 minutos")
    assert [cartas(base_de_datos, AVISO_PRUEBA, para) for para in (VIEJO, "hija@correo.example")] == [1, 1]

    quitar = next(f for f in rosa.get("/cuenta/avisos").forms.values() if f.action == "/cuenta/quitar-adicional")
    assert "hija@correo.example" not in quitar.submit().follow()


def preferir(navegador: Navegador, cual: str) -> Any:
    """Press the button of a way to be told, whatever it offers now."""
    pagina = navegador.get("/cuenta/avisos")
    return next(f for f in pagina.forms.values() if f.action == f"/cuenta/{cual}").submit("quiero").follow()


def test_notices_that_name_no_document_are_asked_for_and_left(rosa: Navegador, base_de_datos: DB) -> None:
    assert "El tipo y el número del documento, con la constancia adjunta." in rosa.get("/cuenta/avisos")

    preferir(rosa, "avisos-discretos").mustcontain("Solo que tiene una notificación nueva, sin adjuntos.")
    with base_de_datos.transaction() as conexion:
        usuario = conexion.root()[RAIZ].usuarios[mundo.ROSA]
        assert usuario.persona.avisos_discretos
        assert usuario.historia[-1][:2] == ("avisos-discretos", mundo.ROSA)

    preferir(rosa, "avisos-discretos").mustcontain("con la constancia adjunta.")


def test_a_daily_summary_is_asked_for_and_left(rosa: Navegador, base_de_datos: DB) -> None:
    preferir(rosa, "resumen-diario").mustcontain("Recibirá un resumen cada mañana", "Activado", "Dejar de recibir")
    with base_de_datos.transaction() as conexion:
        assert list(conexion.root()[RAIZ].resumenes) == [mundo.ROSA]

    preferir(rosa, "resumen-diario").mustcontain("Ya no recibirá el resumen diario", "Desactivado")
    with base_de_datos.transaction() as conexion:
        assert list(conexion.root()[RAIZ].resumenes) == []


def test_the_notice_by_mail_cannot_be_turned_off(rosa: Navegador) -> None:
    pagina = rosa.get("/cuenta/avisos")

    pagina.mustcontain("Siempre recibe los avisos.")
    acciones = {f.action for f in pagina.forms.values()}
    assert acciones == {"/salir", "/cuenta/avisos-discretos", "/cuenta/resumen-diario", "/cuenta/probar-avisos"}


@pytest.fixture
def con_sms(aplicacion: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The institution has somebody who carries text messages."""
    monkeypatch.setitem(aplicacion.registry.settings, "casilla.sms", "casilla.gateways.sms.SmsHttp")


@pytest.mark.usefixtures("con_sms")
def test_text_messages_are_asked_for_tried_and_left(rosa: Navegador, base_de_datos: DB) -> None:
    preferir(rosa, "aviso-sms").mustcontain("Recibirá un mensaje de texto al 987654321.", "Activado, al 987654321")
    next(f for f in rosa.get("/cuenta/avisos").forms.values() if f.action == "/cuenta/probar-avisos").submit()
    assert cartas(base_de_datos, PRUEBA_SMS, "+51987654321") == 1

    preferir(rosa, "aviso-sms").mustcontain("Ya no recibirá mensajes de texto", "Desactivado")


@pytest.mark.usefixtures("con_sms")
def test_a_telephone_on_a_wall_takes_no_text_messages(rosa: Navegador, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        conexion.root()[RAIZ].personas[mundo.ROSA].telefono = "+5116261600"

    preferir(rosa, "aviso-sms").mustcontain("no es un celular", "Desactivado")


def test_where_nobody_carries_text_messages_none_are_offered(rosa: Navegador, base_de_datos: DB) -> None:
    pagina = rosa.get("/cuenta/avisos")
    assert "SMS" not in pagina

    rosa.post("/cuenta/aviso-sms", {"csrf_token": pagina.forms[0]["csrf_token"].value, "quiero": "si"})
    with base_de_datos.transaction() as conexion:
        assert conexion.root()[RAIZ].personas[mundo.ROSA].avisos_sms is False


def test_a_closed_casilla_asks_for_no_more_notices(rosa: Navegador, base_de_datos: DB) -> None:
    token = rosa.get("/cuenta/avisos").forms[0]["csrf_token"].value
    with base_de_datos.transaction() as conexion:
        conexion.root()[RAIZ].personas[mundo.ROSA].casilla.cerrada_en = mundo.ENERO

    respuesta = rosa.post("/cuenta/resumen-diario", {"csrf_token": token, "quiero": "si"}).follow()

    respuesta.mustcontain("Su casilla está cerrada: ya no se envían avisos.")
    assert [f.action for f in respuesta.forms.values()] == ["/salir"]


def test_ones_data_can_be_taken_away(rosa: Navegador) -> None:
    pagina = rosa.get("/cuenta/datos")
    pagina.mustcontain("4 notificaciones", "De las 3 notificaciones que aún no abre va solo la constancia")

    en_json, en_zip = rosa.get("/cuenta/mis-datos.json"), rosa.get("/cuenta/mis-datos.zip")

    assert json.loads(en_json.body)["usuario"] == mundo.ROSA
    assert en_json.headers["Content-Disposition"].startswith('attachment; filename="mis-datos-')
    assert "no-store" in en_zip.headers["Cache-Control"]
    with ZipFile(BytesIO(en_zip.body)) as paquete:
        assert paquete.testzip() is None
        assert json.loads(paquete.read("mis-datos.json"))["persona"]["numero"] == "40000001"


def test_the_zip_is_not_made_again_and_again(rosa: Navegador) -> None:
    for _ in range(5):
        assert rosa.get("/cuenta/mis-datos.zip").status_int == 200

    rosa.get("/cuenta/mis-datos.zip").follow().mustcontain("Ya descargó el ZIP varias veces. Espere 15 minutos")


def cierre_lleno(navegador: Navegador, clave: str = mundo.CLAVE, entiendo: bool = True) -> Any:
    """The form with which a casilla is closed, to be sent."""
    formulario = navegador.get("/cuenta/cerrar").forms["formulario"]
    formulario["entiendo"], formulario["clave"] = entiendo, clave
    return formulario


def cerrar(navegador: Navegador, clave: str = mundo.CLAVE, entiendo: bool = True) -> Any:
    return cierre_lleno(navegador, clave, entiendo).submit()


def test_before_closing_what_follows_is_told(rosa: Navegador) -> None:
    pagina = rosa.get("/cuenta").click("Cerrar mi casilla")

    pagina.mustcontain("Qué pasa si la cierra", "Tiene 3 sin leer", "CARTA 000002-2026-OGTI")
    enlaces = [a["href"] for a in pagina.html.select("main li a") if "CARTA" in a.text]
    assert all(rosa.get(enlace).status_int == 200 for enlace in enlaces)
    assert errores(cerrar(rosa, entiendo=False)) == ["Marque la casilla si lo entiende; sin eso no podemos continuar"]
    assert errores(cerrar(rosa, "Otra-clave-9")) == ["La contraseña no es correcta"]


def test_a_closed_casilla_can_be_read_and_takes_nothing(rosa: Navegador, base_de_datos: DB) -> None:
    pagina = cerrar(rosa).follow()
    pagina.mustcontain("Su casilla quedó cerrada", "Su casilla está cerrada", "Descargar la constancia (PDF)")
    assert cartas(base_de_datos, CASILLA_CERRADA, VIEJO) == 1
    constancia = rosa.get("/cuenta/constancia-de-cierre.pdf")
    assert (constancia.content_type, constancia.body[:5]) == ("application/pdf", b"%PDF-")

    negado = Sgd(TestApp(rosa.app)).depositar(mundo.pdf())
    assert (negado.status_int, negado.json["codigo"]) == (404, "destinatario-sin-casilla")

    rosa.get("/cuenta/cerrar", status=303)
    rosa.get("/cuenta/avisos").mustcontain("ya no se envían avisos")
    rosa.reset()
    bandeja = rosa.entrar(mundo.ROSA)
    bandeja.mustcontain("Su casilla está cerrada", "000002-2026-OGTI")
    with base_de_datos.transaction() as conexion:
        leida = next(n for n in conexion.root()[RAIZ].personas[mundo.ROSA].casilla if n.estado == "leido")
        camino = f"/casilla/{leida.__parent__.__name__}/{leida.__name__}"
    assert rosa.get(f"{camino}/documento").body.startswith(b"%PDF-")


def test_there_is_no_constancia_of_what_is_open(rosa: Navegador) -> None:
    rosa.get("/cuenta/constancia-de-cierre.pdf", status=404)
