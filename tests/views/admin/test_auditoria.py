"""The page of the audit: searched, walked page by page, taken away; every act has words."""

import ast
import csv
import re
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import casilla
from casilla.resources.sitio import Sitio
from casilla.services import lotes
from casilla.services.auditoria import asentar, hallazgos
from casilla.services.fundacion import RAIZ
from casilla.views.admin.palabras import ACTOS_DICHOS
from tests import lotes as muestras
from tests import mundo
from tests.conftest import Navegador

PAQUETE = Path(casilla.__file__).parent


@pytest.fixture
def con_muchos(navegador: Navegador) -> Navegador:
    """The auditor is in, after a hundred and twenty entries."""
    with navegador.base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        for n in range(120):
            asentar(
                sitio,
                ("editar", "suspender")[n % 2],
                ("cuentas/registro", "ajustes", "claves/sgd")[n % 3],
                actor=("administrador", "operador:root")[n % 2],
                direccion=("192.0.2.1", "")[n % 2],
                ahora=mundo.ENERO + n * timedelta(hours=1),
                secreto=mundo.SECRETO,
                antes="Roles: contenido\nCorreo: =1+1@institucion.example",
                despues="Roles: auditor",
            )
    navegador.entrar_al_modulo("auditor")
    return navegador


def filas(pagina: Any) -> list[list[str]]:
    return [[celda.text for celda in fila.find_all(["th", "td"])] for fila in pagina.html.tbody.find_all("tr")]


def numeros(pagina: Any) -> list[int]:
    return [int(fila[-1]) for fila in filas(pagina)]


def test_the_newest_stands_first_with_who_what_when_from_where_before_and_after(con_muchos: Navegador) -> None:
    pagina = con_muchos.get("/admin").click("Auditoría", index=0)

    assert filas(pagina)[0][:2] == ["Entró", "auditor"]
    assert filas(pagina)[1] == [
        "Suspendió",
        "operador:root",
        "28 de enero de 2026, 09:11",
        "claves/sgd",
        "Roles: contenidoCorreo: =1+1@institucion.example",
        "Roles: auditor",
        "En el servidor",
        "120",
    ]
    assert "50 asientos, del 121 al 72." in pagina


def test_what_an_entry_is_about_leads_there(con_muchos: Navegador) -> None:
    enlaces = {a["href"] for a in con_muchos.get("/admin/auditoria").html.tbody.find_all("a")}

    assert enlaces == {"/admin/cuentas/auditor", "/admin/cuentas/registro", "/admin/ajustes", "/admin/claves"}


def test_an_entry_of_a_bulk_leads_to_it_as_long_as_it_is_kept(navegador: Navegador) -> None:
    with navegador.base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        tabla = mundo.archivo(sitio, muestras.tabla(muestras.filas(1)), "enero.csv", "text/csv")
        paquete = mundo.archivo(sitio, muestras.paquete(), "enero.zip", "application/zip")
        lote = lotes.traer(sitio, "notificador", tabla, paquete, mundo.ENERO)
        anotar(sitio, "subir-lote", f"lotes/{lote.__name__}")
        anotar(sitio, "subir-lote", "lotes/notificador~00000000001-0")
    navegador.entrar_al_modulo("auditor")

    pagina = navegador.get("/admin/auditoria?sobre=lotes")

    assert [a["href"] for a in pagina.html.tbody.find_all("a")] == [f"/admin/lotes/{lote.__name__}"]
    assert pagina.click(f"lotes/{lote.__name__}").html.h1.text == "Lote enero.csv"


def test_the_state_before_an_annulment_is_said_as_people_know_it(navegador: Navegador) -> None:
    with navegador.base_de_datos.transaction() as conexion:
        anotar(conexion.root()[RAIZ], "anular", "depositos/X", antes="leido", despues="Se notificó a otra persona")
    navegador.entrar_al_modulo("auditor")

    pagina = navegador.get("/admin/auditoria?acto=anular")

    assert filas(pagina)[0][4:6] == ["Leída", "Se notificó a otra persona"]
    exportado = next(f for f in pagina.forms.values() if "exportar" in f.action).submit("formato", value="csv")
    assert "Leída" in exportado.body.decode("utf-8-sig")
    assert "leido" not in exportado.body.decode("utf-8-sig")


def anotar(sitio: Sitio, acto: str, sobre: str, **otros: str) -> None:
    asentar(sitio, acto, sobre, actor="notificador", direccion="", ahora=mundo.ENERO, secreto=mundo.SECRETO, **otros)


def test_pages_follow_one_another_without_a_gap_whatever_is_written_meanwhile(con_muchos: Navegador) -> None:
    primera = con_muchos.get("/admin/auditoria")
    with con_muchos.base_de_datos.transaction() as conexion:
        asentar(
            conexion.root()[RAIZ],
            "editar",
            "ajustes",
            actor="x",
            direccion="",
            ahora=mundo.ENERO,
            secreto=mundo.SECRETO,
        )

    segunda = primera.click("Más antiguos")
    tercera = segunda.click("Más antiguos")

    assert numeros(primera) + numeros(segunda) + numeros(tercera) == list(range(121, 0, -1))
    assert "Más antiguos" not in tercera
    assert numeros(tercera.click("Más recientes"))[0] == 122


def test_filters_stay_on_the_way_and_in_the_boxes(con_muchos: Navegador) -> None:
    formulario = con_muchos.get("/admin/auditoria").forms[1]
    formulario["actor"], formulario["acto"], formulario["sobre"] = "ADMIN", "editar", "ajustes"
    formulario["desde"], formulario["hasta"] = "24/1/2026", "26 de enero de 2026"

    pagina = formulario.submit()

    assert filas(pagina)
    assert {tuple(fila[:2]) for fila in filas(pagina)} == {("Editó", "administrador")}
    assert {fila[2][:11] for fila in filas(pagina)} == {"24 de enero", "25 de enero", "26 de enero"}
    assert pagina.forms[1]["hasta"].value == "26 de enero de 2026"
    assert "actor=ADMIN" in pagina.request.url
    assert len(filas(pagina.click("Quitar los filtros"))) == 50


def test_a_date_that_is_none_is_told_and_the_rest_counts(con_muchos: Navegador) -> None:
    pagina = con_muchos.get("/admin/auditoria", {"desde": "31/2/2026", "acto": "entrar"})

    assert "no existe" in pagina.html.find(class_="resumen-error").text
    assert pagina.html.title.text.startswith("Error: ")
    assert pagina.forms[1]["desde"].value == "31/2/2026"
    assert len(filas(pagina)) == 1


def test_nothing_found_is_said(con_muchos: Navegador) -> None:
    assert "Ningún asiento cumple los filtros" in con_muchos.get("/admin/auditoria", {"actor": "nadie"})


@pytest.mark.parametrize("antes", ["x", "0", "-1", "999", "1e3", "٣", f"{1:018}{9:05000}"])
def test_a_page_that_is_not_there_leads_to_the_first(con_muchos: Navegador, antes: str) -> None:
    respuesta = con_muchos.get("/admin/auditoria", {"antes": antes, "acto": "editar"})

    assert respuesta.location.endswith("/admin/auditoria?acto=editar")


def exportar(navegador: Navegador, formato: str, **filtros: str) -> Any:
    pagina = navegador.get("/admin/auditoria", filtros)
    formulario = next(f for f in pagina.forms.values() if "/exportar" in f.action)
    return formulario.submit("formato", value=formato)


def test_the_export_has_every_page_the_filters_and_the_seals_and_leaves_an_entry(con_muchos: Navegador) -> None:
    respuesta = exportar(con_muchos, "csv", acto="editar")

    renglones = list(csv.DictReader(StringIO(respuesta.body.decode("utf-8-sig"))))
    assert len(renglones) == 60
    assert {renglon["Qué hizo"] for renglon in renglones} == {"Editó"}
    assert re.fullmatch("[0-9a-f]{64}", renglones[0]["Sello"])
    assert "auditoria_" in respuesta.content_disposition
    with con_muchos.base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        ultimo = next(sitio.auditoria.hacia_atras())
        assert (ultimo.acto, ultimo.sobre) == ("exportar", "auditoria")
        assert ultimo.despues == "csv, asientos: 60, Qué hizo: Editó"
        assert list(hallazgos(sitio, mundo.SECRETO)) == []


def test_the_export_as_excel_opens_and_holds_texts_as_texts(con_muchos: Navegador) -> None:
    libro = openpyxl.load_workbook(BytesIO(exportar(con_muchos, "xlsx", sobre="ajustes").body))
    assert libro.sheetnames == ["Auditoría"]

    celdas = [celda for fila in libro.active.iter_rows() for celda in fila if celda.value]
    assert any("; Correo: =1+1@" in str(celda.value) for celda in celdas)
    assert {celda.data_type for celda in celdas} <= {"s", "n", "d"}


def test_a_format_that_there_is_not_is_not_found(con_muchos: Navegador) -> None:
    pagina = con_muchos.get("/admin/auditoria")
    formulario = next(f for f in pagina.forms.values() if "/exportar" in f.action)
    formulario.submit("formato", value="exe", status=404)


def test_the_last_seal_can_be_noted(con_muchos: Navegador) -> None:
    assert re.search(r"--sello 121:[0-9a-f]{64}", con_muchos.get("/admin/auditoria").text)


def _actos_del_codigo() -> set[str]:
    """The words by which the package calls what leaves an entry, wherever they are written out."""
    actos = set()
    for modulo in PAQUETE.rglob("*.py"):
        for nodo in ast.walk(ast.parse(modulo.read_text("utf-8"))):
            if isinstance(nodo, ast.Call):
                lugar = {"auditar": 1, "asentar": 1, "rastrear": 2}.get(ast.unparse(nodo.func).rpartition(".")[2])
                if lugar and len(nodo.args) > lugar and isinstance(nodo.args[lugar], ast.Constant):
                    actos.add(nodo.args[lugar].value)
    return actos


def test_every_act_that_leaves_an_entry_has_words_for_people() -> None:
    """A new one is said in casilla/views/admin/palabras.py."""
    actos = _actos_del_codigo()

    assert {"editar", "entrar", "crear-clave"} <= actos
    assert actos - set(ACTOS_DICHOS) == set()
