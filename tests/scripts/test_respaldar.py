"""A backup holds everything, is made beside a server at work, and becomes a store again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from casilla.resources.adjunto import Adjunto
from casilla.resources.almacen import abrir
from casilla.resources.sitio import Sitio
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.almacenes import Postgres, en_zeo
from tests.scripts.conftest import Instalacion


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    servidor = Postgres()
    servidor.iniciar()
    yield servidor
    servidor.detener()


def otra(tmp_path: Path, uri: str | None = None) -> Instalacion:
    """Another installation, with its store still to be made."""
    carpeta = tmp_path / "otra"
    carpeta.mkdir()
    (carpeta / "secreto").write_bytes(mundo.SECRETO)
    (carpeta / "var").mkdir()
    instalacion = Instalacion(carpeta, uri or mundo.carpeta_vacia(carpeta / "var"))
    instalacion.ajustar()
    return instalacion


def contenido(sitio: Sitio) -> list[Any]:
    """What matters of a store: every notification with its history and the bytes of its files."""
    dicho = []
    for _, notificacion in sorted(sitio.registro.items()):
        dicho.append((notificacion.codigo, notificacion.historia, list(map(_bytes, notificacion.archivos))))
    return dicho


def _bytes(adjunto: Adjunto) -> bytes:
    with adjunto.abrir() as archivo:
        return archivo.read()


def bien(instalacion: Instalacion, *orden: str) -> str:
    resultado = instalacion.orden(*orden)
    assert resultado.exit_code == 0, resultado.output
    return resultado.stdout


def test_what_was_backed_up_comes_back_whole(poblada: Instalacion, tmp_path: Path) -> None:
    respaldo = str(tmp_path / "respaldo")

    assert "Todo concuerda." in bien(poblada, "respaldar", respaldo, "--comprobar")
    nueva = otra(tmp_path)
    assert "Todo concuerda." in bien(nueva, "restaurar", respaldo)

    assert nueva.hacer(contenido) == poblada.hacer(contenido)
    assert len(nueva.hacer(contenido)) == 5


def test_the_backup_says_that_the_secret_is_not_in_it(poblada: Instalacion, tmp_path: Path) -> None:
    assert "guarde aparte" in bien(poblada, "respaldar", str(tmp_path / "respaldo"))
    assert not list((tmp_path / "respaldo").rglob("secreto"))


def test_a_second_backup_adds_only_what_is_new(poblada: Instalacion, tmp_path: Path) -> None:
    respaldo = str(tmp_path / "respaldo")
    bien(poblada, "respaldar", respaldo)
    poblada.hacer(lambda sitio: mundo.deposito(sitio, mundo.TOMAS, 60).codigo)

    assert bien(poblada, "respaldar", respaldo).startswith("Transacciones copiadas: 1.")
    assert bien(poblada, "respaldar", respaldo, "--comprobar").startswith("Transacciones copiadas: 0.")
    nueva = otra(tmp_path)
    bien(nueva, "restaurar", respaldo)
    assert len(nueva.hacer(contenido)) == 6


def test_it_is_made_while_the_server_holds_the_store(poblada: Instalacion, tmp_path: Path) -> None:
    with closing(abrir(poblada.uri)) as servidor:
        with servidor.transaction() as conexion:
            mundo.deposito(conexion.root()[RAIZ], mundo.TOMAS, 60)
        assert "Todo concuerda." in bien(poblada, "respaldar", str(tmp_path / "respaldo"), "--comprobar")


def test_nobody_else_may_read_the_backup(poblada: Instalacion, tmp_path: Path) -> None:
    bien(poblada, "respaldar", str(tmp_path / "respaldo"))

    abiertos = [ruta for ruta in (tmp_path / "respaldo").rglob("*") if ruta.stat().st_mode & 0o077]
    assert abiertos == []


def test_a_store_with_something_in_it_is_not_touched(poblada: Instalacion, tmp_path: Path) -> None:
    respaldo = str(tmp_path / "respaldo")
    bien(poblada, "respaldar", respaldo)
    antes = (tmp_path / "var" / "Data.fs").read_bytes()

    resultado = poblada.orden("restaurar", respaldo)

    assert resultado.exit_code == 1
    assert "no está vacío: no se cambió nada" in resultado.stderr
    assert (tmp_path / "var" / "Data.fs").read_bytes() == antes


def test_a_folder_without_a_backup_is_told(poblada: Instalacion, tmp_path: Path) -> None:
    resultado = otra(tmp_path).orden("restaurar", str(tmp_path / "nada"))

    assert resultado.exit_code == 1
    assert "no hay ningún respaldo" in resultado.stderr


def test_the_backup_of_a_newer_store_is_not_mixed_with_an_older_one(poblada: Instalacion, tmp_path: Path) -> None:
    vieja = otra(tmp_path)
    bien(vieja, "iniciar")
    poblada.hacer(lambda sitio: mundo.deposito(sitio, mundo.TOMAS, 60).codigo)
    bien(poblada, "respaldar", str(tmp_path / "respaldo"))

    resultado = vieja.orden("respaldar", str(tmp_path / "respaldo"))

    assert resultado.exit_code == 1
    assert "es de otro almacén" in resultado.stderr


def test_from_one_file_to_postgresql_and_back(poblada: Instalacion, tmp_path: Path, postgres: Postgres) -> None:
    postgres.sql("CREATE DATABASE restaurada")
    bien(poblada, "respaldar", str(tmp_path / "respaldo"))
    en_postgres = otra(tmp_path, postgres.uri("restaurada", tmp_path / "blobs-del-cliente"))

    assert "Todo concuerda." in bien(en_postgres, "restaurar", str(tmp_path / "respaldo"))
    assert en_postgres.hacer(contenido) == poblada.hacer(contenido)
    en_postgres.hacer(lambda sitio: mundo.deposito(sitio, mundo.TOMAS, 60).codigo)
    assert "Todo concuerda." in bien(en_postgres, "respaldar", str(tmp_path / "vuelta"), "--comprobar")
    assert bien(en_postgres, "respaldar", str(tmp_path / "vuelta")).startswith("Transacciones copiadas: 0.")


def test_a_store_behind_zeo_is_backed_up_and_restored_at_its_server(
    poblada: Instalacion, mundo_guardado: Path, tmp_path: Path
) -> None:
    with en_zeo(mundo_guardado, tmp_path / "zeo") as uri:
        cliente = otra(tmp_path, uri)
        assert "Todo concuerda." in bien(cliente, "respaldar", str(tmp_path / "respaldo"), "--comprobar")
        assert "no está vacío" in cliente.orden("restaurar", str(tmp_path / "respaldo")).stderr


def test_a_backup_killed_half_way_goes_on_where_it_was(poblada: Instalacion, tmp_path: Path) -> None:
    for n in range(60, 240):
        poblada.hacer(lambda sitio, n=n: mundo.deposito(sitio, mundo.TOMAS, n).codigo)
    respaldo = tmp_path / "respaldo"
    orden = [Path(sys.executable).parent / "casilla", "-c", poblada.ini, "respaldar", respaldo]
    proceso = subprocess.Popen(orden, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    limite = time.monotonic() + 60
    while not (respaldo / "Data.fs").exists() or (respaldo / "Data.fs").stat().st_size < 50_000:
        assert time.monotonic() < limite
        time.sleep(0.001)
    os.kill(proceso.pid, signal.SIGKILL)
    assert proceso.wait() == -signal.SIGKILL

    assert "Todo concuerda." in bien(poblada, "respaldar", str(respaldo), "--comprobar")
    nueva = otra(tmp_path)
    bien(nueva, "restaurar", str(respaldo))
    assert nueva.hacer(contenido) == poblada.hacer(contenido)
