"""What the institution may do to somebody's account: with a reason, a letter, a trace, and never behind their back."""

from typing import Any

import pypdf
import pytest
from webtest import TestApp
from ZODB import DB

from casilla.resources.sitio import Sitio
from casilla.services.correspondencia import CAMBIO_DE_LA_INSTITUCION, CORREO_CORREGIDO
from casilla.services.fundacion import RAIZ
from casilla.services.verificacion import hallazgos
from tests import mundo
from tests.conftest import Navegador


@pytest.fixture
def registra(navegador: Navegador) -> Navegador:
    navegador.entrar_al_modulo("registro")
    return navegador


def consultar(navegador: Navegador, quien: str) -> Any:
    formulario = navegador.get("/admin/personas").forms["formulario"]
    formulario["quien"] = quien
    return formulario.submit()


def hacer(navegador: Navegador, acto: str, **valores: str) -> Any:
    """Do it to Rosa, by the page; returns what is read next."""
    pagina = consultar(navegador, mundo.ROSA).follow()
    formulario = navegador.get(f"{pagina.request.path}/{acto}").forms["formulario"]
    for nombre, valor in {"motivo": "Lo pidió por teléfono", **valores}.items():
        formulario[nombre] = valor
    return formulario.submit().maybe_follow()


def en(base_de_datos: DB, que: Any) -> Any:
    with base_de_datos.transaction() as conexion:
        return que(conexion.root()[RAIZ])


def cartas(sitio: Sitio, clase: str = CAMBIO_DE_LA_INSTITUCION) -> list[str]:
    return sorted(carta.para for _, carta in sitio.salida if carta.clase == clase)


@pytest.mark.parametrize("quien", [mundo.ROSA, "40000001", " 4000 0001 ", "Rosa@Correo.example"])
def test_somebody_is_found_by_document_or_by_mail_and_the_look_leaves_an_entry(
    registra: Navegador, base_de_datos: DB, quien: str
) -> None:
    pagina = consultar(registra, quien).follow()

    assert pagina.html.h1.text == "QUISPE MAMANI ROSA"
    assert mundo.ROSA not in pagina.request.path
    ultimo = en(base_de_datos, lambda sitio: next(sitio.auditoria.hacia_atras()))
    assert (ultimo.actor, ultimo.acto, ultimo.sobre) == ("registro", "consultar", pagina.request.path[7:])


@pytest.mark.parametrize("quien", ["40009999", "nadie@correo.example", "Quispe", "4000000"])
def test_whoever_is_not_there_is_not_found_and_no_names_are_listed(
    registra: Navegador, base_de_datos: DB, quien: str
) -> None:
    pagina = consultar(registra, quien)

    assert "Nadie con ese documento o ese correo" in pagina
    assert "ROSA" not in pagina.html.main.text.replace(quien, "")
    ultimo = en(base_de_datos, lambda sitio: next(sitio.auditoria.hacia_atras()))
    assert (ultimo.acto, ultimo.sobre) == ("consultar", "personas")
    assert quien not in ultimo.despues


def test_an_auditor_sees_and_changes_nothing(navegador: Navegador) -> None:
    navegador.entrar_al_modulo("auditor")
    pagina = consultar(navegador, mundo.ROSA).follow()

    assert "Suspender el acceso" not in pagina
    for acto in ("contacto", "suspender", "rehabilitar", "sesiones", "recuperacion", "cerrar"):
        navegador.get(f"{pagina.request.path}/{acto}", status=403)


def test_no_page_of_it_opens_a_document_or_shows_a_hash(registra: Navegador, base_de_datos: DB) -> None:
    pagina = consultar(registra, mundo.ROSA).follow()

    assert en(base_de_datos, lambda sitio: sitio.usuarios[mundo.ROSA].clave) not in pagina
    assert not [a for a in pagina.html.main.find_all("a") if "/casilla/" in a["href"] or "deposito" in a["href"]]


def test_both_addresses_are_told_of_a_correction_and_the_owner_reads_why(
    registra: Navegador, base_de_datos: DB
) -> None:
    pagina = hacer(registra, "contacto", correo="nueva@correo.example", telefono="912345678")

    assert "avisamos a los dos correos" in pagina
    assert en(base_de_datos, cartas) == ["nueva@correo.example"]
    assert en(base_de_datos, lambda s: cartas(s, CORREO_CORREGIDO)) == ["rosa@correo.example"]
    persona = en(base_de_datos, lambda sitio: sitio.personas.por_correo("nueva@correo.example").documento)
    assert persona == mundo.ROSA
    asiento = en(base_de_datos, lambda sitio: next(sitio.auditoria.hacia_atras()))
    assert "rosa@correo.example" in asiento.antes
    assert "nueva@correo.example" in asiento.despues
    assert "Lo pidió por teléfono" in asiento.despues

    titular = Navegador(registra.app)
    titular.base_de_datos = base_de_datos
    titular.entrar(mundo.ROSA)
    cuenta = titular.get("/cuenta")
    assert "se corrigieron sus datos de contacto. Motivo: Lo pidió por teléfono" in cuenta.html.main.text


def test_the_address_of_somebody_else_is_refused_and_nothing_changes(registra: Navegador, base_de_datos: DB) -> None:
    pagina = hacer(registra, "contacto", correo="nusta@correo.example", telefono="912345678")

    assert "Ese correo ya es de otra persona" in pagina
    assert en(base_de_datos, cartas) == []
    telefono = en(base_de_datos, lambda sitio: sitio.personas[mundo.ROSA].telefono)
    assert telefono == "+51987654321"


def test_the_second_of_two_who_correct_at_once_is_told_and_loses_nothing(
    registra: Navegador, base_de_datos: DB
) -> None:
    ficha = consultar(registra, mundo.ROSA).follow().request.path
    segunda = registra.get(f"{ficha}/contacto").forms["formulario"]
    hacer(registra, "contacto", correo="primera@correo.example", telefono="987654321")

    segunda["correo"], segunda["telefono"], segunda["motivo"] = "segunda@correo.example", "911111111", "Otro pedido"
    pagina = segunda.submit()

    assert "Otra persona guardó cambios" in pagina
    assert "primera@correo.example" in pagina.html.find(id="presentes").parent.text
    assert pagina.forms["formulario"]["correo"].value == "segunda@correo.example"
    assert "avisamos a los dos" in pagina.forms["formulario"].submit().follow()


def test_who_is_suspended_is_out_at_once_and_cannot_come_in_until_reinstated(
    registra: Navegador, base_de_datos: DB
) -> None:
    titular = Navegador(registra.app)
    titular.base_de_datos = base_de_datos
    titular.entrar(mundo.ROSA)

    assert "Acceso suspendido" in hacer(registra, "suspender")
    assert titular.get("/cuenta").location.startswith("http://localhost/?next=")
    formulario = titular.get("/").forms["formulario"]
    formulario["usuario"], formulario["clave"] = mundo.ROSA, mundo.CLAVE
    assert "Su acceso está suspendido" in formulario.submit()
    formulario["clave"] = "otra-clave-Equivocada-1"
    assert "Su acceso está suspendido" not in formulario.submit()

    assert "Activa" in hacer(registra, "rehabilitar")
    titular.entrar(mundo.ROSA)
    assert en(base_de_datos, cartas) == ["rosa@correo.example"] * 2


def test_what_is_deposited_while_somebody_is_suspended_counts(registra: Navegador, base_de_datos: DB) -> None:
    hacer(registra, "suspender")

    with base_de_datos.transaction() as conexion:
        assert mundo.deposito(conexion.root()[RAIZ], mundo.ROSA, 60).estado == "depositado"


def test_suspending_twice_is_told_and_leaves_one_letter(registra: Navegador, base_de_datos: DB) -> None:
    ficha = consultar(registra, mundo.ROSA).follow().request.path
    segunda = registra.get(f"{ficha}/suspender").forms["formulario"]
    hacer(registra, "suspender")

    segunda["motivo"] = "Otra vez"

    avisada = segunda.submit()
    assert "Otra persona guardó cambios" in avisada
    assert "ya está suspendido" in avisada.forms["formulario"].submit().follow()
    assert en(base_de_datos, cartas) == ["rosa@correo.example"]


def test_a_casilla_closed_by_the_institution_has_a_constancia_that_says_so(
    registra: Navegador, base_de_datos: DB
) -> None:
    assert "Casilla cerrada" in hacer(registra, "cerrar", motivo="Falleció según RENIEC")

    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        with sitio.usuarios[mundo.ROSA].cierre.abrir() as archivo:
            texto = " ".join(pypdf.PdfReader(archivo).pages[0].extract_text().split())
        assert [queja for quejas in hallazgos(sitio) for queja in quejas] == []
        assert cartas(sitio) == ["rosa@correo.example"]
    assert "cerró la Casilla Electrónica del administrado" in texto
    assert "Falleció según RENIEC" in texto
    assert "con su usuario y contraseña, cerrar" not in texto


def test_sessions_are_closed_and_a_link_goes_to_the_registered_address_only(
    registra: Navegador, base_de_datos: DB
) -> None:
    titular = TestApp(registra.app)
    Navegador.entrar(titular, mundo.ROSA)

    ficha = hacer(registra, "sesiones")
    assert ficha.html.find("dt", string="Sesiones abiertas").find_next("dd").text == "0"
    hacer(registra, "recuperacion")

    para = en(base_de_datos, lambda s: [c.para for _, c in s.salida if c.clase == "recuperacion-clave"])
    assert para == ["rosa@correo.example"]


@pytest.mark.parametrize("acto", ["suspender", "cerrar", "sesiones", "recuperacion"])
def test_nothing_is_done_without_a_reason(registra: Navegador, base_de_datos: DB, acto: str) -> None:
    pagina = hacer(registra, acto, motivo="  ")

    assert "Escriba el motivo" in pagina
    assert en(base_de_datos, cartas) == []
