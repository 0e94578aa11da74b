"""A notification on the screen: an envelope until its owner opens it, once, by a button."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from ZODB import DB

from casilla.resources.notificacion import Notificacion
from casilla.resources.sitio import Sitio
from casilla.services.correspondencia import entregada, por_enviar, rechazada, tomar
from casilla.services.fundacion import RAIZ
from casilla.services.lectura import anular, leer
from casilla.views.notificacion import peso
from tests import mundo
from tests.conftest import Navegador

AHORA = datetime.now(UTC)
Hacer = Callable[..., Any]
MEDIANOCHE = datetime(2026, 1, 16, 5, tzinfo=UTC)  # in Lima


@pytest.fixture
def codigo(base_de_datos: DB) -> str:
    """A notification with two annexes, waiting to be read by Tomás."""
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        return mundo.deposito(sitio, mundo.TOMAS, 9, ahora=AHORA, anexos=2, fecha=MEDIANOCHE).codigo


@pytest.fixture
def hacer(base_de_datos: DB, codigo: str) -> Hacer:
    """Do something to the notification in the store, and commit it."""

    def en_transaccion(acto: Callable[[Sitio, Notificacion], Any]) -> Any:
        with base_de_datos.transaction() as conexion:
            sitio = conexion.root()[RAIZ]
            return acto(sitio, sitio.registro[codigo])

    return en_transaccion


@pytest.fixture
def sobre(navegador: Navegador, codigo: str) -> Any:
    """The envelope, reached from the tray by its subject."""
    return navegador.entrar(mundo.TOMAS).click("Respuesta a su solicitud")


def datos(pagina: Any) -> dict[str, str]:
    """Everything that the page says in pairs."""
    return {
        " ".join(dt.text.split()): " ".join(dt.find_next_sibling("dd").text.split())
        for dt in pagina.html.select("dl dt")
    }


def abrir(sobre: Any) -> Any:
    return next(f for f in sobre.forms.values() if f.action.endswith("/abrir")).submit()


def historia(hacer: Hacer) -> list[str]:
    return hacer(lambda _, notificacion: [hecho for hecho, *_ in notificacion.historia])


def test_looking_at_the_envelope_opens_nothing_and_says_what_opening_does(sobre: Any, hacer: Hacer) -> None:
    assert "queda registrada la fecha y hora de lectura" in sobre.html.main.text
    assert sobre.html.h1.text == "Respuesta a su solicitud n.° 9"
    assert sobre.html.title.text == "CARTA 000009-2026-OGTI - Casilla Electrónica MIMP"
    assert datos(sobre)["Firmado por"] == "PERSONA FICTICIA QUE FIRMA"
    assert "Elaborado por" not in datos(sobre)
    assert "Descargar Documento Original" not in sobre.html.main.text
    assert [a["href"].rpartition("/")[2] for a in sobre.html.select("dd a")] == ["constancia", "constancia?ver=1"]
    assert "leido" not in historia(hacer)


def test_ver_in_the_tray_opens_it_and_says_who_and_when(navegador: Navegador, codigo: str, hacer: Hacer) -> None:
    bandeja = navegador.entrar(mundo.TOMAS)

    respuesta = abrir(bandeja)
    assert respuesta.status_int == 303
    pagina = respuesta.follow()

    assert "Quedó registrada su lectura" in pagina.html.main.text
    assert datos(pagina)["Leída por EXTRANJERO DE PRUEBA TOMÁS"]
    assert pagina.html.select_one(".menu [aria-current=page]").text.strip() == "Leídos"
    assert hacer(lambda _, n: [(h, actor) for h, actor, *_ in n.historia])[-1] == ("leido", mundo.TOMAS)


def test_opening_twice_is_one_fact(sobre: Any, hacer: Hacer) -> None:
    abrir(sobre).follow()
    segunda = abrir(sobre)

    assert "Quedó registrada" not in segunda.follow().html.main.text
    assert historia(hacer).count("leido") == 1


def test_opening_in_two_windows_at_once_is_one_fact(aplicacion: Any, base_de_datos: DB, hacer: Hacer) -> None:
    ventanas = [Navegador(aplicacion), Navegador(aplicacion)]
    sobres = []
    for ventana in ventanas:
        ventana.base_de_datos = base_de_datos
        sobres.append(ventana.entrar(mundo.TOMAS).click("Respuesta a su solicitud"))

    with ThreadPoolExecutor(2) as hilos:
        respuestas = list(hilos.map(abrir, sobres))

    assert [r.status_int for r in respuestas] == [303, 303]
    assert historia(hacer).count("leido") == 1
    assert hacer(lambda _, notificacion: notificacion.__parent__.diferencias()) == []


def test_once_opened_it_shows_what_the_guide_shows(sobre: Any) -> None:
    pagina = abrir(sobre).follow()

    dicho = datos(pagina)
    assert dicho["Número de Expediente"] == "OGT002025000009"
    assert dicho["Fecha de Expediente"] == "16 de enero de 2026"
    assert dicho["Dependencia"] == "OFICINA GENERAL DE TECNOLOGÍAS DE LA INFORMACIÓN"
    assert dicho["Elaborado por"] == "PERSONA FICTICIA QUE ELABORA"
    assert dicho["Número"] == "000009-2026-OGTI"
    assert dicho["Fecha"] == "16 de enero de 2026"  # midnight is how the SGD writes a date without time
    assert dicho["Fecha de emisión"] == "16 de enero de 2026, 10:35"
    assert [h.text for h in pagina.html.select("main h2")][1:] == [
        "Expediente",
        "Remite",
        "Documento",
        "Archivos",
        "Plazo",
        "Historia",
    ]


def test_every_file_is_offered_with_name_type_size_and_pages(sobre: Any) -> None:
    pagina = abrir(sobre).follow()

    botones = [" ".join(a.text.split()) for a in pagina.html.select(".acciones a")]
    assert botones[:2] == ["Descargar Documento Original", "Descargar anexos"]
    assert botones[2].startswith("Descargar todo (ZIP, ")
    dicho = datos(pagina)
    assert re.match(r"CARTA\.pdf \(PDF, \d+ bytes, 1 página\)", dicho["Documento original"])
    assert dicho["Anexo 1"] == "anexo 1.txt (TXT, 7 bytes)"
    assert "1 página" in dicho["Constancia de notificación electrónica"]
    assert len(dicho["anexo 2.txt"]) == 64


def test_a_single_annex_comes_as_it_is_and_several_in_a_zip(
    sobre: Any, navegador: Navegador, base_de_datos: DB
) -> None:
    with base_de_datos.transaction() as conexion:
        mundo.deposito(conexion.root()[RAIZ], mundo.TOMAS, 10, ahora=AHORA, anexos=1, asunto="Con un anexo")

    varios = abrir(sobre).follow()
    uno = abrir(varios.click("Pendientes por leer", index=0).click("Con un anexo")).follow()

    assert varios.click("Descargar anexos").content_type == "application/zip"
    assert uno.click("Descargar anexos").content_type == "text/plain"


def test_without_annexes_there_is_no_button_for_them(navegador: Navegador, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        mundo.deposito(conexion.root()[RAIZ], mundo.TOMAS, 10)

    pagina = abrir(navegador.entrar(mundo.TOMAS)).follow()

    assert "Descargar Documento Original" in pagina.html.main.text
    assert "Descargar anexos" not in pagina.html.main.text


def test_the_term_says_since_when_how_long_and_by_which_rule(sobre: Any) -> None:
    dicho = datos(sobre)

    assert dicho["Duración"] == "15 días hábiles"
    assert dicho["Se cuenta desde el"]
    assert dicho["Último día"]
    assert "numeral 5.3 de la Ley N.° 31736" in sobre.html.main.text
    assert "Este cálculo es referencial" in sobre.html.main.text
    assert "quedan 15 días hábiles" in sobre.html.main.text


def test_holidays_that_a_term_skips_are_named(navegador: Navegador, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        ahora = datetime(2026, 4, 28, 15, tzinfo=UTC)
        mundo.deposito(conexion.root()[RAIZ], mundo.TOMAS, 10, ahora=ahora, plazo=5)

    pagina = navegador.entrar(mundo.TOMAS).click("Respuesta a su solicitud")

    assert datos(pagina)["No se cuentan, además de sábados y domingos"] == "viernes 1 de mayo de 2026 (Día del Trabajo)"


def test_one_without_a_term_says_so(navegador: Navegador, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        mundo.deposito(conexion.root()[RAIZ], mundo.TOMAS, 10, plazo=0)

    pagina = navegador.entrar(mundo.TOMAS).click("Respuesta a su solicitud")

    assert datos(pagina)["Duración"] == "El documento no señala un plazo"
    assert "Último día" not in datos(pagina)


def test_what_became_of_the_notice_is_told_in_our_words_not_the_servers(
    sobre: Any, navegador: Navegador, hacer: Hacer
) -> None:
    assert "Aviso a su correo en preparación" in datos(sobre)

    def enviar(sitio: Sitio, notificacion: Notificacion) -> None:
        for lugar in por_enviar(sitio, AHORA):
            if tomar(sitio, lugar, AHORA).sobre is notificacion:
                entregada(sitio, lugar, AHORA, "250 2.0.0 queued as 4Xyz")

    hacer(enviar)
    pagina = navegador.get(sobre.request.path)

    assert "Aviso enviado a su correo" in datos(pagina)
    assert "Aviso a su correo en preparación" not in datos(pagina)
    assert "250 2.0.0" not in pagina.text


def test_a_notice_that_was_refused_is_told(sobre: Any, navegador: Navegador, hacer: Hacer) -> None:
    def rechazar(sitio: Sitio, notificacion: Notificacion) -> None:
        for lugar in por_enviar(sitio, AHORA):
            if tomar(sitio, lugar, AHORA).sobre is notificacion:
                rechazada(sitio, lugar, AHORA, "550 no such user")

    hacer(rechazar)

    assert (
        "Motivo: Esa dirección no existe"
        in datos(navegador.get(sobre.request.path))["No se pudo entregar el aviso a su correo"]
    )


def test_the_history_is_in_order_of_time_and_in_words(sobre: Any, navegador: Navegador, hacer: Hacer) -> None:
    def vivir(sitio: Sitio, notificacion: Notificacion) -> None:
        for lugar, carta in list(sitio.salida):
            if carta.sobre is notificacion:
                entregada(sitio, lugar, AHORA + timedelta(minutes=1), "250 OK")
        leer(sitio, notificacion, actor=mundo.TOMAS, ahora=AHORA + timedelta(minutes=2))
        anular(sitio, notificacion, motivo="Error", actor="sgd", ahora=AHORA + timedelta(minutes=3))

    hacer(vivir)
    pagina = navegador.get(sobre.request.path)

    assert [dt.text for dt in pagina.html.select("[aria-labelledby=historia] dt")] == [
        "Depositada en su casilla",
        "Aviso enviado a su correo",
        "Leída por EXTRANJERO DE PRUEBA TOMÁS",
        "Anulada por la institución",
    ]


def test_volver_brings_back_the_tray_with_its_filter_order_and_page(navegador: Navegador, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        for n in range(60):
            mundo.deposito(conexion.root()[RAIZ], mundo.TOMAS, 100 + n, ahora=AHORA - timedelta(minutes=n))
    aqui = navegador.entrar(mundo.TOMAS).request.path
    bandeja = navegador.get(f"{aqui}?q=carta&orden=numero").click("^Siguiente$")
    fila = bandeja.html.select_one("tbody tr th a")

    sobre = bandeja.click(href=re.escape(fila["href"]))
    otra = sobre.click("Siguiente")
    leida = abrir(sobre).follow()

    for pagina in (sobre, leida, otra):
        vuelta = pagina.click("Volver a Pendientes por leer")
        assert vuelta.request.path_qs == bandeja.request.path_qs
    directa = abrir(bandeja).follow()
    assert directa.click("Volver a Pendientes por leer").request.path_qs == bandeja.request.path_qs


@pytest.mark.parametrize(
    "camino", ["//evil.example", "https:evil.example", "/salir", "/casilla/otra/", "/cuenta", "javascript:alert(1)", ""]
)
def test_volver_leads_nowhere_but_to_ones_own_trays(sobre: Any, navegador: Navegador, camino: str) -> None:
    pagina = navegador.get(sobre.request.path, {"volver": camino})

    assert pagina.html.select_one(".volver")["href"] == sobre.request.path.rpartition("/")[0] + "/"


def test_the_term_can_be_taken_to_a_calendar(sobre: Any, navegador: Navegador, hacer: Hacer) -> None:
    agenda = sobre.click("Agregar a mi calendario")

    assert agenda.content_type == "text/calendar"
    assert "attachment" in agenda.headers["Content-Disposition"]
    assert hacer(lambda _, n: f"UID:{n.codigo}@localhost") in agenda.text
    assert f"URL:http://localhost{sobre.request.path}" in agenda.text.replace("\r\n ", "")

    hacer(lambda sitio, n: anular(sitio, n, motivo="Error", actor="sgd", ahora=AHORA))
    navegador.get(agenda.request.path, status=404)


def test_it_is_said_how_long_the_files_stay(sobre: Any) -> None:
    assert "sin fecha de vencimiento" in sobre.html.main.text


@pytest.mark.parametrize("leida", [False, True])
def test_an_annulled_one_says_so_with_reason_and_date(
    sobre: Any, navegador: Navegador, hacer: Hacer, leida: bool
) -> None:
    def anularla(sitio: Sitio, notificacion: Notificacion) -> None:
        if leida:
            leer(sitio, notificacion, actor=mundo.TOMAS, ahora=AHORA)
        anular(sitio, notificacion, motivo="Era para otra <persona>", actor="sgd", ahora=AHORA)

    hacer(anularla)
    pagina = navegador.get(sobre.request.path)

    assert "Esta notificación fue anulada" in pagina.html.main.text
    assert "Motivo: Era para otra <persona>" in pagina.html.main.text
    assert pagina.html.select_one("main .estado").text.strip().startswith("Anulado el ")
    assert "Duración" not in datos(pagina)
    assert "calendario" not in pagina.html.main.text
    assert ("Documento original" in datos(pagina)) is leida
    assert not [f for f in pagina.forms.values() if f.action.endswith("/abrir")]


def test_one_annulled_while_its_envelope_was_on_the_screen_is_not_opened(sobre: Any, hacer: Hacer) -> None:
    hacer(lambda sitio, n: anular(sitio, n, motivo="Error", actor="sgd", ahora=AHORA))

    pagina = abrir(sobre).follow()

    assert "Esta notificación fue anulada" in pagina.html.main.text
    assert "leido" not in historia(hacer)


def test_a_stranger_cannot_open_it(sobre: Any, navegador: Navegador, hacer: Hacer) -> None:
    direccion = sobre.request.path
    navegador.reset()
    rosa = navegador.entrar(mundo.ROSA)
    ficha = rosa.html.select_one("[name=csrf_token]")["value"]

    navegador.post(f"{direccion}/abrir", {"csrf_token": ficha}, status=404)

    assert "leido" not in historia(hacer)


def test_nobody_opens_it_without_coming_in(sobre: Any, navegador: Navegador, hacer: Hacer) -> None:
    direccion = sobre.request.path
    navegador.reset()
    ficha = navegador.get("/").html.select_one("[name=csrf_token]")["value"]

    respuesta = navegador.post(f"{direccion}/abrir", {"csrf_token": ficha}, status=303)

    assert respuesta.location.startswith("http://localhost/?next=")
    assert "leido" not in historia(hacer)


def test_another_page_cannot_make_a_browser_open_it(sobre: Any, navegador: Navegador, hacer: Hacer) -> None:
    navegador.post(f"{sobre.request.path}/abrir", {"csrf_token": "de otra pagina"}, status=400)

    assert "leido" not in historia(hacer)


def test_following_the_address_of_the_button_opens_nothing(sobre: Any, navegador: Navegador, hacer: Hacer) -> None:
    respuesta = navegador.get(f"{sobre.request.path}/abrir")

    assert respuesta.location == f"http://localhost{sobre.request.path}"
    assert "leido" not in historia(hacer)


def test_from_one_notification_to_the_next_in_its_tray(navegador: Navegador, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        for n in (1, 2, 3):
            ahora = AHORA - timedelta(hours=n)
            mundo.deposito(conexion.root()[RAIZ], mundo.TOMAS, 20 + n, ahora=ahora, asunto=f"Carta {n}")

    primera = navegador.entrar(mundo.TOMAS).click("^Carta 1$")
    segunda = primera.click("Siguiente")

    assert not primera.html.select("[rel=prev]")
    assert segunda.html.h1.text == "Carta 2"
    assert segunda.click("Siguiente").html.h1.text == "Carta 3"
    assert segunda.click("Anterior").html.h1.text == "Carta 1"


@pytest.mark.parametrize(
    ("tamano", "palabras"),
    [
        (0, "0 bytes"),
        (1023, "1023 bytes"),
        (1024, "1 KB"),
        (319_488, "312 KB"),
        (2_202_010, "2,1 MB"),
        (52_428_800, "50 MB"),
    ],
)
def test_sizes_are_said_as_peruvians_write_them(tamano: int, palabras: str) -> None:
    assert peso(tamano) == palabras
