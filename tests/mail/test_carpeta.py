import stat
from datetime import timedelta

import pytest

from casilla.mail.transporte import Carpeta, NoEntregada, transporte
from tests.mail.test_cartas import CUANDO, aviso, validacion
from tests.mail.test_sobre import bytes_de, leido

DE = "notificaciones@example.org"
ANA = "ana@example.org"


@pytest.fixture
def carpeta(tmp_path) -> Carpeta:
    return Carpeta(tmp_path / "var" / "correo", DE)


def nombres(carpeta) -> list[str]:
    return sorted(archivo.name for archivo in carpeta.ruta.iterdir())


def test_a_letter_becomes_a_file_that_mail_programmes_open(carpeta):
    crudo = bytes_de(aviso())
    palabras = carpeta.entregar(crudo, DE, ANA)
    [nombre] = nombres(carpeta)
    assert palabras == f"guardada en {nombre}"
    assert nombre.endswith(".eml")
    assert (carpeta.ruta / nombre).read_bytes() == crudo
    assert leido(crudo)["Subject"] == "Nueva notificación: CARTA 000009-2025-OGTI"


def test_the_same_letter_delivered_again_takes_the_place_of_the_first(carpeta):
    carpeta.entregar(bytes_de(aviso()), DE, ANA)
    primera = nombres(carpeta)
    de_nuevo = bytes_de(aviso(), fecha=CUANDO + timedelta(days=1))
    carpeta.entregar(de_nuevo, DE, ANA)
    assert nombres(carpeta) == primera
    assert (carpeta.ruta / primera[0]).read_bytes() == de_nuevo


def test_the_files_sort_in_the_order_in_which_the_letters_came(carpeta):
    with carpeta as lote:
        for n in range(5):
            lote.entregar(bytes_de(validacion(codigo=f"codigo-{n}"), message_id=f"<{n}@example.org>"), DE, ANA)
    for n, nombre in enumerate(nombres(carpeta)):
        assert f"codigo-{n}" in leido((carpeta.ruta / nombre).read_bytes()).get_body(("plain",)).get_content()


def test_only_the_owner_reads_letters_because_they_carry_passwords(carpeta):
    carpeta.entregar(bytes_de(aviso()), DE, ANA)
    [archivo] = carpeta.ruta.iterdir()
    assert stat.S_IMODE(archivo.stat().st_mode) == 0o600
    assert stat.S_IMODE(carpeta.ruta.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_written_leaves_the_letter_for_later(tmp_path):
    (tmp_path / "correo").write_text("no es una carpeta")
    with pytest.raises(NoEntregada, match="correo"):
        Carpeta(tmp_path / "correo", DE).entregar(bytes_de(aviso()), DE, ANA)


def test_a_failed_write_leaves_no_half_letter(carpeta, monkeypatch):
    def disco_lleno(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", disco_lleno)
    with pytest.raises(NoEntregada, match="No space left"):
        carpeta.entregar(bytes_de(aviso()), DE, ANA)
    assert nombres(carpeta) == []


def test_a_letter_without_an_id_is_a_mistake_of_the_caller(carpeta):
    with pytest.raises(ValueError, match="Message-Id"):
        carpeta.entregar(b"Subject: hola\r\n\r\nhola\r\n", DE, ANA)


def test_the_settings_make_a_folder(tmp_path):
    ajustes = {"casilla.correo": "carpeta", "casilla.correo_carpeta": str(tmp_path)}
    assert transporte(ajustes) == Carpeta(tmp_path, "casilla@localhost")
    assert transporte(ajustes | {"mail.default_sender": DE}) == Carpeta(tmp_path, DE)


def test_a_folder_without_a_place_is_said():
    with pytest.raises(ValueError, match=r"casilla\.correo_carpeta"):
        transporte({"casilla.correo": "carpeta"})
