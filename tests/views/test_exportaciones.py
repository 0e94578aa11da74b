"""Long lists: asked for by a button, waited for elsewhere, collected from "Mis exportaciones"."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest
from ZODB import DB

from casilla.resources.trabajo import Trabajo
from casilla.scripts.obrero import Obrero
from casilla.services import trabajos
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.conftest import Navegador
from tests.views.test_exportar import asuntos


@pytest.fixture(autouse=True)
def _todas_son_largas(aplicacion: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(aplicacion.registry.settings, "casilla.exportar_en_segundo_plano", 1)


@contextmanager
def el_trabajo(db: DB) -> Iterator[Trabajo]:
    """The job asked for last, to be changed."""
    with db.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        yield list(sitio.trabajos.values())[-1]


def pedir(navegador: Navegador, formato: str = "csv", consulta: str = "") -> Any:
    """Ask for the list of what is pending; the page that one comes to."""
    inicio = navegador.get("/cuenta").click("Pendientes", index=0)
    oferta = navegador.get(f"{inicio.request.path}exportar.{formato}{consulta}")
    return oferta.forms[1].submit().follow()


def obrar(db: DB, cuando: timedelta = timedelta()) -> None:
    obrero = Obrero(db, {}, reloj=lambda: datetime.now(UTC) + cuando)
    list(obrero.ronda(Event()))
    obrero.limpiar()


@pytest.fixture
def rosa(navegador: Navegador) -> Navegador:
    navegador.entrar(mundo.ROSA)
    return navegador


def test_a_long_list_is_offered_by_a_button_and_collected_later(rosa: Navegador, base_de_datos: DB) -> None:
    inicio = rosa.get("/cuenta").click("Pendientes", index=0)
    assert "se recoge en Mis exportaciones" in inicio.text
    filtrada = rosa.get(f"{inicio.request.path}?orden=asunto&f1=asunto&o1=contiene&v1=solicitud")
    oferta = filtrada.click(href="exportar.csv")
    assert "<strong>3</strong> notificaciones" in oferta.text

    espera = oferta.forms[1].submit().follow()

    assert espera.html.h1.text == "Mis exportaciones"
    assert "Estamos preparando su archivo" in espera.text
    assert "En espera: empezará en unos momentos." in espera.text
    obrar(base_de_datos)
    lista = espera.click("Actualizar")
    assert "Listo, con 3 notificaciones. Puede descargarlo hasta el" in lista.text
    archivo = lista.click("Descargar")
    assert asuntos(archivo) == [f"Respuesta a su solicitud n.° {n}" for n in (1, 2, 3)]
    assert archivo.headers["Cache-Control"] == "private, no-store"
    assert "casilla_pendientes_20" in archivo.headers["Content-Disposition"]


def test_there_is_a_way_to_the_files_from_the_tray_and_from_the_account(rosa: Navegador) -> None:
    assert rosa.get("/cuenta").click("Mis exportaciones").html.h1.text == "Mis exportaciones"
    bandeja = rosa.get("/cuenta").click("Pendientes", index=0)
    vacia = bandeja.click("Mis exportaciones")
    assert "No ha pedido ningún archivo" in vacia.text


def test_asked_for_twice_it_is_made_once(rosa: Navegador, base_de_datos: DB) -> None:
    pedir(rosa)
    assert len(pedir(rosa).html.select("progress, section h2")) == 1
    assert len(pedir(rosa, "pdf").html.select("section h2")) == 2


def test_too_many_at_once_wait_their_turn(rosa: Navegador) -> None:
    for formato in ("csv", "pdf", "ods"):
        pedir(rosa, formato)
    pagina = pedir(rosa, "xlsx")
    assert "Espere a que estén listas" in pagina.text
    assert len(pagina.html.select("section h2")) == 3


def test_it_is_told_in_words_how_far_it_is(rosa: Navegador, base_de_datos: DB) -> None:
    pedir(rosa)
    with el_trabajo(base_de_datos) as trabajo:
        trabajos.tomar(trabajo.__parent__.__parent__, trabajo.__name__, datetime.now(UTC))
        trabajos.avanzar(trabajo, 12_000, total=40_000)

    pagina = rosa.get("/cuenta/exportaciones")

    assert "Se está preparando. Van 12\xa0000 de 40\xa0000 notificaciones." in pagina.text
    assert pagina.html.progress["value"] == "30"
    assert "1 en preparación." in pagina.text


def test_one_may_change_ones_mind(rosa: Navegador, base_de_datos: DB) -> None:
    cancelada = pedir(rosa).forms[1].submit().follow()

    assert "Cancelamos la preparación del archivo." in cancelada.text
    assert "Lo canceló el" in cancelada.text
    obrar(base_de_datos)
    with el_trabajo(base_de_datos) as trabajo:
        assert (trabajo.estado, trabajo.resultado) == ("cancelado", None)


def test_too_late_to_cancel_is_told_and_the_file_stays(rosa: Navegador, base_de_datos: DB) -> None:
    espera = pedir(rosa)
    obrar(base_de_datos)
    pagina = espera.forms[1].submit().follow()
    assert "Ya había terminado." in pagina.text
    assert asuntos(pagina.click("Descargar"))


def test_nobody_else_gets_at_a_file(rosa: Navegador, base_de_datos: DB) -> None:
    espera = pedir(rosa)
    obrar(base_de_datos)
    direccion = espera.click("Actualizar").html.find("a", href=lambda d: d and d.endswith("descargar"))["href"]

    rosa.reset()
    assert "/?" in rosa.get(direccion, status=303).location
    rosa.entrar(mundo.NUSTA)
    assert "No ha pedido" in rosa.get("/cuenta/exportaciones").text
    ajena = rosa.get(direccion, expect_errors=True)
    assert ajena.status_int in (403, 404)
    assert b"Respuesta a su solicitud" not in ajena.body


def test_whoever_may_not_see_the_casilla_any_more_gets_no_list_of_it(rosa: Navegador, base_de_datos: DB) -> None:
    espera = pedir(rosa)
    obrar(base_de_datos)
    with el_trabajo(base_de_datos) as trabajo:
        trabajo.sobre = trabajo.__parent__.__parent__.personas[mundo.NUSTA].casilla

    direccion = espera.click("Actualizar").html.find("a", href=lambda d: d and d.endswith("descargar"))["href"]
    rosa.get(direccion, status=404)


def test_after_some_days_the_file_is_gone_and_that_is_said(rosa: Navegador, base_de_datos: DB) -> None:
    espera = pedir(rosa)
    obrar(base_de_datos)
    direccion = espera.click("Actualizar").html.find("a", href=lambda d: d and d.endswith("descargar"))["href"]
    obrar(base_de_datos, timedelta(days=8))

    pagina = rosa.get(direccion).follow()

    assert "El archivo se eliminó el" in pagina.text
    assert "Descargar" not in pagina.html.main.text


def test_what_went_wrong_is_told_with_what_to_do(rosa: Navegador, base_de_datos: DB) -> None:
    pedir(rosa)
    with el_trabajo(base_de_datos) as trabajo:
        ahora = datetime.now(UTC)
        trabajos.tomar(trabajo.__parent__.__parent__, trabajo.__name__, ahora)
        trabajos.aplazar(trabajo, ahora, "OSError")
    assert "Se intentará otra vez a las" in rosa.get("/cuenta/exportaciones").text
    with el_trabajo(base_de_datos) as trabajo:
        trabajos.fallar(trabajo, ahora, "OSError")
    pagina = rosa.get("/cuenta/exportaciones")
    assert "No se pudo preparar. Pídalo otra vez; si vuelve a pasar, llame al" in pagina.text
    assert "OSError" not in pagina.text


def test_a_file_is_asked_for_by_a_form_and_not_by_a_link(rosa: Navegador, base_de_datos: DB) -> None:
    inicio = rosa.get("/cuenta").click("Pendientes", index=0).request.path
    rosa.get(f"{inicio}exportar.csv")
    rosa.post(f"{inicio}exportar.csv", status=400)
    with base_de_datos.transaction() as conexion:
        assert len(conexion.root()[RAIZ].trabajos) == 0


def test_the_depth_of_the_queue_is_a_figure(rosa: Navegador) -> None:
    pedir(rosa)
    assert "casilla_trabajos_en_cola 1.0" in rosa.get("/metricas", extra_environ={"REMOTE_ADDR": "127.0.0.1"}).text
