"""The institution's texts as pages show them: Markdown, with the institution's own data filled in."""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from casilla.resources.institucion import Institucion

# Without raw HTML, and links with a harmless scheme only (the library's own rule): no script comes in by a text.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def en_html(cuerpo: str, institucion: Institucion, *, nivel: int = 2) -> str:
    """The body in HTML, for ``structure``; its highest headings become ``<h{nivel}>``, to fit under the page's own."""
    fichas = _MARKDOWN.parse(rellenar(cuerpo, institucion))
    _bajar_titulos(fichas, nivel)
    return _MARKDOWN.renderer.render(fichas, _MARKDOWN.options, {})


def en_letras(cuerpo: str, institucion: Institucion) -> str:
    """The body without any of its marks: what a reader reads, for a search."""
    fichas = _MARKDOWN.parse(rellenar(cuerpo, institucion))
    return " ".join("".join(parte.content or " " for parte in f.children) for f in fichas if f.children)


def rellenar(texto: str, institucion: Institucion) -> str:
    """``{institucion}`` (its name), ``{telefono}`` and its other data filled in; other words in braces stay."""

    def dato(hallado: re.Match[str]) -> str:
        valor = getattr(institucion, "nombre" if hallado[1] == "institucion" else hallado[1], None)
        return valor if isinstance(valor, str) else hallado[0]

    return re.sub(r"\{([a-z]+)\}", dato, texto)


def _bajar_titulos(fichas: list[Token], nivel: int) -> None:
    titulos = [ficha for ficha in fichas if ficha.type in ("heading_open", "heading_close")]
    primero = min((int(ficha.tag[1]) for ficha in titulos), default=1)
    for ficha in titulos:
        ficha.tag = f"h{min(int(ficha.tag[1]) - primero + nivel, 6)}"
