"""The guides of ``docs/``: whole in themselves, and on paper as on the screen."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Browser

from tests.browser.guia import DOCS, Guia
from tests.browser.imprenta import ancla, imprimir, titulo_de

GUIAS = sorted(DOCS.glob("guia-*.md"))
IMAGENES = DOCS / "imagenes" / "guia"
MAXIMO = 3_000_000  # bytes, of the pictures of a guide


@pytest.fixture(params=GUIAS, ids=lambda archivo: archivo.stem)
def guia(request: pytest.FixtureRequest) -> Guia:
    return Guia(request.param)


def test_every_picture_is_there_and_is_described_and_named(guia: Guia) -> None:
    for imagen in guia.imagenes:
        assert (DOCS / str(imagen.attrs["src"])).is_file(), "make guia"
        assert len(imagen.content) > 40, imagen.attrs["src"]
        assert imagen.attrs["title"]


def test_every_link_leads_somewhere(guia: Guia) -> None:
    titulos = {ancla(f.content) for n, f in enumerate(guia.fichas) if guia.fichas[n - 1].type == "heading_open"}
    enlaces = re.findall(r"\]\((?!imagenes)([^)]+)\)", guia.archivo.read_text("utf-8"))
    assert enlaces
    for enlace in enlaces:
        archivo, _, titulo = enlace.partition("#")
        assert titulo in titulos if not archivo else (DOCS / archivo).is_file(), enlace


def test_its_pictures_are_small(guia: Guia) -> None:
    assert sum((IMAGENES / f"{nombre}.png").stat().st_size for nombre in guia.nombres) < MAXIMO


def test_nothing_is_kept_that_no_guide_shows() -> None:
    assert {imagen.stem for imagen in IMAGENES.iterdir()} == set().union(*(Guia(archivo).nombres for archivo in GUIAS))


PANTALLA = "<h1>Leídos</h1><p>Su correo cambió. Espere 5 minutos.</p><button>Ver<span hidden> todo</span></button>"
FALSAS = {
    "**Ver todo**": "Ver todo",
    "**Leído**": "Leído",
    "**Espere**": "Espere",
    "«Su correo cambi»": "Su correo cambi",
    "«Espere … horas»": "Espere … horas",
    "![Otra pantalla](otra.png)": "otra",
}


@pytest.mark.parametrize("falsa", FALSAS)
def test_what_no_screen_has_is_told(chromium: Browser, tmp_path: Path, falsa: str) -> None:
    archivo = tmp_path / "guia.md"
    archivo.write_text(f"Pulse **Ver** y **Leídos**: «Espere … minutos.» {falsa}", "utf-8")
    guia = Guia(archivo)
    pagina = chromium.new_page()
    pagina.set_content(PANTALLA)
    guia.visitar(pagina)
    pagina.close()
    with pytest.raises(AssertionError) as dicho:
        guia.comprobar()
    assert str(dicho.value).endswith(f": {[FALSAS[falsa]]}")


def test_on_paper_it_is_tagged_in_spanish_with_an_outline_and_every_picture_described(
    chromium: Browser, guia: Guia, tmp_path: Path
) -> None:
    papel = imprimir(chromium, guia.archivo, tmp_path)
    lector = pypdf.PdfReader(papel)
    raiz = lector.trailer["/Root"]
    assert raiz["/Lang"] == "es-PE"
    assert raiz["/MarkInfo"]["/Marked"]
    assert lector.metadata is not None
    assert lector.metadata.title == titulo_de(guia.fichas)
    titulos = [f.content for n, f in enumerate(guia.fichas) if guia.fichas[n - 1].type == "heading_open"]
    assert _llano(_esquema(lector.outline)) == _llano(titulos)
    estructura = subprocess.run(["pdfinfo", "-struct", papel], check=True, capture_output=True, text=True)
    assert estructura.stderr == ""
    assert estructura.stdout.count("Figure") == len(guia.imagenes)
    assert sorted(_alternativas(raiz["/StructTreeRoot"])) == sorted(imagen.content for imagen in guia.imagenes)
    assert [float(lado) for lado in lector.pages[0].mediabox[2:]] == pytest.approx([595, 842], abs=1)
    assert f"Página {len(lector.pages)} de {len(lector.pages)}" in lector.pages[-1].extract_text()


def _alternativas(nudo: Any) -> Iterator[str]:
    """What the structure below says in place of its pictures."""
    nudo = nudo.get_object()
    if isinstance(nudo, dict):
        if nudo.get("/S") == "/Figure":
            yield str(nudo["/Alt"])
        nudo = nudo.get("/K", ())
        nudo = nudo.get_object() if hasattr(nudo, "get_object") else nudo
        nudo = nudo if isinstance(nudo, list) else [nudo]
    for hijo in nudo if isinstance(nudo, list) else ():
        if hasattr(hijo, "get_object"):
            yield from _alternativas(hijo)


def _esquema(rama: list) -> list[str]:  # type: ignore[type-arg]
    """The titles of the outline, with those of its branches."""
    return [t for hoja in rama for t in (_esquema(hoja) if isinstance(hoja, list) else [hoja.title])]


def _llano(titulos: list[str]) -> list[str]:
    return [" ".join(titulo.split()) for titulo in titulos]
