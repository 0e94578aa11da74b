"""The files of a notification, as its owner's browser gets them, and as nobody else does."""

from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from ZODB import DB

from casilla.services.fundacion import RAIZ
from casilla.services.institucion import editar
from casilla.services.lectura import leer
from tests import mundo
from tests.conftest import Navegador
from tests.printing.lector import poppler

NOMBRE = "2026-01-23_CARTA_000009-2026-OGTI"


@pytest.fixture
def huellas(base_de_datos: DB) -> dict[str, str]:
    """An unread notification of Tomás with two annexes: name of each file → SHA-256."""
    with base_de_datos.transaction() as conexion:
        notificacion = mundo.deposito(conexion.root()[RAIZ], mundo.TOMAS, 9, anexos=2)
        return {adjunto.__name__: adjunto.huella for adjunto in notificacion.archivos}


@pytest.fixture
def sobre(navegador: Navegador, huellas: dict[str, str]) -> str:
    """The address of its envelope, for Tomás who has come in."""
    return navegador.entrar(mundo.TOMAS).click("Respuesta a su solicitud").request.path


@pytest.fixture
def abierta(sobre: str, base_de_datos: DB) -> str:
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        (notificacion,) = sitio.personas[mundo.TOMAS].casilla
        leer(sitio, notificacion, actor=mundo.TOMAS, ahora=mundo.ENERO)
    return sobre


def nombre_ofrecido(respuesta: Any) -> str:
    return unquote(respuesta.headers["Content-Disposition"].rpartition("''")[2])


@pytest.mark.parametrize(
    ("cual", "nombre", "tipo"),
    [
        ("documento", f"{NOMBRE}.pdf", "application/pdf"),
        ("anexo-1", f"{NOMBRE}_anexo-1_anexo 1.txt", "text/plain"),
        ("constancia", f"{NOMBRE}_constancia.pdf", "application/pdf"),
    ],
)
def test_each_file_arrives_whole_with_a_good_name(
    navegador: Navegador, abierta: str, huellas: dict[str, str], cual: str, nombre: str, tipo: str
) -> None:
    respuesta = navegador.get(f"{abierta}/{cual}")

    assert sha256(respuesta.body).hexdigest() == huellas[cual]
    assert nombre_ofrecido(respuesta) == nombre
    assert respuesta.headers["Content-Disposition"].startswith("attachment; ")
    assert respuesta.headers["Content-Type"] == tipo
    assert respuesta.headers["Cache-Control"] == "private, no-store"
    assert respuesta.headers["X-Content-Type-Options"] == "nosniff"


def test_before_it_is_opened_only_the_constancia_may_be_had(
    navegador: Navegador, sobre: str, huellas: dict[str, str]
) -> None:
    assert sha256(navegador.get(f"{sobre}/constancia").body).hexdigest() == huellas["constancia"]
    for cual in ("documento", "documento?ver=1", "anexo-1", "anexos.zip", "todo.zip"):
        respuesta = navegador.get(f"{sobre}/{cual}")
        assert (respuesta.status_int, respuesta.location) == (303, f"http://localhost{sobre}")


def test_a_pdf_may_be_shown_in_a_frame_of_our_own_pages(navegador: Navegador, abierta: str) -> None:
    respuesta = navegador.get(f"{abierta}/documento?ver=1")

    assert respuesta.headers["Content-Disposition"].startswith("inline; ")
    assert respuesta.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'self'"


def test_what_is_not_a_pdf_is_never_shown_as_a_page_of_ours(navegador: Navegador, abierta: str) -> None:
    assert navegador.get(f"{abierta}/anexo-1?ver=1").headers["Content-Disposition"].startswith("attachment; ")


def test_a_cut_download_goes_on_from_where_it_stopped(navegador: Navegador, abierta: str) -> None:
    entero = navegador.get(f"{abierta}/documento")
    desde = {"Range": "bytes=100-", "If-Range": entero.headers["ETag"]}

    resto = navegador.get(f"{abierta}/documento", headers=desde)

    assert resto.status_int == 206
    assert resto.body == entero.body[100:]
    assert resto.headers["Content-Range"] == f"bytes 100-{len(entero.body) - 1}/{len(entero.body)}"


def test_the_zip_of_everything_holds_what_was_deposited_and_then_the_proof_of_the_reading(
    navegador: Navegador, abierta: str, huellas: dict[str, str]
) -> None:
    respuesta = navegador.get(f"{abierta}/todo.zip")

    assert nombre_ofrecido(respuesta) == f"{NOMBRE}.zip"
    with ZipFile(BytesIO(respuesta.body)) as paquete:
        *archivos, lectura, leeme = paquete.namelist()
        assert [sha256(paquete.read(a)).hexdigest() for a in archivos] == list(huellas.values())
        assert (lectura, leeme) == (f"{NOMBRE}_constancia_de_lectura.pdf", "LEEME.txt")
        assert paquete.read(lectura) == navegador.get(f"{abierta}/constancia-de-lectura").body
        texto = paquete.read(leeme).decode("utf-8-sig")
        assert "/verificar/" in texto
        assert f"{lectura}\r\n    {sha256(paquete.read(lectura)).hexdigest()}" in texto
        assert [n for n in paquete.namelist() if n in texto] == [*archivos, lectura]


def test_the_proof_of_the_reading_is_the_same_each_time(navegador: Navegador, abierta: str) -> None:
    primera, otra = (navegador.get(f"{abierta}/constancia-de-lectura") for _ in range(2))

    assert nombre_ofrecido(primera) == f"{NOMBRE}_constancia_de_lectura.pdf"
    assert primera.body == otra.body
    dicho = " ".join(poppler("pdftotext", primera.body).split())
    assert "Leída por EXTRANJERO DE PRUEBA TOMÁS, usuario 4-001234567" in dicho
    assert "Leída 23 de enero de 2026, 10:11 (hora de Lima)" in dicho


def test_what_was_not_read_has_no_proof_of_a_reading(navegador: Navegador, sobre: str) -> None:
    assert navegador.get(f"{sobre}/constancia-de-lectura").location == f"http://localhost{sobre}"


def test_the_zip_of_annexes_holds_only_them(navegador: Navegador, abierta: str, huellas: dict[str, str]) -> None:
    respuesta = navegador.get(f"{abierta}/anexos.zip")

    assert nombre_ofrecido(respuesta) == f"{NOMBRE}_anexos.zip"
    with ZipFile(BytesIO(respuesta.body)) as paquete:
        assert paquete.namelist() == [f"{NOMBRE}_anexo-{n}_anexo {n}.txt" for n in (1, 2)] + ["LEEME.txt"]


def test_a_zip_too_goes_on_from_where_it_stopped(navegador: Navegador, abierta: str) -> None:
    entero = navegador.get(f"{abierta}/todo.zip")

    resto = navegador.get(f"{abierta}/todo.zip", headers={"Range": "bytes=500-", "If-Range": entero.headers["ETag"]})

    assert resto.status_int == 206
    assert entero.body[:500] + resto.body == entero.body


@pytest.mark.parametrize("cual", ["documento", "anexo-1", "constancia", "anexos.zip", "todo.zip"])
def test_nobody_else_gets_a_file_nor_learns_that_it_is_there(navegador: Navegador, abierta: str, cual: str) -> None:
    navegador.reset()
    navegador.entrar(mundo.ROSA)

    ajeno = navegador.get(f"{abierta}/{cual}", status=404)
    inexistente = navegador.get(f"{abierta[:-1]}/{cual}", status=404)

    assert ajeno.html.main.text == inexistente.html.main.text


@pytest.mark.parametrize("cual", ["anexo-3", "documento/x", "historia", "%00", "..%2f..%2fetc"])
def test_there_are_no_other_files(navegador: Navegador, abierta: str, cual: str) -> None:
    assert navegador.get(f"{abierta}/{cual}", expect_errors=True).status_int == 404


def test_the_constancia_de_lectura_stays_as_it_was_when_the_institution_changes_its_data(
    navegador: Navegador, abierta: str, base_de_datos: DB
) -> None:
    antes = navegador.get(f"{abierta}/constancia-de-lectura").body
    for nombre in ("OTRO NOMBRE", "UN TERCERO"):
        with base_de_datos.transaction() as conexion:
            institucion = conexion.root()[RAIZ].institucion
            editar(institucion, {"nombre": nombre, "sigla": "OTRA"}, mundo.ENERO + timedelta(days=1))

    assert navegador.get(f"{abierta}/constancia-de-lectura").body == antes
