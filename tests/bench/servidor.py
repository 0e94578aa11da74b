"""The server under test: a process of its own, ``pserve`` with waitress, on a copy of the filled store.

Its waitress is set as in ``development.ini``, but for the number of threads. Beside the application it answers the
bare limits, ``/desnuda/…``: Pyramid and waitress with nothing of ours between.
"""

import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pyramid.config import Configurator
from pyramid.paster import get_appsettings
from pyramid.request import Request
from pyramid.response import FileIter, Response
from pyramid_retry import IBeforeRetry

from casilla import main
from tests import mundo
from tests.bench.cliente import VARIABLE, Cliente

log = logging.getLogger(__name__)

RAIZ = Path(__file__).parents[2]
_INI = """
[app:main]
use = call:tests.bench.servidor:aplicacion
bench.archivos = {almacen}/archivos
zodbconn.uri = {uri}
casilla.url = http://127.0.0.1:{puerto}
casilla.secreto_archivo = {almacen}/secreto
casilla.bcrypt_costo = {costo}
casilla.identidad.dni = casilla.gateways.ficticio.PadronFicticio
casilla.identidad.ce = casilla.gateways.ficticio.PadronFicticio
casilla.correo = carpeta
casilla.correo_carpeta = {almacen}/correo
casilla.cartero = {cartero}
casilla.intentos_por_direccion = 1000
mail.default_sender = Casilla <no-responder@casilla.example>
pyramid.reload_templates = false

[server:main]
use = config:{raiz}/development.ini
listen = 127.0.0.1:{puerto}
threads = {hilos}
{mas}

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
format = %(asctime)s %(levelname)-5.5s [%(name)s] %(message)s
"""


@contextmanager
def servidor(almacen: Path, *, hilos: int = 2, cartero: str = "aparte", mas: Sequence[str] = ()) -> Iterator[None]:
    """The server, answering, while the block runs."""
    puerto = _puerto_libre()
    ini = _escribir_ini(almacen, puerto=puerto, hilos=hilos, cartero=cartero, mas="\n".join(mas))
    orden = [sys.executable, "-m", "pyramid.scripts.pserve", str(ini)]
    os.environ[VARIABLE] = str(puerto)
    with (almacen / "servidor.log").open("ab") as log_, subprocess.Popen(orden, cwd=RAIZ, stderr=log_) as proceso:
        try:
            _esperar(proceso)
            yield
        finally:
            proceso.terminate()


def _puerto_libre() -> int:
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        return enchufe.getsockname()[1]


def _escribir_ini(almacen: Path, **opciones: Any) -> Path:
    (almacen / "secreto").write_bytes(mundo.SECRETO)
    ini = almacen / "bench.ini"
    uri = mundo.carpeta_vacia(almacen)
    ini.write_text(_INI.format(raiz=RAIZ, almacen=almacen, uri=uri, costo=mundo.COSTO, **opciones), encoding="utf-8")
    return ini


def aplicacion_de(almacen: Path) -> Any:
    """The application in this process, without a server."""
    return aplicacion({}, **get_appsettings(str(_escribir_ini(almacen, puerto=80, hilos=1, cartero="aparte", mas=""))))


def reintentos() -> int:
    """How many times the server has run a deposit again; its log says why."""
    return int(Cliente().get("/desnuda/reintentos").cuerpo)


def _esperar(proceso: subprocess.Popen) -> None:
    limite = time.monotonic() + 60
    while time.monotonic() < limite and proceso.poll() is None:
        try:
            if Cliente().get("/desnuda/pagina").estado == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("el servidor no arrancó: vea servidor.log")


def aplicacion(global_config: dict[str, str], **settings: Any) -> Any:
    """The application of the ini above: ours, and the bare one beside it."""
    nuestra = main(global_config, **settings)
    veces = [0]

    def contar(evento: Any) -> None:
        veces[0] += evento.request.path.startswith("/api/")
        log.info("otra vez: %s", evento.exception)

    nuestra.registry.registerHandler(contar, (IBeforeRetry,))
    desnuda = _desnuda(Path(settings["bench.archivos"]), veces)

    def elegir(environ: dict[str, Any], start_response: Any) -> Any:
        cual = desnuda if environ["PATH_INFO"].startswith("/desnuda/") else nuestra
        return cual(environ, start_response)

    return elegir


def _desnuda(archivos: Path, veces: list[int]) -> Any:
    def pagina(request: Request) -> Response:
        return Response("una página", content_type="text/html", charset="utf-8")

    def recibir(request: Request) -> Response:
        return Response(str(len(request.body_file_raw.read())))

    def archivo(request: Request) -> Response:
        ruta = archivos / request.matchdict["nombre"]
        iterable = request.environ.get("wsgi.file_wrapper", FileIter)(ruta.open("rb"), 1 << 18)
        return Response(app_iter=iterable, content_length=ruta.stat().st_size, content_type="application/pdf")

    with Configurator() as config:
        for nombre, patron, vista in (
            ("pagina", "/desnuda/pagina", pagina),
            ("recibir", "/desnuda/recibir", recibir),
            ("archivo", "/desnuda/archivo/{nombre}", archivo),
            ("reintentos", "/desnuda/reintentos", lambda request: Response(str(veces[0]))),
        ):
            config.add_route(nombre, patron)
            config.add_view(vista, route_name=nombre)
        return config.make_wsgi_app()
