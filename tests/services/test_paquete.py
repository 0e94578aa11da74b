"""Names that any disk takes, and a ZIP that says what is in it."""

from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casilla.resources.notificacion import Notificacion
from casilla.resources.sitio import Sitio
from casilla.services.paquete import empaquetar, leeme, nombre_de_descarga, nombre_del_paquete
from tests import mundo

URL = "https://casilla.example/verificar/ABC"


class Archivo:
    """The little that a name depends on."""

    def __init__(self, name: str, nombre: str) -> None:
        self.__name__, self.nombre = name, nombre


def notificacion(tipo: str = "CARTA", numero: str = "000009-2025-OGTI", anexos: int = 1) -> Notificacion:
    hecha = Notificacion(tipo=tipo, numero=numero, depositado_en=mundo.ENERO)
    hecha.anexos = tuple(Archivo(f"anexo-{n}", f"{n}.txt") for n in range(1, anexos + 1))
    return hecha


def nombre(name: str, propio: str = "", **hechos: object) -> str:
    return nombre_de_descarga(notificacion(**hechos), Archivo(name, propio))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("adjunto", "esperado"),
    [
        (("documento", "escaneo 1.PDF"), "2026-01-23_CARTA_000009-2025-OGTI.pdf"),
        (("constancia", "constancia-X.pdf"), "2026-01-23_CARTA_000009-2025-OGTI_constancia.pdf"),
        (("anexo-1", "Informe técnico.docx"), "2026-01-23_CARTA_000009-2025-OGTI_anexo-1_Informe técnico.docx"),
        (("anexo-1", "../../etc/passwd"), "2026-01-23_CARTA_000009-2025-OGTI_anexo-1_-..-etc-passwd"),
        (("anexo-1", "sin\u202etxt.exe"), "2026-01-23_CARTA_000009-2025-OGTI_anexo-1_sintxt.exe"),
        (("anexo-1", " . "), "2026-01-23_CARTA_000009-2025-OGTI_anexo-1_archivo"),
    ],
)
def test_a_file_is_called_by_day_document_and_what_it_is(adjunto: tuple[str, str], esperado: str) -> None:
    assert nombre(*adjunto) == esperado


def test_a_slash_in_the_number_of_the_document_is_no_folder() -> None:
    assert nombre("documento", numero="000009-2026-MIMP/OGTI") == "2026-01-23_CARTA_000009-2026-MIMP-OGTI.pdf"


def test_in_order_of_the_alphabet_files_are_in_reading_order() -> None:
    muchos = {"anexos": 12}
    nombres = [nombre("documento", **muchos), *(nombre(f"anexo-{n}", "a.txt", **muchos) for n in range(1, 13))]
    nombres.append(nombre("constancia", **muchos))

    assert sorted(nombres) == nombres


@given(st.text(max_size=300), st.text(min_size=1, max_size=80), st.sampled_from(["documento", "anexo-1", "constancia"]))
def test_no_name_is_refused_by_windows(propio: str, numero: str, cual: str) -> None:
    dado = nombre(cual, propio, numero=numero)

    assert not set(dado) & set('<>:"/\\\\|?*')
    assert all(ord(signo) >= 32 for signo in dado)
    assert dado == dado.strip(" .")
    assert len(dado) < 200


@pytest.fixture
def depositada(sitio: Sitio) -> Notificacion:
    """With files on disk, as they are after a commit."""
    hecha = mundo.deposito(sitio, mundo.TOMAS, 9, anexos=2)
    sitio._p_jar.transaction_manager.commit()
    return hecha


def empaquetado(depositada: Notificacion) -> bytes:
    destino = BytesIO()
    empaquetar(depositada, depositada.archivos, leeme(depositada, depositada.archivos, URL), destino)
    return destino.getvalue()


def test_the_zip_holds_document_annexes_and_constancia_in_order_and_what_they_are(depositada: Notificacion) -> None:
    with ZipFile(BytesIO(empaquetado(depositada))) as paquete:
        assert paquete.testzip() is None
        nombres = paquete.namelist()
        assert nombres == [nombre_de_descarga(depositada, a) for a in depositada.archivos] + ["LEEME.txt"]
        for adjunto, entrada in zip(depositada.archivos, nombres, strict=False):
            assert sha256(paquete.read(entrada)).hexdigest() == adjunto.huella
        assert {e.compress_type for e in paquete.infolist()} == {ZIP_STORED}
        assert paquete.infolist()[0].date_time == (2026, 1, 23, 10, 11, 16)


def test_the_readme_says_every_name_and_hash_and_windows_reads_its_accents(depositada: Notificacion) -> None:
    with ZipFile(BytesIO(empaquetado(depositada))) as paquete:
        octetos = paquete.read("LEEME.txt")

    assert octetos.startswith(b"\xef\xbb\xbf")
    texto = octetos.decode("utf-8-sig")
    assert "\n" not in texto.replace("\r\n", "")
    for adjunto in depositada.archivos:
        assert f"{nombre_de_descarga(depositada, adjunto)}\r\n    {adjunto.huella}" in texto
    assert "23 de enero de 2026, 10:11 (hora de Lima)" in texto
    assert URL in texto


def test_the_same_facts_give_the_same_bytes(depositada: Notificacion) -> None:
    assert empaquetado(depositada) == empaquetado(depositada)


def test_a_zip_of_annexes_says_so() -> None:
    assert nombre_del_paquete(notificacion(), "anexos") == "2026-01-23_CARTA_000009-2025-OGTI_anexos.zip"
    assert nombre_del_paquete(notificacion(), "") == "2026-01-23_CARTA_000009-2025-OGTI.zip"
