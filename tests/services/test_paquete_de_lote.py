"""The ZIP of a bulk: what is in it is found, and what would do harm is refused, clearly."""

import struct
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from casilla.services.documentos import DocumentoInvalido
from casilla.services.paquete_de_lote import Paquete


def zip_de(*entradas: tuple[str, bytes]) -> BytesIO:
    salida = BytesIO()
    with ZipFile(salida, "w", ZIP_DEFLATED) as paquete:
        for nombre, contenido in entradas:
            paquete.writestr(nombre, contenido)
    return salida


def sacado(paquete: Paquete, nombre: str, carpeta: Path, maximo: int = 1 << 20) -> bytes:
    archivo = paquete.sacar(nombre, carpeta=str(carpeta), maximo=maximo)
    try:
        return archivo.ruta.read_bytes()
    finally:
        archivo.ruta.unlink()


@pytest.mark.parametrize("nombre", ["a.pdf", "A.PDF", "lote/a.pdf"])
def test_a_file_is_found_by_its_name_with_or_without_its_folder(tmp_path: Path, nombre: str) -> None:
    with Paquete(zip_de(("lote/a.pdf", b"uno"), ("lote/b.pdf", b"dos"))) as paquete:
        assert sacado(paquete, nombre, tmp_path) == b"uno"


def test_the_nearest_of_two_with_one_name_is_meant(tmp_path: Path) -> None:
    with Paquete(zip_de(("a.pdf", b"uno"), ("otra/a.pdf", b"dos"))) as paquete:
        assert sacado(paquete, "a.pdf", tmp_path) == b"uno"
        assert sacado(paquete, "otra/a.pdf", tmp_path) == b"dos"


@pytest.mark.parametrize("marca", [True, False], ids=["UTF-8 said", "not said"])
def test_names_with_accents_are_found_whoever_made_the_zip(tmp_path: Path, marca: bool) -> None:
    crudo = zip_de(("Año nuevo.pdf", b"uno")).getvalue()
    if not marca:  # as an old macOS writes it
        crudo = crudo.replace(struct.pack("<H", 0x800), b"\0\0")
    with Paquete(BytesIO(crudo)) as paquete:
        assert sacado(paquete, "An\u0303o nuevo.pdf", tmp_path) == b"uno"


def test_names_from_windows_in_spanish_are_found(tmp_path: Path) -> None:
    crudo = zip_de(("A\u00f1o-1.pdf", b"uno")).getvalue()
    crudo = crudo.replace(struct.pack("<H", 0x800), b"\0\0").replace("A\u00f1o-1.pdf".encode(), b"AA\xa4o-1.pdf")
    with Paquete(BytesIO(crudo)) as paquete:
        assert sacado(paquete, "AAño-1.pdf", tmp_path) == b"uno"


def queja(paquete: Paquete, nombre: str, carpeta: Path, maximo: int = 1 << 20) -> str:
    with pytest.raises(DocumentoInvalido) as error:
        paquete.sacar(nombre, carpeta=str(carpeta), maximo=maximo)
    assert list(carpeta.iterdir()) == []
    return str(error.value)


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with Paquete(zip_de(("a.pdf", b"uno"))) as paquete:
        assert queja(paquete, "b.pdf", tmp_path) == "«b.pdf» no está en el ZIP"


def test_two_of_one_name_in_different_folders_are_told(tmp_path: Path) -> None:
    with Paquete(zip_de(("uno/a.pdf", b"1"), ("dos/a.pdf", b"2"))) as paquete:
        assert "escriba también su carpeta" in queja(paquete, "a.pdf", tmp_path)


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    with Paquete(zip_de(("a.pdf", b"\0" * (5 << 20)))) as paquete:
        assert "sospechoso" in queja(paquete, "a.pdf", tmp_path)


def test_a_bomb_that_lies_about_its_size_is_cut_off(tmp_path: Path) -> None:
    real = 5 << 20
    crudo = zip_de(("a.pdf", b"\0" * real)).getvalue().replace(struct.pack("<L", real), struct.pack("<L", 1000))
    with Paquete(BytesIO(crudo)) as paquete:
        assert "dañado" in queja(paquete, "a.pdf", tmp_path)


def test_one_too_large_is_told(tmp_path: Path) -> None:
    with Paquete(zip_de(("a.pdf", bytes(range(256)) * 40))) as paquete:
        assert queja(paquete, "a.pdf", tmp_path, maximo=10_000) == "«a.pdf» pasa de 10 KB"


def test_an_encrypted_one_is_told(tmp_path: Path) -> None:
    salida = zip_de(("a.pdf", b"uno"))
    crudo = bytearray(salida.getvalue())
    crudo[6] |= 1
    crudo[crudo.index(b"PK\x01\x02") + 8] |= 1
    with Paquete(BytesIO(bytes(crudo))) as paquete:
        assert "cifrado con contraseña" in queja(paquete, "a.pdf", tmp_path)


def test_one_compressed_in_a_way_that_we_do_not_read_is_told(tmp_path: Path) -> None:
    crudo = bytearray(zip_de(("a.pdf", b"uno")).getvalue())
    crudo[8] = crudo[crudo.index(b"PK\x01\x02") + 10] = 98  # PPMd
    with Paquete(BytesIO(bytes(crudo))) as paquete:
        assert "método que no se admite" in queja(paquete, "a.pdf", tmp_path)


def test_a_damaged_one_is_told(tmp_path: Path) -> None:
    crudo = bytearray(zip_de(("a.pdf", bytes(range(256)) * 10)).getvalue())
    crudo[60] ^= 0xFF
    with Paquete(BytesIO(bytes(crudo))) as paquete:
        assert "dañado" in queja(paquete, "a.pdf", tmp_path)


@pytest.mark.parametrize("nombre", ["../a.pdf", "/etc/passwd", "a/../../b.pdf", "C:/a.pdf", "a\\..\\b.pdf"])
def test_a_name_that_leads_elsewhere_is_refused_with_the_whole(nombre: str) -> None:
    entrada = ZipInfo("x")
    entrada.filename = nombre
    salida = BytesIO()
    with ZipFile(salida, "w") as paquete:
        paquete.writestr(entrada, b"x")

    with pytest.raises(DocumentoInvalido, match="nombre de archivo que no se admite"):
        Paquete(salida)


@pytest.mark.parametrize("crudo", [b"", b"hola", zip_de(("a.pdf", b"uno")).getvalue()[:-10]])
def test_what_is_no_zip_is_told(crudo: bytes) -> None:
    with pytest.raises(DocumentoInvalido, match="no se puede leer como ZIP"):
        Paquete(BytesIO(crudo))


def test_what_no_row_calls_is_listed_without_the_systems_own() -> None:
    crudo = zip_de(
        ("a.pdf", b"1"), ("lote/b.pdf", b"2"), ("c.pdf", b"3"), ("__MACOSX/._a.pdf", b""), (".DS_Store", b"")
    )
    with Paquete(crudo) as paquete:
        assert paquete.sobrantes(["a.pdf", "b.pdf"]) == ["c.pdf"]
