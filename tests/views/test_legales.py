"""Terms, privacy, rights and accessibility: what everybody may read, and the help that stands on every page."""

from datetime import timedelta
from typing import Any

import pytest
from ZODB import DB

from casilla.services.fundacion import RAIZ
from casilla.services.publicacion import publicar_version
from tests import mundo
from tests.conftest import Navegador

LEGALES = ["/terminos", "/privacidad", "/datos-personales", "/accesibilidad"]
PIE = [*LEGALES, "/estado"]
PUBLICAS = ["/", "/normativas", "/preguntas-frecuentes", "/verificar", "/registro/", "/registro/terminos", "/recuperar"]


@pytest.mark.parametrize("camino", LEGALES)
def test_everybody_may_read_the_text_its_version_and_its_date(navegador: Navegador, camino: str) -> None:
    pagina = navegador.get(camino).html

    assert "Versión 1, publicada el 23 de enero de 2026." in pagina.main.text
    assert pagina.select_one("main h2")
    assert "{" not in pagina.main.text
    assert pagina.select_one("footer nav a[aria-current=page]")["href"] == camino


def test_a_new_version_says_what_changed_and_the_one_before_can_still_be_read(
    navegador: Navegador, base_de_datos: DB
) -> None:
    ahora = mundo.ENERO + timedelta(days=40)
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        publicar_version(sitio, "terminos", "Términos y condiciones", "Otro.", ahora, "prueba", "Ahora son **otros**.")

    nueva = navegador.get("/terminos").html
    assert "Versión 2, publicada el 4 de marzo de 2026." in nueva.main.text
    assert "Ahora son otros." in nueva.select_one("main .aviso").text
    anterior = navegador.get(nueva.find("a", string="Versión 1, publicada el 23 de enero de 2026")["href"]).html
    assert "Esta versión ya no rige" in anterior.main.text
    assert "1. Qué es la Casilla Electrónica" in anterior.main.text


@pytest.mark.parametrize("camino", ["/terminos?version=2", "/terminos?version=x", "/terminos/otra", "/constancia"])
def test_what_was_never_published_is_not_found(navegador: Navegador, camino: str) -> None:
    navegador.get(camino, status=404)


def ayuda(pagina: Any) -> list[str]:
    """Whatever the foot of the page says, in its order."""
    return [" ".join(p.text.split()) for p in pagina.html.select("body > footer p, body > footer a")]


def test_help_and_rights_stand_in_the_same_place_of_every_page(navegador: Navegador) -> None:
    primera = ayuda(navegador.get("/"))
    assert "(01) 626-1600, Anexo 1928" in primera[0]
    assert primera[1].startswith("Atención: de lunes a viernes")
    assert "casillaelectronica@mimp.gob.pe" in primera[2]

    paginas = [navegador.get(camino) for camino in PUBLICAS + PIE] + [navegador.get("/no-existe", status=404)]
    bandeja = navegador.entrar(mundo.ROSA)
    de_rosa = [enlace["href"] for enlace in bandeja.html.select("nav.menu a, tbody th a, .cuenta a")]
    paginas += [bandeja] + [navegador.get(enlace) for enlace in de_rosa]

    assert len(paginas) > 15
    for pagina in paginas:
        assert ayuda(pagina) == primera, pagina.request.path
        assert [a["href"] for a in pagina.html.select("body > footer nav a")] == PIE
