"""One notification for the institution's people, ``/admin/depositos/CODIGO``: what became of it, what they may do."""

from dataclasses import dataclass
from os.path import splitext
from tempfile import TemporaryFile
from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from casilla import fields
from casilla.forms import Boton, Esquema, Formulario
from casilla.permissions import Permiso
from casilla.printing.listado_de_depositos import documento_de
from casilla.resources.adjunto import Adjunto
from casilla.resources.administracion import FichaDeposito
from casilla.resources.notificacion import Notificacion
from casilla.services.atencion import NoSeReenvia, consultar, motivo_para_no_reenviar, reenviar_aviso
from casilla.services.codigos import en_grupos
from casilla.services.consulta_de_depositos import ESTADOS
from casilla.services.cronica import cronica, texto_legal
from casilla.services.documentos import peso
from casilla.services.horas import dia_en_lima, fecha_hora, fecha_hora_dicha, fecha_larga
from casilla.services.lectura import anular
from casilla.services.paquete import nombre_de_descarga
from casilla.services.prueba import Prueba, version_dicha
from casilla.services.vencimiento import vencimiento
from casilla.views.adjunto import lectura
from casilla.views.admin.depositos import ICONOS
from casilla.views.admin.dos_a_la_vez import lo_hizo
from casilla.views.admin.pagina import auditar, direccion, ir
from casilla.views.caminos import propio
from casilla.views.descargas import RespuestaDeArchivo
from casilla.workflow import TransicionInvalida

_ROTULOS = {"documento": "Documento original", "constancia": "Constancia de notificación electrónica"}
PRUEBA = "Expediente de prueba"


class EsquemaAnulacion(Esquema):
    motivo = fields.parrafo(
        "Motivo de la anulación",
        "Escriba el motivo",
        maximo=1000,
        description="Lo leerá la persona notificada, y queda en la historia de la notificación.",
    )


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


def _dejar_rastro(request: Request, n: Notificacion, que: str) -> None:
    """Where the citizen sees it, and where the institution does."""
    consultar(n, que, actor=request.identity.usuario, ahora=request.ahora)
    auditar(request, "ver-archivo", f"depositos/{n.codigo}", despues=que)


@pagina("archivo", Permiso.VER_DEPOSITOS, request_method="POST")
def archivo(context: FichaDeposito, request: Request) -> Response:
    """A file of it. By a form and not by a link: to look at it is an act that leaves a trace."""
    n: Notificacion = context.objeto
    adjunto = next((a for a in n.archivos if a.__name__ == request.POST.get("archivo")), None)
    if adjunto is None:
        raise HTTPNotFound
    _dejar_rastro(request, n, rotulo(adjunto))
    return RespuestaDeArchivo(
        request,
        adjunto.abrir(),
        nombre=nombre_de_descarga(n, adjunto),
        tipo=adjunto.tipo,
        tamano=adjunto.tamano,
        etag=adjunto.huella,
        fecha=n.depositado_en,
    )


@pagina("prueba", Permiso.VER_DEPOSITOS, request_method="POST")
def prueba(context: FichaDeposito, request: Request) -> Response:
    """The proof bundle, made now; the trace that it leaves is in it."""
    n: Notificacion = context.objeto
    _dejar_rastro(request, n, PRUEBA)
    bulto = Prueba(
        request.sitio,
        n,
        lectura(n, request) if n.abierta else None,
        f"{request.identity.nombres} ({request.identity.usuario})",
        request.ahora,
        request.publica("verificar", n.codigo),
    )
    destino = TemporaryFile(dir=request.sitio.carpeta_temporal)  # noqa: SIM115 - the answer closes it
    huella = bulto.escribir(destino)
    tamano = destino.tell()
    destino.seek(0)
    return RespuestaDeArchivo(
        request, destino, nombre=bulto.nombre, tipo="application/zip", tamano=tamano, etag=huella, fecha=request.ahora
    )


@pagina("reenviar", Permiso.GESTIONAR_DEPOSITOS, request_method="POST")
def reenviar(context: FichaDeposito, request: Request) -> HTTPSeeOther:
    n: Notificacion = context.objeto
    try:
        reenviar_aviso(request.sitio, n, actor=request.identity.usuario, ahora=request.ahora)
    except NoSeReenvia as motivo:
        palabras = f"No se reenvió el aviso. {motivo} {lo_hizo(request, f'depositos/{n.codigo}', 'reenviar-aviso')}"
        return ir(request, "depositos", n.codigo, palabras=palabras, cola="aviso")
    auditar(request, "reenviar-aviso", f"depositos/{n.codigo}")
    return ir(request, "depositos", n.codigo, palabras="El aviso está en cola y saldrá en unos momentos.")


@pagina(
    "anular",
    Permiso.GESTIONAR_DEPOSITOS,
    request_method=("GET", "POST"),
    renderer="casilla:templates/admin_deposito_anular.pt",
)
def anulacion(context: FichaDeposito, request: Request) -> Any:
    """The same act as the SGD's; what it means is said before."""
    n: Notificacion = context.objeto
    aqui = direccion(request, "depositos", n.codigo)
    if n.estado == "anulado":
        return _ya_anulada(request, n)
    formulario = Formulario(
        EsquemaAnulacion(), request, botones=("Anular la notificación", Boton("No anular", href=aqui))
    )
    datos = formulario.validos(request)
    if datos is None:
        return {"formulario": formulario, "n": n, "aqui": aqui, "notificada": n.__parent__.persona}
    antes = n.estado
    try:
        anular(request.sitio, n, motivo=datos["motivo"], actor=request.identity.usuario, ahora=request.ahora)
    except TransicionInvalida:
        return _ya_anulada(request, n)
    auditar(request, "anular", f"depositos/{n.codigo}", antes=antes, despues=datos["motivo"])
    return ir(request, "depositos", n.codigo, palabras="La notificación quedó anulada.")


def _ya_anulada(request: Request, n: Notificacion) -> HTTPSeeOther:
    palabras = f"Esta notificación ya está anulada. {lo_hizo(request, f'depositos/{n.codigo}', 'anular')}"
    return ir(request, "depositos", n.codigo, palabras=palabras, cola="aviso")
