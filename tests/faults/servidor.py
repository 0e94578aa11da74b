"""The real server, ``pserve`` as a process on loopback, over a copy of the world; and the SGD that speaks to it."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from ZODB import DB

from casilla.resources.almacen import abrir
from casilla.resources.sitio import Sitio
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.almacenes import puerto_libre

BINARIOS = Path(sys.executable).parent
# What a cut, refused or reset connection looks like to the one who asked.
SinRespuesta = (OSError, HTTPException)

_INI = """
[app:main]
use = egg:casilla
{ajustes}

[server:main]
use = egg:waitress#main
listen = 127.0.0.1:{puerto}
threads = 4
max_request_body_size = 160432128

[loggers]
keys = root
[handlers]
keys = consola
[formatters]
keys = linea
[logger_root]
level = INFO
handlers = consola
[handler_consola]
class = StreamHandler
args = (sys.stderr,)
formatter = linea
[formatter_linea]
format = %(asctime)s %(levelname)s [%(name)s] %(message)s
"""


class Servidor:
    """A server that may be killed and started again. ``cambios``: settings beside those of every test."""

    def __init__(self, guardado: Path, carpeta: Path, cambios: dict[str, str]) -> None:
        self.base = shutil.copytree(guardado, carpeta / "servidor", ignore=shutil.ignore_patterns("*.lock"))
        self.puerto = puerto_libre()
        self.url = f"http://127.0.0.1:{self.puerto}"
        self.uri = mundo.carpeta_vacia(self.base)
        self.ini = self.base / "casilla.ini"
        self.bitacora = self.base / "bitacora"
        # Where waitress keeps the long bodies while they come.
        self.temporales = self.base / "temporales"
        self.temporales.mkdir()
        (self.base / "secreto").write_bytes(mundo.SECRETO)
        self.ajustes = {**self._ajustes(), **cambios}
        lineas = "\n".join(f"{nombre} = {valor}" for nombre, valor in self.ajustes.items())
        self.ini.write_text(_INI.format(ajustes=lineas, puerto=self.puerto), "utf-8")
        self._proceso: subprocess.Popen[bytes] | None = None

    def _ajustes(self) -> dict[str, str]:
        return {
            "zodbconn.uri": self.uri,
            "casilla.url": self.url,
            "casilla.secreto_archivo": str(self.base / "secreto"),
            "casilla.bcrypt_costo": str(mundo.COSTO),
            "casilla.identidad.dni": "casilla.gateways.ficticio.PadronFicticio",
            "casilla.identidad.ce": "casilla.gateways.ficticio.PadronFicticio",
            "casilla.correo": "carpeta",
            "casilla.correo_carpeta": str(self.base / "correo"),
            "mail.default_sender": "Casilla Electrónica <no-responder@casilla.example>",
            "casilla.cartero": "hilo",
        }

    @property
    def pid(self) -> int:
        assert self._proceso
        return self._proceso.pid

    @property
    def blobs(self) -> Path:
        return self.base / "blobs"

    def iniciar(self) -> None:
        """Start, and return when it answers."""
        with self.bitacora.open("ab") as bitacora:
            self._proceso = subprocess.Popen(
                [BINARIOS / "pserve", self.ini],
                stdout=bitacora,
                stderr=bitacora,
                env={**os.environ, "TMPDIR": str(self.temporales)},
            )
        hasta(self._vive, "el servidor no contesta", segundos=60)

    def _vive(self) -> bool:
        assert self._proceso
        assert self._proceso.poll() is None, self.bitacora.read_text("utf-8")
        try:
            with self.conexion() as conexion:
                return conexion.request("/salud/vivo", "GET").status_int == 200
        except SinRespuesta:
            return False

    def matar(self) -> None:
        """SIGKILL: nothing of the process runs any more."""
        self._terminar(subprocess.Popen.kill)

    def detener(self) -> None:
        """SIGINT, as an operator stops it."""
        self._terminar(lambda proceso: proceso.send_signal(signal.SIGINT))

    def _terminar(self, como: Callable[[Any], None]) -> None:
        if self._proceso:
            como(self._proceso)
            self._proceso.wait(60)
            self._proceso = None

    def ordenar(self, *orden: str) -> "subprocess.CompletedProcess[str]":
        """Run ``casilla -c INI ORDEN``."""
        return subprocess.run(
            [BINARIOS / "casilla", "-c", self.ini, *orden], capture_output=True, text=True, timeout=120
        )

    @contextmanager
    def almacen(self) -> Iterator[DB]:
        """The store itself, while no server has it."""
        db = abrir(self.uri)
        try:
            yield db
        finally:
            db.close()

    @contextmanager
    def sitio(self) -> Iterator[Sitio]:
        """The site as it lies on disk, while no server has it."""
        with self.almacen() as db, db.transaction() as conexion:
            yield conexion.root()[RAIZ]

    def sobras(self) -> list[Path]:
        """Files that lie where uploads pass by."""
        return [*(self.blobs / "tmp").iterdir(), *self.temporales.iterdir()]

    def conexion(self) -> "Conexion":
        return Conexion(self.puerto)


@dataclass
class Respuesta:
    status_int: int
    headers: dict[str, str]
    body: bytes

    @cached_property
    def json(self) -> Any:
        return json.loads(self.body)


class Conexion:
    """What ``Sgd`` asks of a browser, over a socket: one connection, kept open between requests."""

    def __init__(self, puerto: int) -> None:
        self._http = HTTPConnection("127.0.0.1", puerto, timeout=60)

    def __enter__(self) -> "Conexion":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def request(
        self, ruta: str, method: str, body: Any = None, headers: dict[str, str] | None = None, status: str = "*"
    ) -> Respuesta:
        """Raises SinRespuesta when the connection is refused or cut; the next request opens another."""
        try:
            self._http.request(method, ruta, body, headers or {})
            respuesta = self._http.getresponse()
            return Respuesta(respuesta.status, dict(respuesta.headers), respuesta.read())
        except SinRespuesta:
            self._http.close()
            raise

    def get(self, ruta: str, headers: dict[str, str] | None = None, status: str = "*") -> Respuesta:
        return self.request(ruta, "GET", headers=headers)


def documento(bytes_: int, marca: str = "x") -> bytes:
    """A PDF of exactly that length: a page, and before its end a long comment that tells it from others."""
    pdf = mundo.pdf()
    final = b"\n" + pdf[pdf.rindex(b"startxref") :]
    return pdf + (b"%" + marca.encode()).ljust(bytes_ - len(pdf) - len(final), b"x") + final


def depositados(sgd: Any) -> int:
    """How many deposits the feed tells of."""
    eventos = sgd.get("/eventos?limite=1000").json["eventos"]
    return sum(evento["tipo"] == "depositado" for evento in eventos)


def hasta(cierto: Callable[[], Any], queja: str, segundos: float = 60) -> Any:
    """Wait until it is so, and return what it gave; fails with ``queja`` when it takes too long."""
    limite = monotonic() + segundos
    while not (valor := cierto()):
        assert monotonic() < limite, queja
        sleep(0.02)
    return valor
