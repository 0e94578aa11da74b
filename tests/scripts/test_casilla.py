"""The command as a whole: it explains itself in Spanish and its exit status can be relied on."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from casilla.scripts import ORDENES, casilla
from tests.scripts.conftest import Instalacion


@pytest.mark.parametrize(
    "orden",
    [(), *((orden,) for orden in ORDENES), ("clave-api", "crear"), ("clave-api", "revocar"), ("padron", "importar")],
)
def test_every_order_explains_itself_in_spanish_without_an_ini(orden: tuple[str, ...]) -> None:
    resultado = CliRunner().invoke(casilla, [*orden, "--help"])

    assert resultado.exit_code == 0
    assert "Uso: casilla" in resultado.output
    assert "Muestra esta ayuda y termina." in resultado.output
    assert not {"Usage", "Options", "Commands", "Show this"} & set(resultado.output.replace(":", "").split())


@pytest.mark.parametrize(
    ("argumentos", "palabras"),
    [
        (["iniciar"], "falta decir con qué ajustes"),
        (["-c", "no-existe.ini", "iniciar"], "no existe el archivo no-existe.ini"),
        (["borrar"], "No existe la orden 'borrar'."),
        (["doctor", "--rapido"], "No existe la opción '--rapido'."),
        (["clave-api", "crear"], "Falta el argumento"),
        (["verificar", "todo"], "Sobra un argumento (todo)"),
        (["padron", "importar", "no-esta.txt"], "no existe 'no-esta.txt'."),
        (["padron", "importar", "/"], "'/' es una carpeta."),
    ],
)
def test_an_order_badly_written_ends_with_2_and_says_why(argumentos: list[str], palabras: str) -> None:
    resultado = CliRunner().invoke(casilla, argumentos)

    assert resultado.exit_code == 2
    assert palabras in resultado.stderr


def test_an_ini_that_cannot_be_understood_ends_with_1(tmp_path: Path) -> None:
    (tmp_path / "malo.ini").write_text("[app:otra]\nuse = egg:casilla\n")

    resultado = CliRunner().invoke(casilla, ["-c", str(tmp_path / "malo.ini"), "doctor"])

    assert resultado.exit_code == 1
    assert "malo.ini" in resultado.stderr


@pytest.mark.parametrize("orden", ["verificar", "evolucionar", "cartero --una-vez", "clave-api listar"])
def test_a_store_that_was_never_begun_is_told_so(vacia: Instalacion, orden: str) -> None:
    (vacia.carpeta / "var").mkdir()
    (vacia.carpeta / "secreto").write_bytes(b"x" * 40)

    resultado = vacia.orden(*orden.split())

    assert resultado.exit_code == 1
    assert "ejecute «casilla iniciar»" in resultado.stderr
