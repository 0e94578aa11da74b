"""Normativas (guide, screen 3): the norms with their date and issuer, and the PDF of those that have one."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.resources.contenido import Contenido
from casilla.resources.sitio import Sitio
from casilla.services.horas import fecha_larga
from casilla.services.publicacion import NORMA, publicados
from casilla.views.contenidos import actualizado
from casilla.views.descargas import RespuestaDeArchivo
from casilla.views.notificacion import peso
from casilla.views.texto import en_html, rellenar

Opcion = tuple[str, str, bool]


@view_config(
    context=Sitio,
    name="normativas",
    request_method="GET",
    permission=Permiso.PUBLICO,
    renderer="casilla:templates/normativas.pt",
)
def normativas(context: Sitio, request: Request) -> Any:
    """With ``?tipo=Ley&ano=2023``, only those; what no norm has is not asked. ``/normativas/NOMBRE.pdf``: the PDF."""
    todas = publicados(context, NORMA)
    if request.subpath:
        return _documento(todas, request)
    tipos = _opciones(request, "tipo", sorted({norma.tipo for norma in todas if norma.tipo}))
    anos = _opciones(request, "ano", sorted({_ano(norma) for norma in todas if norma.fecha}, reverse=True))
    halladas = [n for n in todas if _cumple(n.tipo, tipos) and _cumple(_ano(n), anos)]
    return {
        "normas": [_norma(norma, request) for norma in halladas],
        "tipos": tipos,
        "anos": anos,
        "estado": _estado(len(halladas), len(todas)) if _filtra(tipos) or _filtra(anos) else "",
        "actualizado": actualizado(todas),
    }


def _ano(norma: Contenido) -> str:
    return str(norma.fecha.year) if norma.fecha else ""


def _opciones(request: Request, campo: str, valores: list[str]) -> list[Opcion]:
    """Of a select: value, words, whether it is the chosen one; the first stands for no choice."""
    elegido = request.GET.get(campo)
    return [("", "Todos", elegido not in valores), *((valor, valor, valor == elegido) for valor in valores)]


def _cumple(valor: str, opciones: list[Opcion]) -> bool:
    return not _filtra(opciones) or (valor, valor, True) in opciones


def _filtra(opciones: list[Opcion]) -> bool:
    return not opciones[0][2]


def _norma(contenido: Contenido, request: Request) -> dict[str, Any]:
    version, institucion, documento = contenido.vigente, request.institucion, contenido.documento
    return {
        "ancla": contenido.__name__,
        "titulo": rellenar(version.titulo, institucion),
        "html": en_html(version.cuerpo, institucion, nivel=3),
        "tipo": contenido.tipo,
        "emisor": contenido.emisor,
        "fecha": fecha_larga(contenido.fecha) if contenido.fecha else "",
        "url": documento and f"{request.script_name}/normativas/{contenido.__name__}.pdf",
        "detalle": documento and f"PDF, {peso(documento.tamano)}",
    }


def _estado(halladas: int, todas: int) -> str:
    if not halladas:
        return "Ninguna norma cumple los filtros."
    return f"{halladas} de {todas} normas {'cumple' if halladas == 1 else 'cumplen'} los filtros."


def _documento(normas: list[Contenido], request: Request) -> Response:
    nombres = {(f"{norma.__name__}.pdf",): norma for norma in normas if norma.documento}
    norma = nombres.get(request.subpath)
    if norma is None:
        raise HTTPNotFound
    respuesta = RespuestaDeArchivo(
        request,
        norma.documento.abrir(),
        nombre=norma.documento.nombre,
        tipo=norma.documento.tipo,
        tamano=norma.documento.tamano,
        etag=norma.documento.huella,
        fecha=norma.historia[-1][2],
    )
    # What everybody may read, anybody on the way may keep, if they ask whether it is still the same.
    respuesta.cache_control = "public, no-cache"
    return respuesta
