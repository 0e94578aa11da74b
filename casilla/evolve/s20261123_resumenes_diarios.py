"""The folder of those who want a summary each morning."""

from casilla.resources.sitio import Sitio


def evolucionar(sitio: Sitio) -> None:
    sitio.completar()
