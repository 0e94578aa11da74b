"""A throw-away clamd on the loopback, speaking the daemon's own wire: zPING, zINSTREAM, lengths, NUL at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer, ThreadingUnixStreamServer
from struct import unpack
from threading import Event, Thread
from typing import Any

# What it takes for a virus: nothing that any real antivirus knows.
INFECTADO = b"contenido infectado de mentira"
FIRMA = "Mentira.Test-1"


class _Comun:
    daemon_threads = True
    allow_reuse_address = True
    limite = 1 << 20
    respuesta: bytes | None = None
    mudo = False

    def preparar(self) -> None:
        self.recibidos: list[bytes] = []
        self.fin = Event()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that waited long enough hang up."""


class ServidorTcp(_Comun, ThreadingTCPServer):
    pass


class ServidorLocal(_Comun, ThreadingUnixStreamServer):
    pass


class Contestador(BaseRequestHandler):
    server: Any

    def handle(self) -> None:
        orden = self._hasta_nulo()
        if self.server.mudo:
            self.server.fin.wait()
        elif orden == b"zPING":
            self.request.sendall(b"PONG\0")
        elif orden == b"zINSTREAM":
            self.request.sendall(self._revisar() + b"\0")
        else:
            self.request.sendall(b"UNKNOWN COMMAND\0")

    def _revisar(self) -> bytes:
        datos = b""
        while largo := unpack("!L", self._exactos(4))[0]:
            datos += self._exactos(largo)
            if len(datos) > self.server.limite:
                return b"INSTREAM size limit exceeded. ERROR"
        self.server.recibidos.append(datos)
        if self.server.respuesta is not None:
            return self.server.respuesta
        return b"stream: %s FOUND" % FIRMA.encode() if INFECTADO in datos else b"stream: OK"

    def _hasta_nulo(self) -> bytes:
        orden = b""
        while not orden.endswith(b"\0"):
            orden += self._exactos(1)
        return orden[:-1]

    def _exactos(self, n: int) -> bytes:
        datos = b""
        while len(datos) < n:
            trozo = self.request.recv(n - len(datos))
            if not trozo:
                raise ConnectionError
            datos += trozo
        return datos


@contextmanager
def clamd(socket: Path | None = None) -> Iterator[Any]:
    """A running one; ``ajuste`` is what the ini would say."""
    servidor: Any = ServidorLocal(str(socket), Contestador) if socket else ServidorTcp(("127.0.0.1", 0), Contestador)
    servidor.preparar()
    servidor.ajuste = str(socket) if socket else f"127.0.0.1:{servidor.server_address[1]}"
    hilo = Thread(target=servidor.serve_forever, kwargs={"poll_interval": 0.01})
    hilo.start()
    try:
        yield servidor
    finally:
        servidor.fin.set()
        servidor.shutdown()
        hilo.join()
        servidor.server_close()
