"""Folders for what is prepared by hand: deposits in the making, and bulks of them."""

from casilla.resources.sitio import Sitio


def evolucionar(sitio: Sitio) -> None:
    sitio.completar()
