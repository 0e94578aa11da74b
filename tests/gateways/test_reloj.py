"""What the kernel says of its clock."""

import ctypes
from datetime import timedelta
from typing import Any

import pytest

from casilla.gateways import reloj


def con_nucleo(monkeypatch: pytest.MonkeyPatch, estado: int, **dicho: int) -> None:
    """A kernel that answers so."""

    class Nucleo:
        def adjtimex(self, lugar: Any) -> int:
            for nombre, valor in dicho.items():
                setattr(lugar._obj, nombre, valor)
            return estado

    monkeypatch.setattr(ctypes, "CDLL", lambda nombre: Nucleo())


def test_a_clock_that_somebody_keeps_has_its_margin(monkeypatch: pytest.MonkeyPatch) -> None:
    con_nucleo(monkeypatch, 0, maxerror=12_345, status=0x2001)

    assert reloj.margen() == timedelta(microseconds=12_345)


@pytest.mark.parametrize(("estado", "status"), [(5, 0x40), (0, 0x40), (-1, 0)])
def test_a_clock_that_nobody_keeps_has_none(monkeypatch: pytest.MonkeyPatch, estado: int, status: int) -> None:
    con_nucleo(monkeypatch, estado, maxerror=16_000_000, status=status)

    assert reloj.margen() is None


def test_a_system_that_does_not_know_the_question_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda nombre: object())

    assert reloj.margen() is None


def test_this_machine_answers() -> None:
    """Whatever it says of its clock, the answer has the shape that we read."""
    margen = reloj.margen()

    assert margen is None or timedelta(0) <= margen < timedelta(days=1)
