"""The tray and a notification through a real browser: what is told, what is printed, and what a screen reader hears."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from casilla.resources.sitio import Sitio
from casilla.services.deposito import depositar
from casilla.services.plazos import Calendario
from tests import mundo
from tests.browser.conftest import Servido
from tests.browser.test_camino import entrar, mirar
from tests.faults.servidor import hasta
from tests.views.test_lectura_en_texto import con_letras, escaneado

CON_SMS = pytest.mark.parametrize("servido", [{"casilla.sms": "tests.gateways.sms.Apuntador"}], indirect=True)


def con_escaneo(sitio: Sitio) -> None:
    """For Tomás: a document with words, and an annex that is a picture of some."""
    depositar(
        sitio,
        mundo.sobre(mundo.TOMAS, 9, asunto="Citación a audiencia única"),
        mundo.archivo(sitio, con_letras("Señor Tomás:", "Se le cita a la audiencia única.")),
        (mundo.archivo(sitio, escaneado(), "Acta firmada.pdf"),),
        remitente="sgd",
        clave="9",
        ahora=mundo.ENERO,
        calendario=Calendario(),
        imprimir=mundo.imprimir(sitio),
    )


def ingresar(pagina: Page, servido: Servido, quien: str) -> None:
    pagina.goto(servido.direccion)
    entrar(pagina, quien, mundo.CLAVE)
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Pendientes por leer")


def test_a_notification_tells_its_files_its_history_and_its_proofs(pestana: Page, servido: Servido) -> None:
    servido.hacer(con_escaneo)
    ingresar(pestana, servido, mundo.TOMAS)
    pestana.get_by_role("link", name="Citación", exact=False).first.click()
    mirar(pestana, "sobre")
    pestana.get_by_role("button", name="Ver").click()
    expect(pestana.get_by_text("Quedó registrada su lectura")).to_be_visible()
    mirar(pestana, "notificacion-leida")
    expect(pestana.get_by_text("Sin texto: está escaneado")).to_have_count(1)
    pestana.get_by_role("link", name="Leer como texto").click()
    mirar(pestana, "como-texto")
    expect(pestana.get_by_text("Se le cita a la audiencia única.")).to_be_visible()
    pestana.get_by_role("link", name="Volver a la notificación").click()
    for enlace in ("Agregar a mi calendario", "constancia-de-lectura"):
        with pestana.expect_download() as descarga:
            pestana.get_by_role("link", name=enlace).first.click()
        assert descarga.value.suggested_filename.startswith("2026-01-23_CARTA_000009-2026-OGTI_")
    pestana.get_by_role("link", name="Volver a Pendientes por leer").click()
    expect(pestana.get_by_role("heading", level=1)).to_have_text("Pendientes por leer")


@CON_SMS
def test_notices_are_chosen_and_a_refusal_is_mended(pestana: Page, servido: Servido) -> None:
    def rechazar(sitio: Sitio) -> None:
        rosa = sitio.personas[mundo.ROSA]
        rosa.avisos, rosa.motivo_avisos = "rechazado", "552 5.2.2 Mailbox full, try later"

    # A notice of the world that arrives afterwards would say that the mailbox serves again.
    hasta(lambda: servido.hacer(lambda sitio: not list(sitio.salida)), "hay cartas por enviar", segundos=60)
    servido.hacer(rechazar)
    ingresar(pestana, servido, mundo.ROSA)
    expect(pestana.get_by_text("Ese buzón está lleno.")).to_be_visible()
    mirar(pestana, "bandeja-con-rebote")
    pestana.get_by_role("link", name="Mi cuenta").click()
    mirar(pestana, "cuenta-con-rebote")
    pestana.get_by_role("link", name="Avisos", exact=True).click()
    mirar(pestana, "avisos")
    pestana.get_by_role("button", name="Recibir el resumen diario").click()
    pestana.get_by_role("button", name="Recibir mensajes de texto").click()
    expect(pestana.get_by_text("Activado, al 987654321")).to_be_visible()
    mirar(pestana, "avisos-activados")


def test_a_session_that_ends_while_one_types_loses_nothing(pestana: Page, servido: Servido) -> None:
    ingresar(pestana, servido, mundo.ROSA)
    pestana.goto(f"{servido.direccion}/cuenta/telefono")
    with pestana.expect_response("**/sesion/seguir"):
        pestana.get_by_label("Teléfono/Celular").fill("999 888 777")
    pestana.context.clear_cookies()
    with pestana.expect_response(re.compile("/cuenta/telefono")) as respuesta:
        pestana.get_by_role("button", name="Guardar").click()
    assert respuesta.value.status == 200
    mirar(pestana, "reingreso")
    entrar(pestana, mundo.ROSA, mundo.CLAVE)
    expect(pestana.get_by_label("Teléfono/Celular")).to_have_value("999 888 777")
    pestana.get_by_role("button", name="Guardar").click()
    expect(pestana.get_by_text("Su teléfono cambió.")).to_be_visible()


def impreso(pagina: Page) -> str:
    return "\n".join(hoja.extract_text() for hoja in PdfReader(BytesIO(pagina.pdf(format="A4"))).pages)


def test_on_paper_stay_the_facts_and_the_date_and_nothing_to_press(chromium: Browser, servido: Servido) -> None:
    pagina = chromium.new_context(viewport={"width": 1280, "height": 844}, locale="es-PE").new_page()
    ingresar(pagina, servido, mundo.ROSA)
    bandeja = impreso(pagina)
    pagina.get_by_role("link", name="Leídos", exact=True).click()
    pagina.get_by_role("link", name="Respuesta a su solicitud n.° 4").first.click()
    detalle = impreso(pagina)
    pagina.context.close()

    assert re.search(r"Impreso el \d+ de \w+ de \d{4}, \d\d:\d\d \(hora de Lima\)", bandeja)
    assert re.search(r"Impreso el \d+ de \w+ de \d{4}, \d\d:\d\d \(hora de Lima\)", detalle)
    for presente in ("000003-2026", "Ven", "OFICINA GENERAL"):
        assert presente in bandeja
    for presente in ("Número de Expediente", "OGT002025000004", "Plazo", "Leída por QUISPE MAMANI ROSA"):
        assert presente in detalle
    for ausente in ("Cerrar sesión", "Volver", "Exportar", "Filtrar", "Descargar", "http", "Leer como texto", "Ver en"):
        assert ausente not in bandeja + detalle, ausente


def renglones_oidos(pagina: Page) -> list[str]:
    """The rows of the table as the browser's accessibility tree says them, in its order."""
    nodos = {
        n["nodeId"]: n for n in pagina.context.new_cdp_session(pagina).send("Accessibility.getFullAXTree")["nodes"]
    }

    def hojas(nodo: dict[str, Any]) -> Iterator[str]:
        if nodo["role"]["value"] == "StaticText":
            yield nodo["name"]["value"].strip()
        else:
            for hijo in nodo.get("childIds", ()):
                yield from hojas(nodos[hijo])

    return [" ".join(filter(None, hojas(n))) for n in nodos.values() if n["role"]["value"] == "row"]


def test_a_row_is_heard_in_one_logical_order_on_a_phone_too(pestana: Page, servido: Servido) -> None:
    ingresar(pestana, servido, mundo.ROSA)

    dicho = next(renglon for renglon in renglones_oidos(pestana) if "Sin leer" in renglon)

    partes = (
        "Respuesta a su solicitud",
        "Sin leer",
        "OFICINA GENERAL",
        "CARTA",
        "-2026-OGTI",
        "23 de enero",
        "Vencido",
    )
    assert [dicho.index(parte) for parte in partes] == sorted(dicho.index(parte) for parte in partes), dicho


def test_a_full_tray_fits_the_narrowest_phone_and_comes_soon_on_slow_3g(chromium: Browser, servido: Servido) -> None:
    """25 rows weigh more than a first visit (test_peso), but with a cold cache 4 seconds carry them still.

    At 400 kbit and 400 ms a turn: 80 KiB are 1.7 s, and two turns (the page, then what it names) 0.8 s. Counted and
    not timed: the clock would speak of the machine that runs this.
    """
    servido.hacer(lambda sitio: [mundo.deposito(sitio, mundo.TOMAS, 100 + n) for n in range(30)])
    contexto = chromium.new_context(viewport={"width": 320, "height": 640})
    pagina = contexto.new_page()
    ingresar(pagina, servido, mundo.TOMAS)
    bandeja = pagina.url
    otra = contexto.new_page()
    cdp = contexto.new_cdp_session(otra)
    cdp.send("Network.enable")
    cdp.send("Network.clearBrowserCache")
    pesos: list[float] = []
    quien_lo_pide: dict[str, str] = {}
    cdp.on("Network.loadingFinished", lambda fin: pesos.append(fin["encodedDataLength"]))
    cdp.on(
        "Network.requestWillBeSent",
        lambda dicho: quien_lo_pide.update({dicho["request"]["url"]: dicho["initiator"].get("url", bandeja)}),
    )

    otra.goto(bandeja, wait_until="networkidle")

    assert {quien for que, quien in quien_lo_pide.items() if not que.startswith("data:")} == {bandeja}
    assert otra.locator("tbody tr").count() == 25
    assert otra.evaluate("document.documentElement.scrollWidth") <= 320
    assert len(pesos) >= 4
    assert sum(pesos) <= 80 * 1024
    contexto.close()
