"""``python -m tests.evolve.guardar VERSION``: keep the world of the tests as a store of this release."""

import sys
from pathlib import Path

from casilla.resources.almacen import abrir
from tests import mundo


def main(version: str) -> None:
    carpeta = Path(__file__).parent / f"almacen-{version}"
    carpeta.mkdir()
    db = abrir(mundo.carpeta_vacia(carpeta))
    with db.transaction() as conexion:
        mundo.construir(conexion.root())
    db.close()
    for sobrante in ("Data.fs.lock", "Data.fs.tmp", "Data.fs.index"):
        (carpeta / sobrante).unlink(missing_ok=True)


if __name__ == "__main__":
    main(sys.argv[1])
