"""What browsers download: small, compressed beforehand, legible, and from us alone."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from pyramid.request import Request
from webtest import TestApp

STATIC = Path(__file__).parents[2] / "casilla" / "static"
SERVIDOS = ("kit.css", "app.css", "app.js")
# What the page of companies has besides: a script, and what it asks for only when the box of the district is entered.
DE_EMPRESAS = ("distritos.js", "distritos.txt")
KIB = 1024


# What only the staff's page of a deposit by hand has besides.
DEL_PERSONAL = ("borrador.js",)


@pytest.mark.parametrize("nombre", [*SERVIDOS, *DE_EMPRESAS, *DEL_PERSONAL])
def test_the_gzip_is_of_the_file_beside_it(nombre: str) -> None:
    assert gzip.decompress((STATIC / f"{nombre}.gz").read_bytes()) == (STATIC / nombre).read_bytes()


FORMAS = [("br, gzip", ".br", "br"), ("gzip", ".gz", "gzip"), ("", "", None)]


@pytest.mark.parametrize("nombre", [*SERVIDOS, *DE_EMPRESAS, *DEL_PERSONAL])
@pytest.mark.parametrize(("acepta", "sufijo", "forma"), FORMAS)
def test_a_browser_gets_the_best_form_that_it_takes(
    wsgi: Any, nombre: str, acepta: str, sufijo: str, forma: str | None
) -> None:
    respuesta = Request.blank(f"/static/{nombre}", headers={"Accept-Encoding": acepta}).get_response(wsgi)
    assert respuesta.headers.get("Content-Encoding") == forma
    assert respuesta.headers["Vary"] == "Accept-Encoding"
    assert respuesta.content_type in ("text/css", "text/javascript", "application/javascript", "text/plain")
    assert "max-age=31536000" in respuesta.headers["Cache-Control"]
    assert respuesta.body == (STATIC / f"{nombre}{sufijo}").read_bytes()


def test_the_first_view_of_a_long_form_weighs_little(web: TestApp) -> None:
    pagina = len(web.get("/formulario").body)
    comprimido = (
        sum((STATIC / f"{nombre}.gz").stat().st_size for nombre in SERVIDOS) + (STATIC / "icono.svg").stat().st_size
    )
    assert pagina + comprimido < 60 * KIB
    assert (STATIC / "kit.css.br").stat().st_size < 16.3 * KIB
    assert (STATIC / "app.css.gz").stat().st_size < 4 * KIB
    assert (STATIC / "app.js.gz").stat().st_size < 2 * KIB


def test_browsers_get_the_table_of_districts_that_the_server_has() -> None:
    tabla = (STATIC.parent / "services" / "ubigeos.txt").read_text("utf-8").splitlines()
    assert (STATIC / "distritos.txt").read_text("utf-8").splitlines() == [x for x in tabla if not x.startswith("#")]
    assert (STATIC / "distritos.txt.br").stat().st_size < 13 * KIB
    assert (STATIC / "distritos.js.gz").stat().st_size < 2.5 * KIB


def test_an_address_changes_with_the_bytes(web: TestApp) -> None:
    direcciones = [e.get("href") or e.get("src") for e in web.get("/formulario").html.head(["link", "script"])]
    assert len(direcciones) == 4
    for direccion in direcciones:
        assert re.fullmatch(r"/static/[a-z.]+\?x=[0-9a-f]{12}", direccion)
    assert len({direccion.partition("?")[2] for direccion in direcciones}) == 4


@pytest.mark.parametrize("nombre", ["kit.css", "app.css"])
def test_style_sheets_load_nothing_else(nombre: str) -> None:
    hoja = (STATIC / nombre).read_text("utf-8")
    assert "@import" not in hoja
    assert {destino[:15] for destino in re.findall(r'url\("?([^)"]*)', hoja)} <= {"data:image/svg+"}


def colores() -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", (STATIC / "app.css").read_text("utf-8")))


def luminancia(color: str) -> float:
    """Relative luminance of WCAG 2.2."""
    canales = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    lineales = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canales]
    return sum(peso * c for peso, c in zip((0.2126, 0.7152, 0.0722), lineales, strict=True))


def contraste(uno: str, otro: str) -> float:
    claro, oscuro = sorted((luminancia(uno), luminancia(otro)), reverse=True)
    return (claro + 0.05) / (oscuro + 0.05)


@pytest.mark.parametrize(
    ("texto", "fondo", "minimo"),
    [
        ("granate", None, 7),
        ("granate-oscuro", None, 7),
        ("tinta", "papel", 7),
        ("granate", "papel", 7),
        ("foco", None, 4.5),
    ],
)
def test_the_colours_of_the_institution_are_legible(texto: str, fondo: str | None, minimo: float) -> None:
    assert contraste(colores()[texto], colores()[fondo] if fondo else "#ffffff") >= minimo
