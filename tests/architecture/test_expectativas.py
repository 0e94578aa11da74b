"""docs/expectativas.md: every expectation of the first release has its row, and every proof that it names exists."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent
PAGINA = (TESTS.parent / "docs" / "expectativas.md").read_text("utf-8")
FILAS = {
    int(numero): (estrella, resto) for numero, estrella, resto in re.findall(r"^\| (\d+)( ★)? \| (.+)$", PAGINA, re.M)
}
# Of the public and of the casilla up to 55, then of the institution's own people.
PUNTOS = range(1, 63)
PRUEBA = re.compile(r"`([\w/]+\.py)::(\w+)`")


@cache
def pruebas_de(archivo: str) -> set[str]:
    arbol = ast.parse((TESTS / archivo).read_text("utf-8"))
    return {nodo.name for nodo in arbol.body if isinstance(nodo, ast.FunctionDef)}


def test_every_point_has_one_row() -> None:
    assert [n for n in PUNTOS if n not in FILAS] == []
    assert len(re.findall(r"^\| \d+", PAGINA, re.M)) == len(FILAS)


@pytest.mark.parametrize("numero", PUNTOS)
def test_every_proof_that_a_row_names_exists(numero: int) -> None:
    assert [
        f"{archivo}::{prueba}"
        for archivo, prueba in PRUEBA.findall(FILAS[numero][1])
        if prueba not in pruebas_de(archivo)
    ] == []


@pytest.mark.parametrize("numero", [numero for numero, (estrella, _) in FILAS.items() if estrella])
def test_every_expectation_of_the_first_release_has_a_proof(numero: int) -> None:
    assert PRUEBA.search(FILAS[numero][1])
