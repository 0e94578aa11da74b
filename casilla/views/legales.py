"""The texts that say on what terms all this works: public, with their version, their date and what they said before."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.resources.contenido import Contenido, Version
from casilla.resources.sitio import Sitio
from casilla.services.horas import fecha_larga
from casilla.views.texto import en_html, rellenar


def _pagina(nombre: str) -> Any:
    return view_config(
        context=Sitio,
        name=nombre,
        request_method="GET",
        permission=Permiso.PUBLICO,
        renderer="casilla:templates/legal.pt",
    )


@_pagina("terminos")
@_pagina("privacidad")
@_pagina("accesibilidad")
@_pagina("datos-personales")
def texto(context: Sitio, request: Request) -> dict[str, Any]:
    """The version in force; with ``?version=N``, one before it."""
    contenido = context.contenidos.get(request.view_name)
    if contenido is None or contenido.estado != "publicado" or request.subpath:
        raise HTTPNotFound
    version = _pedida(contenido, request.GET.get("version"))
    return {
        "titulo": rellenar(version.titulo, request.institucion),
        "version": version,
        "publicada": fecha_larga(version.publicada_en),
        "cambios": en_html(version.cambios, request.institucion, nivel=3),
        "cuerpo": en_html(version.cuerpo, request.institucion),
        "vigente": version == contenido.vigente,
        "direccion": request.path,
        "otras": [_otra(Version(*v)) for v in reversed(contenido.versiones) if v[0] != version.numero],
    }


def _pedida(contenido: Contenido, numero: str | None) -> Version:
    if numero is None:
        return contenido.vigente
    for version in contenido.versiones:
        if str(version[0]) == numero:
            return Version(*version)
    raise HTTPNotFound


def _otra(version: Version) -> tuple[int, str]:
    return version.numero, fecha_larga(version.publicada_en)
