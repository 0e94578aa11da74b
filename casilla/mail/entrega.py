"""What a transport promises, and how it says that a letter did not leave."""

from collections.abc import Mapping
from types import TracebackType
from typing import Protocol, Self

from casilla.mail.sobre import direccion


class Rechazada(Exception):
    """The letter was refused for good (SMTP 5xx, as an unknown mailbox): sending it again is useless."""

    def __init__(self, codigo: int, palabras: str) -> None:
        super().__init__(f"{codigo} {palabras}")
        self.codigo = codigo
        self.palabras = palabras


class NoEntregada(Exception):
    """The letter was not taken this time (4xx, connection lost, time-out): send it again later, same Message-Id.

    If the connection broke after the last byte, the other side may have it all the same.
    """

    def __init__(self, palabras: str) -> None:
        super().__init__(palabras)
        self.palabras = palabras


class SinConexion(NoEntregada):
    """There is nobody to talk to (address, TLS, password): every other letter of the batch would fare the same."""


class Transporte(Protocol):
    """Carries one letter at a time. Inside `with` it keeps its connection for the whole batch.

    remitente: setting `mail.default_sender`, "address" or "Name <address>".
    """

    remitente: str

    def __enter__(self) -> Self: ...

    def __exit__(self, tipo: type | None, error: BaseException | None, rastro: TracebackType | None) -> None: ...

    def entregar(self, mensaje: bytes, remitente: str, para: str) -> str:
        """Hand the letter over and return the words of who took it. Raises Rechazada or NoEntregada."""
        ...


def remitente_de(settings: Mapping[str, str], si_falta: str = "") -> str:
    """The setting `mail.default_sender`, or `si_falta`. Raises ValueError when that is not an address."""
    remitente = settings.get("mail.default_sender") or si_falta
    try:
        direccion(remitente)
    except ValueError as error:
        raise ValueError(f"mail.default_sender: {error}") from None
    return remitente
