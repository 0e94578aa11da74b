"""Networks that a setting names, and whether an address is in one of them."""

from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import Any

from pyramid.httpexceptions import HTTPNotFound

LOOPBACK = "127.0.0.0/8 ::1/128"


class Redes:
    """Networks in CIDR, parted by blanks or commas. Raises ValueError naming the setting when one is none."""

    def __init__(self, ajuste: str, redes: str) -> None:
        self._redes = []
        for red in redes.replace(",", " ").split():
            try:
                self._redes.append(ip_network(red))
            except ValueError as error:
                raise ValueError(f"{ajuste}: {red!r} no es una red, como 10.0.0.0/8 o 2001:db8::/32") from error

    def __contains__(self, direccion: str | None) -> bool:
        try:
            leida = ip_address(direccion or "")
        except ValueError:
            return False
        return any(leida in red for red in self._redes)


def redes_de_admin(ajustes: Mapping[str, Any]) -> Redes | None:
    """From where ``/admin`` exists; None: from everywhere. Raises ValueError."""
    redes = ajustes.get("casilla.admin_desde", "")
    return Redes("casilla.admin_desde", redes) if redes.strip() else None


def redes_de_metricas(ajustes: Mapping[str, Any]) -> Redes:
    """From where ``/metricas`` may be read. Raises ValueError."""
    return Redes("casilla.metricas_desde", ajustes.get("casilla.metricas_desde", LOOPBACK))


class OtraRed(HTTPNotFound):
    """To whoever comes from there, the place does not exist."""
