"""The institution's texts as pages show them: Markdown, with the institution's own data filled in."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from casilla.resources.institucion import Institucion

# Without raw HTML, and links with a harmless scheme only (the library's own rule): no script comes in by a text.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
# What somebody wrote as a link, and is read as it stands: a blank in it, a parenthesis left open, a forbidden scheme.
_FALLIDO = re.compile(r"\[[^\[\]\n]+\] ?\([^()\n]*\)?")
# Two or three letters: a language of ISO 639.
_LENGUA = re.compile(r"\[([^\]\n]+)\]\{([a-z]{2,3})\}")


def _en_otra_lengua(estado: StateInline, silencio: bool) -> bool:
    """``[Allin p'unchay]{qu}``: in another language, which is named so that screen readers say it well (WCAG 3.1.2)."""
    hallado = _LENGUA.match(estado.src, estado.pos)
    if hallado is None:
        return False
    if not silencio:
        estado.push("lengua_open", "span", 1).attrSet("lang", hallado[2])
        estado.push("text", "", 0).content = hallado[1]
        estado.push("lengua_close", "span", -1)
    estado.pos = hallado.end()
    return True


_MARKDOWN.inline.ruler.before("link", "lengua", _en_otra_lengua)


def en_html(cuerpo: str, institucion: Institucion, *, nivel: int = 2, base: str = "") -> str:
    """The body in HTML, for ``structure``; its highest headings become ``<h{nivel}>``, to fit under the page's own.

    Its links to our own pages count from the front page, wherever the text is shown; ``base``: the path where the
    application is mounted.
    """
    fichas = _MARKDOWN.parse(rellenar(cuerpo, institucion))
    _bajar_titulos(fichas, nivel)
    for enlace in _enlaces(fichas):
        enlace.attrSet("href", _desde_la_portada(str(enlace.attrGet("href")), base))
    return _MARKDOWN.renderer.render(fichas, _MARKDOWN.options, {})


def enlaces(cuerpo: str, institucion: Institucion) -> list[str]:
    """Where the links of the body lead, as they are written."""
    return [str(enlace.attrGet("href")) for enlace in _enlaces(_MARKDOWN.parse(rellenar(cuerpo, institucion)))]


def enlaces_fallidos(cuerpo: str, institucion: Institucion) -> list[str]:
    """What was meant to be a link of the body and is none, as it is written."""
    fichas = _MARKDOWN.parse(rellenar(cuerpo, institucion))
    textos = ("".join(p.content if p.type == "text" else "\n" for p in ficha.children or ()) for ficha in fichas)
    return [hallado for texto in textos for hallado in _FALLIDO.findall(texto)]


def es_propio(direccion: str) -> bool:
    """Whether a link leads to one of our own pages."""
    partes = urlsplit(direccion)
    return not partes.scheme and not partes.netloc


def _enlaces(fichas: list[Token]) -> Iterator[Token]:
    yield from (parte for ficha in fichas for parte in ficha.children or () if parte.type == "link_open")


def _desde_la_portada(direccion: str, base: str) -> str:
    if not es_propio(direccion) or direccion.startswith("#"):
        return direccion
    return f"{base}/{direccion.lstrip('/')}"


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
