"""An HTTP client that costs little: one socket kept open, requests as bytes made beforehand."""

import os
import re
import socket
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

# The port of the server under test: set by it, inherited by the processes of the clients.
VARIABLE = "CASILLA_BENCH_PUERTO"
_LARGO = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_FICHA = re.compile(rb'name="csrf_token" value="([^"]+)"')


class Respuesta(NamedTuple):
    estado: int
    cabeza: bytes
    cuerpo: bytes

    def cabecera(self, nombre: str) -> str:
        hallada = re.search(rf"\r\n{nombre}: *([^\r]*)".encode(), self.cabeza, re.IGNORECASE)
        return hallada[1].decode() if hallada else ""

    @property
    def csrf(self) -> str:
        """The token of the first form. Raises LookupError when the page has none."""
        hallada = _FICHA.search(self.cuerpo)
        if hallada is None:
            raise LookupError(f"sin formulario: {self.estado} {self.cuerpo[:200]!r}")
        return hallada[1].decode()


class Cliente:
    """A browser, or an SGD, with its cookie or its key in ``cabeceras``."""

    def __init__(self, **cabeceras: str) -> None:
        self._cabeceras = cabeceras
        self._puerto = int(os.environ[VARIABLE])
        self._conexion = socket.create_connection(("127.0.0.1", self._puerto))
        self._conexion.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._memoria = bytearray(1 << 20)

    def peticion(self, metodo: str, ruta: str, cuerpo: bytes = b"", **cabeceras: str) -> bytes:
        """The bytes of a request."""
        todas = {"Host": f"127.0.0.1:{self._puerto}", **self._cabeceras, **cabeceras}
        if metodo == "POST":
            todas["Content-Length"] = str(len(cuerpo))
        lineas = [f"{metodo} {ruta} HTTP/1.1", *(f"{n.replace('_', '-')}: {v}" for n, v in todas.items()), "", ""]
        return "\r\n".join(lineas).encode() + cuerpo

    def get(self, ruta: str) -> Respuesta:
        return self.enviar(self.peticion("GET", ruta))

    def post(self, ruta: str, **campos: str) -> Respuesta:
        tipo = "application/x-www-form-urlencoded"
        return self.enviar(self.peticion("POST", ruta, urlencode(campos).encode(), Content_Type=tipo))

    def enviar(self, peticion: bytes) -> Respuesta:
        """Send it and take the whole answer."""
        self._conexion.sendall(peticion)
        recibido = bytearray()
        while (fin := recibido.find(b"\r\n\r\n")) < 0:
            recibido += self._recibir()
        cabeza = bytes(recibido[:fin])
        cuerpo = recibido[fin + 4 :]
        largo = _LARGO.search(cabeza)
        falta = (int(largo[1]) if largo else 0) - len(cuerpo)
        while falta > 0:
            trozo = self._recibir()
            cuerpo += trozo
            falta -= len(trozo)
        return Respuesta(int(cabeza[9:12]), cabeza, bytes(cuerpo))

    def _recibir(self) -> memoryview:
        cuantos = self._conexion.recv_into(self._memoria)
        if not cuantos:
            raise ConnectionError("el servidor cerró la conexión")
        return memoryview(self._memoria)[:cuantos]


def ingresar(usuario: str, clave: str) -> tuple[Cliente, str]:
    """Log in by the front page; the browser, and the address of the casilla."""
    visita = Cliente()
    portada = visita.get("/")
    galleta = portada.cabecera("set-cookie").partition(";")[0]
    visita = Cliente(Cookie=galleta)
    entrada = visita.post("/", csrf_token=portada.csrf, usuario=usuario, clave=clave)
    if entrada.estado != 303:
        raise LookupError(f"no se pudo ingresar: {entrada.estado}")
    destino = urlsplit(entrada.cabecera("location")).path
    return Cliente(Cookie=entrada.cabecera("set-cookie").partition(";")[0]), destino
