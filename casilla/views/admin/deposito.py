"""One notification for the institution's people, ``/admin/depositos/CODIGO``: what became of it."""

from dataclasses import dataclass
from os.path import splitext
from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.printing.listado_de_depositos import documento_de
from casilla.resources.adjunto import Adjunto
from casilla.resources.administracion import FichaDeposito
from casilla.resources.notificacion import Notificacion
from casilla.services.atencion import motivo_para_no_reenviar
from casilla.services.codigos import en_grupos
from casilla.services.consulta_de_depositos import ESTADOS
from casilla.services.cronica import cronica, texto_legal
from casilla.services.documentos import peso
from casilla.services.horas import dia_en_lima, fecha_hora, fecha_hora_dicha, fecha_larga
from casilla.services.prueba import version_dicha
from casilla.services.vencimiento import dia_del_deposito, vencimiento
from casilla.views.admin.depositos import ICONOS
from casilla.views.admin.pagina import direccion
from casilla.views.caminos import propio

_ROTULOS = {"documento": "Documento original", "constancia": "Constancia de notificación electrónica"}


def pagina(nombre: str, permiso: Permiso, **opciones: Any) -> Any:
    return view_config(context=FichaDeposito, name=nombre, permission=permiso, http_cache=0, **opciones)


@dataclass(frozen=True)
class Archivo:
    """A file as it is listed: ``nombre`` in the tree, ``detalle`` as "PDF, 312 KB, 4 páginas"."""

    nombre: str
    rotulo: str
    detalle: str
    huella: str


@pagina("", Permiso.VER_DEPOSITOS, request_method="GET", renderer="casilla:templates/admin_deposito.pt")
def ver(context: FichaDeposito, request: Request) -> Any:
    n: Notificacion = context.objeto
    sucesos = cronica(request.sitio, n)
    return {
        "titulo": f"{n.tipo} {n.numero}",
        "seccion": "depositos",
        "n": n,
        "codigo": en_grupos(n.codigo),
        "notificada": n.__parent__.persona,
        "documento": documento_de(n.__parent__.persona),
        "casilla": n.__parent__,
        "estado": ESTADOS[n.estado],
        "icono": ICONOS[n.estado],
        "vence": _vence(n, request),
        "dia_del_deposito": dia_del_deposito(request.calendario_al(n.depositado_en), n.depositado_en, n.computo_desde),
        "texto_legal": _texto_legal(context, request),
        "aqui": direccion(request, "depositos", n.codigo),
        "volver": _de_donde(request),
        "archivos": [_archivo(a) for a in n.archivos],
        "sucesos": [s for s in sucesos if not s.es_aviso],
        "avisos": [s for s in sucesos if s.es_aviso],
        "gestiona": request.has_permission(Permiso.GESTIONAR_DEPOSITOS, context),
        "sin_reenvio": motivo_para_no_reenviar(n, request.ahora),
        "fecha_hora": fecha_hora,
        "fecha_hora_dicha": fecha_hora_dicha,
        "fecha_larga": fecha_larga,
        "ahora": fecha_hora(request.ahora),
    }


def _texto_legal(context: FichaDeposito, request: Request) -> tuple[str, str] | None:
    """Which wording its constancia says, and its address for whoever may see contents; None if it was not kept."""
    version = texto_legal(request.sitio, context.objeto)
    if version is None:
        return None
    ve = request.has_permission(Permiso.VER_CONTENIDOS, context.__parent__.__parent__)
    url = f"{direccion(request, 'contenidos', 'constancia', 'previa')}?version={version.numero}" if ve else ""
    dicha = version_dicha(version)
    return dicha[0].upper() + dicha[1:], url


def _de_donde(request: Request) -> str:
    """The board with the filters and the page that one comes from; the plain one for any other address."""
    tablero, camino = direccion(request, "depositos"), request.GET.get("volver", "")
    return camino if propio(camino) and camino.partition("?")[0] == tablero else tablero


def _vence(n: Notificacion, request: Request) -> str:
    """How its term stands today; empty when it has none, or none any more."""
    if n.vence is None or n.estado == "anulado":
        return ""
    calendario = request.calendario_al(n.depositado_en)
    return str(vencimiento(n.vence, n.computo_desde, dia_en_lima(request.ahora), calendario))


def rotulo(adjunto: Adjunto) -> str:
    return _ROTULOS.get(adjunto.__name__, adjunto.__name__.replace("-", " ").capitalize())


def _archivo(adjunto: Adjunto) -> Archivo:
    clase = splitext(adjunto.nombre)[1].removeprefix(".").upper() or adjunto.tipo
    paginas = {0: "", 1: ", 1 página"}.get(adjunto.paginas, f", {adjunto.paginas} páginas")
    return Archivo(adjunto.__name__, rotulo(adjunto), f"{clase}, {peso(adjunto.tamano)}{paginas}", adjunto.huella)
