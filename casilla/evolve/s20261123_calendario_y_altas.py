"""The institution's calendar, and how many casillas were opened each day: those that there are already are counted."""

from casilla.resources.sitio import Sitio


def evolucionar(sitio: Sitio) -> None:
    sitio.completar()
    sitio.altas.rehacer()
