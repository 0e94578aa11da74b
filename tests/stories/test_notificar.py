"""The institution's side of a deposit, on every store: by hand, and in bulk; the person reads both."""

from typing import Any

from webtest import TestApp
from ZODB import DB

from casilla.resources.sitio import Sitio
from tests import mundo
from tests.conftest import Navegador
from tests.lotes import PDF, en, filas, obrar, paquete, tabla
from tests.stories.test_deposito_y_lectura import en_paralelo
from tests.views.admin.test_lotes import subir as subir_lote
from tests.views.admin.test_notificar import PDF as DOCUMENTO
from tests.views.admin.test_notificar import boton, revision


def test_what_an_officer_deposits_by_hand_is_read_by_its_person(
    navegador: Navegador, aplicacion: Any, base_de_datos: DB
) -> None:
    navegador.entrar_al_modulo("notificador")
    hecho = boton(revision(navegador), "Notificar").submit().follow()
    codigo = hecho.html.find(id="codigo").text

    rosa = Navegador(aplicacion)
    rosa.base_de_datos = base_de_datos
    sobre = rosa.entrar(mundo.ROSA).click("Respuesta a su solicitud$")
    abierta = next(f for f in sobre.forms.values() if f.action.endswith("/abrir")).submit().follow()

    assert abierta.click("Descargar Documento Original").body == DOCUMENTO
    assert en(base_de_datos, lambda sitio: sitio.registro[codigo].estado) == "leido"


def test_two_clicks_at_once_deposit_once(aplicacion: Any, navegador: Navegador, base_de_datos: DB) -> None:
    navegador.entrar_al_modulo("notificador")
    formulario = boton(revision(navegador), "Notificar")
    estados: list[int] = []

    def pulsar() -> None:
        otro = TestApp(aplicacion, cookiejar=navegador.cookiejar)
        estados.append(otro.post(formulario.action, formulario.submit_fields()).status_int)

    en_paralelo([pulsar] * 4)

    assert set(estados) == {303}

    def cuantas(sitio: Sitio) -> int:
        return sum(n.numero == "000099-2026-OGTI" for n in sitio.personas[mundo.ROSA].casilla)

    assert en(base_de_datos, cuantas) == 1


def test_a_bulk_is_deposited(navegador: Navegador, base_de_datos: DB, ajustes: dict[str, Any]) -> None:
    navegador.entrar_al_modulo("notificador")
    pagina = subir_lote(navegador, tabla(filas(5)), paquete()).follow()
    assert obrar(base_de_datos, ajustes) == ["terminado"]
    boton(navegador.get(pagina.request.path), "Notificar 5 filas").submit()
    assert obrar(base_de_datos, ajustes) == ["terminado"]

    assert "Terminado. Se notificaron 5 filas de 5." in navegador.get(pagina.request.path)

    def comprobar(sitio: Sitio) -> None:
        lote = next(sitio.lotes.de("notificador"))
        assert [sitio.registro[codigo].documento.bytes() for codigo in lote.hechas.values()] == [PDF] * 5

    en(base_de_datos, comprobar)
