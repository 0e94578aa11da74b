"""The rows of a tray as a file, from the buttons below it."""

import csv
import io
from typing import Any

import pytest

from tests import mundo
from tests.conftest import Navegador

FORMATOS = {"xlsx": b"PK", "pdf": b"%PDF", "csv": b"\xef\xbb\xbf", "ods": b"PK"}


def asuntos(csv_: Any) -> list[str]:
    return [fila[1] for fila in csv.reader(io.StringIO(csv_.body.decode("utf-8-sig")))][1:]


@pytest.mark.parametrize("formato", FORMATOS)
def test_each_button_gives_its_file_named_after_the_tray(navegador: Navegador, formato: str) -> None:
    pagina = navegador.entrar(mundo.ROSA)
    archivo = pagina.click(href=f"exportar.{formato}")
    assert archivo.body.startswith(FORMATOS[formato])
    assert "casilla_pendientes_20" in archivo.headers["Content-Disposition"]
    assert f".{formato}" in archivo.headers["Content-Disposition"]


def test_the_file_holds_what_the_page_shows_in_its_order(navegador: Navegador) -> None:
    inicio = navegador.entrar(mundo.ROSA).request.path
    filtrada = navegador.get(f"{inicio}?orden=asunto&f1=asunto&o1=contiene&v1=solicitud")
    assert asuntos(filtrada.click(href="exportar.csv")) == [f"Respuesta a su solicitud n.° {n}" for n in (1, 2, 3)]
    leidas = navegador.get(f"{inicio}leidos").click(href="exportar.csv")
    assert asuntos(leidas) == ["Respuesta a su solicitud n.° 4"]


def test_an_unknown_tray_is_not_found_and_nobody_else_gets_the_list(navegador: Navegador) -> None:
    inicio = navegador.entrar(mundo.ROSA).request.path
    navegador.get(f"{inicio}exportar.csv?bandeja=otra", status=404)
    navegador.reset()
    navegador.entrar(mundo.NUSTA)
    assert navegador.get(f"{inicio}exportar.csv", expect_errors=True).content_type == "text/html"


def test_too_many_rows_for_any_file_are_told_with_the_way_back(
    navegador: Navegador, aplicacion: Any, monkeypatch: Any
) -> None:
    pagina = navegador.entrar(mundo.ROSA)
    monkeypatch.setitem(aplicacion.registry.settings, "casilla.exportar_en_segundo_plano", 2)
    monkeypatch.setattr("casilla.views.exportar.MAXIMO", 2)
    demasiadas = navegador.get(f"{pagina.request.path}exportar.xlsx", status=422)
    assert "demasiadas" in demasiadas.text
    assert demasiadas.click("Volver y").request.path == pagina.request.path
