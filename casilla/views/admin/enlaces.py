"""Whether the links of a text lead somewhere: our own pages are looked up, the addresses of others only read."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from pyramid.request import Request

from casilla.permissions import Permiso
from casilla.resources.contenido import Contenido
from casilla.resources.sitio import Sitio
from casilla.services.publicacion import publicados
from casilla.views.texto import enlaces, enlaces_fallidos, es_propio

_FALLIDO = "no quedó como enlace; escríbalo así, sin espacios en medio: [palabras](dirección)"
_CORREO = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_CLASES = {"preguntas-frecuentes": "pregunta", "normativas": "norma"}


def enlaces_rotos(contenido: Contenido, request: Request) -> list[str]:
    """What is wrong with each link of its draft that is, in words. Nothing leaves this machine to find out.

    A letter has none: the program makes its links.
    """
    if contenido.clase == "carta":
        return []
    textos, institucion = (contenido.redaccion.cuerpo, contenido.redaccion.cambios), request.institucion
    todos = dict.fromkeys(enlace for texto in textos for enlace in enlaces(texto, institucion))
    fallidos = [fallido for texto in textos for fallido in enlaces_fallidos(texto, institucion)]
    return [
        *(f"«{fallido}»: {_FALLIDO}" for fallido in dict.fromkeys(fallidos)),
        *(f"«{enlace}»: {queja}" for enlace in todos if (queja := _queja(enlace, request))),
    ]


def _queja(enlace: str, request: Request) -> str:
    if es_propio(enlace):
        return _queja_de_propio(enlace, request)
    if f"{enlace}/".startswith(request.publica("")):
        return _queja_de_propio(enlace.removeprefix(request.publica("").rstrip("/")), request)
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
