"""Text messages carried from the outbox: once each, with their fate noted, and no letter waiting for them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from ZODB import DB

from casilla.gateways.sms import SmsHttp
from casilla.resources.sitio import Sitio
from casilla.scripts.reparto import Cartero
from casilla.services import correspondencia
from casilla.services.cuenta import pedir_sms
from tests import mundo
from tests.gateways.sms import ServidorSms
from tests.scripts.test_cartero import Reloj, cartero_de, historia, hora, repartir, ver

__all__ = ["hora"]
CELULAR = "+51987654321"


@pytest.fixture
def proveedor() -> Iterator[ServidorSms]:
    with ServidorSms() as proveedor:
        yield proveedor


@pytest.fixture
def cartero(base_de_datos: DB, servidor: Any, proveedor: ServidorSms, hora: Reloj, tmp_path: Path) -> Cartero:
    sms = SmsHttp.desde_ajustes(proveedor.ajustes(tmp_path, espera="3"))
    return replace(cartero_de(base_de_datos, servidor().port, hora), mensajero=sms)


@pytest.fixture
def codigo(base_de_datos: DB) -> str:
    """A notification for Tomás, who wants text messages; nothing else waits in the outbox."""

    def dejar(sitio: Sitio) -> str:
        for lugar, _ in list(sitio.salida):
            sitio.salida.quitar(lugar)
        pedir_sms(sitio.usuarios[mundo.TOMAS], True, mundo.ENERO)
        return mundo.deposito(sitio, mundo.TOMAS, 50, asunto="Medidas de protección").codigo

    return ver(base_de_datos, dejar)


def test_it_says_that_there_is_something_and_never_what(
    cartero: Cartero, codigo: str, proveedor: ServidorSms, base_de_datos: DB
) -> None:
    assert repartir(cartero) == {"entregada": 2}

    [mensaje] = proveedor.mensajes.values()
    assert mensaje["para"] == CELULAR
    assert mensaje["texto"] == (
        "MIMP: hay un documento nuevo en su casilla. Para leerlo, entre con su usuario a https://casilla.example/"
    )
    assert mensaje["texto"].isascii() and len(mensaje["texto"]) <= 160
    assert ("aviso-sms:enviado", "202 m-1") in historia(base_de_datos, codigo)
    assert ver(base_de_datos, correspondencia.atraso)[0] == 0


def test_who_did_not_ask_gets_none(cartero: Cartero, proveedor: ServidorSms, base_de_datos: DB) -> None:
    repartir(cartero)

    assert proveedor.intentos == 0


def test_a_refused_message_does_not_speak_of_the_mail(
    cartero: Cartero, codigo: str, proveedor: ServidorSms, base_de_datos: DB
) -> None:
    proveedor.estado = 422

    assert repartir(cartero) == {"entregada": 1, "rechazada": 1}
    assert ("aviso-sms:rechazado", "422 número inexistente") in historia(base_de_datos, codigo)
    assert ver(base_de_datos, lambda sitio: sitio.personas[mundo.TOMAS].avisos) == "ok"


def test_a_carrier_who_is_silent_costs_one_wait_a_round_and_no_letter(
    cartero: Cartero, codigo: str, proveedor: ServidorSms, base_de_datos: DB, hora: Reloj
) -> None:
    proveedor.mudo = True
    ver(base_de_datos, lambda sitio: mundo.deposito(sitio, mundo.TOMAS, 51))

    assert repartir(cartero) == {"entregada": 2, "pospuesta": 1}
    assert proveedor.intentos == 1

    proveedor.mudo = False
    hora.ahora += timedelta(minutes=2)
    assert repartir(cartero) == {"entregada": 2}
    assert len(proveedor.mensajes) == 2


def test_one_who_dies_before_noting_it_sends_no_second_message(
    cartero: Cartero, codigo: str, proveedor: ServidorSms, hora: Reloj, monkeypatch: pytest.MonkeyPatch
) -> None:
    anotar = correspondencia.entregada

    def morir_en_el_mensaje(sitio: Sitio, lugar: tuple[int, int], *resto: Any) -> None:
        if sitio.salida.carta(lugar).clase == correspondencia.AVISO_SMS:
            raise SystemExit
        anotar(sitio, lugar, *resto)

    monkeypatch.setattr(correspondencia, "entregada", morir_en_el_mensaje)
    with pytest.raises(SystemExit):
        repartir(cartero)
    monkeypatch.undo()
    hora.ahora += timedelta(minutes=6)

    assert repartir(cartero) == {"entregada": 1}
    assert (proveedor.intentos, len(proveedor.mensajes)) == (2, 1)


def test_when_the_institution_stops_sending_them_what_waits_is_dropped(
    cartero: Cartero, codigo: str, base_de_datos: DB
) -> None:
    assert repartir(replace(cartero, mensajero=None)) == {"entregada": 1, "descartada": 1}
    assert historia(base_de_datos, codigo)[-1][0] == "aviso-sms:descartado"
