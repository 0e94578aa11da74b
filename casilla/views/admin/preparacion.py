"""What notifiers prepare, for whoever reads everything: deposits by hand and bulks, to be looked at and not touched."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.resources.administracion import FichaBorrador, SeccionBorradores, SeccionLotes
from casilla.resources.borrador import Apartado, Borrador
from casilla.services.horas import fecha_hora, fecha_larga
from casilla.views.admin import lotes, notificar
from casilla.views.admin.consultas import CONSULTAR
from casilla.views.admin.formularios_de_notificacion import esquema, leidos
from casilla.views.admin.notificar_archivos import mostrados
from casilla.views.admin.pagina import POR_PAGINA, direccion, ir, paginas

LISTA = "casilla:templates/admin_preparacion.pt"


@dataclass(frozen=True)
class Renglon:
    """``celdas`` go under the columns after the first; ``accion``: where its button goes, empty when a link will do."""

    titulo: str
    url: str
    celdas: tuple[str, ...]
    accion: str = ""


@view_config(
    context=SeccionBorradores, name="todas", request_method="GET", permission=Permiso.VER_PREPARACION, renderer=LISTA
)
def borradores(context: SeccionBorradores, request: Request) -> dict[str, Any]:
    """Also those that were deposited or thrown away, as long as they are kept."""
    guardados, cuales = _pagina(context.sitio.borradores, request)
    return {
        "titulo": "Notificaciones en preparación",
        "seccion": "notificar",
        "texto": "Lo que cada notificador empezó a mano, lo más reciente primero. Se guarda 30 días.",
        "nada": "Nadie empezó ninguna notificación en los últimos 30 días.",
        "columnas": ("Documento", "Destinatario", "Quién la prepara", "Empezada", "Cómo va"),
        "renglones": [_de_borrador(borrador, request) for borrador in guardados],
        "paginas": cuales,
    }


def _pagina(apartado: Apartado, request: Request) -> tuple[list[Any], Any]:
    """The things of the page that is asked for, and the others to go to."""
    nombres = apartado.por_fecha()
    cuales = paginas(request, len(nombres))
    desde = (cuales.numero - 1) * POR_PAGINA
    return [apartado[nombre] for nombre in nombres[desde : desde + POR_PAGINA]], cuales


def _de_borrador(borrador: Borrador, request: Request) -> Renglon:
    dicho = notificar.renglon(borrador, request)
    celdas = (dicho["para"], borrador.de, dicho["cuando"], _como_va(borrador, dicho["falta"]))
    return Renglon(dicho["titulo"], dicho["url"], celdas, accion=f"{dicho['url']}/{CONSULTAR}/lectura")


def _como_va(borrador: Borrador, falta: str) -> str:
    if borrador.descartado_en:
        return "Descartada"
    return "Depositada" if borrador.codigo else falta


@view_config(
    context=SeccionLotes, name="todos", request_method="GET", permission=Permiso.VER_PREPARACION, renderer=LISTA
)
def de_lotes(context: SeccionLotes, request: Request) -> dict[str, Any]:
    guardados, cuales = _pagina(context.sitio.lotes, request)
    dichos = [(lote, lotes.renglon(lote, request)) for lote in guardados]
    return {
        "titulo": "Lotes",
        "seccion": "lotes",
        "texto": "Lo que cada notificador subió para notificar por lote, lo más reciente primero. Se guarda 30 días.",
        "nada": "Nadie subió ningún lote en los últimos 30 días.",
        "columnas": ("Tabla", "Quién lo subió", "Subido", "Filas", "Cómo va"),
        "renglones": [
            Renglon(d["titulo"], d["url"], (lote.de, d["cuando"], str(d["filas"]), d["estado"])) for lote, d in dichos
        ],
        "paginas": cuales,
    }


@view_config(
    context=FichaBorrador,
    name="lectura",
    request_method="GET",
    permission=Permiso.VER_PREPARACION,
    renderer="casilla:templates/admin_preparacion_lectura.pt",
)
def lectura(context: FichaBorrador, request: Request) -> Any:
    """What was said of the document and which files there are; once deposited, the notification."""
    borrador = context.objeto
    if borrador.codigo:
        return ir(request, "depositos", borrador.codigo)
    dicho = notificar.renglon(borrador, request)
    return {
        "titulo": dicho["titulo"],
        "para": dicho["para"],
        "de": borrador.de,
        "cuando": fecha_hora(borrador.creado_en),
        "hasta": dicho["hasta"],
        "estado": _como_va(borrador, dicho["falta"]),
        "sin_guardar": bool(borrador.tecleado),
        "datos": _escrito(borrador),
        "archivos": mostrados(borrador, request),
        "lista": direccion(request, "notificar", "todas"),
    }


def _escrito(borrador: Borrador) -> list[tuple[str, str]]:
    """What the form of the data holds, by the labels of its boxes; nothing while it was never saved."""
    if not borrador.datos:
        return []
    llenos = leidos(dict(borrador.datos))
    return [(caja.title, _valor(llenos[caja.name])) for caja in esquema(()) if caja.name in llenos]


def _valor(lleno: str | date) -> str:
    return fecha_larga(lleno) if isinstance(lleno, date) else lleno or "—"
