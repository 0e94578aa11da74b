"""The Spanish of the libraries: whole, without guesses, and compiled from what is written."""

import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from types import ModuleType

import colander
import deform
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

CARPETA = Path(__file__).parents[2] / "casilla" / "locale" / "es" / "LC_MESSAGES"
CATALOGOS = sorted(CARPETA.glob("*.po"))


def pares(catalogo: Catalog) -> dict[str, str]:
    """What stands for what; singular and plural as one text."""
    return {_texto(mensaje.id): _texto(mensaje.string) for mensaje in catalogo if mensaje.id}


def _texto(mensaje: str | Iterable[str]) -> str:
    return mensaje if isinstance(mensaje, str) else " | ".join(mensaje)


@pytest.mark.parametrize("po", CATALOGOS, ids=lambda po: po.stem)
def test_no_message_is_empty_or_a_guess(po: Path) -> None:
    catalogo = read_po(BytesIO(po.read_bytes()))
    assert not catalogo.fuzzy
    assert [mensaje.id for mensaje in catalogo if mensaje.id and (mensaje.fuzzy or not mensaje.string)] == []


@pytest.mark.parametrize("po", CATALOGOS, ids=lambda po: po.stem)
def test_the_compiled_catalog_is_the_written_one(po: Path) -> None:
    compilado = read_mo(BytesIO(po.with_suffix(".mo").read_bytes()))
    assert pares(compilado) == pares(read_po(BytesIO(po.read_bytes())))


@pytest.mark.parametrize("po", CATALOGOS, ids=lambda po: po.stem)
def test_a_translation_fills_in_the_same_values(po: Path) -> None:
    for original, traducido in pares(read_po(BytesIO(po.read_bytes()))).items():
        assert set(re.findall(r"\$\{\w+}", original)) == set(re.findall(r"\$\{\w+}", traducido))


@pytest.mark.parametrize("biblioteca", [colander, deform], ids=lambda biblioteca: biblioteca.__name__)
def test_every_message_of_the_library_has_its_translation(biblioteca: ModuleType) -> None:
    nombre = biblioteca.__name__
    plantilla = Path(biblioteca.__file__).parent / "locale" / f"{nombre}.pot"
    propio = read_po(BytesIO((CARPETA / f"{nombre}.po").read_bytes()))
    assert set(pares(read_po(BytesIO(plantilla.read_bytes())))) == set(pares(propio))
