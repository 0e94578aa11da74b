"""An answer that is a file: ranges, conditions, names, and what it costs in memory."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyramid.request import Request
from waitress.buffers import ReadOnlyFileBasedBuffer

from casilla.views.descargas import RespuestaDeArchivo, disposicion

BYTES = bytes(range(256)) * 4
TOTAL = len(BYTES)
FECHA = datetime(2026, 1, 23, 15, 11, 16, tzinfo=UTC)


@pytest.fixture
def ruta(tmp_path: Path) -> Path:
    ruta = tmp_path / "archivo"
    ruta.write_bytes(BYTES)
    return ruta


def pedir(ruta: Path, metodo: str = "GET", *, transporte: Any = None, **cabeceras: str) -> Any:
    """Ask for the file as a server does, with its own file transport if it has one."""
    request = Request.blank("/", method=metodo, headers={k.replace("_", "-"): v for k, v in cabeceras.items()})
    if transporte:
        request.environ["wsgi.file_wrapper"] = transporte
    archivo = ruta.open("rb")
    respuesta = RespuestaDeArchivo(
        request, archivo, nombre="a.pdf", tipo="application/pdf", tamano=TOTAL, etag="abc", fecha=FECHA
    )
    estado, lista, trozos = request.call_application(respuesta)
    cuerpo = b"".join(trozos)
    if hasattr(trozos, "close"):
        trozos.close()
    return int(estado.split()[0]), dict(lista), cuerpo, archivo


def test_a_whole_file_says_how_long_it_is_and_that_parts_may_be_had(ruta: Path) -> None:
    estado, cabeceras, cuerpo, archivo = pedir(ruta)

    assert (estado, cuerpo) == (200, BYTES)
    assert cabeceras["Content-Length"] == str(TOTAL)
    assert cabeceras["Accept-Ranges"] == "bytes"
    assert cabeceras["ETag"] == '"abc"'
    assert cabeceras["Last-Modified"] == "Fri, 23 Jan 2026 15:11:16 GMT"
    assert archivo.closed


@pytest.mark.parametrize(
    ("tramo", "primero", "ultimo"),
    [("bytes=0-99", 0, 99), ("bytes=1000-", 1000, 1023), ("bytes=-10", 1014, 1023), ("bytes=1023-5000", 1023, 1023)],
)
def test_a_part_of_it_may_be_had(ruta: Path, tramo: str, primero: int, ultimo: int) -> None:
    estado, cabeceras, cuerpo, archivo = pedir(ruta, Range=tramo)

    assert estado == 206
    assert cabeceras["Content-Range"] == f"bytes {primero}-{ultimo}/{TOTAL}"
    assert cabeceras["Cache-Control"] == "private, no-store"
    assert cuerpo == BYTES[primero : ultimo + 1]
    assert archivo.closed


@pytest.mark.parametrize("tramo", ["bytes=1024-", "bytes=5000-6000"])
def test_a_part_past_the_end_is_refused_and_the_length_told(ruta: Path, tramo: str) -> None:
    estado, cabeceras, _, archivo = pedir(ruta, Range=tramo)

    assert (estado, cabeceras["Content-Range"]) == (416, f"bytes */{TOTAL}")
    assert archivo.closed


@pytest.mark.parametrize(
    "tramo", ["bytes=-", "bytes=a-b", "lineas=1-2", "bytes=0-1,5-6", "bytes=" + "9" * 40 + "-", ""]
)
def test_a_range_that_is_none_is_ignored(ruta: Path, tramo: str) -> None:
    assert pedir(ruta, Range=tramo)[::2] == (200, BYTES)


@given(st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=30))
def test_no_range_breaks_the_answer(tramo: str) -> None:
    ruta = Path(__file__)
    request = Request.blank("/", headers={"Range": f"bytes={tramo}"})
    with ruta.open("rb") as archivo:
        tamano = ruta.stat().st_size
        respuesta = RespuestaDeArchivo(
            request, archivo, nombre="a", tipo="text/plain", tamano=tamano, etag="x", fecha=FECHA
        )
        estado, _, trozos = request.call_application(respuesta)
        assert estado.split()[0] in ("200", "206", "416")
        trozos.close() if hasattr(trozos, "close") else None


def test_a_part_of_another_version_is_not_mixed_in(ruta: Path) -> None:
    assert pedir(ruta, Range="bytes=5-", If_Range='"otra"')[::2] == (200, BYTES)
    assert pedir(ruta, Range="bytes=5-", If_Range='"abc"')[0] == 206


def test_who_has_it_already_is_told_so(ruta: Path) -> None:
    estado, _, cuerpo, archivo = pedir(ruta, If_None_Match='"abc"')

    assert (estado, cuerpo) == (304, b"")
    assert archivo.closed


def test_whoever_asks_only_for_the_headers_gets_them_and_the_file_is_closed(ruta: Path) -> None:
    estado, cabeceras, cuerpo, archivo = pedir(ruta, "HEAD")

    assert (estado, cuerpo, cabeceras["Content-Length"]) == (200, b"", str(TOTAL))
    assert archivo.closed


@pytest.mark.parametrize(("tramo", "desde", "largo"), [("", 0, TOTAL), ("bytes=100-199", 100, 100)])
def test_a_server_that_sends_files_gets_the_file_itself_at_the_right_place(
    ruta: Path, tramo: str, desde: int, largo: int
) -> None:
    """Waitress sends what it gets as its own wrapper without holding a thread, up to the Content-Length."""
    request = Request.blank("/", headers={"Range": tramo})
    request.environ["wsgi.file_wrapper"] = ReadOnlyFileBasedBuffer
    with ruta.open("rb") as archivo:
        respuesta = RespuestaDeArchivo(
            request, archivo, nombre="a.pdf", tipo="application/pdf", tamano=TOTAL, etag="abc", fecha=FECHA
        )
        _, lista, cuerpo = request.call_application(respuesta)

        assert isinstance(cuerpo, ReadOnlyFileBasedBuffer)
        assert cuerpo.prepare(int(dict(lista)["Content-Length"])) == largo
        assert cuerpo.get() == BYTES[desde : desde + largo]


@pytest.mark.parametrize(
    ("nombre", "cabecera"),
    [
        ("2026_CARTA.pdf", "attachment; filename=\"2026_CARTA.pdf\"; filename*=UTF-8''2026_CARTA.pdf"),
        (
            "Resolución ñandú.pdf",
            "attachment; filename=\"Resolucion nandu.pdf\"; filename*=UTF-8''Resoluci%C3%B3n%20%C3%B1and%C3%BA.pdf",
        ),
        ('a"b%41.pdf', "attachment; filename=\"a-b-41.pdf\"; filename*=UTF-8''a%22b%2541.pdf"),
    ],
)
def test_names_are_said_in_plain_letters_and_in_their_own(nombre: str, cabecera: str) -> None:
    assert disposicion(nombre) == cabecera


def test_what_may_be_shown_says_so() -> None:
    assert disposicion("a.pdf", mostrar=True).startswith("inline; ")
