"""The institution's side: folders for its logins and for the trace of what they do."""

from casilla.resources.sitio import Sitio


def evolucionar(sitio: Sitio) -> None:
    sitio.completar()
