"""The three stores that the product runs on, each real: FileStorage, ZEO, and RelStorage over PostgreSQL.

Each is a context manager that yields the URI of a copy of the world that a test may change.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import SystemRandom
from time import monotonic, sleep

import psycopg2

from tests import mundo


def puerto_libre() -> int:
    """A port for a server that is yet to start. None of those that the system gives, from 32768 on: it could give it to
    somebody's connection before the server has it.
    """
    while True:
        puerto = SystemRandom().randrange(11_000, 32_000)
        with socket.socket() as s, suppress(OSError):
            s.bind(("127.0.0.1", puerto))
            return puerto


def copiar(guardado: Path, destino: Path) -> Path:
    return shutil.copytree(guardado, destino, ignore=shutil.ignore_patterns("*.lock"))


@contextmanager
def en_archivo(guardado: Path, carpeta: Path) -> Iterator[str]:
    yield mundo.carpeta_vacia(copiar(guardado, carpeta / "almacen"))


@contextmanager
def en_zeo(guardado: Path, carpeta: Path) -> Iterator[str]:
    """A ZEO server over a copy of the world."""
    copia, puerto = copiar(guardado, carpeta / "almacen"), puerto_libre()
    orden = [Path(sys.executable).parent / "runzeo", "-C", _configuracion(copia, puerto)]
    servidor = subprocess.Popen(orden, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _esperar(puerto)
        yield f"zeo://127.0.0.1:{puerto}?blob_dir={carpeta}/blobs-del-cliente&wait_timeout=60"
    finally:
        servidor.terminate()
        servidor.wait(60)


def _configuracion(copia: Path, puerto: int) -> str:
    archivo = copia / "zeo.conf"
    archivo.write_text(
        f"<zeo>\n  address 127.0.0.1:{puerto}\n</zeo>\n"
        f"<filestorage 1>\n  path {copia}/Data.fs\n  blob-dir {copia}/blobs\n</filestorage>\n"
    )
    return str(archivo)


def _esperar(puerto: int, segundos: float = 60) -> None:
    limite = monotonic() + segundos
    while True:
        try:
            socket.create_connection(("127.0.0.1", puerto), 1).close()
        except OSError:
            if monotonic() > limite:
                raise
            sleep(0.05)
        else:
            return


class Postgres:
    """A throw-away PostgreSQL server on loopback; each test gets a database copied from a template."""

    def __init__(self) -> None:
        # Not in pytest's folder, which only its own user may enter.
        self.carpeta = Path(tempfile.mkdtemp(prefix="casilla-postgres-"))
        self.puerto = puerto_libre()
        self.copias = 0
        self._datos = self.carpeta / "datos"
        self._usuario = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []

    def iniciar(self) -> None:
        binarios = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
        if self._usuario:
            shutil.chown(self.carpeta, "postgres")
        self._correr(binarios / "initdb", "-D", self._datos, "-U", "casilla", "--auth=trust", "-E", "UTF8", "--no-sync")
        opciones = f"-p {self.puerto} -k {self.carpeta} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._pg_ctl = binarios / "pg_ctl"
        self._correr(self._pg_ctl, "-D", self._datos, "-w", "-o", opciones, "-l", self.carpeta / "registro", "start")

    def detener(self) -> None:
        self._correr(self._pg_ctl, "-D", self._datos, "-m", "immediate", "stop")
        shutil.rmtree(self.carpeta)

    def _correr(self, *orden: object) -> None:
        subprocess.run([*self._usuario, *map(str, orden)], check=True, stdout=subprocess.DEVNULL, cwd="/")

    def sql(self, orden: str) -> None:
        conexion = psycopg2.connect(host="127.0.0.1", port=self.puerto, user="casilla", dbname="postgres")
        conexion.autocommit = True
        with conexion.cursor() as cursor:
            cursor.execute(orden)
        conexion.close()

    def uri(self, base: str, blobs: Path) -> str:
        return f"postgres://casilla@127.0.0.1:{self.puerto}/{base}?blob_dir={blobs}&shared_blob_dir=false&keep_history=false"

    @contextmanager
    def copia_de(self, plantilla: str, carpeta: Path) -> Iterator[str]:
        self.copias += 1
        base = f"copia_{self.copias}"
        self.sql(f"CREATE DATABASE {base} TEMPLATE {plantilla}")
        try:
            yield self.uri(base, carpeta / "blobs-del-cliente")
        finally:
            self.sql(f"DROP DATABASE {base} WITH (FORCE)")
