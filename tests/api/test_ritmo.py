"""A sender who hurries too much is told how long to wait."""

from typing import Any

import pytest
from casilla.api.ritmo import Ritmo

from tests.api.sgd import Sgd


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
