"""What holds of every page, whoever opens it: looked at in each page that a test sees."""

import re
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from webob import Response

NOMBRE = " - Casilla Electrónica MIMP"
# Times with seconds (a date without a time among them), the twelve-hour clock, months of other countries, 05 de mayo.
MAL_DICHO = re.compile(
    r"\b\d{1,2}:\d\d:\d\d\b|\b\d{1,2}:\d\d ?[ap]\.? ?m\b|\bseptiembre\b"
    r"|\b0\d de [a-z]+ de \d{4}|\b20\d\d-\d\d-\d\d[T ]\d\d",
    re.IGNORECASE,
)
DOCUMENTO = re.compile(r"(?<!\d)(?:4000000[1-9]|001234567)(?!\d)")
_DIRECCIONES = ("src", "srcset", "action", "formaction", "poster", "data")


def revisar(respuesta: Response) -> None:
    """Raises AssertionError."""
    pagina = BeautifulSoup(respuesta.text, "html.parser")
    _de_titulo(pagina)
    _de_fechas(pagina)
    _de_terceros(pagina)


def _de_titulo(pagina: Any) -> None:
    """One heading, one language, a title that says where one is and nothing of whom; the keyboard's first stop."""
    assert pagina.html["lang"] == "es-PE"
    assert len(pagina("h1")) == 1
    titulo = pagina.title.text
    assert titulo.endswith(NOMBRE) and titulo != NOMBRE, titulo
    assert ("Error: " in titulo) == titulo.startswith("Error: "), titulo
    assert not DOCUMENTO.search(titulo), titulo
    primero = pagina.body.find(["a", "button", "input", "select", "textarea"])
    assert (primero["href"], primero.text) == ("#contenido", "Ir al contenido")
    assert pagina.find(id="contenido").name == "main"


def _de_fechas(pagina: Any) -> None:
    mal = MAL_DICHO.search(pagina.body.get_text(" "))
    assert mal is None, f"se lee «{mal and mal[0]}»"


def _de_terceros(pagina: Any) -> None:
    """A page loads nothing from elsewhere and sends nothing there; it may lead elsewhere by a link."""
    pedidas = [marca[campo] for campo in _DIRECCIONES for marca in pagina.select(f"[{campo}]")]
    pedidas += [marca["href"] for marca in pagina.select("link[href], base[href], use[href], image[href]")]
    ajenas = [d for d in pedidas if urlsplit(d).netloc not in ("", "localhost", "localhost:80")]
    assert ajenas == []
