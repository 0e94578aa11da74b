"""Bulk from the officer's chair: brought, looked at, ordered, stopped, resumed, reported."""

import csv
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook
from webtest import Upload
from ZODB import DB

from casilla.resources.sitio import Sitio
from casilla.services.trabajos import tomar
from tests import mundo
from tests.conftest import Navegador
from tests.lotes import PDF, en, filas, obrar, paquete, tabla
from tests.views.admin.test_notificar import boton


@pytest.fixture
def navegador(navegador: Navegador) -> Navegador:
    navegador.entrar_al_modulo("notificador")
    return navegador


def subir(navegador: Navegador, csv_: bytes, zip_: bytes) -> Any:
    formulario = navegador.get("/admin/lotes").forms["formulario"]
    formulario["tabla"] = Upload("enero.csv", csv_, "text/csv")
    formulario["paquete"] = Upload("enero.zip", zip_, "application/zip")
    return formulario.submit()


@pytest.fixture
def revisado(navegador: Navegador, base_de_datos: DB, ajustes: dict[str, Any]) -> Any:
    """The page of a bulk of four rows, two of which are wrong."""
    las_filas = filas(4)
    las_filas[1]["numero_documento"] = "49999999"
    las_filas[2]["asunto"] = ""
    pagina = subir(navegador, tabla(las_filas), paquete({"a.pdf": PDF, "=sobra.pdf": PDF})).follow()
    assert obrar(base_de_datos, ajustes) == ["terminado"]
    return navegador.get(pagina.request.path)


def descargar(pagina: Any, formato: str) -> bytes:
    """The report, by its button."""
    formulario = next(f for f in pagina.forms.values() if f.action.endswith("/informe"))
    return formulario.submit("formato", value=formato).body


def asientos(sitio: Sitio) -> list[tuple[str, str]]:
    return [(asiento.acto, asiento.despues) for asiento in sitio.auditoria if "lote" in asiento.acto]


def test_a_bulk_is_looked_at_before_anything_is_deposited(revisado: Any, base_de_datos: DB) -> None:
    assert "Revisado. 2 filas sin errores y 2 con errores, de 4." in revisado
    tabla_de_errores = revisado.html.find("section", {"aria-labelledby": "con-errores"}).table
    assert [fila.text.split() for fila in tabla_de_errores.tbody.find_all("tr")] == [
        "Fila 3 numero_documento: no tiene una casilla abierta: notifíquele en papel, en el domicilio que figura en el "
        "expediente".split(),
        ["Fila", "4", "asunto:", "falta"],
    ]
    assert "De ellas, en papel" in revisado
    assert "=sobra.pdf" in revisado
    tipos = en(base_de_datos, lambda sitio: {n.tipo for n in sitio.personas[mundo.ROSA].casilla})
    assert "OFICIO" not in tipos


def test_what_is_right_is_notified_and_each_row_reported(
    revisado: Any, navegador: Navegador, base_de_datos: DB, ajustes: dict[str, Any]
) -> None:
    pagina = boton(revisado, "Notificar 2 filas").submit().follow()
    assert "En espera" in pagina
    obrar(base_de_datos, ajustes)
    pagina = navegador.get(pagina.request.path)

    assert "Terminado. Se notificaron 2 filas de 4." in pagina
    informe = list(csv.DictReader(StringIO(descargar(pagina, "csv").decode("utf-8-sig")), delimiter=";"))
    assert [(fila["Fila"], fila["Resultado"]) for fila in informe] == [
        ("2", "Notificada"),
        ("3", "En papel"),
        ("4", "Con errores"),
        ("5", "Notificada"),
    ]
    codigos = [fila["Código"] for fila in informe if fila["Código"]]
    assert all(en(base_de_datos, lambda s, c=c: s.registro[c].remitente) == "notificador" for c in codigos)
    assert informe[2]["Motivo"] == "asunto: falta"
    hoja = load_workbook(BytesIO(descargar(pagina, "xlsx"))).active
    assert any(fila[2].value == codigos[0] for fila in hoja.iter_rows())


def test_every_order_leaves_an_entry(revisado: Any, base_de_datos: DB, ajustes: dict[str, Any]) -> None:
    boton(revisado, "Notificar 2 filas").submit()
    obrar(base_de_datos, ajustes)

    dichos = en(base_de_datos, asientos)
    assert [acto for acto, _ in dichos] == ["subir-lote", "encargar-lote", "terminar-lote"]
    assert "enero.csv sha256:" in dichos[0][1]
    assert [despues for _, despues in dichos[1:]] == ["2 filas por notificar", "2 de 4 filas depositadas"]


def test_whoever_takes_the_report_away_leaves_an_entry_and_no_address_gives_it(
    revisado: Any, navegador: Navegador, base_de_datos: DB
) -> None:
    descargar(revisado, "csv")

    asiento = en(base_de_datos, lambda sitio: next(sitio.auditoria.hacia_atras()))
    lote = revisado.request.path.removeprefix("/admin/")
    assert (asiento.actor, asiento.acto, asiento.sobre) == ("notificador", "exportar", lote)
    assert asiento.despues == "csv, filas: 4"
    for camino in ("informe", "informe.csv", "informe.xlsx"):
        navegador.get(f"{revisado.request.path}/{camino}", status=404)
    token = revisado.html.find("input", {"name": "csrf_token"})["value"]
    navegador.post(f"{revisado.request.path}/informe", {"csrf_token": token, "formato": "exe"}, status=404)
    navegador.post(f"{revisado.request.path}/informe", {"formato": "csv"}, status=400)


def test_a_double_click_orders_once(revisado: Any, base_de_datos: DB, ajustes: dict[str, Any]) -> None:
    formulario = boton(revisado, "Notificar 2 filas")
    formulario.submit()
    formulario.submit()

    assert obrar(base_de_datos, ajustes) == ["terminado"]
    formulario.submit()
    assert obrar(base_de_datos, ajustes) == []
    assert [acto for acto, _ in en(base_de_datos, asientos)].count("encargar-lote") == 1


def test_it_is_stopped_and_resumed(
    revisado: Any, navegador: Navegador, base_de_datos: DB, ajustes: dict[str, Any]
) -> None:
    pagina = boton(revisado, "Notificar 2 filas").submit().follow()

    pagina = boton(pagina, "Detener").submit().follow()

    assert "Se detuvo. Se notificaron 0 filas de 4; ninguna dos veces." in pagina
    assert obrar(base_de_datos, ajustes) == []
    boton(pagina, "Seguir notificando 2 filas").submit()
    assert obrar(base_de_datos, ajustes) == ["terminado"]
    assert "cancelar-lote" in dict(en(base_de_datos, asientos))


def test_what_has_ended_cannot_be_stopped(revisado: Any, navegador: Navegador) -> None:
    ficha = revisado.html.find("input", {"name": "csrf_token"})["value"]

    respuesta = navegador.post(f"{revisado.request.path}/detener", {"csrf_token": ficha}).follow()

    assert "Ya había terminado." in respuesta


def test_progress_is_shown(revisado: Any, navegador: Navegador, base_de_datos: DB) -> None:
    boton(revisado, "Notificar 2 filas").submit()

    def empezar(sitio: Sitio) -> None:
        lote = next(sitio.lotes.de("notificador"))
        tomar(sitio, lote.trabajo, datetime.now(UTC))
        sitio.trabajos[lote.trabajo].hechas = 1

    en(base_de_datos, empezar)
    pagina = navegador.get(revisado.request.path)

    assert "Notificando. Van 1 de 2 filas." in pagina
    assert pagina.html.progress["value"] == "50"


@pytest.mark.parametrize(
    ("csv_", "zip_", "queja"),
    [
        (b"", paquete(), "«enero.csv»: la tabla está vacía"),
        (b"a;b\n1;2", paquete(), "la primera fila debe nombrar las columnas; faltan: tipo_documento"),
        (tabla(filas(1)), b"hola", "«enero.zip»: no se puede leer como ZIP"),
        (tabla(filas(1)), paquete({"../a.pdf": PDF}), "nombre de archivo que no se admite"),
    ],
)
def test_what_is_no_bulk_is_told_at_once(navegador: Navegador, csv_: bytes, zip_: bytes, queja: str) -> None:
    pagina = subir(navegador, csv_, zip_)

    assert queja in pagina.html.find(class_="resumen-error").text


def test_too_many_at_once_are_told(navegador: Navegador) -> None:
    for _ in range(3):
        subir(navegador, tabla(filas(1)), paquete()).follow()

    assert "Ya hay otros lotes suyos en revisión" in subir(navegador, tabla(filas(1)), paquete())


def test_the_example_is_downloaded_and_taken(navegador: Navegador) -> None:
    ejemplo = navegador.get("/admin/lotes").click("descargue la plantilla")

    assert "plantilla-de-lote.csv" in ejemplo.headers["Content-Disposition"]
    assert subir(navegador, ejemplo.body, paquete()).status_int == 303


def test_a_bulk_is_of_whoever_made_it_and_an_auditor_may_look(
    revisado: Any, aplicacion: Any, base_de_datos: DB
) -> None:
    en(base_de_datos, lambda sitio: mundo.funcionario(sitio, "otra", ("notificador",)))
    camino = revisado.request.path
    for quien, estado in (("otra", 403), ("registro", 403), ("auditor", 200)):
        otra = Navegador(aplicacion)
        otra.base_de_datos = base_de_datos
        otra.entrar_al_modulo(quien)
        pagina = otra.get(camino, status="*")
        assert pagina.status_int == estado
        assert "Notificar 2 filas" not in pagina
        assert otra.get("/admin/lotes", status="*").status_int == (200 if quien == "otra" else 403)


def test_a_bulk_that_waits_for_the_antivirus_says_so(
    navegador: Navegador, base_de_datos: DB, ajustes: dict[str, Any]
) -> None:
    pagina = subir(navegador, tabla(filas(1)), paquete()).follow()
    obrar(base_de_datos, {**ajustes, "casilla.clamd": "/no/hay.sock"})

    assert "El antivirus no responde. Se intentará otra vez a las" in navegador.get(pagina.request.path)


def test_an_antivirus_that_never_answered_is_named(
    navegador: Navegador, base_de_datos: DB, ajustes: dict[str, Any]
) -> None:
    pagina = subir(navegador, tabla(filas(1)), paquete()).follow()
    con = {**ajustes, "casilla.clamd": "/no/hay.sock"}
    for intento in range(5):
        obrar(base_de_datos, con, reloj=lambda n=intento: datetime.now(UTC) + timedelta(hours=n))

    assert "No se pudo revisar: el antivirus no responde." in navegador.get(pagina.request.path)
