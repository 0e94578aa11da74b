"""Preguntas frecuentes (guide, screen 2): questions by category, and a search over them."""

from datetime import datetime
from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.resources.contenido import Contenido
from casilla.resources.sitio import Sitio
from casilla.services.horas import fecha_larga
from casilla.services.palabras import limpiar, plegar
from casilla.services.publicacion import publicados
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
    """With ``?q=palabras``, those that hold every one of the words, however they are written."""
    todas = publicados(context, "pregunta", request.ahora)
    buscado = limpiar(request.GET.get("q", ""), MAXIMO_DE_LETRAS)
    halladas = [pregunta for pregunta in todas if _dice(pregunta, buscado, request)]
    return {
        "titulo": f"Preguntas frecuentes sobre «{buscado}»" if buscado else "Preguntas frecuentes",
        "categorias": _por_categoria(halladas, request),
        "buscado": buscado,
        "estado": _estado(len(halladas), buscado) if buscado else "",
        "actualizado": actualizado(todas, request.ahora),
    }


def actualizado(contenidos: list[Contenido], ahora: datetime) -> str | None:
    """The day when the newest of them was published, in words."""
    fechas = [contenido.vigente_en(ahora).publicada_en for contenido in contenidos]
    return fecha_larga(max(fechas)) if fechas else None


def _dice(pregunta: Contenido, buscado: str, request: Request) -> bool:
    version, institucion = pregunta.vigente_en(request.ahora), request.institucion
    letras = plegar(f"{rellenar(version.titulo, institucion)} {en_letras(version.cuerpo, institucion)}")
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
