"""A server that a test may hurt."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.servidor import Servidor


@pytest.fixture
def servir(mundo_guardado: Path, tmp_path: Path) -> Iterator[Callable[..., Servidor]]:
    """Call it with settings to get a running server over a copy of the world."""
    iniciados: list[Servidor] = []

    def servir(**cambios: Any) -> Servidor:
        servidor = Servidor(mundo_guardado, tmp_path, cambios)
        iniciados.append(servidor)
        servidor.iniciar()
        return servidor

    yield servir
    for servidor in iniciados:
        servidor.matar()
