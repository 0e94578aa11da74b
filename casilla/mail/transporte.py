"""Which way letters leave: setting `casilla.correo`."""

from collections.abc import Mapping

from casilla.mail.carpeta import Carpeta
from casilla.mail.entrega import NoEntregada, Rechazada, SinConexion, Transporte
from casilla.mail.smtp import Smtp

__all__ = ["Carpeta", "NoEntregada", "Rechazada", "SinConexion", "Smtp", "Transporte", "transporte"]


def transporte(settings: Mapping[str, str]) -> Transporte:
    """The transport that the settings ask for. Raises ValueError, naming the setting that is wrong or missing."""
    via = settings.get("casilla.correo")
    if via == "smtp":
        return Smtp.desde_ajustes(settings)
    if via == "carpeta":
        return Carpeta.desde_ajustes(settings)
    raise ValueError(f"casilla.correo: {via!r} no es smtp ni carpeta")
