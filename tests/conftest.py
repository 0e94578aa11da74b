"""The world of the tests: built once, copied for each test, so that requests really commit."""

import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import html5lib
import pytest
import transaction
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from webtest import Form, TestApp
from ZODB import DB

from casilla import main
from casilla.limites import Limites
from casilla.resources.almacen import abrir
from casilla.resources.sitio import Sitio
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.revision import revisar

# How fast examples are drawn says something of the machine, nothing of the product. They are the same every time, so
# that a suite goes red by a change and not by chance; to look for others: pytest --hypothesis-profile=azar.
settings.register_profile("azar", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("casilla", settings.get_profile("azar"), derandomize=True)
settings.load_profile("casilla")


@pytest.fixture(scope="session")
def mundo_guardado(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the world in a FileStorage."""
    base = tmp_path_factory.mktemp("mundo")
    db = abrir(mundo.carpeta_vacia(base))
    with db.transaction() as conexion:
        mundo.construir(conexion.root())
    db.close()
    return base


@pytest.fixture
def base_de_datos(mundo_guardado: Path, tmp_path: Path) -> Iterator[DB]:
    """A copy of the world that the test may change."""
    copia = tmp_path / "almacen"
    shutil.copytree(mundo_guardado, copia, ignore=shutil.ignore_patterns("*.lock"))
    db = abrir(mundo.carpeta_vacia(copia))
    yield db
    db.close()


@pytest.fixture
def sitio(base_de_datos: DB) -> Iterator[Sitio]:
    """The site in an open connection, for tests without a door; nothing is committed unless the test does it."""
    conexion = base_de_datos.open(transaction.TransactionManager(explicit=False))
    yield conexion.root()[RAIZ]
    conexion.transaction_manager.abort()
    conexion.close()


@pytest.fixture(scope="session")
def ajustes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The settings of the application under test; its store is put under it by ``aplicacion``."""
    base = tmp_path_factory.mktemp("ajustes")
    (base / "secreto").write_bytes(mundo.SECRETO)
    return {
        "zodbconn.uri": "memory://",
        "casilla.url": "http://localhost",
        "casilla.secreto_archivo": str(base / "secreto"),
        "casilla.bcrypt_costo": mundo.COSTO,
        "casilla.identidad.dni": "casilla.gateways.ficticio.PadronFicticio",
        "casilla.identidad.ce": "casilla.gateways.ficticio.PadronFicticio",
        "casilla.identidad.ruc": "casilla.gateways.ficticio.PadronFicticio",
        "casilla.correo": "carpeta",
        "casilla.correo_carpeta": str(base / "correo"),
        "mail.default_sender": "Casilla Electrónica <no-responder@casilla.example>",
        "casilla.cartero": "aparte",
        "casilla.busquedas": "no",
    }


@pytest.fixture(scope="session")
def aplicacion_vacia(ajustes: dict[str, Any]) -> Any:
    return main({}, **ajustes)


@pytest.fixture
def aplicacion(aplicacion_vacia: Any, base_de_datos: DB) -> Any:
    """The WSGI application over this test's copy of the world."""
    aplicacion_vacia.registry._zodb_databases[""] = base_de_datos
    aplicacion_vacia.registry.limites = Limites.desde_ajustes(aplicacion_vacia.registry.settings)
    return aplicacion_vacia


class Reloj:
    """The clock of sessions and waits (not that of the store), moved by hand."""

    def __init__(self) -> None:
        self.adelanto = 0.0
        self._verdadero = time.time

    def __call__(self) -> float:
        return self._verdadero() + self.adelanto

    def adelantar(self, *, minutos: float) -> None:
        self.adelanto += minutos * 60


@pytest.fixture
def reloj(monkeypatch: pytest.MonkeyPatch) -> Reloj:
    reloj = Reloj()
    monkeypatch.setattr(time, "time", reloj)
    return reloj


def _sin_los_desactivados(formularios: Iterable[Form]) -> None:
    """WebTest would send also the controls that are disabled."""
    for formulario in formularios:
        formulario.field_order = [par for par in formulario.field_order if "disabled" not in par[1].attrs]


class Navegador(TestApp):
    """A browser without a screen: a GET must write nothing, and every page is valid HTML."""

    base_de_datos: DB

    def do_request(self, req: Any, status: Any = None, expect_errors: Any = None) -> Any:
        if req.method not in ("GET", "HEAD"):
            return self._mirar(self._enviar(req, status, expect_errors))
        antes = self.base_de_datos.lastTransaction()
        respuesta = super().do_request(req, status, expect_errors)
        assert self.base_de_datos.lastTransaction() == antes, f"{req.method} {req.path} escribió en el almacén"
        return respuesta if req.method == "HEAD" else self._mirar(respuesta)

    def _enviar(self, req: Any, status: Any, expect_errors: Any) -> Any:
        """What changes something on the institution's side leaves an entry; what is being typed is nothing yet."""
        if not req.path_info.startswith("/admin") or req.path_info.endswith("/teclear"):
            return super().do_request(req, status, expect_errors)
        # In this order: with somebody else at work beside it, an entry of theirs is never taken for the one before.
        asientos, antes = self._asientos(), self.base_de_datos.lastTransaction()
        respuesta = super().do_request(req, status, expect_errors)
        if self.base_de_datos.lastTransaction() != antes:
            assert self._asientos() != asientos, f"{req.path} cambió algo y no dejó asiento en la auditoría"
        return respuesta

    def _asientos(self) -> bytes:
        """Which writing of the head of the audit this is: of a user who does not exist, it is written as it was."""
        with self.base_de_datos.transaction() as conexion:
            auditoria = conexion.root()[RAIZ].auditoria
            auditoria._p_activate()
            return bytes(auditoria._p_serial)

    def _mirar(self, respuesta: Any) -> Any:
        if respuesta.content_type == "text/html":
            html5lib.HTMLParser(strict=True).parse(respuesta.text)
            if " disabled=" in respuesta.text:
                _sin_los_desactivados(respuesta.forms.values())
            revisar(respuesta)
        return respuesta

    def entrar(self, documento: str, clave: str = mundo.CLAVE) -> Any:
        """Log in by the front page, as this person; returns the first page that they see."""
        formulario = self.get("/").forms["formulario"]
        formulario["usuario"], formulario["clave"] = documento, clave
        return formulario.submit().follow()

    def entrar_al_modulo(self, nombre: str, clave: str = mundo.CLAVE) -> Any:
        """Come in to the institution's side by both factors. In the world, each role has somebody called like it.

        Returns the first page that they see. From here on, whatever they change must leave an entry.
        """
        formulario = self.get("/admin/entrar").forms["formulario"]
        formulario["usuario"], formulario["clave"] = nombre, clave
        formulario = formulario.submit().follow().forms["formulario"]
        formulario["codigo"] = mundo.codigo_del_factor(nombre, datetime.now(UTC))
        return formulario.submit().follow()

    def consultar(self, camino: str) -> Any:
        """Open a page of somebody's data; where it asks for the button that leaves an entry, press it."""
        pagina = self.get(camino)
        if pagina.html.h1.text != "Datos personales":
            return pagina
        return next(f for f in pagina.forms.values() if "/consultar" in f.action).submit().follow()

    def elegir(self, pagina: Any, rotulo: str) -> Any:
        """Press the button of a list that is called so: it leaves an entry and opens the page."""
        boton = next(boton for boton in pagina.html.select("button[formaction]") if rotulo in boton.text)
        ficha = boton.find_parent("form").find("input", {"name": "csrf_token"})["value"]
        return self.post(boton["formaction"], {"csrf_token": ficha}).follow()


@pytest.fixture
def navegador(aplicacion: Any, base_de_datos: DB) -> Navegador:
    navegador = Navegador(aplicacion)
    navegador.base_de_datos = base_de_datos
    return navegador


def _y_esperar(accion: Callable[..., Any]) -> Callable[..., Any]:
    """What may open a page ends when the page is there: until then it has no element to ask anything of."""

    @wraps(accion)
    def hacer(que: Locator, *argumentos: Any, **opciones: Any) -> Any:
        hecho = accion(que, *argumentos, **opciones)
        if not que.page.is_closed():
            que.page.wait_for_load_state()
        return hecho

    return hacer


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as parche, sync_playwright() as playwright:
        for accion in ("click", "dblclick", "press"):
            parche.setattr(Locator, accion, _y_esperar(getattr(Locator, accion)))
        expect.set_options(timeout=30_000)  # a machine at work is slow; what never comes is still found out
        navegador = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield navegador
        navegador.close()


@pytest.fixture(params=[390, 1280])
def pestana(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """A tab as wide as a phone, then as a desk. It must stay silent: no console message, error or CSP violation."""
    contexto = chromium.new_context(viewport={"width": request.param, "height": 844}, locale="es-PE")
    pestana, voces = contexto.new_page(), []
    pestana.on("console", lambda mensaje: voces.append(f"{mensaje.text} {mensaje.location['url']}"))
    pestana.on("pageerror", lambda error: voces.append(str(error)))
    yield pestana
    contexto.close()
    assert voces == []
