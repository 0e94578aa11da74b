"""The rooms: who may import whom, who commits, what lies where (docs/arquitectura.md)."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import casilla

PAQUETE = Path(casilla.__file__).parent
MODULOS = sorted(PAQUETE.rglob("*.py"))


def test_arrows_point_downwards_only() -> None:
    orden = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    resultado = subprocess.run(orden, capture_output=True, text=True, cwd=PAQUETE.parent, check=False)

    assert resultado.returncode == 0, resultado.stdout


def _llamadas(modulo: Path) -> Iterator[str]:
    for nodo in ast.walk(ast.parse(modulo.read_text("utf-8"))):
        if isinstance(nodo, ast.Call):
            yield ast.unparse(nodo.func)


def test_only_the_scripts_commit() -> None:
    culpables = [
        str(modulo.relative_to(PAQUETE))
        for modulo in MODULOS
        if "scripts" not in modulo.parts
        and any(llamada.endswith((".commit", "transaction.begin")) for llamada in _llamadas(modulo))
    ]

    assert culpables == []


def _clases_persistentes(modulo: Path) -> list[str]:
    bases = {"Persistent", "Carpeta", "LOBTree", "OOBTree", "Bitacora", "Registro"}
    arbol = ast.parse(modulo.read_text("utf-8"))
    return [
        n.name for n in ast.walk(arbol) if isinstance(n, ast.ClassDef) and bases & {ast.unparse(b) for b in n.bases}
    ]


def test_stored_classes_live_in_resources_only() -> None:
    fuera = {str(m.relative_to(PAQUETE)): _clases_persistentes(m) for m in MODULOS if "resources" not in m.parts}

    assert {modulo: clases for modulo, clases in fuera.items() if clases} == {}


def test_the_workflow_drawings_of_the_docs_are_those_of_the_tables() -> None:
    from casilla.workflow import FLUJOS

    pagina = (PAQUETE.parent / "docs" / "flujos.md").read_text("utf-8")

    for flujo in FLUJOS:
        assert flujo.dibujo() in pagina, f"docs/flujos.md: corra «make flujos» ({flujo.nombre})"


@pytest.mark.parametrize("modulo", MODULOS, ids=lambda m: str(m.relative_to(PAQUETE)))
def test_modules_stay_small(modulo: Path) -> None:
    assert len(modulo.read_text("utf-8").splitlines()) <= 250
