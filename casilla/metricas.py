"""Figures for Prometheus at ``/metricas``: requests by door, method and status, their time, what waits, the clock.

Counted by this process since it started; nothing of people is in them. Only networks named in the setting
``casilla.metricas_desde`` (loopback unless told) may read them; to others the address does not exist.
"""

from collections.abc import Callable, Iterator
from math import inf
from time import perf_counter
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound
from pyramid.registry import Registry
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED

from casilla.gateways import reloj
from casilla.redes import Redes, redes_de_metricas
from casilla.request import raiz
from casilla.services.seguimiento import atraso

_PUERTAS = ("api", "static", "salud", "metricas")


class Metricas:
    """The figures of one application."""

    def __init__(self, redes: Redes) -> None:
        """redes: who may read them."""
        self.redes = redes
        self.coleccion = CollectorRegistry()
        etiquetas = ("puerta", "metodo", "estado")
        self.solicitudes = Counter("casilla_solicitudes", "Solicitudes atendidas", etiquetas, registry=self.coleccion)
        self.segundos = Histogram(
            "casilla_solicitud_segundos", "Tiempo de respuesta", ("puerta",), registry=self.coleccion
        )
        self.intentos_en_admin = Counter(
            "casilla_admin_intentos_fallidos",
            "Intentos fallidos de identificarse en /admin, con una cuenta que existe o con ninguna",
            ("existe",),
            registry=self.coleccion,
        )
        self.cartas = Gauge("casilla_cartas_en_cola", "Cartas sin enviar", registry=self.coleccion)
        self.reloj = Gauge(
            "casilla_reloj_margen_segundos",
            "Cuánto puede estar mal el reloj; infinito si nadie lo ajusta",
            registry=self.coleccion,
        )
        self.trabajos = Gauge("casilla_trabajos_en_cola", "Trabajos sin terminar", registry=self.coleccion)
        self.seguimiento = Gauge(
            "casilla_seguimiento_pendientes",
            "Hechos que el seguimiento de notificaciones no ha incorporado",
            registry=self.coleccion,
        )


def puerta(camino: str) -> str:
    """A few names whatever the address: a label with an unbounded number of values would fill the memory."""
    primero = camino.split("/", 2)[1] if camino.startswith("/") else ""
    return primero if primero in _PUERTAS else "web"


def metricas_tween_factory(handler: Callable, registry: Registry) -> Callable:
    def metricas_tween(request: Request) -> Response:
        comienzo = perf_counter()
        estado = 500
        try:
            respuesta = handler(request)
            estado = respuesta.status_int
        finally:
            metodo = request.method if request.method in ("GET", "HEAD", "POST") else "otro"
            # As it came: an address that cannot be decoded is counted too.
            nombre = puerta(request.environ.get("PATH_INFO", ""))
            registry.metricas.solicitudes.labels(nombre, metodo, estado).inc()
            registry.metricas.segundos.labels(nombre).observe(perf_counter() - comienzo)
        return respuesta

    return metricas_tween


def ver(request: Request) -> Response:
    metricas: Metricas = request.registry.metricas
    if request.remote_addr not in metricas.redes:
        raise HTTPNotFound
    margen = reloj.margen()
    metricas.reloj.set(inf if margen is None else margen.total_seconds())
    metricas.cartas.set(sum(1 for _ in _en_cola(request)))
    metricas.trabajos.set(raiz(request).trabajos.por_hacer())
    metricas.seguimiento.set(atraso(raiz(request)).cuantos)
    return Response(generate_latest(metricas.coleccion), headers={"Content-Type": CONTENT_TYPE_LATEST})


def _en_cola(request: Request) -> Iterator[Any]:
    for arbol in raiz(request).salida.arboles:
        yield from arbol


def includeme(config: Configurator) -> None:
    config.registry.metricas = Metricas(redes_de_metricas(config.get_settings()))
    config.add_tween("casilla.metricas.metricas_tween_factory")
    config.add_route("metricas", "/metricas")
    config.add_view(ver, route_name="metricas", request_method="GET", permission=NO_PERMISSION_REQUIRED)
