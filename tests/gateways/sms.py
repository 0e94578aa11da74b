"""A throw-away carrier of text messages on the loopback, speaking the wire of ``casilla.gateways.sms``."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any, Self

CLAVE = "clave-de-mensajes"


class ServidorSms(ThreadingHTTPServer):
    """``mensajes``: those taken, each once. ``estado``: a status to answer always; ``mudo``: say nothing at all."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Contestador)
        self.mensajes: dict[str, dict[str, str]] = {}
        self.intentos = 0
        self.estado: int | None = None
        self.mudo = False
        self.fin = Event()

    def __enter__(self) -> Self:
        self._hilo = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})
        self._hilo.start()
        return self

    def __exit__(self, *nada: object) -> None:
        self.fin.set()
        self.shutdown()
        self._hilo.join()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that waited long enough hang up."""

    def ajustes(self, carpeta: Path, **otros: str) -> dict[str, str]:
        (carpeta / "clave_sms").write_text(CLAVE + "\n", "utf-8")
        propios = {"url": f"http://127.0.0.1:{self.server_port}/mensajes", "clave_archivo": str(carpeta / "clave_sms")}
        return {"casilla.sms": "casilla.gateways.sms.SmsHttp"} | {
            f"casilla.sms.{ajuste}": valor for ajuste, valor in (propios | otros).items()
        }


class Contestador(BaseHTTPRequestHandler):
    server: ServidorSms

    def do_POST(self) -> None:
        cuerpo = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.intentos += 1
        if self.server.mudo:
            self.server.fin.wait()
            return
        self._contestar(*self._juicio(cuerpo))

    def _juicio(self, cuerpo: dict[str, str]) -> tuple[int, Any]:
        referencia = self.headers["Idempotency-Key"]
        if self.headers["Authorization"] != f"Bearer {CLAVE}" or referencia != cuerpo["referencia"]:
            return 401, {"motivo": "clave equivocada"}
        if self.server.estado:
            return self.server.estado, {"motivo": "número\n  inexistente"}
        if referencia in self.server.mensajes:
            return 409, {}
        self.server.mensajes[referencia] = cuerpo
        return 202, {"id": f"m-{len(self.server.mensajes)}"}

    def _contestar(self, estado: int, cuerpo: Any) -> None:
        octetos = json.dumps(cuerpo).encode()
        self.send_response(estado)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(octetos)))
        self.end_headers()
        self.wfile.write(octetos)

    def log_message(self, *nada: object) -> None:
        """Silence."""


class Apuntador:
    """A carrier who takes everything, for where only the screens matter."""

    @classmethod
    def desde_ajustes(cls, settings: Any) -> Self:
        return cls()

    def enviar(self, telefono: str, texto: str, referencia: str) -> str:
        return "202 apuntado"
