"""The requests board: evidence without right values, a decision once, told to the person and to the audit."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from ZODB import DB

from casilla.services.correspondencia import SOLICITUD_AUTORIZADA, SOLICITUD_DENEGADA
from casilla.services.fundacion import RAIZ
from casilla.services.registro import iniciar
from tests import mundo
from tests.conftest import Navegador
from tests.solicitantes import cartas, en_revision

LISTA = "/admin/solicitudes"


def poner(base_de_datos: DB, numero: str = "99000013", **opciones: Any) -> str:
    """A request in review; returns the address of its page."""
    with base_de_datos.transaction() as conexion:
        return f"{LISTA}/{en_revision(conexion.root()[RAIZ], numero, **opciones).__name__}"


def en(base_de_datos: DB, que: Any) -> Any:
    with base_de_datos.transaction() as conexion:
        return que(conexion.root()[RAIZ])


@pytest.fixture
def registra(navegador: Navegador) -> Navegador:
    navegador.entrar_al_modulo("registro")
    return navegador


def decidir(navegador: Navegador, ficha: str, acto: str, motivo: str = "Mostró su DNI por videollamada") -> Any:
    formulario = navegador.consultar(f"{ficha}/{acto}").forms["formulario"]
    formulario["motivo"] = motivo
    return formulario.submit().maybe_follow()


def palabras(pagina: Any) -> str:
    return " ".join(pagina.html.main.text.split())


def test_without_requests_it_says_so(registra: Navegador) -> None:
    pagina = registra.get(LISTA)

    assert "No hay solicitudes en revisión." in palabras(pagina)
    assert not pagina.html.select("table")


def test_the_list_has_who_waits_longest_first_and_marks_who_waits_too_long(
    registra: Navegador, base_de_datos: DB
) -> None:
    poner(base_de_datos, "99111111", ahora=datetime.now(UTC))
    poner(base_de_datos)

    filas = [fila.text.split("\n") for fila in registra.get(LISTA).html.select("tbody tr")]

    assert ["INVENTADO NADIE" in " ".join(fila) for fila in filas] == [True, True]
    assert [any("Atrasada" in parte for parte in fila) for fila in filas] == [True, False]
    assert ["no respondió" in " ".join(fila) for fila in filas] == [True, False]
    assert "no tiene ese documento" in " ".join(filas[1])


def test_a_long_list_goes_by_pages(registra: Navegador, base_de_datos: DB) -> None:
    for n in range(27):
        poner(base_de_datos, nombre=f"s{n:02}", ahora=mundo.ENERO + timedelta(minutes=n))

    primera = registra.get(LISTA)
    segunda = primera.click("Siguiente")

    assert "27 solicitudes esperan una decisión." in palabras(primera)
    assert [len(pagina.html.select("tbody tr")) for pagina in (primera, segunda)] == [25, 2]
    for torcida in ("0", "-1", "x", "999999999999", "%C2%B2"):
        assert registra.get(f"{LISTA}?p={torcida}").html.select("tbody tr")


def test_the_evidence_says_which_data_differ_and_no_right_value(registra: Navegador, base_de_datos: DB) -> None:
    pagina = registra.consultar(poner(base_de_datos, "49083411", nombres="OTRA", cui="9"))

    texto = palabras(pagina)
    assert pagina.html.h1.text == "EJEMPLO FICTICIA OTRA"
    assert "Hay datos que no coinciden con Padrón ficticio" in texto
    assert "nombres, CUI" in texto
    assert "Nadie tiene casilla con ese documento." in texto
    assert "192.0.2.7" in texto
    assert "Constancia del pedido: por enviar" in texto
    assert "ROSA ELENA" not in texto


def test_whoever_has_a_casilla_already_is_shown_and_cannot_be_authorized(
    registra: Navegador, base_de_datos: DB
) -> None:
    ficha = poner(base_de_datos, correo="rosa@correo.example")

    pagina = registra.consultar(ficha)

    assert "Ese correo ya es de una casilla: QUISPE MAMANI ROSA" in palabras(pagina)
    assert [boton.text for boton in pagina.html.select(".acciones .btn")] == ["Denegar"]
    assert "no se puede autorizar otra" in palabras(decidir(registra, ficha, "autorizar"))
    assert en(base_de_datos, lambda sitio: cartas(sitio, SOLICITUD_AUTORIZADA)) == []


def test_another_request_for_the_same_document_is_shown(registra: Navegador, base_de_datos: DB) -> None:
    una, otra = poner(base_de_datos), poner(base_de_datos, nombre="otra", correo="otra@correo.example")

    pagina = registra.consultar(una)

    assert [a["href"] for a in pagina.html.select("main li a")] == [otra]


@pytest.mark.parametrize(
    ("acto", "carta", "dicho"),
    [
        ("autorizar", SOLICITUD_AUTORIZADA, "Cómo comprobó la identidad: Mostró su DNI por videollamada"),
        ("denegar", SOLICITUD_DENEGADA, "Motivo: Mostró su DNI por videollamada"),
    ],
)
def test_a_decision_is_mailed_and_audited(
    registra: Navegador, base_de_datos: DB, acto: str, carta: str, dicho: str
) -> None:
    ficha = poner(base_de_datos)

    pagina = decidir(registra, ficha, acto)

    assert "la carta va en camino" in palabras(pagina)
    assert "por registro el" in palabras(pagina)
    assert not pagina.html.select(".acciones .btn")
    assert [para for para, _ in en(base_de_datos, lambda sitio: cartas(sitio, carta))] == ["p99000013@correo.example"]
    asiento = en(base_de_datos, lambda sitio: next(sitio.auditoria.hacia_atras()))
    assert (asiento.actor, asiento.acto, asiento.sobre) == ("registro", acto, ficha.removeprefix("/admin/"))
    assert asiento.antes == "INVENTADO NADIE, DNI 99000013"
    assert asiento.despues == dicho
    assert "No hay solicitudes en revisión." in palabras(registra.get(LISTA))


def test_a_decision_needs_a_reason(registra: Navegador, base_de_datos: DB) -> None:
    ficha = poner(base_de_datos)

    for acto, falta in (("autorizar", "Escriba cómo comprobó la identidad"), ("denegar", "Escriba el motivo")):
        assert falta in decidir(registra, ficha, acto, " ")
    assert en(base_de_datos, lambda sitio: sitio.solicitudes.cuantas_en_revision()) == 1


def test_the_second_of_two_who_decide_is_told_what_the_first_did(registra: Navegador, base_de_datos: DB) -> None:
    ficha = poner(base_de_datos)
    segunda = registra.consultar(f"{ficha}/denegar").forms["formulario"]
    decidir(registra, ficha, "autorizar")

    segunda["motivo"] = "Otro motivo"
    pagina = segunda.submit().follow()

    assert "Ya está decidida. Autorizada por registro el" in palabras(pagina)
    assert en(base_de_datos, lambda sitio: cartas(sitio, SOLICITUD_DENEGADA)) == []
    assert "Ya está decidida" in palabras(registra.get(f"{ficha}/autorizar").follow())


def test_an_auditor_sees_and_decides_nothing(navegador: Navegador, base_de_datos: DB) -> None:
    ficha = poner(base_de_datos)
    navegador.entrar_al_modulo("auditor")

    pagina = navegador.elegir(navegador.get(LISTA), "INVENTADO")

    assert not pagina.html.select(".acciones .btn")
    for acto in ("autorizar", "denegar"):
        navegador.get(f"{ficha}/{acto}", status=403)


def test_a_registration_that_nobody_was_asked_to_look_at_is_not_found(registra: Navegador, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        iniciar(conexion.root()[RAIZ], "ajena", ahora=mundo.ENERO, direccion="")

    registra.get(f"{LISTA}/ajena", status=404)


def test_a_company_is_shown_with_what_companies_have(registra: Navegador, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        solicitud = en_revision(conexion.root()[RAIZ], "20566118603", razon_social="OTRA S.A.C.")

    pagina = registra.consultar(f"{LISTA}/{solicitud.__name__}")

    assert pagina.html.h1.text == "OTRA S.A.C."
    assert "razón social" in palabras(pagina)
