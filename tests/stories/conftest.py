"""Stories run on every store that the product runs on, by the URI alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from ZODB import DB

from casilla.resources.almacen import abrir
from tests import mundo
from tests.almacenes import Postgres, en_archivo, en_zeo


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A PostgreSQL server whose database ``mundo`` holds the world."""
    servidor = Postgres()
    servidor.iniciar()
    servidor.sql("CREATE DATABASE mundo")
    db = abrir(servidor.uri("mundo", tmp_path_factory.mktemp("blobs")))
    with db.transaction() as conexion:
        mundo.construir(conexion.root())
    db.close()
    yield servidor
    servidor.detener()


@pytest.fixture(params=["archivo", "zeo", "postgres"])
def uri(request: pytest.FixtureRequest, mundo_guardado: Path, tmp_path: Path) -> Iterator[str]:
    if request.param == "postgres":
        copia = request.getfixturevalue("postgres").copia_de("mundo", tmp_path)
    else:
        copia = {"archivo": en_archivo, "zeo": en_zeo}[request.param](mundo_guardado, tmp_path)
    with copia as direccion:
        yield direccion


@pytest.fixture
def base_de_datos(uri: str) -> Iterator[DB]:
    db = abrir(uri)
    yield db
    db.close()
