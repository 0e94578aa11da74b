"""Searching a tray by its page: boxes, chips, orders, sizes, all by address and without a script."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from ZODB import DB

from casilla.resources.sitio import Sitio
from casilla.services.condiciones import CAMPOS
from casilla.services.fundacion import RAIZ
from casilla.services.lectura import leer
from tests import mundo
from tests.conftest import Navegador

AHORA = datetime.now(UTC)
ENVIADOS = {
    "Notificación del pago": {
        "tipo": "CARTA",
        "numero": "000079-2025-OGTI",
        "dependencia": "TESORERÍA",
        "firmado_por": "ZOILA",
    },
    "Citación a audiencia": {
        "tipo": "OFICIO",
        "numero": "000080-2025-OAJ",
        "dependencia": "ASESORÍA",
        "firmado_por": "ANA",
    },
    "Ñandúes del parque": {
        "tipo": "CÉDULA",
        "numero": "000001-2024-DN",
        "dependencia": "NIÑEZ",
        "firmado_por": "Bruno",
    },
}


@pytest.fixture
def tomas(base_de_datos: DB, navegador: Navegador) -> Any:
    """The tray of Tomás with three letters, a day and a year apart, the last of the list the newest."""
    with base_de_datos.transaction() as conexion:
        for n, (asunto, datos) in enumerate(ENVIADOS.items()):
            emision = datetime(2023 + n, 5, 10, 15, tzinfo=UTC)
            ahora = datetime(2026, 2, 1 + n, 15, tzinfo=UTC)
            mundo.deposito(
                conexion.root()[RAIZ], mundo.TOMAS, n + 20, ahora=ahora, asunto=asunto, fecha_emision=emision, **datos
            )
    return navegador.entrar(mundo.TOMAS)


@pytest.fixture
def larga(base_de_datos: DB, navegador: Navegador) -> Any:
    """Thirty letters of Tomás, half of them about water."""
    with base_de_datos.transaction() as conexion:
        for n in range(60):
            asunto = f"Agua {n:02}" if n % 2 else f"Luz {n:02}"
            mundo.deposito(
                conexion.root()[RAIZ], mundo.TOMAS, n + 20, ahora=AHORA - timedelta(days=60 - n), asunto=asunto
            )
    return navegador.entrar(mundo.TOMAS)


def asuntos(pagina: Any) -> list[str]:
    return [enlace.text for enlace in pagina.html.select("tbody th a")]


def buscar(pagina: Any, **valores: str) -> Any:
    """Fill in the boxes and press the first "Buscar"."""
    formulario = llenar(pagina, **valores)
    return formulario.submit()


def llenar(pagina: Any, **valores: str) -> Any:
    formulario = next(f for f in pagina.forms.values() if "q" in f.fields)
    for nombre, valor in valores.items():
        formulario[nombre] = valor
    return formulario


def estado(pagina: Any) -> str:
    return " ".join(pagina.html.select_one("main [role=status]").text.split())


def fichas(pagina: Any) -> list[str]:
    return [" ".join(a.text.split()) for a in pagina.html.select(".aplicados a:not(.limpiar)")]


PAGO, CITA, NANDU = ENVIADOS


@pytest.mark.parametrize(
    ("q", "hallados"),
    [
        ("notificacion", [PAGO]),
        ("CITACIÓN", [CITA]),
        ("79", [PAGO]),
        ("ñandu", [NANDU]),
        ("niñez", [NANDU]),
        ("cedula bruno", [NANDU]),
        ("2025", [CITA, PAGO]),
        ("carta ana", []),
        ("   ", [NANDU, CITA, PAGO]),
    ],
)
def test_the_quick_search_looks_at_every_word_blind_to_accents_and_case(
    tomas: Any, q: str, hallados: list[str]
) -> None:
    assert asuntos(buscar(tomas, q=q)) == hallados


@pytest.mark.parametrize(
    ("campo", "operador", "valor", "hasta", "hallados"),
    [
        ("anio", "igual", "2025", "", [NANDU]),
        ("anio", "antes", "2025", "", [CITA, PAGO]),
        ("anio", "entre", "2024", "2025", [NANDU, CITA]),
        ("asunto", "contiene", "pago", "", [PAGO]),
        ("asunto", "empieza", "CITA", "", [CITA]),
        ("dependencia", "igual", "tesoreria", "", [PAGO]),
        ("emisor", "empieza", "zo", "", [PAGO]),
        ("tipo", "igual", "cédula", "", [NANDU]),
        ("numero", "contiene", "80-2025", "", [CITA]),
        ("emision", "igual", "10 de mayo de 2024", "", [CITA]),
        ("emision", "despues", "10/5/2024", "", [NANDU]),
        ("envio", "entre", "1/2/2026", "2/2/2026", [CITA, PAGO]),
    ],
)
def test_every_column_can_be_filtered(
    tomas: Any, campo: str, operador: str, valor: str, hasta: str, hallados: list[str]
) -> None:
    pagina = buscar(tomas, f1=campo, o1=operador, v1=valor, h1=hasta)

    assert asuntos(pagina) == hallados
    assert len(fichas(pagina)) == 1


def test_the_eight_columns_of_the_guide_and_its_operators_are_offered(tomas: Any) -> None:
    formulario = llenar(tomas)

    assert [texto for _, _, texto in formulario["f1"].options[1:]] == [campo.titulo for campo in CAMPOS.values()]
    assert [texto for _, _, texto in formulario["o1"].options] == [
        "igual",
        "contiene",
        "empieza con",
        "antes de",
        "después de",
        "entre",
    ]


def test_rows_are_added_and_taken_away_by_buttons_and_keep_what_was_typed(tomas: Any) -> None:
    pagina = llenar(tomas, q="20", f1="anio", v1="2024", orden="asunto").submit("mas")

    assert pagina.html.select_one("#f2").has_attr("autofocus")
    assert pagina.html.select_one("details").has_attr("open")
    pagina = llenar(pagina, f2="asunto", o2="contiene", v2="audiencia").submit("mas")
    pagina = llenar(pagina, f3="tipo", v3="carta").submit("quitar", index=0)

    formulario = llenar(pagina)
    assert [formulario[c].value for c in ("q", "f1", "o1", "v1", "f2", "o2", "v2", "orden")] == [
        *("20", "asunto", "contiene", "audiencia", "tipo", "igual", "carta", "asunto"),
    ]
    assert "f3" not in formulario.fields
    assert asuntos(pagina) == []
    assert asuntos(llenar(pagina, union="cualquiera").submit()) == [CITA, PAGO]


def test_no_more_rows_are_offered_than_are_read(navegador: Navegador, tomas: Any) -> None:
    todas = "&".join(f"f{n}=anio&v{n}=2025" for n in range(1, 25))

    pagina = navegador.get(f"{tomas.request.path}?{todas}&mas=1")

    assert len(pagina.html.select(".filtro")) == 20
    assert not pagina.html.select("[name=mas]")


def test_todo_and_cualquiera_join_the_rows(tomas: Any) -> None:
    pagina = llenar(tomas, f1="tipo", v1="carta").submit("mas")
    todo = buscar(pagina, f2="anio", v2="2025", union="todo")
    cualquiera = buscar(pagina, f2="anio", v2="2025", union="cualquiera")

    assert asuntos(todo) == []
    assert asuntos(cualquiera) == [NANDU, PAGO]
    assert "Cumplen cualquiera:" in " ".join(cualquiera.html.select_one(".aplicados").text.split())
    assert asuntos(buscar(cualquiera, q="pago")) == [PAGO]


def test_what_is_applied_is_shown_in_words_and_each_can_be_taken_off(tomas: Any) -> None:
    pagina = llenar(tomas, q="agua o pago", f1="anio", v1="2023").submit("mas")
    pagina = buscar(pagina, q="pago", f2="emision", o2="despues", v2="1/1/2020")

    assert fichas(pagina) == [
        "Quitar filtro: «pago»",
        "Quitar filtro: Año igual 2023",
        "Quitar filtro: Fecha de emisión después de 1 de enero de 2020",
    ]
    sin_ano = pagina.click("Año igual 2023")
    assert fichas(sin_ano) == [fichas(pagina)[0], fichas(pagina)[2]]
    assert asuntos(sin_ano) == [PAGO]
    assert fichas(sin_ano.click("«pago»")) == [fichas(pagina)[2]]


def test_title_and_status_say_how_many_of_how_many(tomas: Any) -> None:
    assert estado(tomas).startswith("3 notificaciones sin leer. Actualizado a las ")
    assert "filtros" not in tomas.html.title.text

    pagina = buscar(tomas, q="pago")

    assert estado(pagina).startswith("1 de 3 notificaciones sin leer cumple los filtros. Actualizado a las ")
    assert pagina.html.title.text == "(3) Pendientes por leer, con filtros: 1 de 3 - Casilla Electrónica MIMP"
    assert estado(buscar(tomas, q="2025")).startswith("2 de 3 notificaciones sin leer cumplen los filtros.")


def test_actualizar_asks_the_same_again(tomas: Any) -> None:
    pagina = buscar(tomas, q="pago", orden="asunto")

    otra = pagina.click("Actualizar")

    assert asuntos(otra) == [PAGO]
    assert parse_qs(urlsplit(otra.request.url).query) == {"q": ["pago"], "orden": ["asunto"]}


def test_nothing_found_is_told_apart_from_an_empty_tray_and_leads_back(tomas: Any) -> None:
    pagina = buscar(tomas, q="nada de esto", n="50", orden="asunto")

    assert "Ninguna notificación cumple los filtros" in pagina.html.main.text
    assert estado(pagina).startswith("Ninguna notificación sin leer cumple los filtros. Actualizado a las ")
    assert "No tiene notificaciones por leer" not in pagina.html.main.text
    assert not pagina.html.select("table")
    assert pagina.html.select_one("form [name=q]")["value"] == "nada de esto"
    todas = pagina.click("^Quitar filtros$", index=1)
    assert asuntos(todas) == [CITA, NANDU, PAGO]
    assert parse_qs(urlsplit(todas.request.url).query) == {"n": ["50"], "orden": ["asunto"]}


def test_limpiar_takes_away_what_filters_and_leaves_order_and_size(tomas: Any) -> None:
    pagina = buscar(tomas, q="pago", f1="anio", v1="2023", n="100", orden="tipo", union="cualquiera")

    limpia = pagina.click("^Limpiar$")

    assert parse_qs(urlsplit(limpia.request.url).query) == {"n": ["100"], "orden": ["tipo"]}
    assert len(asuntos(limpia)) == 3


def test_an_empty_tray_offers_no_search_even_if_the_address_asks_for_one(navegador: Navegador) -> None:
    vacia = navegador.entrar(mundo.TOMAS)

    pagina = navegador.get(f"{vacia.request.path}?q=agua&f1=anio&v1=2025")

    assert "No tiene notificaciones por leer" in pagina.html.main.text
    assert not pagina.html.select("form[role=search], .aplicados")


@pytest.mark.parametrize(
    ("titulo", "primero", "luego"),
    [
        ("Año", [NANDU, CITA, PAGO], [PAGO, CITA, NANDU]),
        ("Asunto", [CITA, NANDU, PAGO], [PAGO, NANDU, CITA]),
        ("Dependencia", [CITA, NANDU, PAGO], [PAGO, NANDU, CITA]),
        ("Emisor", [CITA, NANDU, PAGO], [PAGO, NANDU, CITA]),
        ("Tipo de documento", [PAGO, NANDU, CITA], [CITA, NANDU, PAGO]),
        ("Nro. documento de emisión", [NANDU, PAGO, CITA], [CITA, PAGO, NANDU]),
        ("Fecha de emisión", [NANDU, CITA, PAGO], [PAGO, CITA, NANDU]),
        ("Fecha de envío de mensaje", [PAGO, CITA, NANDU], [NANDU, CITA, PAGO]),
    ],
)
def test_every_column_orders_both_ways_by_its_title(
    tomas: Any, titulo: str, primero: list[str], luego: list[str]
) -> None:
    una = tomas.click(f"^{titulo}$")
    otra = una.click(f"^{titulo}$")

    assert (asuntos(una), asuntos(otra)) == (primero, luego)
    sentidos = [p.html.select("th[aria-sort]") for p in (una, otra)]
    assert [[th.text for th in ths] for ths in sentidos] == [[titulo], [titulo]]
    assert {ths[0]["aria-sort"] for ths in sentidos} == {"ascending", "descending"}


def test_the_order_can_be_chosen_from_a_list_too(tomas: Any) -> None:
    formulario = llenar(tomas)

    assert len(formulario["orden"].options) == 16
    assert ("asunto_desc", False, "Asunto: de la Z a la A") in formulario["orden"].options
    assert ("envio_desc", True, "Fecha de envío de mensaje: recientes primero") in formulario["orden"].options
    assert asuntos(buscar(tomas, orden="asunto_desc")) == [PAGO, NANDU, CITA]


def test_pages_of_a_search_keep_it(larga: Any) -> None:
    pagina = buscar(larga, q="agua", orden="asunto")
    segunda = pagina.click("^Siguiente$")

    assert asuntos(pagina) + asuntos(segunda) == [f"Agua {n:02}" for n in range(1, 60, 2)]
    assert segunda.html.title.text.startswith("(60) Pendientes por leer, con filtros: 30 de 60, página 2 de 2 - ")
    assert asuntos(segunda.click("^Anterior$")) == asuntos(segunda.click("^Primera$")) == asuntos(pagina)
    assert asuntos(pagina.click("^Última$")) == asuntos(segunda)
    assert asuntos(pagina.click("^Última$").click("^Asunto$"))[0] == "Agua 59"


@pytest.mark.parametrize(("n", "cuantas"), [("25", 25), ("50", 50), ("100", 60), ("7", 25), ("1000000", 25), ("x", 25)])
def test_a_page_is_as_long_as_asked_within_reason(navegador: Navegador, larga: Any, n: str, cuantas: int) -> None:
    assert len(asuntos(navegador.get(f"{larga.request.path}?n={n}"))) == cuantas


def test_pages_of_another_size_lead_on_to_the_same_rows(larga: Any) -> None:
    primera = buscar(larga, n="50")
    segunda = primera.click("^Siguiente$")

    assert (len(asuntos(primera)), len(asuntos(segunda))) == (50, 10)
    assert asuntos(segunda.click("^Anterior$")) == asuntos(primera)


@pytest.mark.parametrize(
    "mala", ["pagina=99", "antes=5&pagina=2", "antes=x&pagina=2", "despues=1&pagina=1", "pagina=x"]
)
@pytest.mark.parametrize("busca", ["q=agua", "orden=asunto"])
def test_a_page_that_is_not_there_leads_to_the_first_of_the_same_search(
    navegador: Navegador, larga: Any, busca: str, mala: str
) -> None:
    respuesta = navegador.get(f"{larga.request.path}?{busca}&{mala}")

    assert (respuesta.status_int, respuesta.location) == (303, f"http://localhost{larga.request.path}?{busca}")
    assert len(asuntos(respuesta.follow())) == 25


def test_a_row_that_was_read_meanwhile_does_not_break_the_chain(base_de_datos: DB, larga: Any) -> None:
    primera = buscar(larga, orden="asunto")
    with base_de_datos.transaction() as conexion:
        sitio: Sitio = conexion.root()[RAIZ]
        for notificacion in list(sitio.personas[mundo.TOMAS].casilla):
            if notificacion.asunto in asuntos(primera)[-3:]:
                leer(sitio, notificacion, actor=mundo.TOMAS, ahora=AHORA)

    segunda = primera.click("^Siguiente$")

    assert not set(asuntos(primera)) & set(asuntos(segunda))
    assert asuntos(segunda)[0] == "Agua 51"


def test_a_wrong_row_is_told_beside_it_and_the_others_are_applied(navegador: Navegador, tomas: Any) -> None:
    pagina = navegador.get(
        f"{tomas.request.path}?f1=anio&o1=contiene&v1=2025&f2=tipo&o2=igual&v2=carta&f3=emision&v3=31/2/2025"
    )

    assert asuntos(pagina) == [PAGO]
    assert pagina.html.title.text.startswith("Error: ")
    assert pagina.html.select_one("details").has_attr("open")
    assert [p.text for p in pagina.html.select(".filtro .mensaje-error")] == [
        "Error: «contiene» no se usa con Año: elija «igual», «antes de», «después de» o «entre»",
        "Error: La fecha «31/2/2025» no existe: revise el día y el mes",
    ]
    for n in ("1", "3"):
        caja = pagina.html.select_one(f"#v{n}")
        assert caja["aria-invalid"] == "true"
        assert f"e{n}" in caja["aria-describedby"].split()
        assert pagina.html.select_one(f".resumen-error a[href='#v{n}']")
    assert not pagina.html.select_one("#v2").has_attr("aria-invalid")
    assert len(fichas(pagina)) == 1


@pytest.mark.parametrize(
    "mala",
    [
        "f1=clave&v1=x",
        "f1=anio&o1=DROP&v1=2025'--",
        "f1=emision&o1=entre&v1=1/1/2025",
        "f1=asunto&o1=contiene&v1=%00%F0%9F%92%A9%EF%BF%BE",
        "q=%00%EF%B7%90%E2%80%AE",
        "q=%3Cscript%3E&f1=asunto&v1=%22%3E%3Cb%3E",
        "f99=anio&v99=2025&f1=&v1=&o1=",
        "q=a&q=b&n=25&n=50&orden=asunto&orden=tipo",
        "quitar=x&mas=&union=%25",
        "v1=" + "9" * 5000,
        "quitar=1&f1=anio&v1=2",
    ],
)
@pytest.mark.parametrize("cual", ["", "leidos"])
def test_nothing_that_an_address_may_say_breaks_the_page(
    navegador: Navegador, tomas: Any, cual: str, mala: str
) -> None:
    navegador.get(f"{tomas.request.path}{cual}?{mala}", status=200)


def test_what_was_read_is_searched_apart(base_de_datos: DB, tomas: Any) -> None:
    with base_de_datos.transaction() as conexion:
        sitio: Sitio = conexion.root()[RAIZ]
        una = next(n for n in sitio.personas[mundo.TOMAS].casilla if n.asunto == PAGO)
        leer(sitio, una, actor=mundo.TOMAS, ahora=AHORA)

    leidos = tomas.click("^Leídos$")

    assert asuntos(buscar(tomas, q="2025")) == [CITA]
    assert asuntos(buscar(leidos, q="2025")) == [PAGO]
    assert estado(buscar(leidos, q="2025")).startswith("1 de 1 notificación cumple los filtros.")
