"""A guide of ``docs/`` that cannot go stale in silence: a story walks through the product, and proves the guide by it.

What a guide says of a screen is marked in its Markdown, and must be found on the screens that its story visits:

- ``![what is seen](imagenes/guia/portada.png "Caption")``: a picture that the story takes, under that name;
- ``**Iniciar sesión**``: the whole of something there, a button, a label, a title;
- ``«Su contraseña cambió.»``: words that can be read there, with … where others stand in between.

So neither serves for mere emphasis. Pictures are kept when ``CASILLA_GUIA`` names the folder for them (``make guia``).
"""

import os
import re
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from PIL import Image
from playwright.sync_api import Locator, Page
from pypdf import PdfReader

DOCS = Path(__file__).parents[2] / "docs"
MARKDOWN = MarkdownIt("commonmark").enable("table")
CARPETA = os.environ.get("CASILLA_GUIA")
ANCHA, MOVIL = {"width": 1280, "height": 800}, {"width": 390, "height": 780}
ESCALA = 1.5  # pixels of a picture for each pixel of the screen
COLORES = 32  # screens have few; a picture takes a fifth of its size

# The text of every visible element, with and without what only screen readers say, and the words of the whole page.
VOCES = """() => {
  const se_lee = (e, todo) => e.checkVisibility() && (todo || !e.matches('.visually-hidden, .insignia'));
  const texto = (e, todo) => [...e.childNodes].map(n => n.nodeType === 3 ? n.data
    : n.nodeType === 1 && se_lee(n, todo) ? texto(n, todo) : '').join('');
  const visibles = [...document.body.querySelectorAll('*')].filter(e => e.checkVisibility() || e.matches('option'));
  const etiquetas = [...document.querySelectorAll('[data-etiqueta]')].map(e => e.dataset.etiqueta);
  return [[...visibles.flatMap(e => [texto(e, true), texto(e, false)]), ...etiquetas],
          document.title + ' ' + document.body.innerText];
}"""
# The box that holds all that is drawn in some elements: of text its lines, because a paragraph is as wide as the page.
CAJA = """(partes) => {
  const cajas = [], dibujados = 'select, .btn, button, img, svg, .aviso, .resumen-error, .panel, dialog, header',
        se_ve = e => e.checkVisibility() && !e.closest('.visually-hidden, option'),
        es_tarjeta = e => e.matches('tr') && getComputedStyle(e).display === 'block';
  for (const parte of partes) {
    cajas.push(...[parte, ...parte.querySelectorAll(`${dibujados}, input:not([type=hidden])`)].filter(
      e => (e.matches(`${dibujados}, input`) || es_tarjeta(e)) && se_ve(e)).map(e => e.getBoundingClientRect()));
    const textos = document.createTreeWalker(parte, NodeFilter.SHOW_TEXT), rango = document.createRange();
    while (textos.nextNode()) {
      if (!textos.currentNode.data.trim() || !se_ve(textos.currentNode.parentElement)) continue;
      rango.selectNodeContents(textos.currentNode);
      cajas.push(...rango.getClientRects());
    }
  }
  const llenas = cajas.filter(c => c.width && c.height);
  return [Math.min(...llenas.map(c => c.left)) + scrollX, Math.min(...llenas.map(c => c.top)) + scrollY,
          Math.max(...llenas.map(c => c.right)) + scrollX, Math.max(...llenas.map(c => c.bottom)) + scrollY];
}"""
# A ring around what the text tells to press. Set by CSSOM, which the content policy of the pages allows.
ANILLO = """e => {
  const c = e.getBoundingClientRect(), anillo = document.createElement('div');
  anillo.dataset.anillo = '';
  Object.assign(anillo.style, {
    position: 'absolute', left: `${c.left + scrollX - 9}px`, top: `${c.top + scrollY - 9}px`, zIndex: 99,
    width: `${c.width + 18}px`, height: `${c.height + 18}px`, border: '4px solid #e8590c', borderRadius: '12px'});
  document.body.append(anillo);
}"""


class Guia:
    """A guide, what it shows and quotes, and what its story has seen so far."""

    def __init__(self, archivo: Path) -> None:
        self.archivo = archivo
        self.fichas = MARKDOWN.parse(archivo.read_text("utf-8"))
        interiores = [hija for ficha in self.fichas for hija in ficha.children or ()]
        self.imagenes = [ficha for ficha in interiores if ficha.type == "image"]
        self.rotulos = set(_resaltados(interiores))
        self.citas = {cita for ficha in self.fichas for cita in re.findall("«([^»]+)»", _llano(ficha))}
        self.tomadas: set[str] = set()
        self._voces: set[str] = set()
        self._palabras = ""

    @property
    def nombres(self) -> set[str]:
        """The pictures that the guide shows."""
        return {Path(str(imagen.attrs["src"])).stem for imagen in self.imagenes}

    def visitar(self, pagina: Page) -> None:
        """Note what can be read on this screen."""
        pagina.wait_for_load_state()
        voces, palabras = pagina.evaluate(VOCES)
        self.leer(*voces, palabras)

    def leer(self, *textos: str) -> None:
        """Note what can be read elsewhere."""
        corridos = [" ".join(texto.split()) for texto in textos]
        self._voces.update(texto.removesuffix(":") for texto in corridos)
        self._palabras += "\n".join(corridos) + "\n"

    def foto(self, pagina: Page, nombre: str, *partes: str, pulsar: Locator | None = None, movil: bool = False) -> None:
        """Visit this screen and take a picture of those parts of it (selectors); of what the window shows if none.

        ``pulsar`` gets a ring; ``movil``: as on a telephone.
        """
        self.visitar(pagina)
        assert nombre not in self.tomadas, f"dos imágenes se llaman {nombre}"
        self.tomadas.add(nombre)
        pagina.set_viewport_size(MOVIL if movil else ANCHA)
        if pulsar:
            pulsar.evaluate(ANILLO)
        if partes:
            pagina.evaluate("scrollTo(0, 0)")
            recorte = _recorte(pagina, partes)
            if CARPETA:
                guardar(pagina.screenshot(full_page=True, clip=recorte), nombre)
        elif CARPETA:
            guardar(pagina.screenshot(), nombre)
        pagina.evaluate("document.querySelector('[data-anillo]')?.remove()")
        pagina.set_viewport_size(ANCHA)

    def foto_de_papel(self, archivo: Path, nombre: str) -> None:
        """Read a PDF of one page, line by line, and take a picture of it."""
        palabras = PdfReader(archivo).pages[0].extract_text()
        self.leer(*palabras.splitlines(), palabras)
        self.tomadas.add(nombre)
        guardar(
            subprocess.run(["pdftoppm", "-r", "96", "-png", archivo], check=True, capture_output=True).stdout, nombre
        )

    def comprobar(self) -> None:
        """Raises AssertionError with all that the guide shows or quotes and no screen had, or the other way about."""
        faltas = {
            "imágenes que ninguna pantalla da": self.nombres - self.tomadas,
            "imágenes que la guía no muestra": self.tomadas - self.nombres,
            "rótulos en negrita que no están en ninguna pantalla": self.rotulos - self._voces,
            "citas «» que no están en ninguna pantalla": {cita for cita in self.citas if not self._dice(cita)},
        }
        assert not any(faltas.values()), "\n".join(
            f"{que}: {sorted(cuales)}" for que, cuales in faltas.items() if cuales
        )

    def _dice(self, cita: str) -> bool:
        trozos = [re.escape(" ".join(trozo.split())) for trozo in cita.split("…")]
        return all(re.search(rf"(?<!\w){trozo}(?!\w)", self._palabras) for trozo in trozos if trozo)


def guardar(png: bytes, nombre: str) -> None:
    """Put a picture into the folder of the pictures, small; without a folder, nowhere."""
    if CARPETA:
        Path(CARPETA).mkdir(parents=True, exist_ok=True)
        imagen = Image.open(BytesIO(png)).convert("RGB").quantize(COLORES, dither=Image.Dither.NONE)
        imagen.save(Path(CARPETA) / f"{nombre}.png", optimize=True)


def _recorte(pagina: Page, partes: tuple[str, ...], margen: int = 14) -> dict[str, float]:
    elementos = [elemento for parte in partes for elemento in pagina.locator(parte).element_handles()]
    assert elementos, f"no hay {partes} en {pagina.url}"
    izquierda, arriba, derecha, abajo = pagina.evaluate(CAJA, elementos)
    x, y = max(izquierda - margen, 0), max(arriba - margen, 0)
    ancho = min(derecha + margen, pagina.viewport_size["width"]) - x  # type: ignore[index]
    return {"x": x, "y": y, "width": ancho, "height": abajo + margen - y}


def _resaltados(interiores: list[Token]) -> Iterator[str]:
    """The words of each ``**…**``."""
    abierto = [n for n, ficha in enumerate(interiores) if ficha.type == "strong_open"]
    for inicio in abierto:
        fin = next(n for n, ficha in enumerate(interiores[inicio:], inicio) if ficha.type == "strong_close")
        yield " ".join("".join(_texto(ficha) for ficha in interiores[inicio:fin]).split())


def _llano(ficha: Token) -> str:
    return "".join(map(_texto, ficha.children or ()))


def _texto(ficha: Token) -> str:
    if ficha.type in ("softbreak", "hardbreak"):
        return " "
    return ficha.content if ficha.type in ("text", "image") else ""
