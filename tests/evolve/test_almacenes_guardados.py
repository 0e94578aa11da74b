"""A store of every release is opened, evolved and walked by the program of today."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from ZODB import DB

from casilla import evolve
from casilla.resources.almacen import abrir
from casilla.services.fundacion import RAIZ
from casilla.services.verificacion import hallazgos
from tests import mundo
from tests.conftest import Navegador

GUARDADOS = sorted(Path(__file__).parent.glob("almacen-*"))


def test_there_is_a_kept_store() -> None:
    assert GUARDADOS


@pytest.fixture(params=GUARDADOS, ids=lambda g: g.name)
def base_de_datos(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DB]:
    """A copy of the kept store, in the place of the world of the other tests."""
    db = abrir(mundo.carpeta_vacia(shutil.copytree(request.param, tmp_path / "almacen")))
    with db.transaction() as conexion:
        list(evolve.evolucionar(conexion.root()[RAIZ]))
    yield db
    db.close()


def test_nothing_is_wrong_in_an_old_store_that_has_evolved(base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        assert [queja for quejas in hallazgos(conexion.root()[RAIZ]) for queja in quejas] == []


def test_an_old_store_that_has_evolved_serves(navegador: Navegador) -> None:
    bandeja = navegador.entrar(mundo.ROSA)

    assert bandeja.html.h1.text == "Pendientes por leer"
    leidos = bandeja.click("Leídos", index=0)
    assert leidos.html.h1.text == "Leídos"
    assert "OGT002025000004" in leidos.click("^Respuesta a su solicitud", index=0)
