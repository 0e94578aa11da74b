"""A PDF as a page of text: for screen readers, slow lines and small screens. The document itself remains the PDF."""

from pathlib import Path
from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from casilla.gateways.pdftotext import SinTexto, leer_pdf
from casilla.permissions import Permiso
from casilla.resources.adjunto import Adjunto
from casilla.resources.casilla import LEIDOS
from casilla.views.adjunto import PDF, direccion, visibles
from casilla.views.casilla import con_vuelta, de_que_bandeja


@view_config(
    context=Adjunto,
    name="texto",
    request_method="GET",
    permission=Permiso.VER_CASILLA,
    renderer="casilla:templates/texto.pt",
    http_cache=0,
)
def en_texto(context: Adjunto, request: Request) -> Any:
    notificacion = context.__parent__
    if context not in visibles(notificacion):
        return HTTPSeeOther(direccion(notificacion, request))
    if context.tipo != PDF:
        raise HTTPNotFound
    _, volver = de_que_bandeja(notificacion.__parent__, request, request.GET.get("volver"), LEIDOS)
    return {
        "titulo": f"{context.nombre} como texto",
        "nombre": context.nombre,
        "paginas": _paginas(context),
        "en_total": context.paginas,
        "pdf": request.resource_path(notificacion, context.__name__),
        "notificacion": con_vuelta(direccion(notificacion, request), volver),
    }


def _paginas(adjunto: Adjunto) -> list[list[str]]:
    """The paragraphs of each page; empty when there are no words, or they could not be had."""
    try:
        paginas = [
            [parrafo.strip() for parrafo in pagina.split("\n\n") if parrafo.strip()]
            for pagina in leer_pdf(Path(adjunto.ruta))
        ]
    except SinTexto:
        return []
    return paginas if any(paginas) else []
