"""Servers that a test may hurt."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psutil
import pytest

from tests import mundo
from tests.api.sgd import Sgd
from tests.faults.servidor import Servidor, depositados, hasta

_CLAVES = (f"comun-{n}" for n in count())


@pytest.fixture
def servir(mundo_guardado: Path, tmp_path: Path) -> Iterator[Callable[..., Servidor]]:
    """Call it with settings to get a running server over a copy of the world."""
    iniciados: list[Servidor] = []

    def servir(**cambios: str) -> Servidor:
        servidor = Servidor(mundo_guardado, tmp_path, cambios)
        iniciados.append(servidor)
        servidor.iniciar()
        return servidor

    yield servir
    for servidor in iniciados:
        servidor.matar()


@pytest.fixture(scope="package")
def servidor(mundo_guardado: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servidor]:
    """One for every test that does not hurt it for good; its letters stay where they are."""
    servidor = Servidor(mundo_guardado, tmp_path_factory.mktemp("comun"), {"casilla.cartero": "aparte"})
    servidor.iniciar()
    yield servidor
    servidor.matar()


@pytest.fixture
def sgd(servidor: Servidor) -> Iterator[Sgd]:
    with servidor.conexion() as conexion:
        yield Sgd(conexion)


@pytest.fixture
def clave() -> str:
    """An idempotency key that no other test uses."""
    return next(_CLAVES)


@pytest.fixture
def nada_queda(servidor: Servidor, sgd: Sgd, clave: str) -> Callable[[], None]:
    """Call it after the fault: nothing was stored, nothing lies about, and the next deposit, with its key, is made."""
    antes = depositados(sgd)
    proceso = psutil.Process(servidor.pid)
    abiertos = proceso.num_fds()

    def revisar() -> None:
        hasta(lambda: proceso.num_fds() <= abiertos, "el servidor no cerró lo que abrió")
        hasta(lambda: not servidor.sobras(), "quedan sobras")
        assert depositados(sgd) == antes
        assert sgd.depositar(mundo.pdf(), clave=clave).status_int == 201

    return revisar
