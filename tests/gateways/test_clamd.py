"""The antivirus is asked in its own protocol, and what it did not look at is never clean."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from casilla.gateways.clamd import Clamd, NoCabe
from casilla.gateways.protocolo import NoResponde
from tests.almacenes import puerto_libre
from tests.gateways.clamd import FIRMA, INFECTADO, clamd


@pytest.fixture(params=["tcp", "unix"])
def servidor(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    with clamd(tmp_path / "clamd.sock" if request.param == "unix" else None) as servidor:
        yield servidor


def archivo(carpeta: Path, contenido: bytes) -> Path:
    ruta = carpeta / "archivo"
    ruta.write_bytes(contenido)
    return ruta


def antivirus(ajuste: str) -> Clamd:
    hallado = Clamd.desde_ajustes({"casilla.clamd": ajuste})
    assert hallado
    return hallado


@pytest.mark.parametrize("largo", [0, 1, 65_536, 200_001])
def test_a_clean_file_goes_whole_over_the_wire(servidor: Any, tmp_path: Path, largo: int) -> None:
    contenido = b"x" * largo

    assert antivirus(servidor.ajuste).revisar(archivo(tmp_path, contenido)) is None
    assert servidor.recibidos == [contenido]


def test_what_is_found_is_named(servidor: Any, tmp_path: Path) -> None:
    assert antivirus(servidor.ajuste).revisar(archivo(tmp_path, b"a" + INFECTADO)) == FIRMA


def test_it_says_that_it_is_there(servidor: Any) -> None:
    antivirus(servidor.ajuste).atiende()


def test_a_file_longer_than_it_takes_is_not_clean(servidor: Any, tmp_path: Path) -> None:
    servidor.limite = 100_000

    with pytest.raises(NoCabe):
        antivirus(servidor.ajuste).revisar(archivo(tmp_path, b"x" * 30_000_000))


@pytest.mark.parametrize(
    "respuesta", [b"", b"stream: Can't allocate memory ERROR", b"stream: OK FOUND?", b"basura", b"x" * 10_000]
)
def test_an_answer_that_is_none_is_not_clean(servidor: Any, tmp_path: Path, respuesta: bytes) -> None:
    servidor.respuesta = respuesta

    with pytest.raises(NoResponde) as error:
        antivirus(servidor.ajuste).revisar(archivo(tmp_path, b"hola"))
    assert error.value.servicio == "El antivirus"


def test_silence_is_not_clean(servidor: Any, tmp_path: Path) -> None:
    servidor.mudo = True
    lugar = antivirus(servidor.ajuste).lugar

    with pytest.raises(NoResponde, match="pasaron"):
        Clamd(lugar, espera=0.1).revisar(archivo(tmp_path, b"hola"))


@pytest.mark.parametrize("ajuste", ["127.0.0.1:{puerto}", "{carpeta}/no-hay.sock"])
def test_nobody_there_is_not_clean(tmp_path: Path, ajuste: str) -> None:
    lugar = ajuste.format(puerto=puerto_libre(), carpeta=tmp_path)

    with pytest.raises(NoResponde, match="conectar"):
        antivirus(lugar).revisar(archivo(tmp_path, b"hola"))


@pytest.mark.parametrize("ajustes", [{}, {"casilla.clamd": ""}, {"casilla.clamd": "  "}])
def test_without_the_setting_there_is_none(ajustes: dict[str, str]) -> None:
    assert Clamd.desde_ajustes(ajustes) is None


@pytest.mark.parametrize(
    ("ajuste", "lugar"),
    [
        ("antivirus.local:3310", ("antivirus.local", 3310)),
        ("[::1]:3310", ("::1", 3310)),
        ("/run/clamav/clamd.ctl", "/run/clamav/clamd.ctl"),
    ],
)
def test_where_it_is(ajuste: str, lugar: Any) -> None:
    assert antivirus(ajuste).lugar == lugar


@pytest.mark.parametrize("ajuste", ["antivirus", "antivirus:", "antivirus:99999", "antivirus:x", "clamd.ctl"])
def test_a_setting_that_says_no_place_is_an_error(ajuste: str) -> None:
    with pytest.raises(ValueError, match=r"casilla\.clamd"):
        antivirus(ajuste)
