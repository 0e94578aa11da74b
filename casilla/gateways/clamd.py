"""The antivirus: ClamAV's daemon, asked in its own protocol over TCP or a local socket (clamd(8), INSTREAM).

The file's bytes go over the wire, so that the daemon needs no access to our disk. It says OK, the name of what it
found, or that it could not look; nothing that was not looked at is ever taken for clean.
"""

import logging
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from struct import pack
from time import monotonic
from typing import BinaryIO

from casilla.gateways.protocolo import Ajustes, NoResponde

AJUSTE = "casilla.clamd"
ESPERA = 60.0  # seconds for one file, all told
_TROZO = 1 << 16
_MAXIMA_RESPUESTA = 4096
_SERVICIO = "El antivirus"

log = logging.getLogger(__name__)


class NoCabe(Exception):
    """The file is longer than it examines: asked again, it says the same."""


@dataclass(frozen=True)
class Clamd:
    """``lugar``: the path of its socket, or host and port. ``espera`` in seconds."""

    lugar: str | tuple[str, int]
    espera: float = ESPERA

    @classmethod
    def desde_ajustes(cls, settings: Ajustes) -> "Clamd | None":
        """From ``casilla.clamd``, "host:port" or an absolute path; None when it is not set. Raises ValueError."""
        lugar = str(settings.get(AJUSTE) or "").strip()
        if not lugar:
            return None
        if lugar.startswith("/"):
            return cls(lugar)
        partes = re.fullmatch(r"\[?([^\s\]]+?)\]?:(\d{1,5})", lugar, re.ASCII)
        if partes is None or not 0 < int(partes[2]) < 65536:
            raise ValueError(f"{AJUSTE}: se espera SERVIDOR:PUERTO o la ruta absoluta de un socket, no {lugar!r}")
        return cls((partes[1], int(partes[2])))

    def revisar(self, ruta: Path) -> str | None:
        """The name of what it finds in the file; None when it finds nothing. Raises NoCabe, NoResponde."""
        with ruta.open("rb") as archivo:
            respuesta = self._preguntar(b"zINSTREAM\0", archivo)
        hallado = re.fullmatch(r"(?:stream|instream\([^)]*\)): (.+) FOUND", respuesta)
        if hallado:
            return hallado[1]
        if respuesta.startswith("INSTREAM size limit exceeded"):
            log.warning("%s no examina archivos tan grandes: aumente StreamMaxLength en clamd.conf", _SERVICIO)
            raise NoCabe
        if not re.fullmatch(r"(?:stream|instream\([^)]*\)): OK", respuesta):
            raise self._fallo("no pudo revisar el archivo")
        return None

    def atiende(self) -> None:
        """It is there and says so. Raises NoResponde."""
        if self._preguntar(b"zPING\0") != "PONG":
            raise self._fallo("contestó otra cosa que PONG")

    def _preguntar(self, orden: bytes, archivo: BinaryIO | None = None) -> str:
        hasta = monotonic() + self.espera
        try:
            with self._conexion() as conexion:
                conexion.sendall(orden)
                if archivo:
                    _enviar(conexion, archivo, hasta)
                return _leer(conexion, hasta)
        except TimeoutError as error:
            raise self._fallo(f"pasaron {self.espera:g} segundos sin respuesta") from error
        except OSError as error:
            raise self._fallo("no se pudo conectar, o la conexión se cortó") from error

    @contextmanager
    def _conexion(self) -> Iterator[socket.socket]:
        if isinstance(self.lugar, tuple):
            with socket.create_connection(self.lugar, self.espera) as conexion:
                yield conexion
        else:
            with socket.socket(socket.AF_UNIX) as conexion:
                conexion.settimeout(self.espera)
                conexion.connect(self.lugar)
                yield conexion

    def _fallo(self, motivo: str) -> NoResponde:
        log.warning("%s: %s", _SERVICIO, motivo)
        return NoResponde(_SERVICIO, motivo)


def _enviar(conexion: socket.socket, archivo: BinaryIO, hasta: float) -> None:
    """The file in pieces, each after its length, and an empty one. What is too long for it is cut off half way."""
    try:
        while trozo := archivo.read(_TROZO):
            _a_tiempo(conexion, hasta)
            conexion.sendall(pack("!L", len(trozo)) + trozo)
        conexion.sendall(pack("!L", 0))
    except (BrokenPipeError, ConnectionResetError):
        return  # it says why, or nothing: both are read


def _leer(conexion: socket.socket, hasta: float) -> str:
    respuesta = b""
    while not respuesta.endswith(b"\0") and len(respuesta) < _MAXIMA_RESPUESTA:
        _a_tiempo(conexion, hasta)
        trozo = conexion.recv(_MAXIMA_RESPUESTA)
        if not trozo:
            break
        respuesta += trozo
    return respuesta.rstrip(b"\0\n").decode("utf-8", "replace")


def _a_tiempo(conexion: socket.socket, hasta: float) -> None:
    """What is left of the time is what the socket may take. Raises TimeoutError."""
    resto = hasta - monotonic()
    if resto <= 0:
        raise TimeoutError
    conexion.settimeout(resto)
