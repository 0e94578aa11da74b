"""Guides as PDF: Markdown to HTML, and Chromium prints it, tagged and with an outline.

``python -m tests.browser.imprenta docs/guia-de-usuario.md …`` leaves each in ``var/guia/``.
"""

import re
import sys
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from markdown_it.token import Token
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from casilla.services.fundacion import institucion_inicial
from tests.browser.guia import DOCS, ESCALA, MARKDOWN

ESTILO = Path(__file__).with_name("guia.css")
FUENTES = DOCS.parent / "casilla" / "printing"
DESTINO = DOCS.parent / "var" / "guia"
CROMO = {"executable_path": "/usr/bin/chromium", "args": ["--no-sandbox"]}
MM_POR_PIXEL = 0.16  # the letters of a screen, 16 pixels high, come out at more than 7 points
PIE = """<div lang="es-PE" style="font: 9px 'Noto Sans', sans-serif; width: 100%; padding: 0 20mm; display: flex;
justify-content: space-between"><span>{}</span><span>Página <span class="pageNumber"></span> de
<span class="totalPages"></span></span></div>"""


def ancla(titulo: str) -> str:
    """The id that GitHub gives to a heading with these words."""
    return re.sub(r"[^\w\- ]", "", titulo.lower()).replace(" ", "-")


def titulo_de(fichas: list[Token]) -> str:
    return next(fichas[n + 1].content for n, ficha in enumerate(fichas) if ficha.type == "heading_open")


def en_html(archivo: Path) -> str:
    """The guide as a page by itself, its pictures where they are."""
    fichas = MARKDOWN.parse(archivo.read_text("utf-8"))
    for n, ficha in enumerate(fichas):
        if ficha.type == "heading_open":
            ficha.attrSet("id", ancla(fichas[n + 1].content))
    institucion = institucion_inicial()
    nombre, oficina = escape(institucion.nombre), escape(institucion.oficina)
    membrete = f'<p class="membrete"><b>PERÚ</b><span>{nombre}</span><span>{oficina}</span></p>'
    cuerpo = MARKDOWN.renderer.render(_con_figuras(fichas, archivo.parent), MARKDOWN.options, {})
    return (
        f'<!DOCTYPE html><html lang="es-PE"><head><meta charset="utf-8"><title>{escape(titulo_de(fichas))}</title>'
        f'<base href="{archivo.parent.as_uri()}/"><link rel="stylesheet" href="{ESTILO.as_uri()}">'
        f"<style>{_fuentes()}</style></head><body>{membrete}<main>{cuerpo}</main></body></html>"
    )


def imprimir(cromo: Browser, archivo: Path, destino: Path) -> Path:
    """Print the guide into the folder; returns the PDF."""
    destino.mkdir(parents=True, exist_ok=True)
    pdf = destino / f"{archivo.stem}.pdf"
    with TemporaryDirectory() as carpeta:
        pagina = cromo.new_page()
        hoja = Path(carpeta) / "guia.html"
        hoja.write_text(en_html(archivo), "utf-8")
        pagina.goto(hoja.as_uri())
        pie = PIE.format(escape(pagina.title()))
        margenes: Any = {"top": "18mm", "bottom": "20mm", "left": "20mm", "right": "20mm"}
        pagina.pdf(
            path=pdf,
            format="A4",
            margin=margenes,
            tagged=True,
            outline=True,
            print_background=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=pie,
        )
        pagina.close()
    return pdf


def _con_figuras(fichas: list[Token], base: Path) -> list[Token]:
    """A paragraph of a picture becomes a block with its caption, the picture as wide as its screen was.

    Not a ``<figure>``: to Chromium that is a picture too, one that nothing describes. Labels are ``<b>``: of
    ``<strong>`` it makes a structure that only PDF 2.0 has, in a file that is not.
    """
    for n, ficha in enumerate(fichas):
        for hija in ficha.children or ():
            hija.tag = "b" if hija.tag == "strong" else hija.tag
        imagenes = [hija for hija in ficha.children or () if hija.type == "image"]
        for imagen in imagenes:
            with Image.open(base / str(imagen.attrs["src"])) as dibujo:
                imagen.attrSet("style", f"max-width: min(100%, {dibujo.width / ESCALA * MM_POR_PIXEL:.0f}mm)")
        if imagenes:
            pie = Token(
                "html_block", "", 0, content=f'<p class="pie">{escape(str(imagenes[0].attrs.pop("title")))}</p>'
            )
            fichas[n - 1].tag = fichas[n + 1].tag = "div"
            fichas[n - 1].attrSet("class", "figura")
            ficha.children = [*(ficha.children or ()), pie]
    return fichas


def _fuentes() -> str:
    return "".join(
        f"@font-face {{ font-family: 'Noto Sans'; font-weight: {peso}; src: url('{(FUENTES / nombre).as_uri()}') }}"
        for peso, nombre in ((400, "NotoSans-Regular.ttf"), (700, "NotoSans-SemiBold.ttf"))
    )


if __name__ == "__main__":
    with sync_playwright() as playwright:
        navegador = playwright.chromium.launch(**CROMO)  # type: ignore[arg-type]
        for nombre in sys.argv[1:]:
            print(imprimir(navegador, Path(nombre).resolve(), DESTINO))
        navegador.close()
