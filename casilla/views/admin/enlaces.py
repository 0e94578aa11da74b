"""Whether the links of a text lead somewhere: our own pages are looked up, the addresses of others only read."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from pyramid.request import Request

from casilla.permissions import Permiso
from casilla.resources.sitio import Sitio
from casilla.services.publicacion import publicados
from casilla.views.texto import enlaces, es_propio

_CORREO = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_CLASES = {"preguntas-frecuentes": "pregunta", "normativas": "norma"}


def enlaces_rotos(cuerpo: str, request: Request) -> list[str]:
    """What is wrong with each link that is, in words. Nothing leaves this machine to find out."""
    todos = dict.fromkeys(enlaces(cuerpo, request.institucion))
    return [f"«{enlace}»: {queja}" for enlace in todos if (queja := _queja(enlace, request))]


def _queja(enlace: str, request: Request) -> str:
    if es_propio(enlace):
        return _queja_de_propio(enlace, request)
    partes = urlsplit(enlace)
    if partes.scheme == "mailto":
        return "" if _CORREO.fullmatch(partes.path) else "no es una dirección de correo"
    if partes.scheme == "tel":
        return ""
    if partes.scheme not in ("http", "https"):
        return "debe empezar con https://"
    return "" if partes.hostname and "." in partes.hostname else "no es una dirección web completa"


def _queja_de_propio(enlace: str, request: Request) -> str:
    partes = urlsplit(enlace)
    pagina = partes.path.strip("/")
    if not pagina and partes.fragment:
        return "escriba también la página, por ejemplo preguntas-frecuentes#que-es"
    if pagina not in _paginas(request):
        return "no hay ninguna página con esa dirección"
    if partes.fragment and pagina in _CLASES:
        nombres = {c.__name__ for c in publicados(request.sitio, _CLASES[pagina], request.ahora)}
        if partes.fragment not in nombres:
            return "la página existe, pero no lo que se busca en ella"
    return ""


def _paginas(request: Request) -> set[str]:
    """Every page of ours that anybody may open, as the code declares them, and the PDF of each norm."""
    return {"", "registro", *_publicas(request), *_pdf(request)}


def _publicas(request: Request) -> Iterator[str]:
    for vista in request.registry.introspector.get_category("views") or ():
        hechos = vista["introspectable"]
        permisos = {r["value"] for r in vista["related"] if r.category_name == "permissions"}
        if hechos["context"] is Sitio and "GET" in hechos["request_methods"] and permisos == {Permiso.PUBLICO}:
            yield hechos["name"]


def _pdf(request: Request) -> Iterator[str]:
    for norma in publicados(request.sitio, "norma", request.ahora):
        if norma.vigente_en(request.ahora).documento:
            yield f"normativas/{norma.__name__}.pdf"
