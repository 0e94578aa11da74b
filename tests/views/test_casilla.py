"""The trays, seen by the person whose they are, and by those whose they are not."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from ZODB import DB

from casilla.resources.sitio import Sitio
from casilla.services.acceso import emitir_clave_temporal
from casilla.services.correspondencia import (
    AVISO_DEPOSITO,
    AVISO_PRUEBA,
    entregada,
    por_enviar,
    rechazada,
    tomar,
)
from casilla.services.fundacion import RAIZ
from casilla.services.lectura import anular, leer
from casilla.services.secretos import clave_temporal
from tests import mundo
from tests.conftest import Navegador

AHORA = datetime.now(UTC)
COLUMNAS = [
    "Año",
    "Asunto",
    "Dependencia",
    "Emisor",
    "Tipo de documento",
    "Nro. documento de emisión",
    "Fecha de emisión",
    "Fecha de envío de mensaje",
    "Plazo (cálculo referencial)",
    "Acción",
]

Hacer = Callable[[Callable[[Sitio], Any]], Any]


@pytest.fixture
def hacer(base_de_datos: DB) -> Hacer:
    """Do something in the store, as an act of another door, and commit it."""

    def en_transaccion(acto: Callable[[Sitio], Any]) -> Any:
        with base_de_datos.transaction() as conexion:
            return acto(conexion.root()[RAIZ])

    return en_transaccion


@pytest.fixture
def rosa(navegador: Navegador) -> Any:
    """Rosa's first page after the login: what waits to be read."""
    return navegador.entrar(mundo.ROSA)


def muchas(sitio: Sitio, cuantas: int = 30) -> None:
    """With the three that wait already, two pages."""
    for n in range(cuantas - 3):
        mundo.deposito(
            sitio, n=100 + n, ahora=AHORA - timedelta(days=30) + timedelta(minutes=n), asunto=f"Carta {n:02}"
        )


def asuntos(pagina: Any) -> list[str]:
    return [enlace.text for enlace in pagina.html.select("tbody th a")]


def celdas(pagina: Any, fila: int) -> list[str]:
    return [" ".join(c.text.split()) for c in pagina.html.select("tbody tr")[fila].select("td, th")]


def test_the_tray_has_the_columns_of_the_guide_and_the_newest_row_first(rosa: Any) -> None:
    assert [" ".join(th.text.split()) for th in rosa.html.select("thead th")] == COLUMNAS
    assert len(rosa.html.select("tbody tr")) == 3
    assert celdas(rosa, 0)[0] == "2026"
    assert "Sin leer" in celdas(rosa, 0)[1]
    assert celdas(rosa, 0)[2:8] == [
        "OFICINA GENERAL DE TECNOLOGÍAS DE LA INFORMACIÓN",
        "PERSONA FICTICIA QUE FIRMA",
        "CARTA",
        celdas(rosa, 0)[5],
        "16 de enero de 2026",
        "23 de enero de 2026, 10:11",
    ]


def test_how_many_wait_is_said_in_title_and_menu(rosa: Any) -> None:
    assert rosa.html.title.text == "(3) Pendientes por leer - Casilla Electrónica MIMP"
    assert " ".join(rosa.html.select_one(".menu [aria-current=page]").text.split()) == "Pendientes por leer 3 sin leer"


def test_a_long_tray_says_on_which_page_one_is(hacer: Hacer, navegador: Navegador) -> None:
    hacer(muchas)

    primera = navegador.entrar(mundo.ROSA)

    assert primera.html.title.text.startswith("(30) Pendientes por leer, página 1 de 2 - ")
    assert len(asuntos(primera)) == 25
    assert [a.text for a in primera.html.select(".pagination a")] == ["Siguiente", "Última"]


def test_every_row_is_seen_once_going_on_and_back(hacer: Hacer, navegador: Navegador) -> None:
    hacer(muchas)
    primera = navegador.entrar(mundo.ROSA)

    segunda = primera.click("^Siguiente$")

    assert segunda.html.title.text.startswith("(30) Pendientes por leer, página 2 de 2 - ")
    assert len(set(asuntos(primera) + asuntos(segunda))) == 30
    assert asuntos(primera.click("^Última$")) == asuntos(segunda)
    assert asuntos(segunda.click("^Anterior$")) == asuntos(segunda.click("^Primera$")) == asuntos(primera)


def test_a_letter_that_arrives_meanwhile_moves_no_row_to_another_page(hacer: Hacer, navegador: Navegador) -> None:
    hacer(muchas)
    primera = navegador.entrar(mundo.ROSA)

    hacer(lambda sitio: mundo.deposito(sitio, n=999, ahora=AHORA, asunto="Recién llegada"))
    segunda = primera.click("^Siguiente$")

    assert not set(asuntos(primera)) & set(asuntos(segunda))
    assert len(asuntos(primera) + asuntos(segunda)) == 30
    assert asuntos(segunda.click("^Primera$"))[0] == "Recién llegada"


@pytest.mark.parametrize("cual", ["", "leidos"])
@pytest.mark.parametrize(
    "mala",
    [
        "pagina=99",
        "pagina=0",
        "pagina=x",
        "antes=1&pagina=2",
        "antes=%00&pagina=2",
        "despues=" + "9" * 40,
        "pagina=%F0%9F%92%A9",
    ],
)
def test_a_page_that_is_not_there_leads_to_the_first(navegador: Navegador, rosa: Any, cual: str, mala: str) -> None:
    direccion = rosa.request.path + cual

    respuesta = navegador.get(f"{direccion}?{mala}")

    assert (respuesta.status_int, respuesta.location) == (303, f"http://localhost{direccion}")


def test_what_was_read_and_what_was_annulled_are_told_apart_in_words(
    hacer: Hacer, navegador: Navegador, rosa: Any
) -> None:
    def anular_una(sitio: Sitio) -> None:
        casilla = sitio.personas[mundo.ROSA].casilla
        numero = casilla.pendientes.desde_arriba(None, 1)[0]
        anular(sitio, casilla.fila(numero).notificacion, motivo="Error", actor="sgd", ahora=AHORA)

    hacer(anular_una)
    leidos = rosa.click("^Leídos$")

    estados = {celda.text.split()[0] for celda in leidos.html.select("tbody .estado")}
    assert estados == {"Leído", "Anulado"}
    anulada = next(n for n in range(2) if "Anulado" in celdas(leidos, n)[1])
    assert celdas(leidos, anulada)[8] == "Sin efecto"
    assert leidos.html.title.text.startswith("(2) Leídos - ")


def test_ver_is_a_button_that_posts_while_unread_and_a_link_once_read(rosa: Any) -> None:
    assert rosa.html.select_one("tbody form")["method"] == "post"
    assert rosa.html.select_one("tbody form button").text.startswith("Ver: Respuesta a su solicitud")

    leidos = rosa.click("^Leídos$")

    assert not leidos.html.select("tbody form")
    assert leidos.html.select_one("tbody td:last-child a").text.startswith("Ver: Respuesta a su solicitud")


@pytest.mark.parametrize(
    ("deposito", "plazo", "palabras"),
    [
        (AHORA, 15, "quedan 15 días hábiles"),
        (AHORA - timedelta(days=60), 5, "Vencido el "),
        (AHORA, 0, "No señala plazo"),
    ],
)
def test_the_deadline_is_said_in_words(
    hacer: Hacer, navegador: Navegador, deposito: datetime, plazo: int, palabras: str
) -> None:
    hacer(lambda sitio: mundo.deposito(sitio, mundo.TOMAS, 9, ahora=deposito, plazo=plazo))

    pagina = navegador.entrar(mundo.TOMAS)

    assert palabras in celdas(pagina, 0)[8]


def test_an_empty_tray_says_what_will_come_and_where_the_notice_goes(navegador: Navegador) -> None:
    pagina = navegador.entrar(mundo.TOMAS)

    assert not pagina.html.select("table")
    assert "No tiene notificaciones por leer" in pagina.html.main.text
    assert "tomas@correo.example" in pagina.html.main.text
    assert pagina.html.title.text == "Pendientes por leer - Casilla Electrónica MIMP"
    assert "Todavía no ha leído ninguna" in pagina.click("^Leídos$").html.main.text


def test_whoever_has_read_everything_is_led_to_what_was_read(hacer: Hacer, navegador: Navegador) -> None:
    def leer_todo(sitio: Sitio) -> None:
        for notificacion in sitio.personas[mundo.NUSTA].casilla:
            leer(sitio, notificacion, actor=mundo.NUSTA, ahora=AHORA)

    hacer(leer_todo)
    pagina = navegador.entrar(mundo.NUSTA)

    assert asuntos(pagina.click("Ver las notificaciones que ya leyó")) == ["Respuesta a su solicitud n.° 5"]


def test_a_mail_address_that_refuses_notices_is_told_with_the_reason_and_the_way_to_mend_it(
    hacer: Hacer, navegador: Navegador
) -> None:
    def rechazar(sitio: Sitio) -> None:
        for lugar in por_enviar(sitio, AHORA):
            carta = tomar(sitio, lugar, AHORA)
            if carta.clase == AVISO_DEPOSITO and carta.para == "rosa@correo.example":
                rechazada(sitio, lugar, AHORA, "552 5.2.2 <mailbox> full")

    hacer(rechazar)
    aviso = navegador.entrar(mundo.ROSA).html.select_one(".aviso-grave")

    assert aviso.h2.text == "No pudimos entregarle avisos a r•••@correo.example"
    assert "Ese buzón está lleno." in aviso.text
    assert "Respuesta del servidor: 552 5.2.2 <mailbox> full" in aviso.text
    assert navegador.get(aviso.a["href"]).html.h1.text == "Cambiar correo"


def test_a_test_notice_that_arrives_takes_the_banner_away(hacer: Hacer, navegador: Navegador) -> None:
    hacer(lambda sitio: setattr(sitio.personas[mundo.ROSA], "avisos", "rechazado"))
    cuenta = navegador.entrar(mundo.ROSA).click("Mi cuenta")
    assert "No pudimos entregarle avisos" in cuenta.html.main.text
    next(f for f in cuenta.forms.values() if f.action.endswith("probar-avisos")).submit()

    def entregar(sitio: Sitio) -> None:
        for lugar, carta in list(sitio.salida):
            if carta.clase == AVISO_PRUEBA:
                entregada(sitio, lugar, AHORA, "250 OK")

    hacer(entregar)

    assert "No pudimos entregarle avisos" not in navegador.get("/cuenta").html.main.text


def test_a_refusal_by_the_address_of_before_says_nothing_of_the_new_one(hacer: Hacer) -> None:
    def cambiar_y_rechazar(sitio: Sitio) -> str:
        rosa = sitio.personas[mundo.ROSA]
        sitio.personas.cambiar_correo(rosa, "nueva@correo.example")
        for lugar, carta in list(sitio.salida):
            if carta.clase == AVISO_DEPOSITO:
                rechazada(sitio, lugar, AHORA, "550 no such user")
        return rosa.avisos

    assert hacer(cambiar_y_rechazar) == "ok"


def test_what_a_letter_says_of_itself_is_shown_as_text(hacer: Hacer, navegador: Navegador) -> None:
    hacer(lambda sitio: mundo.deposito(sitio, mundo.TOMAS, 9, asunto="<script>alert('á & ñ')</script>"))

    assert asuntos(navegador.entrar(mundo.TOMAS)) == ["<script>alert('á & ñ')</script>"]


def test_nobody_keeps_a_copy_of_a_tray(rosa: Any) -> None:
    assert "no-store" in rosa.headers["Cache-Control"]


@pytest.mark.parametrize("cual", ["", "leidos", "1", "1/documento"])
def test_another_persons_casilla_is_as_missing_as_one_that_does_not_exist(
    navegador: Navegador, rosa: Any, cual: str
) -> None:
    suya = rosa.request.path
    navegador.reset()
    navegador.entrar(mundo.TOMAS)

    ajena = navegador.get(suya + cual, status=404)
    inexistente = navegador.get(f"/casilla/noexiste/{cual}", status=404)

    assert ajena.html.main.text == inexistente.html.main.text


@pytest.mark.parametrize("casilla", ["suya", "noexiste"])
def test_a_stranger_is_asked_to_come_in_and_then_goes_on(navegador: Navegador, rosa: Any, casilla: str) -> None:
    direccion = rosa.request.path if casilla == "suya" else "/casilla/noexiste/"
    navegador.reset()

    respuesta = navegador.get(direccion, status=303)

    assert respuesta.location.startswith("http://localhost/?next=%2Fcasilla%2F")


def test_whoever_must_change_the_password_sees_no_tray_yet(navegador: Navegador, hacer: Hacer) -> None:
    def emitir(sitio: Sitio) -> str:
        emitir_clave_temporal(
            sitio, sitio.usuarios[mundo.ABIGAIL], secreto=mundo.SECRETO, ahora=AHORA, costo=mundo.COSTO
        )
        return sitio.personas[mundo.ABIGAIL].casilla.__name__

    suya = hacer(emitir)
    pagina = navegador.entrar(mundo.ABIGAIL, clave_temporal(mundo.SECRETO, mundo.ABIGAIL, 2))

    assert pagina.html.h1
    assert not pagina.html.select(".menu")
    assert "/cambiar-clave" in navegador.get(f"/casilla/{suya}/", status=303).location
