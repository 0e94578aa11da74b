"""A long list, from the tray to the disk of whoever asked for it, on every store; deposits go on meanwhile."""

from threading import Event
from typing import Any

import pytest
from ZODB import DB

from casilla.scripts.exportacion import exportar
from casilla.scripts.faena import Entrega, Faena
from casilla.scripts.obrero import OFICIOS, Obrero
from casilla.services.exportaciones import EXPORTACION
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.conftest import Navegador
from tests.printing.lector import estructura
from tests.printing.test_listado import CABEZA, de_csv, de_excel, de_ods

LECTORES = {
    "csv": lambda archivo: [fila[1] for fila in de_csv(archivo)[1:]],
    "xlsx": lambda archivo: [fila[1][1] for fila in de_excel(archivo)[CABEZA:]],
    "ods": lambda archivo: [fila[1][1] for fila in de_ods(archivo)[CABEZA:]],
    "pdf": lambda archivo: [texto for tag, texto in estructura(archivo) if tag == "TD" and texto.startswith("Asunto")],
}


@pytest.mark.parametrize("formato", LECTORES)
def test_a_long_list_is_asked_for_made_and_collected(
    navegador: Navegador, base_de_datos: DB, aplicacion: Any, monkeypatch: pytest.MonkeyPatch, formato: str
) -> None:
    monkeypatch.setitem(aplicacion.registry.settings, "casilla.exportar_en_segundo_plano", 5)
    with base_de_datos.transaction() as conexion:
        for n in range(12):
            mundo.deposito(conexion.root()[RAIZ], mundo.TOMAS, n, asunto=f"Asunto {n:02}")
    bandeja = navegador.entrar(mundo.TOMAS)
    ordenada = navegador.get(f"{bandeja.request.path}?orden=asunto&q=asunto+1")
    assert ordenada.click(href="exportar.csv").content_type == "text/csv", "las cortas se descargan al momento"
    larga = navegador.get(f"{bandeja.request.path}?orden=asunto")
    espera = larga.click(href=f"exportar.{formato}").forms[1].submit().follow()

    assert list(Obrero(base_de_datos, {}).ronda(Event())) == ["terminado"]

    archivo = espera.click("Actualizar").click("Descargar").body
    assert LECTORES[formato](archivo) == [f"Asunto {n:02}" for n in range(12)]


def test_a_job_stands_in_nobodys_way(
    navegador: Navegador, base_de_datos: DB, aplicacion: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two steps of the list a letter is deposited in that casilla, and its owner reads on: no conflict."""
    monkeypatch.setitem(aplicacion.registry.settings, "casilla.exportar_en_segundo_plano", 1)
    monkeypatch.setattr("casilla.scripts.exportacion.TANDA", 1)
    monkeypatch.setattr("casilla.scripts.exportacion.AVISO", 1)
    bandeja = navegador.entrar(mundo.ROSA)
    espera = bandeja.click(href="exportar.csv").forms[1].submit().follow()

    def entretanto(faena: Faena) -> Entrega:
        paso, pasos = faena.paso, iter(range(50, 100))

        def y_un_deposito(acto: Any) -> Any:
            def acto_y_deposito(*esto: Any) -> Any:
                """The deposit is committed while the step's own transaction is open."""
                with base_de_datos.transaction() as conexion:
                    mundo.deposito(conexion.root()[RAIZ], mundo.ROSA, next(pasos))
                return acto(*esto)

            hecho = paso(acto_y_deposito)
            assert navegador.get("/cuenta/exportaciones").status_int == 200
            return hecho

        faena.paso = y_un_deposito  # type: ignore[method-assign]
        return exportar(faena)

    monkeypatch.setitem(OFICIOS, EXPORTACION, entretanto)
    assert list(Obrero(base_de_datos, {}).ronda(Event())) == ["terminado"]

    archivo = espera.click("Actualizar").click("Descargar").body
    assert len(LECTORES["csv"](archivo)) == 3
    with base_de_datos.transaction() as conexion:
        assert len(conexion.root()[RAIZ].personas[mundo.ROSA].casilla.pendientes) == 3 + 4
