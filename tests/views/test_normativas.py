"""Norms as everybody sees them: what they are, and the PDF of those that have one."""

from typing import Any

import pytest
from ZODB import DB

from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.conftest import Navegador


def filas(pagina: Any) -> list[list[str]]:
    return [[" ".join(celda.text.split()) for celda in fila.select("th, td")] for fila in pagina.select("tbody tr")]


def test_norms_come_in_their_order_with_type_date_and_issuer(navegador: Navegador) -> None:
    pagina = navegador.get("/normativas").html
    primera, segunda, *_ = filas(pagina)

    assert primera[0].startswith("Ley N.° 31736")
    assert primera[2:] == ["Ley", "5 de mayo de 2023", "Congreso de la República"]
    assert "006-2026-JUS" in segunda[1]
    assert "Última actualización: 23 de enero de 2026" in pagina.main.text


@pytest.mark.parametrize(
    ("titulo", "tipo"),
    [("Directiva N.° 001-2026", "Directiva"), ("Directiva sobre notificaciones", "Directiva N.° 001-2026")],
)
def test_the_number_of_a_norm_is_read_once(navegador: Navegador, base_de_datos: DB, titulo: str, tipo: str) -> None:
    with base_de_datos.transaction() as conexion:
        norma = conexion.root()[RAIZ].contenidos["ley-31736"]
        suya = norma.ultima._replace(titulo=titulo, tipo="Directiva", numero_norma="001-2026")
        norma.versiones = (tuple(suya),)

    primera = filas(navegador.get("/normativas").html)[0]
    assert (primera[0], primera[2]) == (titulo, tipo)


def test_a_norm_without_pdf_leads_nowhere(navegador: Navegador) -> None:
    pagina = navegador.get("/normativas")

    assert not pagina.html.select("tbody th a")
    navegador.get("/normativas/ley-31736.pdf", status=404)
    navegador.get("/normativas/no-hay.pdf", status=404)


def elegidas(pagina: Any) -> dict[str, str]:
    return {
        s["name"]: (s.find("option", selected=True) or {"value": ""})["value"] for s in pagina.select("main select")
    }


@pytest.mark.parametrize(
    ("filtro", "numeros", "estado"),
    [
        ({"tipo": "Ley", "ano": ""}, ["31736", "29733", "27269"], "3 de 7 normas cumplen los filtros."),
        ({"tipo": "Ley", "ano": "2011"}, ["29733"], "1 de 7 normas cumple los filtros."),
        ({"tipo": "", "ano": "2018"}, ["1412"], "1 de 7 normas cumple los filtros."),
        ({"tipo": "Decreto Supremo", "ano": "2011"}, [], "Ninguna norma cumple los filtros."),
    ],
)
def test_norms_are_filtered_by_type_and_year(
    navegador: Navegador, filtro: dict[str, str], numeros: list[str], estado: str
) -> None:
    pagina = navegador.get("/normativas", filtro).html

    assert [n in fila[0] for n, fila in zip(numeros, filas(pagina), strict=True)] == [True] * len(numeros)
    assert pagina.select_one("main [role=status]").text == estado
    assert elegidas(pagina) == filtro
    assert pagina.find("a", string="Quitar los filtros")["href"] == "/normativas"


def test_a_type_or_a_year_that_no_norm_has_is_not_asked(navegador: Navegador) -> None:
    pagina = navegador.get("/normativas?tipo=Bula&ano=MMXI").html

    assert len(filas(pagina)) == 7
    assert elegidas(pagina) == {"tipo": "", "ano": ""}
    assert not pagina.select("main [role=status]")


@pytest.fixture
def papel(base_de_datos: DB) -> bytes:
    """The PDF with which a new norm was published."""
    papel = mundo.pdf(2, 3000)
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        mundo.norma(sitio, "directiva-001", mundo.archivo(sitio, papel, "Directiva 001-2026 año.pdf"))
    return papel


def test_the_name_of_a_norm_leads_to_its_pdf_and_says_its_size(navegador: Navegador, papel: bytes) -> None:
    pagina = navegador.get("/normativas").html
    ultima = pagina.select("tbody tr")[-1]

    assert ultima["id"] == "directiva-001"
    assert ultima.th.a.text == "Directiva N.° 001-2026, Uso de la Casilla Electrónica"
    assert f"(PDF, {len(papel) / 1024:.0f} KB)" in ultima.th.text
    respuesta = navegador.get(ultima.th.a["href"])
    assert respuesta.body == papel
    assert respuesta.content_type == "application/pdf"
    assert "filename*=UTF-8''Directiva%20001-2026%20a%C3%B1o.pdf" in respuesta.headers["Content-Disposition"]


def test_a_pdf_may_be_had_in_parts_and_is_not_sent_twice(navegador: Navegador, papel: bytes) -> None:
    url = "/normativas/directiva-001.pdf"
    entero = navegador.get(url)

    parte = navegador.get(url, headers={"Range": "bytes=100-199"}, status=206)

    assert parte.body == papel[100:200]
    assert parte.headers["Content-Range"] == f"bytes 100-199/{len(papel)}"
    navegador.get(url, headers={"If-None-Match": entero.headers["ETag"]}, status=304)


def test_an_archived_norm_takes_its_pdf_with_it(navegador: Navegador, base_de_datos: DB, papel: bytes) -> None:
    with base_de_datos.transaction() as conexion:
        conexion.root()[RAIZ].contenidos["directiva-001"].pasar("archivar", "prueba", mundo.ENERO)

    assert "Directiva" not in navegador.get("/normativas").html.main.text
    navegador.get("/normativas/directiva-001.pdf", status=404)
