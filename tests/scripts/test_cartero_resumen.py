"""The cartero gives each day's summaries once, however many of them work at it and however often they begin anew."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from ZODB import DB

from casilla.services import resumen
from casilla.services.resumen import suscribir
from tests import mundo
from tests.scripts.conftest import Instalacion
from tests.scripts.test_cartero import Reloj, cartero_de, hora, repartir, ver

__all__ = ["hora"]
MANANA = datetime(2026, 1, 24, 12, 30, tzinfo=UTC)


@pytest.fixture
def suscrita(base_de_datos: DB, hora: Reloj) -> DB:
    """Rosa wants summaries, it is morning, and nothing else waits in the outbox."""

    def pedir(sitio: Any) -> None:
        for lugar, _ in list(sitio.salida):
            sitio.salida.quitar(lugar)
        suscribir(sitio, sitio.usuarios[mundo.ROSA], mundo.ENERO)

    ver(base_de_datos, pedir)
    hora.ahora = MANANA
    return base_de_datos


def asuntos(buzones: Any) -> list[str]:
    return [
        message_from_bytes(recibido.crudo, policy=policy.default)["Subject"] for recibido in buzones.handler.recibidos
    ]


def test_a_day_brings_one_summary_also_after_beginning_anew(suscrita: DB, servidor: Any, hora: Reloj) -> None:
    buzones = servidor()
    for _ in range(3):
        cartero = cartero_de(suscrita, buzones.port, hora)
        cartero.limpiar()
        repartir(cartero)
        hora.ahora += timedelta(minutes=20)

    assert asuntos(buzones) == ["Resumen de su casilla: 3 notificaciones sin leer"]


def test_several_carteros_at_once_give_one_turn(suscrita: DB, hora: Reloj) -> None:
    carteros = [cartero_de(suscrita, 1, hora) for _ in range(4)]

    with ThreadPoolExecutor(4) as hilos:
        list(hilos.map(lambda cartero: cartero.limpiar(), carteros))

    assert ver(suscrita, lambda sitio: len(list(sitio.salida))) == 1


def test_an_installation_that_sends_its_letters_by_a_timer_sends_summaries_too(
    poblada: Instalacion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resumen, "DESDE", time.min)  # whatever the clock of who runs the test says
    monkeypatch.setattr(resumen, "HASTA", time.max)
    poblada.hacer(lambda sitio: suscribir(sitio, sitio.usuarios[mundo.ROSA], mundo.ENERO))

    assert poblada.orden("cartero", "--una-vez").exit_code == 0

    [carta] = [c for c in (poblada.carpeta / "correo").glob("*.eml") if b"Resumen de su casilla" in c.read_bytes()]
    assert b"rosa@correo.example" in carta.read_bytes()
