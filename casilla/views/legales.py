"""The texts that say on what terms all this works: public, with their version, their date and what they said before."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.resources.contenido import Version
from casilla.resources.sitio import Sitio
from casilla.services.horas import fecha_larga
from casilla.views.piezas import Legal


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
    if contenido is None or not contenido.publico_en(request.ahora) or request.subpath:
        raise HTTPNotFound
    publicadas = [Version(*v) for v in contenido.versiones if v[4] <= request.ahora]
    version = _pedida(publicadas, request.GET.get("version"))
    return {
        "legal": Legal.de(version, version.numero, version.publicada_en, request),
        "vigente": version == publicadas[-1],
        "direccion": request.path,
        "otras": [_otra(otra) for otra in reversed(publicadas) if otra.numero != version.numero],
    }


def _pedida(publicadas: list[Version], numero: str | None) -> Version:
    for version in publicadas[-1:] if numero is None else publicadas:
        if numero in (None, str(version.numero)):
            return version
    raise HTTPNotFound


def _otra(version: Version) -> tuple[int, str]:
    return version.numero, fecha_larga(version.publicada_en)
