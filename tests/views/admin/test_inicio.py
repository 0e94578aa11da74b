"""The dashboard: what each role finds there, and that the figures are those of the lists behind them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from casilla.services.fundacion import RAIZ
from casilla.services.horas import dia_en_lima
from casilla.services.lectura import leer
from casilla.views.admin.grafico import ALTO, columnas
from tests import mundo
from tests.conftest import Navegador

AJENA = "PROGRAMA AJENO"


@pytest.fixture
def con_depositos(navegador: Navegador) -> Navegador:
    """Three deposits of today and one of twenty days ago; of another dependencia, one of today, read."""
    with navegador.base_de_datos.transaction() as conexion:
        sitio, ahora = conexion.root()[RAIZ], datetime.now(UTC)
        for n, dias in enumerate((0, 0, 0, 20), 60):
            mundo.deposito(sitio, mundo.NUSTA, n, ahora=ahora - timedelta(days=dias))
        leida = mundo.deposito(sitio, mundo.NUSTA, 70, ahora=ahora, dependencia=AJENA)
        leer(sitio, leida, actor=mundo.NUSTA, ahora=ahora)
        mundo.al_dia(sitio, dia_en_lima(ahora))
    return navegador


def cifras(pagina: Any) -> dict[str, str]:
    """What is counted, with the number, of all panels."""
    dichas = {}
    for li in pagina.html.select("section > ul:first-of-type > li"):
        cuantos = li.strong.text
        dichas[" ".join(li.text.split()).removeprefix(cuantos).strip().removeprefix(cuantos).strip()] = cuantos
    return dichas


def titulos(pagina: Any) -> list[str]:
    return [h2.text for h2 in pagina.html.main.select("section > h2")]


def test_the_auditor_sees_every_panel_and_all_dependencias(con_depositos: Navegador) -> None:
    pagina = con_depositos.entrar_al_modulo("auditor")

    assert titulos(pagina) == ["Notificaciones", "Registro de personas", "Contenidos", "Módulo del administrador"]
    assert cifras(pagina)["depositadas"] == "5"
    assert cifras(pagina)["de ellas, sin leer"] == "4"
    filas = [[c.text for c in tr.select("th, td")] for tr in pagina.html.select("table.apilada tbody tr")]
    assert filas == [[mundo.DEPENDENCIA, "4", "4", "0"], [AJENA, "1", "0", "0"]]


def test_a_notifier_sees_their_dependencias_alone(con_depositos: Navegador) -> None:
    pagina = con_depositos.entrar_al_modulo("notificador")

    assert titulos(pagina) == ["Notificaciones"]
    assert cifras(pagina)["depositadas"] == "4"
    assert AJENA not in pagina


@pytest.mark.parametrize(
    "nombre, suyos",
    [
        ("registro", ["Registro de personas"]),
        ("contenido", ["Contenidos"]),
        ("administrador", ["Módulo del administrador"]),
    ],
)
def test_the_others_see_what_concerns_them_and_nobody_s_data(
    con_depositos: Navegador, nombre: str, suyos: list[str]
) -> None:
    pagina = con_depositos.entrar_al_modulo(nombre)

    assert titulos(pagina) == suyos
    for ajeno in ("40000002", "ÑAHUI", mundo.DEPENDENCIA, AJENA, "depositadas"):
        assert ajeno not in pagina


def test_the_period_is_chosen_by_the_address(con_depositos: Navegador) -> None:
    con_depositos.entrar_al_modulo("auditor")

    por_periodo = {n: cifras(con_depositos.get(f"/admin?dias={n}"))["depositadas"] for n in (7, 30)}
    assert por_periodo == {7: "4", 30: "5"}
    for raro in ("", "8", "-7", "mil", "٧"):
        pagina = con_depositos.get("/admin", {"dias": raro})
        assert pagina.html.select_one("[aria-current=true]").text == "Últimos 30 días"
    siete = pagina.click("Últimos 7 días")
    assert siete.html.select_one("[aria-current=true]").text == "Últimos 7 días"
    assert len(siete.html.select_one("details table").select("tbody tr")) == 7


def test_each_figure_of_notifications_leads_to_as_many(con_depositos: Navegador) -> None:
    pagina = con_depositos.entrar_al_modulo("auditor")

    enlaces = pagina.html.select("section")[0].select("li a, table.apilada a")
    assert len(enlaces) == 7
    for enlace in enlaces:
        fila = enlace.find_parent("tr")
        cuantos = fila.td.text if fila else enlace.span.text.strip()
        lista = con_depositos.get(enlace["href"]).html.select_one("[role=status]").text
        assert lista.split()[0] == cuantos, enlace["href"]


def test_a_chart_is_drawn_to_scale_and_says_what_its_table_does(con_depositos: Navegador) -> None:
    pagina = con_depositos.entrar_al_modulo("auditor")

    dibujo = pagina.html.select_one("figure svg")
    detras = pagina.html.select_one("details table")
    tabla = [fila.td.text for fila in detras.select("tbody tr")]
    assert [th.text for th in detras.select("thead th")] == ["Día", "Depósitos", "Sin leer", "Con el aviso rechazado"]
    altos = [float(rect["height"]) for rect in dibujo.select("rect")]
    assert sum(map(int, tabla)) == 5 and len(tabla) == 30
    assert altos == [25.0, 100.0]
    assert "Depósitos por día: 5 en 30 días; 4 el " in dibujo["aria-label"]
    assert " style=" not in pagina.text and "<style" not in pagina.text


def test_a_chart_of_nothing_says_so(navegador: Navegador) -> None:
    pagina = navegador.entrar_al_modulo("registro")
    assert "Ningún día tiene casillas abiertas." in pagina and pagina.html.select("figure") == []
    hoy = mundo.ENERO.date()

    dibujo = columnas("depósitos", [(hoy, 0)])

    assert (dibujo.barras, dibujo.resumen) == ((), "Ningún día tiene depósitos.")


def test_no_bar_leaves_the_drawing() -> None:
    dibujo = columnas("depósitos", [(mundo.ENERO.date() + timedelta(days=n), n * n * 7919) for n in range(90)])

    assert all(b.x + b.ancho <= dibujo.ancho and b.y >= 0 and round(b.y + b.alto, 1) == ALTO for b in dibujo.barras)
    assert max(b.alto for b in dibujo.barras) == ALTO
