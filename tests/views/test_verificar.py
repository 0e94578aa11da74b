"""The public check of a constancia."""

from urllib.parse import quote

import pytest
from ZODB import DB

from casilla.resources.notificacion import Notificacion
from casilla.services.codigos import en_grupos
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.conftest import Navegador, Reloj


def notificacion_de(conexion: object, documento: str) -> Notificacion:
    return next(iter(conexion.root()[RAIZ].personas[documento].casilla))  # type: ignore[attr-defined]


@pytest.fixture
def codigo(base_de_datos: DB) -> str:
    with base_de_datos.transaction() as conexion:
        return notificacion_de(conexion, mundo.NUSTA).codigo


def test_whoever_holds_the_paper_can_compare_it(navegador: Navegador, base_de_datos: DB, codigo: str) -> None:
    pagina = navegador.get(f"/verificar/{codigo}")

    datos = dict(
        zip((dt.text for dt in pagina.html.select("dt")), (dd.text for dd in pagina.html.select("dd")), strict=True)
    )
    assert datos == {
        "Expediente": "OGT002025000005",
        "Administrado": "ÑAHUI-O'HIGGINS ÑUSTA D'ALEMBERT",
        "Documento Identidad": "DNI 40000002",
        "Documento": "CARTA 000005-2026-OGTI",
        "Fecha y Hora": "23 de enero de 2026, 10:11 (hora de Lima)",
        "El plazo inicia el": "lunes 26 de enero de 2026",
        "El plazo vence el": "viernes 13 de febrero de 2026 (cálculo referencial)",
    }
    with base_de_datos.transaction() as conexion:
        huella = notificacion_de(conexion, mundo.NUSTA).documento.huella
    pagina.mustcontain("La constancia es auténtica", en_grupos(codigo), huella, "certutil -hashfile", "sha256sum")
    assert pagina.headers["Cache-Control"] == "no-store"


def test_it_tells_nothing_that_the_paper_does_not(navegador: Navegador, codigo: str) -> None:
    texto = navegador.get(f"/verificar/{codigo}").text

    for secreto in (
        "Respuesta a su solicitud",
        "PERSONA FICTICIA",
        "TECNOLOGÍAS",
        "correo.example",
        "987654321",
        "leid",
    ):
        assert secreto not in texto


def test_a_code_is_taken_however_it_is_typed(navegador: Navegador, codigo: str) -> None:
    formulario = navegador.get("/verificar").forms["formulario"]
    formulario["codigo"] = f" {en_grupos(codigo).lower()} "

    respuesta = formulario.submit()

    assert respuesta.location == f"http://localhost/verificar/{codigo}"
    navegador.get(f"/verificar/{en_grupos(codigo).lower()}").mustcontain("La constancia es auténtica")


def test_look_alikes_are_read_as_what_they_mean(navegador: Navegador, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        sitio.registro["0101010101010101"] = notificacion_de(conexion, mundo.NUSTA)

    navegador.get("/verificar/OIolOIolOlOlOlOl").mustcontain("La constancia es auténtica")


@pytest.mark.parametrize(
    "malo", ["ABCD-1234", "x" * 5000, "<script>alert(1)<script>", "Ñ", "\x00\x1b", "😀", "' OR 1=1"]
)
def test_a_wrong_code_is_told_in_the_form(navegador: Navegador, malo: str) -> None:
    respuesta = navegador.get("/verificar/" + quote(malo, safe=""), status=404)

    assert [e.text for e in respuesta.html.select(".resumen-error a")] == [
        "No encontramos una constancia con ese código. Compárelo letra por letra con el de su constancia."
    ]
    assert respuesta.html.title.text.startswith("Error: ")
    assert "<script>alert" not in respuesta


def test_an_empty_code_is_asked_for(navegador: Navegador) -> None:
    navegador.get("/verificar?codigo=").mustcontain("Escriba el código de verificación")
    navegador.get("/verificar?codigo=" + "x" * 5000).mustcontain("Hay un problema")


def test_an_annulled_notification_says_so(navegador: Navegador, base_de_datos: DB, codigo: str) -> None:
    with base_de_datos.transaction() as conexion:
        notificacion = notificacion_de(conexion, mundo.NUSTA)
        notificacion.pasar("anular", "sgd", mundo.ENERO, "un motivo reservado")

    pagina = navegador.get(f"/verificar/{codigo}")

    pagina.mustcontain("Constancia de una notificación anulada", "anuló la notificación el 23 de enero de 2026, 10:11")
    assert "un motivo reservado" not in pagina
    assert "es auténtica" not in pagina


def test_whoever_tries_code_after_code_waits(navegador: Navegador, reloj: Reloj, codigo: str) -> None:
    for n in range(30):
        navegador.get(f"/verificar/AAAA{n}", status=404)

    espera = navegador.get(f"/verificar/{codigo}", status=429)
    assert espera.headers["Retry-After"] == "900"
    espera.mustcontain("Espere 15 minutos")

    reloj.adelantar(minutos=15.1)
    assert navegador.get(f"/verificar/{codigo}").status_int == 200
