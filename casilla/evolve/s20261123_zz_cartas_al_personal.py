"""The letter to the institution's people about what was done with their account can be edited as the others."""

from datetime import UTC, datetime

from casilla.evolve.semillas import sembrar
from casilla.resources.sitio import Sitio


def evolucionar(sitio: Sitio) -> None:
    list(sembrar(sitio, datetime(2026, 11, 23, tzinfo=UTC)))
