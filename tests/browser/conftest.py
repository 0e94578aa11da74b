"""The product behind a real server, with its cartero and its mails as files, seen through a real browser."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from ZODB import DB
from ZODB.POSException import ConflictError

from casilla import main
from casilla.resources.sitio import Sitio
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.almacenes import copiar
from tests.servir import servir


class Servido:
    """A running product: its address, its store, and the letters that it has sent."""

    def __init__(self, direccion: str, correo: Path, almacen: DB) -> None:
        self.direccion = direccion
        self.almacen = almacen
        self._correo = correo

    def hacer(self, acto: Callable[[Sitio], Any]) -> Any:
        """Do it in the store, beside the cartero and the others at work: again if they meet."""
        while True:
            with suppress(ConflictError), self.almacen.transaction() as conexion:
                return acto(conexion.root()[RAIZ])

    def carta(self, para: str, asunto: str, segundos: float = 60) -> EmailMessage:
        """The last letter to ``para`` whose subject begins so; waits until it has come."""
        limite = monotonic() + segundos
        while monotonic() < limite:
            for archivo in sorted(self._correo.glob("*.eml"), reverse=True):
                carta = message_from_bytes(archivo.read_bytes(), policy=policy.default)
                if para in carta["To"] and carta["Subject"].startswith(asunto):
                    return carta
            sleep(0.1)
        raise AssertionError(f"no llegó a {para} ninguna carta «{asunto}»")


def texto(carta: EmailMessage) -> str:
    """The plain part of a letter."""
    cuerpo = carta.get_body(("plain",))
    assert cuerpo is not None
    return cuerpo.get_content()


@pytest.fixture
def servido(
    ajustes: dict[str, Any], mundo_guardado: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Servido]:
    """The product on a copy of the world, on a port of its own, with the cartero at work inside.

    Settings of a test's own come by ``parametrize(..., indirect=True)``.
    """
    with servir(hilos=4) as servidor:
        direccion = f"http://127.0.0.1:{servidor.effective_port}"
        propios = {
            "zodbconn.uri": mundo.carpeta_vacia(copiar(mundo_guardado, tmp_path / "almacen")),
            "casilla.url": direccion,
            "casilla.correo_carpeta": str(tmp_path / "correo"),
            "casilla.cartero": "hilo",
            **getattr(request, "param", {}),
        }
        aplicacion = servidor.application = main({}, **{**ajustes, **propios})
        yield Servido(direccion, tmp_path / "correo", aplicacion.registry._zodb_databases[""])
        aplicacion.registry.cartero.parar()
    aplicacion.registry._zodb_databases[""].close()
