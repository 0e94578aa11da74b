"""Preguntas frecuentes (guide, screen 2): questions by category, a search over them, and whether an answer served."""

from contextlib import suppress
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from casilla.limites import DebeEsperar, red
from casilla.permissions import Permiso
from casilla.resources.contenido import Contenido
from casilla.resources.sitio import Sitio
from casilla.services.horas import fecha_larga
from casilla.services.palabras import limpiar, plegar
from casilla.services.publicacion import publicados
from casilla.services.uso import NoExiste, exigir_pregunta, guardables, votar
from casilla.views.piezas import Pregunta
from casilla.views.texto import en_letras, rellenar

# Of a question that nobody put in a category.
SIN_CATEGORIA = "Otras preguntas"
MAXIMO_DE_LETRAS = 100


@view_config(
    context=Sitio,
    name="preguntas-frecuentes",
    request_method="GET",
    permission=Permiso.PUBLICO,
    renderer="casilla:templates/preguntas.pt",
)
def preguntas(context: Sitio, request: Request) -> dict[str, Any]:
    """With ``?q=palabras``, those that hold every one of the words, however they are written.

    ``?si=NOMBRE``, ``?no=NOMBRE``: to whoever has just said whether that answer served.
    """
    todas = publicados(context, "pregunta", request.ahora)
    buscado = limpiar(request.GET.get("q", ""), MAXIMO_DE_LETRAS)
    halladas = [pregunta for pregunta in todas if dice(letras_de(pregunta, request), buscado)]
    if not halladas and buscado:
        _contar_en_vano(buscado, request)
    return {
        "titulo": _titulo(buscado),
        "categorias": _por_categoria(halladas, request),
        "buscado": buscado,
        "estado": _estado(len(halladas), buscado) if buscado else "",
        "actualizado": actualizado(todas, request.ahora),
        "votada": request.GET.get("si") or request.GET.get("no"),
        "sirvio": "si" in request.GET,
        "se_anota": request.buscadas is not None,
    }


def _titulo(buscado: str) -> str:
    """A title stays in the history of the browser: no document, address or telephone that somebody typed is in it."""
    if not buscado:
        return "Preguntas frecuentes"
    return f"Preguntas frecuentes sobre «{buscado}»" if guardables(buscado) else "Preguntas frecuentes: lo que buscó"


def _contar_en_vano(buscado: str, request: Request) -> None:
    """For whoever writes the answers. One address alone does not fill the list."""
    if request.buscadas is None:
        return
    with suppress(DebeEsperar):
        request.limites.contar("buscar en vano", request.remote_addr)
        request.buscadas.anotar(buscado)


@view_config(context=Sitio, name="preguntas-frecuentes", request_method="POST", permission=Permiso.PUBLICO)
def opinar(context: Sitio, request: Request) -> HTTPSeeOther:
    """``si`` or ``no``: the name of the question whose answer served, or did not; ``q``: the search to go back to."""
    voto = "si" if "si" in request.POST else "no"
    nombre = request.POST.get(voto, "")
    regreso = {"q": q} if (q := limpiar(request.POST.get("q", ""), MAXIMO_DE_LETRAS)) else {}
    try:
        # Before it is counted by its name: a stranger's own words are kept nowhere.
        exigir_pregunta(context, nombre, request.ahora)
        request.limites.contar("opinar", request.remote_addr, f"{nombre} {red(request.remote_addr)}")
        votar(context, nombre, voto == "si", request.ahora)
    except DebeEsperar as espera:
        palabras = f"Ya recibimos varias respuestas suyas. Podrá enviar otra en {espera.cuanto}."
        request.session.flash(palabras, "aviso")
        return HTTPSeeOther(_con(request, regreso))
    except NoExiste:
        raise HTTPNotFound from None
    return HTTPSeeOther(f"{_con(request, {**regreso, voto: nombre})}#gracias")


def _con(request: Request, parametros: dict[str, str]) -> str:
    return f"{request.path}?{urlencode(parametros)}" if parametros else request.path


def actualizado(contenidos: list[Contenido], ahora: datetime) -> str | None:
    """The day when the newest of them was published, in words."""
    fechas = [contenido.vigente_en(ahora).publicada_en for contenido in contenidos]
    return fecha_larga(max(fechas)) if fechas else None


def letras_de(pregunta: Contenido, request: Request) -> str:
    """What a search looks at: the question and its answer as they are read, folded."""
    version, institucion = pregunta.vigente_en(request.ahora), request.institucion
    return plegar(f"{rellenar(version.titulo, institucion)} {en_letras(version.cuerpo, institucion)}")


def dice(letras: str, buscado: str) -> bool:
    """Whether what was searched for is found there."""
    return all(palabra in letras for palabra in plegar(buscado).split())


def _por_categoria(preguntas: list[Contenido], request: Request) -> dict[str, list[Pregunta]]:
    """Categories in the order of their first question."""
    categorias: dict[str, list[Pregunta]] = {}
    for pregunta in preguntas:
        version = pregunta.vigente_en(request.ahora)
        pieza = Pregunta.de(pregunta.__name__, version, request)
        categorias.setdefault(version.categoria or SIN_CATEGORIA, []).append(pieza)
    return categorias


def _estado(halladas: int, buscado: str) -> str:
    if not halladas:
        return f"Ninguna pregunta contiene «{buscado}»."
    return f"{'1 pregunta contiene' if halladas == 1 else f'{halladas} preguntas contienen'} «{buscado}»."
