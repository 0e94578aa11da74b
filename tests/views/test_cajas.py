"""What each box about a person tells the browser, in the real pages (WCAG 2.2, 1.3.5)."""

from collections.abc import Callable
from typing import Any

import pytest
from webtest.response import TestResponse

from tests import mundo
from tests.conftest import Navegador
from tests.views.registro import hasta


def portada(navegador: Navegador) -> TestResponse:
    return navegador.get("/")


def datos(navegador: Navegador) -> TestResponse:
    return hasta(navegador, "datos")


def verificacion(navegador: Navegador) -> TestResponse:
    return hasta(navegador, "verificacion")


def cambio(navegador: Navegador) -> TestResponse:
    navegador.entrar(mundo.ROSA)
    return navegador.get("/cambiar-clave")


def correo(navegador: Navegador) -> TestResponse:
    navegador.entrar(mundo.ROSA)
    return navegador.get("/cuenta/correo")


def telefono(navegador: Navegador) -> TestResponse:
    navegador.entrar(mundo.ROSA)
    return navegador.get("/cuenta/telefono")


DIRECCION = {"type": "email", "autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
CELULAR = {"type": "tel", "autocomplete": "tel", "inputmode": "tel"}
CAJAS = [
    (portada, "usuario", {"type": "text", "autocomplete": "username", "autocapitalize": "none"}),
    (portada, "clave", {"type": "password", "autocomplete": "current-password"}),
    (datos, "apellido_paterno", {"autocomplete": "family-name"}),
    (datos, "nombres", {"autocomplete": "given-name"}),
    (datos, "nacimiento-dia", {"autocomplete": "bday-day", "inputmode": "numeric", "type": "text"}),
    (datos, "nacimiento-mes", {"autocomplete": "bday-month", "type": "text"}),
    (datos, "nacimiento-ano", {"autocomplete": "bday-year", "inputmode": "numeric", "type": "text"}),
    (datos, "telefono", CELULAR),
    (datos, "correo", DIRECCION),
    (datos, "repetir_correo", DIRECCION),
    (verificacion, "codigo", {"autocomplete": "one-time-code", "inputmode": "text", "autocapitalize": "none"}),
    (cambio, "usuario", {"autocomplete": "username"}),
    (cambio, "antigua", {"type": "password", "autocomplete": "current-password"}),
    (cambio, "nueva", {"type": "password", "autocomplete": "new-password"}),
    (correo, "correo", DIRECCION),
    (telefono, "telefono", CELULAR),
]


@pytest.mark.parametrize(("pagina", "nombre", "esperados"), CAJAS, ids=lambda d: getattr(d, "__name__", str(d)[:20]))
def test_each_box_of_a_person_says_what_belongs_in_it(
    navegador: Navegador, pagina: Callable[[Navegador], Any], nombre: str, esperados: dict[str, str]
) -> None:
    caja = pagina(navegador).html.select_one(f'form#formulario [name="{nombre}"]')

    assert {atributo: caja.get(atributo) for atributo in esperados} == esperados
    assert "maxlength" not in caja.attrs
    assert "onpaste" not in caja.attrs
