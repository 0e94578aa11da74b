"""Normativas (guide, screen 3): the norms with their date and issuer, and the PDF of those that have one."""

from datetime import datetime
from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.resources.adjunto import Adjunto
from casilla.resources.contenido import Version
from casilla.resources.sitio import Sitio
from casilla.services.publicacion import publicados
from casilla.views.contenidos import actualizado
from casilla.views.descargas import RespuestaDeArchivo
from casilla.views.piezas import Norma

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
    publicadas = publicados(context, "norma", request.ahora)
    todas = [(norma.__name__, norma.vigente_en(request.ahora)) for norma in publicadas]
    if request.subpath:
        return _documento(todas, request)
    tipos = _opciones(request, "tipo", sorted({norma.tipo for _, norma in todas if norma.tipo}))
    anos = _opciones(request, "ano", sorted({_ano(norma) for _, norma in todas if norma.fecha}, reverse=True))
    halladas = [(nombre, n) for nombre, n in todas if _cumple(n.tipo, tipos) and _cumple(_ano(n), anos)]
    return {
        "normas": [Norma.de(nombre, norma, request) for nombre, norma in halladas],
        "tipos": tipos,
        "anos": anos,
        "estado": _estado(len(halladas), len(todas)) if _filtra(tipos) or _filtra(anos) else "",
        "actualizado": actualizado(publicadas, request.ahora),
    }


def _ano(norma: Version) -> str:
    return str(norma.fecha.year) if norma.fecha else ""


def _opciones(request: Request, campo: str, valores: list[str]) -> list[Opcion]:
    """Of a select: value, words, whether it is the chosen one; the first stands for no choice."""
    elegido = request.GET.get(campo)
    return [("", "Todos", elegido not in valores), *((valor, valor, valor == elegido) for valor in valores)]


def _cumple(valor: str, opciones: list[Opcion]) -> bool:
    return not _filtra(opciones) or (valor, valor, True) in opciones


def _filtra(opciones: list[Opcion]) -> bool:
    return not opciones[0][2]


def _estado(halladas: int, todas: int) -> str:
    if not halladas:
        return "Ninguna norma cumple los filtros."
    return f"{halladas} de {todas} normas {'cumple' if halladas == 1 else 'cumplen'} los filtros."


def _documento(normas: list[tuple[str, Version]], request: Request) -> Response:
    nombres = {(f"{nombre}.pdf",): norma for nombre, norma in normas if norma.documento}
    norma = nombres.get(request.subpath)
    if norma is None:
        raise HTTPNotFound
    respuesta = pdf_de(norma.documento, norma.publicada_en, request)
    # What everybody may read, anybody on the way may keep, if they ask whether it is still the same.
    respuesta.cache_control = "public, no-cache"
    return respuesta


def pdf_de(documento: Adjunto, fecha: datetime, request: Request) -> Response:
    """The PDF of a norm; ``fecha``: since when it is what it is."""
    return RespuestaDeArchivo(
        request,
        documento.abrir(),
        nombre=documento.nombre,
        tipo=documento.tipo,
        tamano=documento.tamano,
        etag=documento.huella,
        fecha=fecha,
    )
