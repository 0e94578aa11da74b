"""Which answers serve and what is searched for in vain, for whoever writes the answers."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from casilla.services.fundacion import RAIZ
from casilla.services.uso import anotar, mes_de, mes_en_palabras, votar
from tests.conftest import Navegador
from tests.printing.lector import poppler

USO = "/admin/contenidos/uso"
AHORA = datetime.now(UTC)


@pytest.fixture
def con_uso(navegador: Navegador) -> Navegador:
    """Votes of this month, searches of the one before."""
    with navegador.base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        for voto in (True, False, False):
            votar(sitio, "que-es", voto, AHORA)
        votar(sitio, "como-me-registro", True, AHORA)
        anotar(sitio, {"multa": 4, "contrasena temporal": 1}, 7, AHORA)
        anterior = sitio.uso.meses[mes_de(AHORA)]
        sitio.uso.meses[mes_de(AHORA) - 1] = anterior
        del sitio.uso.meses[mes_de(AHORA)]
        votar(sitio, "que-es", False, AHORA)
    return navegador


def filas(pagina: Any, cual: int) -> list[list[str]]:
    return [
        [" ".join(celda.text.split()) for celda in fila.select("th, td")]
        for fila in pagina.html.select("main table")[cual].select("tbody tr")
    ]


@pytest.mark.parametrize("rol", ["contenido", "auditor"])
def test_who_sees_contents_sees_what_serves_and_what_is_missed(con_uso: Navegador, rol: str) -> None:
    con_uso.entrar_al_modulo(rol)

    pagina = con_uso.get("/admin/contenidos").click("Uso de las preguntas")

    assert filas(pagina, 0) == [
        ["¿Qué es la Casilla Electrónica?", "1", "3", "25 %"],
        ["¿Cómo me registro?", "1", "0", "100 %"],
    ]
    assert filas(pagina, 1) == [
        ["multa", "4", "Sigue sin resultado"],
        ["contrasena temporal", "1", "Se encuentran 2 preguntas"],
    ]
    assert "Otras 7 búsquedas se contaron sin guardar las palabras" in pagina
    assert "preguntas publicadas no tienen respuestas en este periodo" in pagina
    assert pagina.click("¿Qué es la Casilla").request.path == "/admin/contenidos/que-es"


@pytest.mark.parametrize("rol", ["notificador", "registro", "administrador"])
def test_others_have_no_business_here(con_uso: Navegador, rol: str) -> None:
    con_uso.entrar_al_modulo(rol)

    con_uso.get(USO, status=403)


def test_one_month_is_chosen(con_uso: Navegador) -> None:
    con_uso.entrar_al_modulo("contenido")
    formulario = next(f for f in con_uso.get(USO).forms.values() if "mes" in f.fields)
    opciones = [palabras for _, _, palabras in formulario["mes"].options]
    formulario["mes"] = str(mes_de(AHORA))

    pagina = formulario.submit()

    assert (len(opciones), opciones[0]) == (13, "Los últimos 12 meses")
    assert mes_en_palabras(mes_de(AHORA)) in pagina.html.title.text
    assert filas(pagina, 0) == [["¿Qué es la Casilla Electrónica?", "0", "1", "0 %"]]
    assert "No hubo búsquedas sin resultado en este periodo" not in pagina, "here they are not counted"
    assert "Las búsquedas no se cuentan: así lo dispuso quien opera el servidor" in pagina
    assert filas(con_uso.get(f"{USO}?mes=1"), 0)[0][1:] == ["1", "3", "25 %"]


def test_where_there_is_nothing_it_is_said_what_will_come(
    navegador: Navegador, aplicacion: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aplicacion.registry, "buscadas", object())
    navegador.entrar_al_modulo("contenido")

    pagina = navegador.get(USO)

    assert not pagina.html.select("main table")
    assert "Aquí verá, por cada pregunta publicada, cuántas personas dijeron" in pagina
    assert "Aquí verá lo que la gente escribió en el buscador" in pagina
    assert not pagina.html.select("button[name=formato]")


def test_a_question_that_is_gone_for_good_keeps_its_count_under_its_name(con_uso: Navegador) -> None:
    with con_uso.base_de_datos.transaction() as conexion:
        del conexion.root()[RAIZ].contenidos["que-es"]
    con_uso.entrar_al_modulo("contenido")

    assert filas(con_uso.get(USO), 0)[0][0] == "que-es (ya no existe)"


@pytest.mark.parametrize(
    ("lista", "columnas", "primera"),
    [
        (
            "respuestas",
            ("Pregunta", "Sí", "No", "Sí, de cada 100"),
            ("¿Qué es la Casilla Electrónica?", 1, 3, 25),
        ),
        ("busquedas", ("Búsqueda", "Veces", "Preguntas que hoy la contienen"), ("multa", 4, 0)),
    ],
)
def test_both_lists_are_taken_away_and_the_audit_says_who(
    con_uso: Navegador, lista: str, columnas: tuple[str, ...], primera: tuple[Any, ...]
) -> None:
    con_uso.entrar_al_modulo("auditor")
    formulario = next(f for f in con_uso.get(USO).forms.values() if "lista" in f.fields and f["lista"].value == lista)

    libro = load_workbook(BytesIO(formulario.submit("formato", value="xlsx").body)).active
    papel = poppler("pdftotext", formulario.submit("formato", value="pdf").body, "-layout")
    texto = formulario.submit("formato", value="csv").body.decode("utf-8-sig")

    valores = list(libro.iter_rows(values_only=True))
    assert columnas in valores
    assert valores[valores.index(columnas) + 1] == primera
    assert any(linea.split()[-len(primera) + 1 :] == [*map(str, primera[1:])] for linea in papel.splitlines())
    assert texto.splitlines()[1] == ",".join(map(str, primera))
    with con_uso.base_de_datos.transaction() as conexion:
        ultimo = list(conexion.root()[RAIZ].auditoria)[-1]
    assert (ultimo.actor, ultimo.acto, ultimo.sobre) == ("auditor", "exportar", "contenidos/uso")
    assert "csv, los últimos 12 meses" in ultimo.despues


def test_what_is_no_list_nor_format_is_not_there(con_uso: Navegador) -> None:
    con_uso.entrar_al_modulo("contenido")
    token = con_uso.get(USO).html.find("input", {"name": "csrf_token"})["value"]

    for datos in ({"lista": "otra", "formato": "csv"}, {"lista": "respuestas", "formato": "exe"}):
        con_uso.post("/admin/contenidos/exportar-uso", {"csrf_token": token, **datos}, status=404)


def test_the_dashboard_tells_of_this_month_and_leads_here(con_uso: Navegador) -> None:
    pagina = con_uso.entrar_al_modulo("contenido")

    cifras = [" ".join(a.text.split()) for a in pagina.html.select(f"main a[href='{USO}']")]
    assert any("búsquedas sin resultado este mes" in c for c in cifras)
    assert any(c.startswith("1 ") and "no sirvieron este mes" in c for c in cifras)


def test_no_new_question_hides_this_page(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("contenido")
    formulario = navegador.get("/admin/contenidos/crear?clase=pregunta").forms["formulario"]
    formulario["titulo"], formulario["categoria"], formulario["cuerpo"] = "Uso", "Registro", "Sí."

    assert formulario.submit().location.endswith("/admin/contenidos/uso-2")
    assert navegador.get(USO).html.h1.text == "Uso de las preguntas frecuentes"
