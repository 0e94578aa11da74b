"""Where it is counted whether the answers serve, and what is searched for in vain."""

from casilla.resources.sitio import Sitio


def evolucionar(sitio: Sitio) -> None:
    sitio.completar()
