"""What is on disk when a deposit is answered, and in which order it got there: a power cut may come right then.

A file is safe when it was flushed whole, its directory after it came to its place, and only then the record of it.
"""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from ZODB import DB
from ZODB.FileStorage import FileStorage

from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.api.sgd import Sgd
from tests.conftest import Navegador

ANEXO = ("anexo.txt", b"un anexo de la prueba")


@dataclass
class Espia:
    """What the kernel was asked, in order: ``("fsync", inode, size by then)``, ``("rename", inode, new path)``."""

    hechos: list[tuple[str, int, Any]] = field(default_factory=list)

    def ultimo(self, hecho: str, ruta: Path, dato: Any = None) -> int:
        """The place of the last such act on what lies at ``ruta``; -1 if there was none."""
        inodo = ruta.stat().st_ino
        return max(
            (i for i, (h, n, d) in enumerate(self.hechos) if (h, n) == (hecho, inodo) and dato in (None, d)), default=-1
        )

    def entero(self, ruta: Path) -> int:
        """The place of the last flush of the file with the length that it has now."""
        return self.ultimo("fsync", ruta, ruta.stat().st_size)


@pytest.fixture
def espia(monkeypatch: pytest.MonkeyPatch) -> Espia:
    espia = Espia()
    fsync, rename = os.fsync, os.rename

    def fsync_visto(descriptor: int) -> None:
        fsync(descriptor)
        estado = os.fstat(descriptor)
        espia.hechos.append(("fsync", estado.st_ino, estado.st_size))

    def rename_visto(de: Any, a: Any) -> None:
        rename(de, a)
        espia.hechos.append(("rename", os.stat(a).st_ino, str(a)))

    monkeypatch.setattr(os, "fsync", fsync_visto)
    monkeypatch.setattr(os, "rename", rename_visto)
    # It took a reference of its own when it was imported.
    monkeypatch.setattr(sys.modules[FileStorage.__module__], "fsync", fsync_visto)
    return espia


@pytest.fixture
def archivos(navegador: Navegador, base_de_datos: DB, espia: Espia) -> list[Path]:
    """Where the document, an annex and the constancia of a deposit lie; ``espia`` saw how they got there."""
    respuesta = Sgd(navegador).depositar(mundo.pdf(2, 50_000), anexos=(ANEXO,))
    vistos = list(espia.hechos)
    with base_de_datos.transaction() as conexion:
        rutas = [Path(a.ruta) for a in conexion.root()[RAIZ].registro[respuesta.json["codigo"]].archivos]
    # Nothing of the above may count: the answer was given before.
    espia.hechos = vistos
    return rutas


@pytest.fixture
def confirmado(base_de_datos: DB, espia: Espia, archivos: list[Path]) -> int:
    """The place of the flush that made the transaction durable."""
    assert isinstance(base_de_datos.storage, FileStorage)
    return espia.entero(Path(base_de_datos.storage.getName()))


def test_the_transaction_is_flushed_before_the_answer(confirmado: int) -> None:
    assert confirmado >= 0


def test_each_file_is_flushed_whole_and_then_moved_to_its_place(
    espia: Espia, archivos: list[Path], confirmado: int
) -> None:
    assert len(archivos) == 3
    for archivo in archivos:
        assert 0 <= espia.entero(archivo) < espia.ultimo("rename", archivo, str(archivo)) < confirmado


def test_each_directory_is_flushed_after_the_file_came_and_before_the_transaction(
    espia: Espia, archivos: list[Path], confirmado: int, base_de_datos: DB
) -> None:
    """All of them up to the root of the documents: most are new, and a new directory is an entry in its parent."""
    raiz = Path(base_de_datos.storage.fshelper.base_dir)
    for archivo in archivos:
        llegada = espia.ultimo("rename", archivo, str(archivo))
        carpetas = [carpeta for carpeta in archivo.parents if carpeta.is_relative_to(raiz)]
        assert len(carpetas) == 9
        for carpeta in carpetas:
            assert llegada < espia.ultimo("fsync", carpeta) < confirmado, carpeta


def test_the_way_to_a_directory_that_stood_already_is_not_flushed_again(
    navegador: Navegador, base_de_datos: DB, espia: Espia
) -> None:
    """Nine levels for each file would take longer than the rest of the commit."""
    sgd = Sgd(navegador)
    sgd.depositar(mundo.pdf(), clave="la primera")
    espia.hechos.clear()
    assert sgd.depositar(mundo.pdf(), clave="la segunda").status_int == 201
    assert espia.ultimo("fsync", Path(base_de_datos.storage.fshelper.base_dir)) == -1
