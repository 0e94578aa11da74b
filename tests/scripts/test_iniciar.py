"""``casilla iniciar``: once for all, and never twice."""

from pathlib import Path

from tests.scripts.conftest import Instalacion


def test_it_makes_what_the_application_needs_to_start(vacia: Instalacion) -> None:
    resultado = vacia.orden("iniciar")

    assert resultado.exit_code == 0, resultado.output
    assert vacia.orden("doctor").exit_code == 0
    assert vacia.hacer(lambda sitio: sitio.institucion.sigla) == "MIMP"


def test_nobody_else_may_read_what_it_makes(vacia: Instalacion) -> None:
    vacia.orden("iniciar")

    hechos = [ruta for ruta in vacia.carpeta.rglob("*") if ruta.name != "prueba.ini"]
    assert {"secreto", "Data.fs", "blobs", "correo"} <= {ruta.name for ruta in hechos}
    assert [str(ruta) for ruta in hechos if ruta.stat().st_mode & 0o077] == []


def test_a_second_run_says_so_and_changes_nothing(vacia: Instalacion) -> None:
    vacia.orden("iniciar")
    antes = _contenido(vacia.carpeta)

    resultado = vacia.orden("iniciar")

    assert resultado.exit_code == 0
    assert "ya estaba iniciado" in resultado.stdout
    assert _contenido(vacia.carpeta) == antes


def test_a_secret_that_is_there_is_never_overwritten(vacia: Instalacion) -> None:
    (vacia.carpeta / "secreto").write_text("el secreto de otra máquina, que se copió a mano")

    assert vacia.orden("iniciar").exit_code == 0
    assert (vacia.carpeta / "secreto").read_text() == "el secreto de otra máquina, que se copió a mano"


def _contenido(carpeta: Path) -> dict[str, bytes]:
    return {nombre: (carpeta / nombre).read_bytes() for nombre in ("secreto", "var/Data.fs")}
