"""Security headers stand on every answer: pages, files, errors, documents."""

import re
from typing import Any

import pytest
from webtest import TestApp

from casilla.headers import CSP
from tests.front import muestra


@pytest.fixture(scope="module")
def web() -> Any:
    return TestApp(muestra.aplicacion())


@pytest.mark.parametrize("direccion", ["/formulario", "/static/app.css", "/no-existe", "/sesion/seguir", "/"])
def test_every_answer_carries_the_policy(web: TestApp, direccion: str) -> None:
    cabeceras = web.get(direccion, expect_errors=True).headers
    assert cabeceras["Content-Security-Policy"] == CSP
    assert cabeceras["X-Content-Type-Options"] == "nosniff"
    assert cabeceras["Referrer-Policy"] == "same-origin"
    assert cabeceras["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_policy_allows_nothing_unsafe_and_nobody_else() -> None:
    assert "unsafe" not in CSP
    assert "*" not in CSP
    assert "http" not in CSP
    assert CSP.startswith("default-src 'none'; ")
    assert re.findall(r"([a-z-]+) [^;]*data:", CSP) == ["img-src"]


def test_a_pdf_may_be_framed_by_our_own_pages_only(web: TestApp) -> None:
    cabeceras = web.get("/documento.pdf").headers
    assert cabeceras["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'self'"
    assert cabeceras["X-Content-Type-Options"] == "nosniff"


def test_a_view_with_a_policy_of_its_own_keeps_it(web: TestApp) -> None:
    assert web.get("/propia").headers["Content-Security-Policy"] == "sandbox"


def test_browsers_are_told_to_stay_with_https_only_over_https(web: TestApp) -> None:
    assert "Strict-Transport-Security" not in web.get("/formulario").headers
    seguras = web.get("/formulario", extra_environ={"wsgi.url_scheme": "https"}).headers
    assert int(re.search(r"max-age=(\d+)", seguras["Strict-Transport-Security"])[1]) >= 31_536_000
