"""``casilla doctor``: each thing that can be wrong has its line."""

import os
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from casilla.gateways import reloj
from casilla.resources.almacen import abrir
from casilla.resources.sitio import Sitio
from casilla.scripts import ORDENES, examenes
from casilla.services import calendario
from casilla.services.fundacion import RAIZ
from tests.scripts.conftest import Instalacion, por_smtp


@pytest.fixture
def sana(vacia: Instalacion, monkeypatch: pytest.MonkeyPatch) -> Instalacion:
    """As it is after ``casilla iniciar``, on a machine whose clock somebody keeps."""
    monkeypatch.setattr(reloj, "margen", lambda: timedelta(milliseconds=2))
    vacia.orden("iniciar")
    return vacia


def lineas(instalacion: Instalacion, estado: int) -> str:
    resultado = instalacion.orden("doctor")
    assert resultado.exit_code == estado, resultado.output
    return resultado.stdout


def test_a_new_installation_is_sound(sana: Instalacion) -> None:
    dicho = lineas(sana, 0)

    for que in ("ajustes", "identidad", "permisos", "disco", "feriados", "correo", "almacén", "reloj", "pasos", "cola"):
        assert f"ok     {que}: " in dicho
    assert {linea.split()[0] for linea in dicho.splitlines()} == {"ok"}


def test_it_writes_to_the_store_and_leaves_it_as_it_was(sana: Instalacion) -> None:
    antes = os.path.getsize(sana.carpeta / "var" / "Data.fs")

    lineas(sana, 0)

    assert 0 < os.path.getsize(sana.carpeta / "var" / "Data.fs") - antes < 1000
    assert sana.orden("verificar").exit_code == 0


def test_a_store_that_the_server_holds_is_read_all_the_same(sana: Instalacion) -> None:
    db = abrir(sana.uri)
    try:
        dicho = lineas(sana, 0)
    finally:
        db.close()

    assert "aviso  almacén: lo tiene abierto otro proceso" in dicho
    assert "ok     cola: sin cartas por enviar" in dicho


def test_missing_secrets_are_each_named(sana: Instalacion) -> None:
    (sana.carpeta / "secreto").unlink()
    sana.ajustar({"mail.ca_archivo": "/no/esta.pem"})

    dicho = lineas(sana, 1)

    assert "error  ajustes: casilla.secreto_archivo: no se puede leer" in dicho
    assert "error  ajustes: mail.ca_archivo: no se puede leer /no/esta.pem" in dicho


@pytest.mark.parametrize("nombre", ["secreto", "var/Data.fs"])
def test_what_others_may_read_is_told(sana: Instalacion, nombre: str) -> None:
    (sana.carpeta / nombre).chmod(0o644)

    assert f"aviso  permisos: otros pueden leer {sana.carpeta / nombre}" in lineas(sana, 0)


def test_a_folder_that_is_gone_is_told(sana: Instalacion) -> None:
    (sana.carpeta / "correo").rmdir()

    assert f"error  disco: no existe {sana.carpeta / 'correo'}" in lineas(sana, 1)


@pytest.mark.parametrize(
    ("libre", "nivel", "estado"), [(4 << 30, "error", 1), (7 << 30, "aviso", 0), (1 << 40, "ok   ", 0)]
)
def test_a_full_disk_is_told(
    sana: Instalacion, monkeypatch: pytest.MonkeyPatch, libre: int, nivel: str, estado: int
) -> None:
    monkeypatch.setattr(examenes.shutil, "disk_usage", lambda ruta: type("Uso", (), {"free": libre}))

    assert f"{nivel}  disco: " in lineas(sana, estado)


def test_a_clock_behind_the_last_transaction_is_told(sana: Instalacion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examenes, "ahora", lambda: datetime.now(UTC) - timedelta(minutes=10))

    assert "error  reloj: está" in lineas(sana, 1)


@pytest.mark.parametrize(
    ("margen", "dicho"),
    [
        (timedelta(milliseconds=12), "ok     reloj: lo ajusta un servidor de hora; a lo más está a 0.012 s"),
        (timedelta(seconds=3), "aviso  reloj: lo ajusta un servidor de hora; a lo más está a 3.000 s"),
        (None, "aviso  reloj: el sistema operativo no dice que alguien lo ajuste"),
    ],
)
def test_a_clock_that_drifts_is_told(
    sana: Instalacion, monkeypatch: pytest.MonkeyPatch, margen: timedelta | None, dicho: str
) -> None:
    monkeypatch.setattr(reloj, "margen", lambda: margen)

    assert dicho in lineas(sana, 0)


def test_a_mail_server_is_greeted_and_gets_no_letter(sana: Instalacion, servidor: Any) -> None:
    correo = servidor()
    sana.ajustar(por_smtp(correo.port))

    assert f"ok     correo: 127.0.0.1:{correo.port} atiende" in lineas(sana, 0)
    assert correo.handler.recibidos == []


def test_a_mail_server_that_is_down_is_told(sana: Instalacion, puerto_cerrado: int) -> None:
    sana.ajustar(por_smtp(puerto_cerrado))

    assert f"error  correo: 127.0.0.1:{puerto_cerrado} no atiende" in lineas(sana, 1)


def test_a_mail_server_that_says_nothing_is_told(
    sana: Instalacion, servidor_mudo: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examenes, "_ESPERA", 0.2)
    sana.ajustar(por_smtp(servidor_mudo))

    empezo = time.monotonic()
    assert "error  correo:" in lineas(sana, 1)
    assert time.monotonic() - empezo < 10


def test_letters_that_wait_too_long_are_told(poblada: Instalacion) -> None:
    cuantas = poblada.hacer(lambda sitio: sum(1 for _ in sitio.salida))

    assert f"error  cola: cartas por enviar: {cuantas}; la más antigua espera hace" in lineas(poblada, 1)


def test_an_empty_store_is_told(vacia: Instalacion) -> None:
    (vacia.carpeta / "var").mkdir()

    assert "error  almacén: está vacío" in lineas(vacia, 1)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # ZODB leaves what it opened open
def test_a_store_that_cannot_be_opened_is_told(sana: Instalacion) -> None:
    (sana.carpeta / "var" / "Data.fs.index").unlink()
    (sana.carpeta / "var" / "Data.fs").write_bytes(b"no es un almacen" * 100)

    assert "error  almacén: zodbconn.uri: no se puede abrir el almacén" in lineas(sana, 1)


def test_the_fictitious_register_on_a_public_address_is_told(sana: Instalacion) -> None:
    sana.ajustar({"casilla.url": "https://casilla.example"})

    assert "aviso  identidad: casilla.identidad.dni pregunta a Padrón ficticio, que no es real" in lineas(sana, 0)


def test_decreed_days_that_are_all_past_are_told(sitio: Sitio) -> None:
    dicho = datetime(2020, 1, 2, 12, tzinfo=UTC)
    calendario.no_laborable(sitio, date(2020, 1, 3), "Día decretado", "Decreto", actor="prueba", ahora=dicho)

    assert "calendario" in [que for nivel, que, _ in examenes.de_sitio({RAIZ: sitio}) if nivel == examenes.AVISO]


def test_the_holidays_end_is_told(sana: Instalacion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examenes, "feriados", lambda anio: {})

    assert "error  feriados: no hay feriados de" in lineas(sana, 1)


def test_nothing_personal_is_printed(poblada: Instalacion) -> None:
    dicho = lineas(poblada, 1)

    assert not any(dato in dicho for dato in ("ROSA", "rosa@", "40000001"))
    assert Path(poblada.carpeta / "secreto").read_text() not in dicho


def test_the_manual_explains_every_line_and_every_order(sana: Instalacion) -> None:
    manual = (Path(__file__).parent.parent.parent / "docs" / "operacion.md").read_text("utf-8")

    examinado = {linea.split()[1].rstrip(":") for linea in lineas(sana, 0).splitlines()}
    assert {que for que in examinado if f"| `{que}` |" not in manual} == set()
    assert {orden for orden in ORDENES if f"| `{orden}" not in manual} == set()
