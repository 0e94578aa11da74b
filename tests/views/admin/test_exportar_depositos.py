"""Long lists of the follow-up board: asked for, waited for elsewhere, collected while one may still know of them."""

import csv
import io
from typing import Any

import pytest
from ZODB import DB

from casilla.resources.funcionario import Funcionario
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.conftest import Navegador
from tests.views.admin.test_depositos import exportar
from tests.views.test_exportaciones import obrar


@pytest.fixture(autouse=True)
def _todas_son_largas(aplicacion: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(aplicacion.registry.settings, "casilla.exportar_en_segundo_plano", 1)


@pytest.fixture
def ajena(base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        mundo.deposito(conexion.root()[RAIZ], mundo.NUSTA, 30, dependencia="PROGRAMA AJENO")
        mundo.al_dia(conexion.root()[RAIZ])


def funcionario(db: DB, nombre: str, **cambios: Any) -> None:
    with db.transaction() as conexion:
        uno: Funcionario = conexion.root()[RAIZ].funcionarios[nombre]
        for atributo, valor in cambios.items():
            setattr(uno, atributo, valor)


def filas(archivo: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archivo.body.decode("utf-8-sig"))))


def test_a_long_list_is_a_job_and_is_collected_later(navegador: Navegador, base_de_datos: DB, ajena: None) -> None:
    navegador.entrar_al_modulo("notificador")
    assert "se recoge en Mis exportaciones" in navegador.get("/admin/depositos")

    espera = exportar(navegador, "csv", "?estado=depositado&orden=antiguas").follow()

    assert espera.html.h1.text == "Mis exportaciones"
    assert "Estamos preparando su archivo" in espera
    assert "Filtros: Estado Sin leer." in espera
    obrar(base_de_datos)
    lista = espera.click("Actualizar")
    assert "Listo, con 4 notificaciones." in lista
    hechas = filas(lista.click("Descargar"))
    assert {fila["Dependencia"] for fila in hechas} == {mundo.DEPENDENCIA}
    assert len(hechas) == 4
    with base_de_datos.transaction() as conexion:
        asientos = list(conexion.root()[RAIZ].auditoria)
    assert [a.despues for a in asientos if a.acto == "exportar"] == ["csv, filas: 4, estado=depositado&orden=antiguas"]


@pytest.mark.parametrize("cambio", [{"dependencias": ("OTRA",)}, {"roles": ("notificador", "auditor")}])
def test_what_one_may_no_longer_see_as_then_is_not_made(
    navegador: Navegador, base_de_datos: DB, cambio: dict[str, Any]
) -> None:
    navegador.entrar_al_modulo("notificador")
    exportar(navegador, "csv")
    funcionario(base_de_datos, "notificador", **cambio)

    obrar(base_de_datos)

    assert "No se pudo preparar." in navegador.get("/admin/depositos/exportaciones")


def test_nor_given_after_it_was_made(navegador: Navegador, base_de_datos: DB) -> None:
    navegador.entrar_al_modulo("notificador")
    exportar(navegador, "csv")
    obrar(base_de_datos)
    lista = navegador.get("/admin/depositos/exportaciones")
    direccion = lista.html.find("a", string=None, href=lambda h: h and "archivo=" in h)["href"]
    funcionario(base_de_datos, "notificador", dependencias=("OTRA",))

    navegador.get(direccion, status=404)


def test_a_file_is_of_whoever_asked_for_it(navegador: Navegador, base_de_datos: DB) -> None:
    navegador.entrar_al_modulo("auditor")
    exportar(navegador, "xlsx")
    obrar(base_de_datos)
    lista = navegador.get("/admin/depositos/exportaciones")
    direccion = lista.html.find("a", href=lambda h: h and "archivo=" in h)["href"]
    assert navegador.get(direccion).body.startswith(b"PK")
    navegador.post("/admin/salir", {"csrf_token": lista.forms[0]["csrf_token"].value})

    navegador.entrar_al_modulo("notificador")

    assert "No ha pedido ningún archivo" in navegador.get("/admin/depositos/exportaciones")
    navegador.get(direccion, status=404)


def test_one_that_is_not_ready_is_cancelled(navegador: Navegador, base_de_datos: DB) -> None:
    navegador.entrar_al_modulo("auditor")
    espera = exportar(navegador, "csv").follow()
    cancelar = next(f for f in espera.forms.values() if f.action.endswith("/cancelar-exportacion"))

    hecho = cancelar.submit("archivo", index=0).follow()
    assert "Cancelamos la preparación del archivo." in hecho
    obrar(base_de_datos)
    assert "Lo canceló el" in navegador.get("/admin/depositos/exportaciones")
    assert "Ya había terminado." in cancelar.submit("archivo", index=0).follow()


def test_too_many_at_once_have_to_wait(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("auditor")

    ultimas = [exportar(navegador, formato).follow() for formato in ("csv", "pdf", "ods", "xlsx")]

    assert "Espere a que estén listas las que ya pidió" in ultimas[-1]
