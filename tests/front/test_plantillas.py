"""What every template of the product has to keep, whichever screen it is."""

import re
from pathlib import Path

import pytest

CARPETA = Path(__file__).parents[2] / "casilla" / "templates"
PLANTILLAS = sorted(CARPETA.rglob("*.pt"))


@pytest.fixture(params=PLANTILLAS, ids=lambda ruta: ruta.stem)
def fuente(request: pytest.FixtureRequest) -> str:
    return request.param.read_text("utf-8")


def test_no_template_has_inline_script_or_style(fuente: str) -> None:
    assert re.findall(r"<style\b|\sstyle=|\son[a-z]+=|javascript:", fuente) == []
    assert [guion for guion in re.findall(r"<script\b[^>]*>(.*?)</script>", fuente, re.DOTALL) if guion.strip()] == []


def test_no_template_compiles_a_copy_of_the_frame(fuente: str) -> None:
    assert "load:" not in fuente


def test_no_template_loads_anything_from_elsewhere(fuente: str) -> None:
    assert re.findall(r"""(?:src|srcset|action)=["'](?:https?:)?//""", fuente) == []
    assert re.findall(r"""<link\b[^>]*href=["'](?:https?:)?//""", fuente) == []


def test_every_post_form_written_by_hand_carries_its_token(fuente: str) -> None:
    for formulario in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", fuente, re.DOTALL):
        assert 'name="csrf_token"' in formulario
