"""The state of the service, its interruptions, and the paper that proves one."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from ZODB import DB

from casilla.services.calendario import no_laborable
from casilla.services.correspondencia import CLAVE_CAMBIADA, encolar
from casilla.services.fundacion import RAIZ
from casilla.services.interrupciones import SERVICIOS, anular, cerrar, detectar, registrar
from tests import mundo
from tests.conftest import Navegador
from tests.printing.lector import datos, leer

HORA = timedelta(hours=1)


@pytest.fixture(autouse=True)
def cartas_al_dia(base_de_datos: DB) -> None:
    """The letters of the world are from January: they have left."""
    with base_de_datos.transaction() as conexion:
        salida = conexion.root()[RAIZ].salida
        for lugar, _ in list(salida):
            salida.quitar(lugar)


def contar(
    base_de_datos: DB, *servicios: str, hace: timedelta = HORA, dura: timedelta | None = None, cerrada: bool = False
) -> None:
    """Tell an interruption that began some time ago (or will, if negative) and lasts so long."""
    ahora = datetime.now(UTC)
    desde = ahora - hace
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        hasta = desde + dura if dura else None
        interrupcion = registrar(
            sitio, servicios or SERVICIOS, "Corte de luz.", desde=desde, hasta=hasta, actor="operador", ahora=ahora
        )
        if cerrada and hasta:
            cerrar(interrupcion, hasta, actor="operador", ahora=ahora)


def servicios(pagina: Any) -> list[str]:
    return [dd.text.strip() for dd in pagina.html.select("main dl.datos dd")]


def test_when_all_is_well_the_page_says_so_and_when_it_looked(navegador: Navegador) -> None:
    pagina = navegador.get("/").click("Estado del servicio")

    assert pagina.html.h1.text == "Estado del servicio"
    assert "Todo funciona con normalidad" in pagina.html.main.text
    assert "(hora de Lima)" in pagina.html.main.text
    assert servicios(pagina) == ["Sin interrupción"] * len(SERVICIOS)
    assert "No hay ninguna en los últimos doce meses." in pagina.html.main.text


def test_one_under_way_is_told_with_what_it_touches(navegador: Navegador, base_de_datos: DB) -> None:
    contar(base_de_datos, "registro", dura=3 * HORA)

    pagina = navegador.get("/estado")

    assert "Hay servicios con problemas" in pagina.html.main.text
    assert "Se espera que termine el" in pagina.html.main.text
    assert servicios(pagina) == ["Sin interrupción", "Con interrupción", "Sin interrupción", "Sin interrupción"]


def test_notices_that_are_late_are_told_though_nobody_told_an_interruption(
    navegador: Navegador, base_de_datos: DB
) -> None:
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        hace = datetime.now(UTC) - timedelta(minutes=95)
        encolar(sitio, CLAVE_CAMBIADA, "rosa@correo.example", sitio.usuarios[mundo.ROSA], hace)

    pagina = navegador.get("/estado")

    assert "salen con una demora de 1 hora y 35 minutos" in " ".join(pagina.html.main.text.split())
    assert "Todo funciona" not in pagina.html.main.text
    assert servicios(pagina)[-1] == "Con demora"


def test_what_is_planned_is_told_before_it_happens(navegador: Navegador, base_de_datos: DB) -> None:
    contar(base_de_datos, hace=-20 * HORA, dura=HORA)

    pagina = navegador.get("/estado")
    assert "Todo funciona con normalidad" in pagina.html.main.text
    assert "Interrupciones programadas" in pagina.html.main.text

    una = pagina.click("Ver la interrupción n.° 1")
    assert "Todavía no empieza" in una.html.main.text
    assert not una.html.select("a[href$='constancia.pdf']")
    navegador.get("/estado/1/constancia.pdf", status=404)


def test_past_ones_are_listed_the_latest_first_and_the_old_ones_on_demand(
    navegador: Navegador, base_de_datos: DB
) -> None:
    for dias in (400, 20, 3):
        contar(base_de_datos, hace=timedelta(days=dias), dura=2 * HORA, cerrada=True)

    pagina = navegador.get("/estado")
    assert [a.text for a in pagina.html.select("tbody th a")] == ["Interrupción n.° 3", "Interrupción n.° 2"]
    assert "2 horas" in pagina.html.tbody.text

    todas = pagina.click("Ver todas")
    assert len(todas.html.select("tbody tr")) == 3


def test_the_constancia_says_what_its_public_page_says(navegador: Navegador, base_de_datos: DB) -> None:
    contar(base_de_datos, "casilla", "avisos", hace=timedelta(days=3), dura=2 * HORA, cerrada=True)

    una = navegador.get("/estado").click("Interrupción n.° 1")
    papel = una.click("Descargar la constancia")

    assert papel.content_type == "application/pdf"
    assert papel.headers["Content-Disposition"] == 'attachment; filename="constancia-de-interrupcion-1.pdf"'
    en_pagina = dict(zip(una.html.select("dt"), una.html.select("dd"), strict=True))
    en_papel = datos(papel.body)
    assert {rotulo.text: dato.text for rotulo, dato in en_pagina.items()}.items() <= en_papel.items()
    assert en_papel["Duración"] == "2 horas"
    [enlace] = leer(papel.body).pages[0]["/Annots"]
    assert enlace.get_object()["/A"]["/URI"] == "http://localhost/estado/1"


def test_a_day_declared_afterwards_changes_nothing_that_was_attested(navegador: Navegador, base_de_datos: DB) -> None:
    """The calendar takes what is said of a day while it lasts, so after the interruption of that morning was closed."""
    manana = datetime(2026, 1, 14, 14, 0, tzinfo=UTC)

    def dicho(numero: str) -> list[dict[str, str]]:
        """What page and paper say, but for the hour of the paper itself."""
        una = navegador.get(f"/estado/{numero}")
        pagina = {dt.text: dt.find_next("dd").text for dt in una.html.select("dt")}
        papel = datos(una.click("Descargar la constancia").body)
        papel.pop("Emisión de esta constancia")
        return [pagina, papel]

    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        quien = {"actor": "operador", "ahora": manana + 2 * HORA}
        cerrada = registrar(sitio, SERVICIOS, "Corte de luz.", desde=manana, **quien)
        cerrar(cerrada, manana + HORA, **quien)
        registrar(sitio, SERVICIOS, "Otro corte.", desde=manana, hasta=manana + HORA, **quien)
    antes = dicho("1"), dicho("2")

    with base_de_datos.transaction() as conexion:
        sitio, tarde = conexion.root()[RAIZ], manana + 5 * HORA
        no_laborable(sitio, date(2026, 1, 14), "Duelo", "D.S. 1", actor="administrador", ahora=tarde)
        registrar(
            sitio, SERVICIOS, "El tercero.", desde=manana, hasta=tarde + HORA, actor="operador", ahora=tarde + 2 * HORA
        )

    assert [uno["Días hábiles alcanzados"] for uno in antes[0]] == ["miércoles 14 de enero de 2026"] * 2
    assert (dicho("1"), dicho("2")) == antes
    assert {uno["Días hábiles alcanzados"] for uno in dicho("3")} == {"Ninguno"}


def test_while_it_goes_on_the_paper_says_until_when_it_did(navegador: Navegador, base_de_datos: DB) -> None:
    contar(base_de_datos, dura=5 * HORA)

    una = navegador.get("/estado/1")

    assert "Todavía no termina" in una.html.main.text
    assert datos(una.click("Descargar la constancia").body)["Hasta"].startswith("Seguía el")


def test_one_that_the_system_found_says_so(navegador: Navegador, base_de_datos: DB) -> None:
    ahora = datetime.now(UTC)
    with base_de_datos.transaction() as conexion:
        detectar(conexion.root()[RAIZ], ahora - HORA, ahora)

    assert "Por el propio sistema" in navegador.get("/estado/1").html.main.text


def test_an_annulled_one_leaves_the_list_and_its_page_says_why(navegador: Navegador, base_de_datos: DB) -> None:
    contar(base_de_datos, hace=timedelta(days=3), dura=HORA, cerrada=True)
    with base_de_datos.transaction() as conexion:
        interrupcion = conexion.root()[RAIZ].interrupciones["1"]
        anular(interrupcion, "Fue una prueba.", actor="operador", ahora=datetime.now(UTC))

    assert not navegador.get("/estado").html.select("tbody tr")
    una = navegador.get("/estado/1")
    assert "Este registro se anuló" in una.html.main.text
    assert "Fue una prueba." in una.html.main.text
    navegador.get("/estado/1/constancia.pdf", status=404)


def test_the_front_page_tells_what_is_under_way_or_near(navegador: Navegador, base_de_datos: DB) -> None:
    assert not navegador.get("/").html.select("main .aviso")

    contar(base_de_datos, hace=-20 * HORA, dura=HORA)
    contar(base_de_datos, hace=timedelta(days=-20), dura=HORA)
    avisos = [aviso.text for aviso in navegador.get("/").html.select("main .aviso")]
    assert len(avisos) == 1
    assert "interrupción programada" in avisos[0]

    contar(base_de_datos, "avisos")
    assert "Avisos por correo electrónico" in navegador.get("/").html.select("main .aviso")[0].text


@pytest.mark.parametrize("camino", ["/estado/2", "/estado/x", "/estado/1/otra", "/estado/1/constancia.pdf/mas"])
def test_there_is_nothing_else(navegador: Navegador, base_de_datos: DB, camino: str) -> None:
    contar(base_de_datos)

    navegador.get(camino, status=404)
