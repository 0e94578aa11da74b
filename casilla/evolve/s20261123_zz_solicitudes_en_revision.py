"""Registrations that wait for somebody of the institution have an order of their own, and letters about them."""

from datetime import UTC, datetime

from casilla.evolve.semillas import sembrar
from casilla.resources.sitio import Sitio


def evolucionar(sitio: Sitio) -> None:
    if sitio.solicitudes._en_revision is None:
        sitio.solicitudes.rehacer()
    list(sembrar(sitio, datetime(2026, 11, 23, tzinfo=UTC)))
