"""Where the cartero works: an order of its own, or a thread of the web server."""

import signal
import subprocess
import sys
import threading
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from casilla import main
from casilla.resources.almacen import abrir
from casilla.resources.sitio import Sitio
from casilla.scripts.cartero import RESPIRO
from casilla.scripts.guardia import atender
from casilla.scripts.reparto import Cartero
from casilla.services.exportaciones import Pedido, pedir
from casilla.services.filtros import Consulta
from tests import mundo
from tests.scripts.conftest import Instalacion, por_smtp

ORDEN = Path(sys.executable).parent / "casilla"


def cartas(instalacion: Instalacion) -> list[Path]:
    return sorted((instalacion.carpeta / "correo").glob("*.eml"))


def pronto(cierto: Any, segundos: float = 60) -> bool:
    limite = monotonic() + segundos
    while not cierto() and monotonic() < limite:
        sleep(0.05)
    return bool(cierto())


def test_once_it_empties_what_is_due_and_tells_the_fates(poblada: Instalacion) -> None:
    resultado = poblada.orden("cartero", "--una-vez")

    assert resultado.exit_code == 0, resultado.output
    assert resultado.stdout == "entregadas: 9, rechazadas: 0, pospuestas: 0, descartadas: 3; quedan en cola: 0\n"
    assert len(cartas(poblada)) == 9
    assert "entregadas: 0" in poblada.orden("cartero", "--una-vez").stdout


def test_once_empties_more_than_one_batch(poblada: Instalacion) -> None:
    def llenar(sitio: Sitio) -> None:
        for n in range(100, 220):
            mundo.deposito(sitio, mundo.TOMAS, n, ahora=mundo.ENERO + timedelta(seconds=n))

    poblada.hacer(llenar)

    assert "entregadas: 129" in poblada.orden("cartero", "--una-vez").stdout


def test_once_without_a_server_ends_with_1_and_keeps_the_letters(poblada: Instalacion, puerto_cerrado: int) -> None:
    poblada.ajustar(por_smtp(puerto_cerrado))

    resultado = poblada.orden("cartero", "--una-vez")

    assert resultado.exit_code == 1
    assert "sin servidor de correo" in resultado.stderr
    poblada.ajustar()
    assert "entregadas: 9" in poblada.orden("cartero", "--una-vez").stdout


def test_without_its_settings_it_ends_with_1_and_names_them(poblada: Instalacion) -> None:
    poblada.ajustar({"casilla.correo": "smtp"})

    resultado = poblada.orden("cartero", "--una-vez")

    assert resultado.exit_code == 1
    assert "mail.host" in resultado.stderr


@pytest.mark.parametrize("senal", [signal.SIGTERM, signal.SIGINT])
def test_alone_it_works_until_it_is_told_to_stop(poblada: Instalacion, senal: int) -> None:
    proceso = subprocess.Popen([ORDEN, "-c", poblada.ini, "cartero"], stderr=subprocess.PIPE, text=True)
    try:
        assert pronto(lambda: len(cartas(poblada)) == 9)
        proceso.send_signal(senal)
        assert "Traceback" not in proceso.communicate(timeout=60)[1]
        assert proceso.returncode == 0
    finally:
        proceso.kill()


def pedir_lista(sitio: Sitio) -> str:
    que = Pedido("pendientes", "csv", Consulta())
    return pedir(
        sitio, sitio.personas[mundo.ROSA].casilla, mundo.ROSA, que, cuantas=3, ahora=datetime.now(UTC)
    ).__name__


def fin_del_trabajo(instalacion: Instalacion, nombre: str) -> str:
    return instalacion.hacer(lambda sitio: sitio.trabajos[nombre].estado)


def test_once_also_does_the_jobs_that_wait(poblada: Instalacion) -> None:
    nombre = poblada.hacer(pedir_lista)

    resultado = poblada.orden("cartero", "--una-vez")

    assert resultado.stdout.endswith("quedan en cola: 0\ntrabajos terminado: 1\n")
    assert fin_del_trabajo(poblada, nombre) == "terminado"


def test_alone_it_does_jobs_beside_the_letters(poblada: Instalacion) -> None:
    nombre = poblada.hacer(pedir_lista)
    blobs = poblada.carpeta / "var" / "blobs"
    antes = len(list(blobs.rglob("*.blob")))
    proceso = subprocess.Popen([ORDEN, "-c", poblada.ini, "cartero"], stderr=subprocess.PIPE, text=True)
    try:
        assert pronto(lambda: len(cartas(poblada)) == 9)
        assert pronto(lambda: len(list(blobs.rglob("*.blob"))) > antes)
        proceso.send_signal(signal.SIGTERM)
        assert "Traceback" not in proceso.communicate(timeout=60)[1]
    finally:
        proceso.kill()
    assert fin_del_trabajo(poblada, nombre) == "terminado"


def aplicacion(instalacion: Instalacion, **cambios: str) -> Any:
    with warnings.catch_warnings():
        return main({}, **(instalacion.ajustes | cambios))


def hilos() -> list[threading.Thread]:
    return [hilo for hilo in threading.enumerate() if hilo.name == "cartero"]


def test_the_web_server_carries_its_letters_itself_unless_told_otherwise(poblada: Instalacion) -> None:
    ajustes = poblada.ajustes
    del ajustes["casilla.cartero"]
    registro = main({}, **ajustes).registry
    try:
        assert pronto(lambda: len(cartas(poblada)) == 9)
        assert len(hilos()) == 1
        empezo = monotonic()
        registro.cartero.parar()
        assert hilos() == []
        assert monotonic() - empezo < 20
    finally:
        registro._zodb_databases[""].close()


def test_the_thread_takes_what_a_request_promises_later(poblada: Instalacion) -> None:
    registro = aplicacion(poblada, **{"casilla.cartero": "hilo"}).registry
    db = registro._zodb_databases[""]
    try:
        assert pronto(lambda: len(cartas(poblada)) == 9)
        with db.transaction() as conexion:
            mundo.deposito(conexion.root()["casilla"], mundo.TOMAS, 70)
        assert pronto(lambda: len(cartas(poblada)) == 10)
    finally:
        registro.cartero.parar()
        db.close()


def test_the_thread_waits_for_a_store_that_is_begun_later(vacia: Instalacion) -> None:
    (vacia.carpeta / "var").mkdir()
    (vacia.carpeta / "secreto").write_bytes(mundo.SECRETO)
    registro = aplicacion(vacia, **{"casilla.cartero": "hilo"}).registry
    db = registro._zodb_databases[""]
    try:
        sleep(0.2)
        with db.transaction() as conexion:
            mundo.construir(conexion.root())
        assert pronto(lambda: len(cartas(vacia)) == 9)
    finally:
        registro.cartero.parar()
        db.close()


def test_apart_there_is_no_thread(poblada: Instalacion) -> None:
    registro = aplicacion(poblada, **{"casilla.cartero": "aparte"}).registry
    registro._zodb_databases[""].close()

    assert hilos() == []
    assert not hasattr(registro, "cartero")


def test_another_place_for_the_cartero_is_refused(poblada: Instalacion) -> None:
    with pytest.raises(ValueError, match="'correos' no es hilo ni aparte"):
        aplicacion(poblada, **{"casilla.cartero": "correos"})

    abrir(poblada.uri).close()


class Descansos(threading.Event):
    """A signal to stop that notes how long it was waited for, and comes after the first look at the outbox."""

    def __init__(self) -> None:
        super().__init__()
        self.segundos: list[float | None] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.segundos.append(timeout)
        if timeout != RESPIRO:
            self.set()
        return self.is_set()


def test_in_a_web_server_it_rests_after_each_letter(poblada: Instalacion) -> None:
    """So that deposits and visits, which share its process, come first."""
    parar, db = Descansos(), abrir(poblada.ajustes["zodbconn.uri"])

    atender(Cartero.desde_ajustes(poblada.ajustes, db), parar, RESPIRO)

    db.close()
    assert parar.segundos.count(RESPIRO) >= len(cartas(poblada)) == 9
