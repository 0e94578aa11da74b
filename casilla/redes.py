"""Networks that a setting names, and whether an address is in one of them."""

from ipaddress import ip_address, ip_network

from pyramid.httpexceptions import HTTPNotFound

LOOPBACK = "127.0.0.0/8 ::1/128"


class Redes:
    """Networks in CIDR, parted by blanks or commas. Raises ValueError naming the setting when one is none."""

    def __init__(self, ajuste: str, redes: str) -> None:
        try:
            self._redes = [ip_network(red) for red in redes.replace(",", " ").split()]
        except ValueError as error:
            raise ValueError(f"{ajuste}: {error}") from error

    def __contains__(self, direccion: str | None) -> bool:
        try:
            leida = ip_address(direccion or "")
        except ValueError:
            return False
        return any(leida in red for red in self._redes)


class OtraRed(HTTPNotFound):
    """To whoever comes from there, the place does not exist."""
