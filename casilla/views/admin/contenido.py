"""One text of the institution: what there is of it, how it is read, and what changed between two versions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.resources.administracion import FichaContenido
from casilla.resources.contenido import Contenido, Redaccion, Version
from casilla.services.diferencias import Tramo, diferencias
from casilla.services.documentos import peso
from casilla.services.horas import fecha_hora, fecha_larga
from casilla.services.publicacion import LIBRES, version_numero
from casilla.services.reparos import reparos_del_pdf
from casilla.views.admin.contenidos import CLASES, estado, puede, quien, titulo_de
from casilla.views.admin.enlaces import enlaces_rotos
from casilla.views.admin.pagina import direccion
from casilla.views.normativas import pdf_de

BORRADOR = "borrador"
HECHOS = {
    "borrador": "Se creó",
    "redactado": "Se guardó el borrador",
    "descartado": "Se descartó el borrador",
    "restaurado": "Se copió como borrador la versión",
    "version": "Se publicó la versión",
    "publicado": "Quedó publicado",
    "programada": "Se programó la versión",
    "cancelada": "Se canceló la publicación programada de la versión",
    "archivado": "Se archivó",
    "eliminado": "Se envió a la papelera",
    "recuperado": "Se recuperó de la papelera",
}
# Labels of what a text has beside its body.
ROTULOS = {
    "categoria": "Categoría",
    "tipo": "Tipo de norma",
    "numero_norma": "Número",
    "fecha": "Fecha de la norma",
    "emisor": "Emisor",
}


@dataclass(frozen=True)
class Publicada:
    """A version as its list shows it."""

    numero: int
    desde: str
    actor: str
    situacion: str


@view_config(
    context=FichaContenido,
    request_method="GET",
    permission=Permiso.VER_CONTENIDOS,
    renderer="casilla:templates/admin_contenido.pt",
)
def ver(context: FichaContenido, request: Request) -> Any:
    contenido = context.objeto
    return {
        **de_la_ficha(contenido, request),
        "contenido": contenido,
        "estado": estado(contenido, request),
        "datos": datos_de(contenido.redaccion),
        "pdf": pdf_en_palabras(contenido.redaccion) if contenido.clase == "norma" else None,
        "rotos": enlaces_rotos(contenido, request),
        "reparos": reparos_del_pdf(contenido.redaccion.documento),
        "programada": contenido.programada(request.ahora),
        "publico": contenido.publico_en(request.ahora),
        "archivado": contenido.estado_en(request.ahora) == "archivado",
        "versiones": [_publicada(contenido, Version(*v), request) for v in reversed(contenido.versiones)],
        "historia": [hecho_dicho(hecho) for hecho in reversed(contenido.historia)],
        "puede": puede(request, context),
        "libre": contenido.clase in LIBRES,
    }


def de_la_ficha(contenido: Contenido, request: Request) -> dict[str, Any]:
    """What every page about one text needs."""
    aqui = direccion(request, "contenidos", contenido.__name__)
    lista = f"{direccion(request, 'contenidos')}?clase={contenido.clase}"
    clase = CLASES[contenido.clase]
    return {"aqui": aqui, "lista": lista, "clase": clase[1], "clases": clase[0], "de": titulo_de(contenido)}


def datos_de(redaccion: Redaccion) -> list[tuple[str, str]]:
    """Label and value of what it has beside title and body."""
    return [
        (rotulo, _dicho(getattr(redaccion, campo))) for campo, rotulo in ROTULOS.items() if getattr(redaccion, campo)
    ]


def _dicho(valor: Any) -> str:
    return valor if isinstance(valor, str) else fecha_larga(valor)


def pdf_en_palabras(redaccion: Redaccion) -> str:
    """The PDF of a norm, empty when it has none."""
    documento = redaccion.documento
    if documento is None:
        return ""
    paginas = "1 página" if documento.paginas == 1 else f"{documento.paginas} páginas"
    return f"{documento.nombre} (PDF, {peso(documento.tamano)}, {paginas})"


def _publicada(contenido: Contenido, version: Version, request: Request) -> Publicada:
    actores = {detalle: actor for hecho, actor, _, detalle in contenido.historia if hecho in ("version", "programada")}
    if version.publicada_en > request.ahora:
        situacion = "Programada"
    else:
        vigente = contenido.publico_en(request.ahora) and version == contenido.vigente_en(request.ahora)
        situacion = "Vigente" if vigente else "Anterior"
    actor = quien(actores.get(str(version.numero), contenido.historia[0][1]))
    return Publicada(version.numero, fecha_hora(version.publicada_en), actor, situacion)


def hecho_dicho(hecho: tuple[str, str, datetime, str]) -> tuple[str, str, str]:
    nombre, actor, cuando, detalle = hecho
    return " ".join(filter(None, (HECHOS.get(nombre, nombre), detalle))), fecha_hora(cuando), quien(actor)


def pedida(contenido: Contenido, cual: str | None) -> Redaccion:
    """A version by its number; the draft, or what there is without one. Raises HTTPNotFound."""
    if cual in (None, BORRADOR):
        return contenido.redaccion
    try:
        return version_numero(contenido, int(cual or "")).redaccion
    except (LookupError, ValueError):
        raise HTTPNotFound from None


@view_config(
    context=FichaContenido,
    name="diferencias",
    request_method="GET",
    permission=Permiso.VER_CONTENIDOS,
    renderer="casilla:templates/admin_diferencias.pt",
)
def comparar(context: FichaContenido, request: Request) -> Any:
    """``?de=1&a=2``: from one version to another, or to the draft."""
    contenido, (de, a) = context.objeto, (request.GET.get(cual, BORRADOR) for cual in ("de", "a"))
    antes, despues = pedida(contenido, de), pedida(contenido, a)
    return {
        **de_la_ficha(contenido, request),
        "antes": _nombre(de),
        "despues": _nombre(a),
        "partes": [parte for parte in _partes(antes, despues) if any(t.clase != "igual" for t in parte[1])],
        "opciones": [*(str(v[0]) for v in contenido.versiones), *([BORRADOR] if contenido.borrador else [])],
        "elegidas": (de, a),
        "nombre": _nombre,
    }


def _nombre(cual: str) -> str:
    return "el borrador" if cual == BORRADOR else f"la versión {cual}"


def _partes(antes: Redaccion, despues: Redaccion) -> list[tuple[str, list[Tramo]]]:
    """Label of each part, and its pieces."""
    campos = {"titulo": "Título", "cuerpo": "Texto", **ROTULOS}
    partes = [(r, _texto(getattr(antes, c)), _texto(getattr(despues, c))) for c, r in campos.items()]
    viejo, nuevo = (redaccion.documento.nombre if redaccion.documento else "" for redaccion in (antes, despues))
    partes.append(("PDF", viejo, nuevo))
    return [(rotulo, diferencias(viejo, nuevo)) for rotulo, viejo, nuevo in partes]


def _texto(valor: Any) -> str:
    return _dicho(valor) if valor else ""


@view_config(context=FichaContenido, name="documento", request_method="GET", permission=Permiso.VER_CONTENIDOS)
def documento(context: FichaContenido, request: Request) -> Response:
    """The PDF of a norm, of its draft too."""
    redaccion = pedida(context.objeto, request.GET.get("version"))
    if redaccion.documento is None:
        raise HTTPNotFound
    return pdf_de(redaccion.documento, context.objeto.historia[-1][2], request)
