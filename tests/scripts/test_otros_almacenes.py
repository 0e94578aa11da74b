"""The orders on a store that several processes share: they work while the server does."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from casilla.resources.almacen import abrir
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.almacenes import en_zeo
from tests.scripts.conftest import Instalacion


@pytest.fixture
def compartida(poblada: Instalacion, mundo_guardado: Path, tmp_path: Path) -> Iterator[Instalacion]:
    """The world behind a ZEO server, which another process has open too."""
    with ExitStack() as pila:
        poblada.uri = pila.enter_context(en_zeo(mundo_guardado, tmp_path))
        poblada.ajustar()
        servidor = pila.enter_context(closing(abrir(poblada.uri)))
        with servidor.transaction() as conexion:
            mundo.deposito(conexion.root()[RAIZ], mundo.TOMAS, 60)
        yield poblada


def test_every_order_works_beside_the_server(compartida: Instalacion) -> None:
    for orden in (
        "iniciar",
        "evolucionar",
        "clave-api crear sgd",
        "cartero --una-vez",
        "verificar --reparar",
        "doctor",
    ):
        resultado = compartida.orden(*orden.split())
        assert resultado.exit_code == 0, f"{orden}: {resultado.output}"

    assert "ok     almacén: abre y escribe (ClientStorage)" in compartida.orden("doctor").stdout
    assert len(list((compartida.carpeta / "correo").glob("*.eml"))) == 10
