"""For whoever watches over the service: does the process answer, and can it work. No session, no person, no page."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.traversal import DefaultRootFactory
from pyramid.view import view_config
from pyramid_zodbconn import get_connection

from casilla.request import NoListo, raiz
from casilla.resources.fragmentos import FRAGMENTOS
from casilla.resources.sitio import Sitio

# A cartero that works takes a letter within seconds; one late by this much means that nobody is taking them.
DEMORA_MAXIMA = timedelta(minutes=15)
# Room for some tens of the largest deposits, time enough to act.
DISCO_MINIMO = 1024**3
_MUESTRA = 20


@view_config(route_name="vivo", request_method="GET", permission=NO_PERMISSION_REQUIRED, renderer="json")
def vivo(request: Request) -> dict[str, str]:
    return {"estado": "vivo"}


@view_config(route_name="listo", request_method="GET", permission=NO_PERMISSION_REQUIRED, renderer="json")
def listo(request: Request) -> dict[str, Any]:
    avisos: list[str] = []
    try:
        avisos += _correo(raiz(request), request)
        motivos = [*_almacen(request)]
    except NoListo as no_listo:
        motivos = [str(no_listo)]
    except Exception as error:  # whatever is wrong with the store, this is the page that has to say so
        motivos = [f"almacén: no responde ({type(error).__name__})"]
    request.response.cache_control.no_store = True
    if not motivos:
        return {"estado": "listo", **({"avisos": avisos} if avisos else {})}
    request.response.status_int = 503
    return {"estado": "no listo", "motivos": motivos}


def _almacen(request: Request) -> Iterator[str]:
    """Whether a deposit would find a place, judged without writing."""
    almacen = get_connection(request).db().storage
    if not getattr(almacen, "is_connected", lambda: True)():
        yield "almacén: el servidor ZEO no responde"
    elif almacen.isReadOnly():
        yield "almacén: solo se puede leer"
    archivo = Path(almacen.getName())
    if archivo.is_absolute() and archivo.exists() and (libre := shutil.disk_usage(archivo.parent).free) < DISCO_MINIMO:
        yield f"almacén: quedan {libre // 1024**2} MiB de disco"


def demora_del_correo(sitio: Sitio, ahora: datetime) -> timedelta:
    """How late the oldest letter is that should have left; the first ones of each log are enough to know."""
    muestra = (carta for n in range(FRAGMENTOS) for _, carta in sitio.salida.desde(n, 0, _MUESTRA))
    return ahora - min((carta.proximo for carta in muestra), default=ahora)


def _correo(sitio: Sitio, request: Request) -> Iterator[str]:
    """Only a warning: what is deposited meanwhile is promised its letter all the same, so no door need be closed."""
    demora = demora_del_correo(sitio, request.ahora)
    if demora > DEMORA_MAXIMA:
        yield f"correo: hay cartas sin enviar hace {demora // timedelta(minutes=1)} minutos; ¿corre «casilla cartero»?"


def includeme(config: Configurator) -> None:
    # Not the site as root: to ask whether the process lives must not open the store.
    config.add_route("vivo", "/salud/vivo", factory=DefaultRootFactory)
    config.add_route("listo", "/salud/listo", factory=DefaultRootFactory)
