"""A notification: its envelope before it is opened, all of it after (guide, screen 15)."""

from dataclasses import dataclass
from os.path import splitext
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.resources.adjunto import Adjunto
from casilla.resources.casilla import LEIDOS, PENDIENTES
from casilla.resources.notificacion import Notificacion
from casilla.services.bandeja import vecinas
from casilla.services.horas import dia_en_lima, fecha_con_dia, fecha_hora, fecha_hora_dicha, fecha_larga
from casilla.services.lectura import leer
from casilla.services.vencimiento import vencimiento
from casilla.views.adjunto import PDF, direccion, visibles
from casilla.views.casilla import TITULOS, direccion_de_bandeja

ROTULOS = {"documento": "Documento original", "constancia": "Constancia de notificación electrónica"}

# What the history says of each fact; a fact that is not here concerns the machines only.
HECHOS = {
    "depositado": "Depositada en su casilla",
    "aviso-deposito:en-cola": "Aviso a su correo en preparación",
    "aviso-deposito:enviado": "Aviso enviado a su correo",
    "aviso-deposito:rechazado": "No se pudo entregar el aviso a su correo",
    "leido": "Leída por {actor}",
    "anulado": "Anulada por la institución",
}


@view_config(
    context=Notificacion,
    request_method="GET",
    permission=Permiso.VER_CASILLA,
    renderer="casilla:templates/notificacion.pt",
    http_cache=0,
)
def ver(context: Notificacion, request: Request) -> Any:
    """Looking at it changes nothing: whether it is opened is for the person to say, by a button."""
    casilla, numero = context.__parent__, int(context.__name__)
    bandeja = PENDIENTES if numero in casilla.pendientes else LEIDOS
    return {
        "titulo": f"{context.tipo} {context.numero}",
        "seccion": bandeja,
        "n": context,
        "estado": estado_en_palabras(context),
        "url": direccion(context, request),
        "bandeja": (TITULOS[bandeja], direccion_de_bandeja(casilla, request, bandeja)),
        "vecinas": [v and request.resource_path(casilla, str(v)) for v in vecinas(casilla, bandeja, numero)],
        "plazo": _plazo(context, request),
        "archivos": [_archivo(a, context, request) for a in visibles(context)],
        "peso_total": peso(sum(a.tamano for a in context.archivos)),
        "historia": _historia(context, request),
        "motivo": next((detalle for hecho, _, _, detalle in context.historia if hecho == "anulado"), ""),
        "ahora": fecha_hora(request.ahora),
        "fecha_hora": fecha_hora,
        "fecha_hora_dicha": fecha_hora_dicha,
        "fecha_larga": fecha_larga,
    }


@view_config(context=Notificacion, name="abrir", request_method="POST", permission=Permiso.ABRIR)
def abrir(context: Notificacion, request: Request) -> HTTPSeeOther:
    if context.estado == "depositado":
        leer(request.sitio, context, actor=request.identity.usuario, ahora=request.ahora)
        request.session.flash(f"Quedó registrada su lectura: {fecha_hora(request.ahora)} (hora de Lima).")
    return HTTPSeeOther(direccion(context, request))


@view_config(context=Notificacion, name="abrir", request_method="GET", permission=Permiso.VER_CASILLA)
def abrir_por_enlace(context: Notificacion, request: Request) -> HTTPSeeOther:
    """Where a login interrupted in the middle of opening comes back to: to the envelope, to choose again."""
    return HTTPSeeOther(direccion(context, request))


@dataclass(frozen=True)
class Plazo:
    """The box about the term, each line in words; ``vence`` and ``ultimo`` empty when the document gives none."""

    desde: str
    duracion: str
    vence: str
    ultimo: str
    vencido: bool
    saltados: tuple[str, ...]
    regla: tuple[str, ...]


@dataclass(frozen=True)
class Archivo:
    """A file as it is shown; ``detalle`` as "PDF, 312 KB, 4 páginas"; ``url_ver``: where browsers show it, or None."""

    rotulo: str
    nombre: str
    detalle: str
    huella: str
    url: str
    url_ver: str | None


def estado_en_palabras(notificacion: Notificacion) -> str:
    """As "Leído el 23 de enero de 2026, 10:11"."""
    estado = notificacion.estado
    cuando = {hecho: fecha_hora(cuando) for hecho, _, cuando, _ in notificacion.historia}[estado]
    return {"depositado": "Sin leer", "leido": f"Leído el {cuando}", "anulado": f"Anulado el {cuando}"}[estado]


def peso(tamano: int) -> str:
    """As "312 KB" or "2,1 MB", a KB being 1024 bytes as the disks of most people count."""
    if tamano < 1024:
        return f"{tamano} bytes"
    if tamano < 1024 * 1024:
        return f"{tamano / 1024:.0f} KB"
    return f"{tamano / 1024 / 1024:.1f} MB".replace(".", ",")


def _plazo(n: Notificacion, request: Request) -> Plazo:
    regla = tuple(request.sitio.contenidos["plazo"].vigente.cuerpo.split("\n\n"))
    desde = fecha_con_dia(n.computo_desde)
    if n.vence is None:
        return Plazo(desde, "El documento no señala un plazo", "", "", False, (), regla)
    como = vencimiento(n.vence, n.computo_desde, dia_en_lima(request.ahora), request.calendario)
    saltados = request.calendario.feriados_saltados(n.computo_desde, n.vence)
    return Plazo(
        desde,
        "1 día hábil" if n.plazo == 1 else f"{n.plazo} días hábiles",
        str(como),
        fecha_con_dia(n.vence),
        como.vencido,
        tuple(f"{fecha_con_dia(dia)} ({que})" for dia, que in saltados),
        regla,
    )


def _archivo(adjunto: Adjunto, notificacion: Notificacion, request: Request) -> Archivo:
    url = request.resource_path(notificacion, adjunto.__name__)
    return Archivo(
        ROTULOS.get(adjunto.__name__, adjunto.__name__.replace("-", " ").capitalize()),
        adjunto.nombre,
        _detalle(adjunto),
        adjunto.huella,
        url,
        f"{url}?ver=1" if adjunto.tipo == PDF else None,
    )


def _detalle(adjunto: Adjunto) -> str:
    clase = splitext(adjunto.nombre)[1].removeprefix(".").upper() or adjunto.tipo
    paginas = {0: "", 1: ", 1 página"}.get(adjunto.paginas, f", {adjunto.paginas} páginas")
    return f"{clase}, {peso(adjunto.tamano)}{paginas}"


def _historia(notificacion: Notificacion, request: Request) -> list[tuple[str, str, str]]:
    """What happened, in words; when; the reason of an annulment. What mail servers said is not for people."""
    historia = notificacion.historia
    hechos = {hecho for hecho, *_ in historia}
    if hechos & {"aviso-deposito:enviado", "aviso-deposito:rechazado"}:
        historia = tuple(h for h in historia if h[0] != "aviso-deposito:en-cola")
    return [
        (HECHOS[hecho].format(actor=_nombre(actor, request)), fecha_hora(cuando), detalle if hecho == "anulado" else "")
        for hecho, actor, cuando, detalle in historia
        if hecho in HECHOS
    ]


def _nombre(actor: str, request: Request) -> str:
    usuario = request.sitio.usuarios.get(actor)
    return usuario.persona.nombre_completo if usuario else actor
