"""The pulse of the web server, and the silences that it tells."""

import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from ZODB import DB
from ZODB.POSException import StorageError

from casilla import main
from casilla.request import NoListo
from casilla.resources.interrupcion import Interrupcion
from casilla.scripts import latido as modulo
from casilla.scripts.latido import SILENCIO, Latido, vivir
from casilla.services.fundacion import RAIZ
from casilla.services.interrupciones import SERVICIOS, registrar
from tests import mundo
from tests.almacenes import copiar

DIEZ = datetime(2026, 1, 23, 15, 0, tzinfo=UTC)


class Minutero:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.hora = DIEZ

    def __call__(self) -> datetime:
        return self.hora


@pytest.fixture
def minutero() -> Minutero:
    return Minutero()


@pytest.fixture
def archivo(tmp_path: Path) -> Path:
    return tmp_path / "latido"


def contadas(db: DB) -> list[Interrupcion]:
    conexion = db.open()
    try:
        halladas = list(conexion.root()[RAIZ].interrupciones.values())
        return [i for i in halladas if i.estado]
    finally:
        conexion.close()


def test_the_first_beat_only_leaves_its_mark(base_de_datos: DB, archivo: Path, minutero: Minutero) -> None:
    Latido(base_de_datos, archivo, minutero).latir()

    assert archivo.stat().st_mtime == DIEZ.timestamp()
    assert contadas(base_de_datos) == []


def test_beats_write_nothing_in_the_store(base_de_datos: DB, archivo: Path, minutero: Minutero) -> None:
    antes = base_de_datos.lastTransaction()
    for _ in range(10):
        Latido(base_de_datos, archivo, minutero).latir()
        minutero.hora += SILENCIO

    assert base_de_datos.lastTransaction() == antes


def test_a_silence_is_told_when_the_beats_come_back(base_de_datos: DB, archivo: Path, minutero: Minutero) -> None:
    Latido(base_de_datos, archivo, minutero).latir()
    minutero.hora += timedelta(hours=2)
    Latido(base_de_datos, archivo, minutero).latir()
    Latido(base_de_datos, archivo, minutero).latir()

    (unica,) = contadas(base_de_datos)
    assert (unica.desde, unica.hasta) == (DIEZ, DIEZ + timedelta(hours=2))


def test_what_the_operator_had_told_is_not_told_again(base_de_datos: DB, archivo: Path, minutero: Minutero) -> None:
    Latido(base_de_datos, archivo, minutero).latir()
    with base_de_datos.transaction() as conexion:
        registrar(conexion.root()[RAIZ], SERVICIOS, "Mantenimiento.", desde=DIEZ, actor="operador", ahora=DIEZ)
    minutero.hora += timedelta(hours=2)
    Latido(base_de_datos, archivo, minutero).latir()

    assert [i.motivo for i in contadas(base_de_datos)] == ["Mantenimiento."]


def test_of_processes_that_wake_up_together_one_tells(base_de_datos: DB, archivo: Path, minutero: Minutero) -> None:
    Latido(base_de_datos, archivo, minutero).latir()
    minutero.hora += timedelta(hours=2)
    salida = threading.Barrier(3)

    def despertar() -> None:
        salida.wait()
        Latido(base_de_datos, archivo, minutero).latir()

    hilos = [threading.Thread(target=despertar) for _ in range(3)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()

    assert len(contadas(base_de_datos)) == 1


def test_while_the_store_cannot_be_read_there_is_no_mark(
    base_de_datos: DB, archivo: Path, minutero: Minutero, monkeypatch: pytest.MonkeyPatch
) -> None:
    Latido(base_de_datos, archivo, minutero).latir()
    minutero.hora += timedelta(minutes=10)

    def caido(*_: Any) -> Any:
        raise StorageError("caído")

    with monkeypatch.context() as parche:
        parche.setattr(base_de_datos, "open", caido)
        with pytest.raises(StorageError):
            Latido(base_de_datos, archivo, minutero).latir()
    assert archivo.stat().st_mtime == DIEZ.timestamp()

    Latido(base_de_datos, archivo, minutero).latir()
    assert len(contadas(base_de_datos)) == 1


def test_a_store_that_was_never_begun_has_no_pulse(base_de_datos: DB, archivo: Path, minutero: Minutero) -> None:
    with base_de_datos.transaction() as conexion:
        del conexion.root()[RAIZ]

    with pytest.raises(NoListo):
        Latido(base_de_datos, archivo, minutero).latir()
    assert not archivo.exists()


def test_a_clock_that_was_set_back_tells_nothing(base_de_datos: DB, archivo: Path, minutero: Minutero) -> None:
    Latido(base_de_datos, archivo, minutero).latir()
    minutero.hora -= timedelta(hours=2)
    Latido(base_de_datos, archivo, minutero).latir()

    assert contadas(base_de_datos) == []


def test_a_beat_that_fails_does_not_end_it(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(modulo, "CADA", 0.0)
    parar = threading.Event()
    latidos = []

    class Tropieza:
        def latir(self) -> None:
            latidos.append(1)
            if len(latidos) == 3:
                parar.set()
            raise StorageError("en 10.1.2.3")

    vivir(Tropieza(), parar)  # type: ignore[arg-type]

    assert len(latidos) == 3
    assert "sin latido: StorageError" in caplog.text
    assert "10.1.2.3" not in caplog.text


def _esperar(cierto: Callable[[], bool]) -> bool:
    limite = monotonic() + 60
    while not cierto() and monotonic() < limite:
        sleep(0.02)
    return cierto()


def test_a_web_server_that_comes_back_tells_its_silence(
    ajustes: dict[str, Any], mundo_guardado: Path, tmp_path: Path, archivo: Path
) -> None:
    archivo.touch()
    hace = datetime.now(UTC) - timedelta(hours=3)
    os.utime(archivo, (hace.timestamp(),) * 2)
    uri = mundo.carpeta_vacia(copiar(mundo_guardado, tmp_path / "almacen"))

    aplicacion = main({}, **{**ajustes, "zodbconn.uri": uri, "casilla.latido": str(archivo)})
    db = aplicacion.registry._zodb_databases[""]
    try:
        assert _esperar(lambda: archivo.stat().st_mtime > hace.timestamp() + 60)
        assert [i.desde for i in contadas(db)] == [hace]
    finally:
        aplicacion.registry.parar_latido.set()
        for hilo in threading.enumerate():
            if hilo.name == "latido":
                hilo.join()
        db.close()
