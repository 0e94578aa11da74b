"""Opening the store that a URI names."""

from pathlib import Path

import pytest
from ZODB.FileStorage import FileStorage

from casilla.resources.almacen import abrir, resolver
from tests import mundo


def test_a_file_uri_with_blobs_is_a_file_storage_with_its_own_blobs(tmp_path: Path) -> None:
    db = abrir(mundo.carpeta_vacia(tmp_path) + "&connection_cache_size=123")

    assert type(db.storage) is FileStorage
    assert db.storage.blob_dir == str(tmp_path / "blobs")
    assert db.getCacheSize() == 123
    db.close()


def test_what_a_dead_process_left_half_received_is_removed_when_the_store_is_opened(tmp_path: Path) -> None:
    abrir(mundo.carpeta_vacia(tmp_path)).close()
    resto = tmp_path / "blobs" / "tmp" / "recibido-a-medias"
    resto.write_bytes(b"medio documento")

    abrir(mundo.carpeta_vacia(tmp_path)).close()

    assert not resto.exists()


def test_reading_only_removes_nothing(tmp_path: Path) -> None:
    abrir(mundo.carpeta_vacia(tmp_path)).close()
    en_curso = tmp_path / "blobs" / "tmp" / "recibido-ahora"
    en_curso.write_bytes(b"de un servidor que corre")

    abrir(mundo.carpeta_vacia(tmp_path) + "&read_only=1").close()

    assert en_curso.exists()


def test_a_layout_that_file_storage_cannot_be_told_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="blobstorage_layout"):
        resolver(mundo.carpeta_vacia(tmp_path) + "&blobstorage_layout=lawn")
