"""The mail server of the tests, on a port that is known before it listens."""

from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller

from tests.mail.conftest import Buzones


@contextmanager
def correo_en(puerto: int, buzones: Buzones | None = None) -> Iterator[Controller]:
    """A mail server; its ``handler`` is the Buzones that keep what comes."""
    servidor = Controller(buzones or Buzones(), hostname="127.0.0.1", port=puerto)
    servidor.start()
    try:
        yield servidor
    finally:
        servidor.stop()


def por_smtp(puerto: int) -> dict[str, str]:
    """The settings that send letters there."""
    return {"casilla.correo": "smtp", "mail.host": "127.0.0.1", "mail.port": str(puerto)}
