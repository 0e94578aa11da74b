"""The index of the follow-up board. It is empty at first: its worker fills it, from the first event on."""

from casilla.resources.sitio import Sitio


def evolucionar(sitio: Sitio) -> None:
    sitio.completar()
