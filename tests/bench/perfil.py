"""Where the time goes: deposits and tray pages in this process, without a server, a clock on each stage.

    python -m tests.bench.perfil [cuántas]

A stage's time is its own: what a stage inside it takes is not counted twice.
"""

import importlib
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from itertools import count
from statistics import median
from time import perf_counter, thread_time
from typing import Any
from urllib.parse import urlsplit

from webob import Request, Response

from tests import mundo
from tests.bench import almacen, escenarios
from tests.bench.cliente import Cliente, Respuesta
from tests.bench.servidor import RAIZ, aplicacion_de

# Stage, module, function or Class.method. Order does not matter: the innermost clock runs.
ETAPAS = (
    ("fsync", "os", "fsync"),
    ("abrir el PDF", "casilla.services.documentos", "contar_paginas"),
    ("recibir a disco y huella", "casilla.api.recepcion", "recibir"),
    ("multipart", "casilla.api.recepcion", "_leer"),
    ("validar el JSON", "casilla.api.notificaciones", "sobre_de"),
    ("quién pregunta (clave y ritmo)", "casilla.security", "Politica.permits"),
    ("raíz y puerta", "casilla.api.puerta", "Puerta.__init__"),
    ("papel: QR", "casilla.printing.constancia", "_qr"),
    ("papel: lo demás", "casilla.printing.certificacion", "constancia"),
    ("papel a disco y huella", "casilla.printing.certificacion", "recibir"),
    ("el acto de depositar", "casilla.api.notificaciones", "depositar"),
    ("commit: directorios de los blobs", "casilla.resources.adjunto", "_Custodia.tpc_vote"),
    ("commit", "transaction._manager", "TransactionManager.commit"),
    ("commit: serializar", "ZODB.Connection", "Connection.commit"),
    ("commit: escribir", "ZODB.FileStorage.FileStorage", "FileStorage.tpc_vote"),
    ("commit: terminar", "ZODB.FileStorage.FileStorage", "FileStorage.tpc_finish"),
    ("abrir la conexión", "casilla.request", "get_connection"),
    ("página", "pyramid_chameleon.zpt", "ZPTTemplateRenderer.__call__"),
    ("filas y plazos", "casilla.views.casilla", "_bandeja"),
    ("sesión", "casilla.security", "_identificar"),
)


class Reloj:
    """Own times by stage: on the wall, of the processor, and how many calls."""

    def __init__(self) -> None:
        self.pared: dict[str, float] = defaultdict(float)
        self.procesador: dict[str, float] = defaultdict(float)
        self.veces: dict[str, int] = defaultdict(int)
        self._pila: list[str] = ["lo demás (Pyramid, WebOb, respuesta)"]
        self._desde = (0.0, 0.0)

    def _pasar(self) -> None:
        ahora = perf_counter(), thread_time()
        self.pared[self._pila[-1]] += ahora[0] - self._desde[0]
        self.procesador[self._pila[-1]] += ahora[1] - self._desde[1]
        self._desde = ahora

    def medir(self, etapa: str, funcion: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(funcion)
        def medida(*args: Any, **kw: Any) -> Any:
            self._pasar()
            self._pila.append(etapa)
            self.veces[etapa] += 1
            try:
                return funcion(*args, **kw)
            finally:
                self._pasar()
                self._pila.pop()

        return medida

    def olvidar(self) -> None:
        self.pared.clear()
        self.procesador.clear()
        self.veces.clear()

    @contextmanager
    def corriendo(self) -> Iterator[None]:
        """The clock runs only in the block."""
        self._desde = perf_counter(), thread_time()
        yield
        self._pasar()


def _poner(reloj: Reloj) -> None:
    for etapa, modulo, nombre in ETAPAS:
        dueno: Any = importlib.import_module(modulo)
        *clase, nombre = nombre.split(".")
        if clase:
            dueno = getattr(dueno, clase[0])
        setattr(dueno, nombre, reloj.medir(etapa, getattr(dueno, nombre)))


def _llamar(aplicacion: Any, peticion: Request) -> Response:
    respuesta = peticion.send(aplicacion)
    if respuesta.status_int >= 400:
        raise RuntimeError(f"{peticion.path}: {respuesta.status}")
    return respuesta


def perfilar(aplicacion: Any, reloj: Reloj, pedir: Callable[[], Request], cuantas: int) -> list[float]:
    """Seconds of each of ``cuantas`` requests, and on the clock where they went."""
    for _ in range(30):
        _llamar(aplicacion, pedir())
    reloj.olvidar()
    latencias = []
    for peticion in [pedir() for _ in range(cuantas)]:
        antes = perf_counter()
        with reloj.corriendo():
            _llamar(aplicacion, peticion)
        latencias.append(perf_counter() - antes)
    return latencias


class _SinEnchufe(Cliente):
    """Makes the same bytes as the client of the benchmarks, and sends them to nobody."""

    def __init__(self, **cabeceras: str) -> None:
        self._cabeceras = cabeceras
        self._puerto = 80


def _depositos() -> Callable[[], Request]:
    sgd, documento, numeros = _SinEnchufe(Authorization=f"Bearer {escenarios.CLAVE}"), almacen.documento(), count(1)
    return lambda: Request.from_bytes(escenarios.envio(sgd, almacen.VACIAS[0], next(numeros), documento))


def _bandejas(aplicacion: Any) -> Callable[[], Request]:
    portada = _llamar(aplicacion, Request.blank("/"))
    campos = {"usuario": almacen.LLENAS[100_000], "clave": mundo.CLAVE}
    campos["csrf_token"] = Respuesta(200, b"", portada.body).csrf
    galleta = portada.headers["Set-Cookie"].partition(";")[0]
    entrada = _llamar(aplicacion, Request.blank("/", POST=campos, headers={"Cookie": galleta}))
    galleta = entrada.headers["Set-Cookie"].partition(";")[0]
    return lambda: Request.blank(urlsplit(entrada.location).path, headers={"Cookie": galleta})


def _contar(titulo: str, reloj: Reloj, latencias: list[float]) -> None:
    """Per request, in milliseconds. On a machine that others use, the processor's time is the one to trust."""
    cuantas = len(latencias)
    print(f"\n{titulo}: mediana {median(latencias) * 1000:.2f} ms, de {cuantas}")
    print(f"  {'':42}{'reloj':>8}{'procesador':>12}  veces")
    for etapa, segundos in sorted(reloj.procesador.items(), key=lambda par: -par[1]):
        pared, veces = reloj.pared[etapa] / cuantas * 1000, reloj.veces[etapa] / cuantas
        print(f"  {etapa:42}{pared:8.3f}{segundos / cuantas * 1000:12.3f}  {veces or 1:.0f}")
    pared, procesador = (sum(tiempos.values()) / cuantas * 1000 for tiempos in (reloj.pared, reloj.procesador))
    print(f"  {'':42}{pared:8.3f}{procesador:12.3f}")


def principal(cuantas: int = 300) -> None:
    carpeta = RAIZ / "var" / "bench"
    corrida = almacen.copia(almacen.preparar(carpeta), carpeta / "perfil")
    reloj = Reloj()
    _poner(reloj)
    aplicacion = aplicacion_de(corrida)
    _contar("Un depósito de 100 KiB", reloj, perfilar(aplicacion, reloj, _depositos(), cuantas))
    _contar("La bandeja de 100 000", reloj, perfilar(aplicacion, reloj, _bandejas(aplicacion), cuantas))


if __name__ == "__main__":
    principal(*map(int, sys.argv[1:]))
