"""A sender who hurries too much is told how long to wait."""

from typing import Any

import pytest

from casilla.api.ritmo import Ritmo
from tests.api.sgd import Sgd
from tests.conftest import Reloj


def test_beyond_the_rate_the_answer_is_429_with_the_seconds_to_wait(
    sgd: Sgd, aplicacion: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aplicacion.registry, "ritmo", Ritmo(por_minuto=2))

    respuestas = [sgd.get("/eventos") for _ in range(8)]

    tarde = respuestas[-1]
    assert (tarde.status_int, tarde.json["codigo"]) == (429, "demasiadas-solicitudes")
    assert 1 <= int(tarde.headers["Retry-After"]) <= 60


def test_strangers_do_not_use_up_the_rate_of_a_sender(
    sgd: Sgd, aplicacion: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aplicacion.registry, "ritmo", Ritmo(por_minuto=2))
    extrano = Sgd(sgd.navegador, "sgd.clave-falsa")
    for _ in range(8):
        extrano.get("/eventos")

    assert sgd.get("/eventos").status_int == 200


def test_in_the_next_minute_one_may_go_on(
    sgd: Sgd, aplicacion: Any, monkeypatch: pytest.MonkeyPatch, reloj: Reloj
) -> None:
    monkeypatch.setattr(aplicacion.registry, "ritmo", Ritmo(por_minuto=2))
    assert {sgd.get("/eventos").status_int for _ in range(8)} == {200, 429}

    reloj.adelantar(minutos=1)

    assert sgd.get("/eventos").status_int == 200
