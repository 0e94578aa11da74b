"""A deposit out of hours counts as made on another business day: each page and paper about it says why, and which."""

import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from ZODB import DB

from casilla.printing.certificacion import certificado
from casilla.resources.sitio import Sitio
from casilla.services import calendario
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.conftest import Navegador
from tests.printing.lector import datos as datos_del_papel
from tests.views.test_notificacion import datos

ANTES = datetime(2026, 11, 20, 15, tzinfo=UTC)
A_TIEMPO = datetime(2026, 11, 23, 18, 59, tzinfo=UTC)  # 13:59 in Lima, a Monday
TARDE = datetime(2026, 11, 23, 19, 46, tzinfo=UTC)  # 14:46
PORQUE = (
    "Se depositó después de las 14:00: se tiene por depositado el día hábil siguiente, "
    "miércoles 25 de noviembre de 2026."
)


def decir(sitio: Sitio) -> None:
    """Until 14:00, and not on Tuesday 24."""
    quien: dict[str, Any] = {"actor": "administrador", "ahora": ANTES}
    calendario.fijar_horario(sitio, "08:30", "14:00", "RM 1", **quien)
    calendario.no_laborable(sitio, date(2026, 11, 24), "Día del distrito", "Ordenanza 7", **quien)


def depositar(base_de_datos: DB, ahora: datetime, *, declarado: bool = True, **cambios: Any) -> str:
    """Returns its code."""
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        if declarado:
            decir(sitio)
        n = mundo.deposito(sitio, mundo.TOMAS, 40, ahora=ahora, **cambios)
        mundo.al_dia(sitio)
        return n.codigo


def lo_que_dice(navegador: Navegador, base_de_datos: DB, codigo: str) -> dict[str, str]:
    """Of the day of the deposit, on each page and paper that tells of the term; "" where nothing is said."""
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        papel = certificado(sitio, sitio.registro[codigo], f"https://casilla.example.pe/verificar/{codigo}")
        constancia = datos_del_papel(papel.ruta.read_bytes())
    verificar = datos(navegador.get(f"/verificar/{codigo}"))
    pagina = datos(navegador.entrar(mundo.TOMAS).click("Respuesta a su solicitud"))
    navegador.entrar_al_modulo("auditor")
    deposito = navegador.consultar(f"/admin/depositos/{codigo}")
    prueba = next(f for f in deposito.forms.values() if f.action.endswith("/prueba")).submit()
    zip_ = zipfile.ZipFile(io.BytesIO(prueba.body))
    [txt, json_] = [zip_.read(nombre).decode("utf-8-sig") for nombre in zip_.namelist() if "_historia." in nombre]
    return {
        "constancia": constancia.get("Día del depósito", ""),
        "verificar": verificar.get("Día del depósito", ""),
        "casilla": pagina.get("Día del depósito", ""),
        "seguimiento": datos(deposito).get("Día del depósito", ""),
        "historia.txt": next((linea for linea in txt.splitlines() if "tiene por depositado" in linea), ""),
        "historia.json": json.loads(json_)["dia_del_deposito"] or "",
    }


@pytest.mark.parametrize(("ahora", "porque"), [(TARDE, PORQUE), (A_TIEMPO, "")], ids=["late", "in hours"])
def test_why_a_term_starts_later_is_said_wherever_the_term_is_told(
    navegador: Navegador, base_de_datos: DB, ahora: datetime, porque: str
) -> None:
    codigo = depositar(base_de_datos, ahora)

    assert set(lo_que_dice(navegador, base_de_datos, codigo).values()) == {porque}


def test_hours_and_days_said_later_explain_nothing_of_what_was_deposited_before(
    navegador: Navegador, base_de_datos: DB
) -> None:
    codigo = depositar(base_de_datos, ANTES, declarado=False)
    with base_de_datos.transaction() as conexion:
        decir(conexion.root()[RAIZ])

    assert set(lo_que_dice(navegador, base_de_datos, codigo).values()) == {""}


def test_hours_taken_away_later_still_explain_what_was_deposited_under_them(
    navegador: Navegador, base_de_datos: DB
) -> None:
    codigo = depositar(base_de_datos, TARDE)
    with base_de_datos.transaction() as conexion:
        luego = TARDE + timedelta(minutes=5)
        calendario.fijar_horario(conexion.root()[RAIZ], "", "", "RM 2", actor="administrador", ahora=luego)

    assert set(lo_que_dice(navegador, base_de_datos, codigo).values()) == {PORQUE}


@pytest.mark.parametrize("plazo", [5, 0])
def test_the_days_that_do_not_count_are_named_from_the_deposit_on(
    navegador: Navegador, base_de_datos: DB, plazo: int
) -> None:
    depositar(base_de_datos, TARDE, plazo=plazo)

    pagina = navegador.entrar(mundo.TOMAS).click("Respuesta a su solicitud")

    assert datos(pagina)["No se cuentan, además de sábados y domingos"] == (
        "martes 24 de noviembre de 2026 (Día del distrito)"
    )
