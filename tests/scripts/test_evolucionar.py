"""``casilla evolucionar``: pending steps, in order, each kept by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casilla import evolve
from tests.scripts.conftest import Instalacion

RENOMBRAR = "def evolucionar(sitio):\n    sitio.institucion.sigla += '{}'\n"
FALLAR = "def evolucionar(sitio):\n    sitio.institucion.sigla = 'a medias'\n    raise RuntimeError('no se pudo')\n"


@pytest.fixture
def pasos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder whose modules are steps too, as those of the next release will be."""
    carpeta = tmp_path / "pasos"
    carpeta.mkdir()
    monkeypatch.setattr(evolve, "__path__", [*evolve.__path__, str(carpeta)])
    evolve.pasos.cache_clear()
    yield carpeta
    evolve.pasos.cache_clear()


def test_a_store_without_pending_steps_is_told_so(poblada: Instalacion) -> None:
    resultado = poblada.orden("evolucionar")

    assert resultado.exit_code == 0
    assert "El almacén está al día." in resultado.stdout


def test_pending_steps_run_in_order_and_only_once(poblada: Instalacion, pasos: Path) -> None:
    (pasos / "s29990102_b.py").write_text(RENOMBRAR.format("-B"))
    (pasos / "s29990101_a.py").write_text(RENOMBRAR.format("-A"))
    assert poblada.orden("doctor").exit_code == 1

    resultado = poblada.orden("evolucionar")

    assert resultado.exit_code == 0, resultado.output
    assert resultado.stdout.splitlines() == ["Hecho: s29990101_a", "Hecho: s29990102_b"]
    assert "al día" in poblada.orden("evolucionar").stdout
    assert poblada.hacer(lambda sitio: sitio.institucion.sigla) == "MIMP-A-B"


def test_a_step_that_fails_leaves_the_ones_before_it_done(poblada: Instalacion, pasos: Path) -> None:
    (pasos / "s29990103_c.py").write_text(RENOMBRAR.format("-C"))
    (pasos / "s29990104_d.py").write_text(FALLAR)

    resultado = poblada.orden("evolucionar")

    assert resultado.exit_code == 1
    assert poblada.hacer(lambda sitio: sitio.institucion.sigla) == "MIMP-C"
    assert poblada.hacer(evolve.pendientes) == ("s29990104_d",)
