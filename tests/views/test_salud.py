"""What the watchers are told."""

from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from webtest import TestApp
from ZODB import DB
from ZODB.POSException import StorageError

from casilla.services.correspondencia import CLAVE_CAMBIADA, encolar
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.conftest import Navegador
from tests.views.test_errores import con_almacen_caido


@pytest.fixture(autouse=True)
def cartas_al_dia(base_de_datos: DB) -> None:
    """The letters of the world are from January: they have left."""
    with base_de_datos.transaction() as conexion:
        salida = conexion.root()[RAIZ].salida
        for lugar, _ in list(salida):
            salida.quitar(lugar)


def encolada(base_de_datos: DB, hace: timedelta) -> None:
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        usuario = sitio.usuarios[mundo.ROSA]
        encolar(sitio, CLAVE_CAMBIADA, "rosa@correo.example", usuario, datetime.now(UTC) - hace)


def test_a_process_that_answers_is_alive_even_without_a_store(aplicacion: Any) -> None:
    caido = con_almacen_caido(aplicacion, StorageError("caído"))

    respuesta = TestApp(aplicacion).get("/salud/vivo")

    assert respuesta.json == {"estado": "vivo"}
    assert "Set-Cookie" not in respuesta.headers
    assert caido.veces == 0


def test_with_store_and_letters_in_order_it_is_ready(navegador: Navegador, base_de_datos: DB) -> None:
    encolada(base_de_datos, hace=timedelta(minutes=14))

    respuesta = navegador.get("/salud/listo")

    assert respuesta.json == {"estado": "listo"}
    assert respuesta.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in respuesta.headers


def test_letters_that_nobody_takes_are_a_warning_and_close_no_door(navegador: Navegador, base_de_datos: DB) -> None:
    encolada(base_de_datos, hace=timedelta(minutes=20))

    assert navegador.get("/salud/listo").json == {
        "estado": "listo",
        "avisos": ["correo: hay cartas sin enviar hace 20 minutos; ¿corre «casilla cartero»?"],
    }


def test_a_letter_put_off_for_later_is_no_reason(navegador: Navegador, base_de_datos: DB) -> None:
    encolada(base_de_datos, hace=timedelta(hours=3))
    with base_de_datos.transaction() as conexion:
        for _, carta in conexion.root()[RAIZ].salida:
            carta.proximo = datetime.now(UTC) + timedelta(minutes=30)

    assert navegador.get("/salud/listo").json == {"estado": "listo"}


def test_a_store_out_of_reach_is_a_reason(aplicacion: Any) -> None:
    con_almacen_caido(aplicacion, StorageError("caído en 10.1.2.3"))

    respuesta = TestApp(aplicacion).get("/salud/listo", status=503)

    assert respuesta.json["motivos"] == ["almacén: no responde (StorageError)"]


def test_a_store_never_begun_is_a_reason(navegador: Navegador, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        del conexion.root()[RAIZ]

    assert "casilla iniciar" in navegador.get("/salud/listo", status=503).json["motivos"][0]


def test_a_full_disk_is_a_reason(navegador: Navegador, monkeypatch: pytest.MonkeyPatch) -> None:
    uso = namedtuple("uso", "total used free")(10**12, 10**12 - 10**9, 10**9)
    monkeypatch.setattr("shutil.disk_usage", lambda camino: uso)

    assert navegador.get("/salud/listo", status=503).json["motivos"] == ["almacén: quedan 953 MiB de disco"]


def test_a_store_that_cannot_be_written_is_a_reason(navegador: Navegador, base_de_datos: DB, tmp_path: Path) -> None:
    base_de_datos.storage._is_read_only = True
    try:
        assert navegador.get("/salud/listo", status=503).json["motivos"] == ["almacén: solo se puede leer"]
    finally:
        base_de_datos.storage._is_read_only = False
