"""The follow-up board: what each role finds there, and takes away."""

import csv
import io
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from ZODB import DB

from casilla.services.fundacion import RAIZ
from casilla.services.lectura import leer
from tests import mundo
from tests.conftest import Navegador

AJENA = "PROGRAMA AJENO"


@pytest.fixture
def ajena(base_de_datos: DB) -> str:
    """The code of a notification of another dependencia, to Ñusta, three days after the others; and one just read."""
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        despues = mundo.ENERO + timedelta(days=3)
        n = mundo.deposito(sitio, mundo.NUSTA, 30, ahora=despues, dependencia=AJENA, asunto="=HIPERVINCULO(1)")
        leer(sitio, n, actor=mundo.NUSTA, ahora=despues)
        mundo.al_dia(sitio)
        return n.codigo


def documentos(pagina: Any) -> list[str]:
    return [enlace.text for enlace in pagina.html.select("tbody th button")]


def formulario(pagina: Any) -> Any:
    return next(f for f in pagina.forms.values() if "expediente" in f.fields)


def buscar(pagina: Any, **valores: str) -> Any:
    f = formulario(pagina)
    for nombre, valor in valores.items():
        f[nombre] = valor
    respuesta = f.submit()
    return respuesta.follow() if respuesta.status_int == 303 else respuesta


def chips(pagina: Any) -> list[str]:
    return [a.text.replace("Quitar filtro: ", "").strip() for a in pagina.html.select(".aplicados a:not(.limpiar)")]


def test_the_auditor_sees_everything_newest_first(navegador: Navegador, ajena: str) -> None:
    navegador.entrar_al_modulo("auditor")

    pagina = navegador.get("/admin/depositos")

    assert documentos(pagina)[0] == "CARTA 000030-2026-OGTI"
    assert len(documentos(pagina)) == 6
    assert "6 notificaciones. Al día hasta las" in " ".join(pagina.html.select_one("[role=status]").text.split())
    fila = " ".join(pagina.html.select_one("tbody tr").text.split())
    for dicho in ("Leída el 26 de enero de 2026, 10:11", "ÑAHUI-O'HIGGINS", "DNI 40000002", AJENA, "En cola", "hace"):
        assert dicho in fila


def test_a_notifier_sees_and_counts_only_their_own(navegador: Navegador, ajena: str) -> None:
    navegador.entrar_al_modulo("notificador")

    pagina = navegador.get("/admin/depositos")

    assert len(documentos(pagina)) == 5
    assert "5 notificaciones." in pagina
    assert AJENA not in pagina
    for filtros in ({"persona": "40000002"}, {"expediente": "OGT002025000030"}, {"numero": "30"}):
        assert ajena not in buscar(pagina, **filtros)
    assert navegador.get(f"/admin/depositos?dependencia={AJENA.replace(' ', '+')}").html.select("tbody tr") == []
    navegador.get(f"/admin/depositos/{ajena}", status=403)


@pytest.mark.parametrize("nombre", ["contenido", "registro", "administrador"])
def test_other_roles_see_nothing_of_it_whatever_dependencia_they_have(
    navegador: Navegador, ajena: str, nombre: str
) -> None:
    navegador.entrar_al_modulo(nombre)
    suya = navegador.base_de_datos.open().root()[RAIZ].personas[mundo.ROSA].casilla

    for direccion in ("", f"/{ajena}", f"/{next(iter(suya)).codigo}"):
        navegador.get(f"/admin/depositos{direccion}", status=403)


def test_a_stranger_is_asked_to_come_in(navegador: Navegador) -> None:
    assert "/admin/entrar" in navegador.get("/admin/depositos").location


def test_a_person_is_looked_for_without_their_number_in_any_address(navegador: Navegador, ajena: str) -> None:
    navegador.entrar_al_modulo("auditor")

    pagina = buscar(navegador.get("/admin/depositos"), persona="4000 0002")

    assert documentos(pagina) == ["CARTA 000030-2026-OGTI", "CARTA 000005-2026-OGTI"]
    assert "40000002" not in pagina.request.url
    assert formulario(pagina)["persona"].value == mundo.NUSTA
    assert chips(pagina) == ["Persona DNI 40000002"]
    with navegador.base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        ultimo = next(sitio.auditoria.hacia_atras())
        suya = sitio.personas[mundo.NUSTA].casilla.__name__
    assert (ultimo.acto, ultimo.sobre) == ("consultar", f"personas/{suya}")


def test_whoever_has_no_casilla_is_told_and_nothing_typed_is_lost(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("auditor")

    pagina = buscar(navegador.get("/admin/depositos"), persona="99999999", numero="1")

    assert pagina.html.title.text.startswith("Error: ")
    assert "Nadie con ese documento tiene casilla" in pagina.html.select_one(".resumen-error").text
    assert (formulario(pagina)["persona"].value, formulario(pagina)["numero"].value) == ("99999999", "1")
    assert documentos(pagina) == ["CARTA 000001-2026-OGTI"]


def test_filters_hold_together_and_each_is_taken_off_by_its_chip(navegador: Navegador, ajena: str) -> None:
    navegador.entrar_al_modulo("auditor")

    pagina = buscar(
        navegador.get("/admin/depositos"), desde="23/1/2026", hasta="24 de enero de 2026", estado="depositado", dias="1"
    )

    assert chips(pagina) == [
        "Depositada desde el 23 de enero de 2026",
        "Depositada hasta el 24 de enero de 2026",
        "Estado Sin leer",
        "Sin leer desde hace 1 día o más",
    ]
    assert len(documentos(pagina)) == 4
    sin_hasta = pagina.click(href="desde=.*estado=.*dias=", description="Depositada hasta")
    assert "hasta" not in parse_qs(urlsplit(sin_hasta.request.url).query)


def test_wrong_filters_are_told_beside_their_boxes_and_the_rest_holds(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("auditor")

    pagina = buscar(navegador.get("/admin/depositos"), desde="31/2/2026", dias="pocos", expediente="OGT002025000002")

    assert [a["href"] for a in pagina.html.select(".resumen-error a")] == ["#desde", "#dias"]
    assert pagina.html.select_one("#desde")["aria-invalid"] == "true"
    assert documentos(pagina) == ["CARTA 000002-2026-OGTI"]


def test_the_order_turns_and_the_size_of_a_page_stays_in_the_address(navegador: Navegador, ajena: str) -> None:
    navegador.entrar_al_modulo("auditor")

    pagina = buscar(navegador.get("/admin/depositos"), orden="antiguas", n="50")

    assert documentos(pagina)[-1] == "CARTA 000030-2026-OGTI"
    assert parse_qs(urlsplit(pagina.request.url).query) == {"orden": ["antiguas"], "n": ["50"]}
    assert documentos(pagina.click(description="^Depositada$"))[0] == "CARTA 000030-2026-OGTI"


def test_pages_go_on_by_key(navegador: Navegador, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        for n in range(30, 60):
            mundo.deposito(sitio, mundo.TOMAS, n, ahora=mundo.ENERO + timedelta(minutes=n))
        mundo.al_dia(sitio)
    navegador.entrar_al_modulo("auditor")

    primera = navegador.get("/admin/depositos")
    segunda = primera.click("Siguiente")

    assert "Notificaciones, página 2 de 2" in segunda.html.title.text
    assert len(documentos(primera) + documentos(segunda)) == len({*documentos(primera), *documentos(segunda)}) == 35
    assert documentos(segunda.click("Anterior")) == documentos(primera)
    assert documentos(primera.click("Última")) == documentos(segunda)
    assert navegador.get("/admin/depositos?antes=1&pagina=2").location == "http://localhost/admin/depositos"


def test_what_the_index_does_not_know_yet_is_told(navegador: Navegador, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        mundo.deposito(conexion.root()[RAIZ], mundo.TOMAS, 30, ahora=mundo.ENERO + timedelta(hours=1))
    navegador.entrar_al_modulo("auditor")

    estado = " ".join(navegador.get("/admin/depositos").html.select_one("[role=status]").text.split())

    assert "Al día hasta el 23 de enero de 2026, 11:11 (hora de Lima)." in estado
    assert "Falta incorporar un hecho posterior" in estado


def exportar(navegador: Navegador, formato: str, consulta: str = "") -> Any:
    pagina = navegador.get(f"/admin/depositos{consulta}")
    return next(f for f in pagina.forms.values() if "exportar" in f.action).submit("formato", value=formato)


def test_the_same_rows_leave_as_a_file_and_who_took_them_is_noted(navegador: Navegador, ajena: str) -> None:
    navegador.entrar_al_modulo("auditor")

    archivo = exportar(navegador, "csv", "?desde=24/1/2026")

    filas = list(csv.reader(io.StringIO(archivo.body.decode("utf-8-sig"))))
    assert len(filas) == 2
    fila = dict(zip(*filas, strict=True))
    assert fila["Código"] == ajena
    assert fila["Depositada"] == "2026-01-26 10:11:16"
    assert fila["Asunto"] == "'=HIPERVINCULO(1)"
    assert (fila["Documento de la persona"], fila["Estado"]) == ("DNI 40000002", "Leída")
    with navegador.base_de_datos.transaction() as conexion:
        asiento = next(conexion.root()[RAIZ].auditoria.hacia_atras())
    assert (asiento.actor, asiento.acto, asiento.sobre) == ("auditor", "exportar", "depositos")
    assert asiento.despues == "csv, filas: 1, desde=24%2F1%2F2026"


def test_a_notifiers_file_has_their_own_rows_only(navegador: Navegador, ajena: str) -> None:
    navegador.entrar_al_modulo("notificador")

    hoja = openpyxl.load_workbook(io.BytesIO(exportar(navegador, "xlsx").body)).active

    valores = [[celda.value for celda in fila] for fila in hoja.iter_rows(min_row=5)]
    assert valores[0][:3] == ["Depositada", "Código", "Expediente"]
    assert len(valores) == 6
    assert not any(AJENA in map(str, fila) for fila in valores)


@pytest.mark.parametrize("formato", ["pdf", "ods"])
def test_the_other_formats_are_written_too(navegador: Navegador, formato: str) -> None:
    navegador.entrar_al_modulo("auditor")

    archivo = exportar(navegador, formato)

    assert archivo.headers["Content-Disposition"].startswith('attachment; filename="notificaciones_')
    assert archivo.body[:4] == {"pdf": b"%PDF", "ods": b"PK\x03\x04"}[formato]


def test_a_format_that_is_none_is_not_found(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("auditor")
    pagina = navegador.get("/admin/depositos")
    token = formulario(pagina)["csrf_token"].value

    navegador.post("/admin/depositos/exportar", {"csrf_token": token, "formato": "exe"}, status=404)
