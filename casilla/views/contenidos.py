"""Preguntas frecuentes and Normativas: what the institution publishes for everybody (guide, screens 2 and 3)."""

from collections.abc import Iterator
from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.resources.contenido import Contenido
from casilla.resources.sitio import Sitio
from casilla.services.horas import fecha_larga
from casilla.views.texto import en_html, rellenar


@view_config(
    context=Sitio,
    name="preguntas-frecuentes",
    request_method="GET",
    permission=Permiso.PUBLICO,
    renderer="casilla:templates/preguntas.pt",
)
def preguntas(context: Sitio, request: Request) -> dict[str, Any]:
    return _publicados(context, request, "pregunta")


@view_config(
    context=Sitio,
    name="normativas",
    request_method="GET",
    permission=Permiso.PUBLICO,
    renderer="casilla:templates/normativas.pt",
)
def normativas(context: Sitio, request: Request) -> dict[str, Any]:
    return _publicados(context, request, "norma")


def _publicados(sitio: Sitio, request: Request, clase: str) -> dict[str, Any]:
    """The texts of a class in their order, and the day when the newest of them was published."""
    contenidos = sorted(_de_clase(sitio, clase), key=lambda contenido: contenido.orden)
    fechas = [contenido.vigente.publicada_en for contenido in contenidos]
    return {
        "textos": [_texto(contenido, request) for contenido in contenidos],
        "actualizado": fecha_larga(max(fechas)) if fechas else None,
    }


def _de_clase(sitio: Sitio, clase: str) -> Iterator[Contenido]:
    return (c for c in sitio.contenidos.values() if c.clase == clase and c.estado == "publicado")


def _texto(contenido: Contenido, request: Request) -> dict[str, str]:
    version, institucion = contenido.vigente, request.institucion
    return {
        "ancla": contenido.__name__,
        "titulo": rellenar(version.titulo, institucion),
        "html": en_html(version.cuerpo, institucion, nivel=3),
    }
