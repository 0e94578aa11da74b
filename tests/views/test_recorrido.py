"""Every page that a link reaches, walked as a stranger and as somebody inside: what must hold wherever one goes.

What must hold of each page by itself is looked at in whatever test opens it: tests/revision.py.
"""

import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from tests import mundo
from tests.conftest import Navegador
from tests.revision import DOCUMENTO

Paginas = dict[str, Any]


def recorrer(navegador: Navegador, *puertas: str) -> Paginas:
    """The pages that links lead to from the doors, by path; of the addresses that differ by their query, the first."""
    vistas: Paginas = {}
    por_ver = [puerta.rstrip("/") or "/" for puerta in puertas]
    while por_ver:
        camino = por_ver.pop()
        if camino in vistas:
            continue
        respuesta = navegador.get(camino)
        vistas[camino] = respuesta
        if respuesta.content_type == "text/html" and respuesta.status_int == 200:
            por_ver += [destino for destino in _enlaces(respuesta) if destino not in vistas]
    return {camino: r for camino, r in vistas.items() if r.content_type == "text/html" and r.status_int == 200}


def _enlaces(respuesta: Any) -> Iterator[str]:
    for enlace in respuesta.html.select("a[href]"):
        destino = urlsplit(urljoin(respuesta.request.url, enlace["href"]))
        if destino.netloc in ("localhost", "localhost:80"):
            yield destino.path.rstrip("/") or "/"


@pytest.fixture
def de_fuera(navegador: Navegador) -> Paginas:
    return recorrer(navegador, "/")


@pytest.fixture
def de_rosa(navegador: Navegador) -> Paginas:
    bandeja = navegador.entrar(mundo.ROSA)
    return recorrer(navegador, bandeja.request.path)


def test_the_walk_goes_everywhere(de_fuera: Paginas, de_rosa: Paginas) -> None:
    assert {"/", "/registro", "/registro/terminos", "/recuperar", "/verificar", "/estado", "/accesibilidad"} <= set(
        de_fuera
    )
    assert {"/cuenta", "/cuenta/avisos", "/cuenta/datos", "/cuenta/cerrar", "/cambiar-clave"} <= set(de_rosa)
    assert sum(camino.startswith("/casilla/") for camino in de_rosa) >= 6


def test_no_two_pages_have_one_title(de_fuera: Paginas, de_rosa: Paginas) -> None:
    for paginas in (de_fuera, de_rosa):
        titulos = [pagina.html.title.text for pagina in paginas.values()]
        assert sorted(titulos) == sorted(set(titulos))


def test_no_address_and_no_line_of_the_log_names_a_person(
    navegador: Navegador, caplog: pytest.LogCaptureFixture
) -> None:
    """Addresses stay in histories, proxies and logs; a number of document there would tell who was notified."""
    caplog.set_level(logging.DEBUG)
    bandeja = navegador.entrar(mundo.ROSA)
    paginas = recorrer(navegador, bandeja.request.path)

    direcciones = [
        marca[campo]
        for p in paginas.values()
        for campo in ("href", "action", "src")
        for marca in p.html.select(f"[{campo}]")
    ]
    assert len(direcciones) > 100
    assert [d for d in direcciones if DOCUMENTO.search(d) or "rosa" in d.lower()] == []
    assert not DOCUMENTO.search(caplog.text)
    assert "rosa@correo.example" not in caplog.text
    assert "QUISPE" not in caplog.text


def test_every_page_says_whose_time_its_times_are(de_fuera: Paginas, de_rosa: Paginas) -> None:
    for pagina in (*de_fuera.values(), *de_rosa.values()):
        assert "Las fechas y horas de estas páginas son las de Lima, Perú." in pagina.html.footer.text


def test_the_session_is_the_only_cookie_of_whoever_comes_in(navegador: Navegador) -> None:
    navegador.entrar(mundo.ROSA)
    recorrer(navegador, "/cuenta", "/preguntas-frecuentes")

    assert [cookie.name for cookie in navegador.cookiejar] == ["casilla"]
