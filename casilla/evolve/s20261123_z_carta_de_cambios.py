"""The letter about what the institution changes in somebody's account."""

from datetime import UTC, datetime

from casilla.evolve.semillas import sembrar
from casilla.resources.sitio import Sitio


def evolucionar(sitio: Sitio) -> None:
    list(sembrar(sitio, datetime(2026, 11, 23, tzinfo=UTC)))
