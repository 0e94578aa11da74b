"""The files of a notification as its page lists them."""

from dataclasses import dataclass
from os.path import splitext

from pyramid.request import Request

from casilla.gateways import pdftotext
from casilla.resources.adjunto import Adjunto
from casilla.resources.notificacion import Notificacion
from casilla.services.documentos import peso
from casilla.services.paquete import visibles
from casilla.services.texto_pdf import es_imagen
from casilla.views.adjunto import LECTURA, PDF
from casilla.views.casilla import con_vuelta

ROTULOS = {"documento": "Documento original", "constancia": "Constancia de notificación electrónica"}


@dataclass(frozen=True)
class Archivo:
    """A file as it is shown; ``detalle`` as "PDF, 312 KB, 4 páginas".

    ``huella`` is empty for what is made when it is asked for. ``url_ver``, ``url_texto``: where browsers show it, and
    its words; None where they cannot. ``escaneado``: it is a picture of words, which no screen reader speaks.
    """

    rotulo: str
    nombre: str
    detalle: str
    huella: str
    url: str
    url_ver: str | None = None
    url_texto: str | None = None
    escaneado: bool = False


def archivos(notificacion: Notificacion, request: Request, volver: str) -> list[Archivo]:
    """Those that the person may have by now; once it was opened, the paper that says so stands last.

    ``volver``: the tray that its page leads back to.
    """
    listados = [_archivo(a, notificacion, request, volver) for a in visibles(notificacion)]
    if notificacion.abierta:
        url = request.resource_path(notificacion, LECTURA)
        nombre = f"constancia-de-lectura-{notificacion.codigo}.pdf"
        listados.append(Archivo("Constancia de lectura", nombre, "PDF", "", url, f"{url}?ver=1"))
    return listados


def _archivo(adjunto: Adjunto, notificacion: Notificacion, request: Request, volver: str) -> Archivo:
    url = request.resource_path(notificacion, adjunto.__name__)
    rotulo = ROTULOS.get(adjunto.__name__, adjunto.__name__.replace("-", " ").capitalize())
    url_ver = f"{url}?ver=1" if adjunto.tipo == PDF else None
    # Our own paper is tagged, and speaks for itself.
    ajeno = url_ver is not None and adjunto.__name__ != "constancia"
    escaneado = ajeno and es_imagen(adjunto)
    url_texto = con_vuelta(f"{url}/texto", volver) if ajeno and not escaneado and pdftotext.disponible() else None
    return Archivo(rotulo, adjunto.nombre, detalle(adjunto), adjunto.huella, url, url_ver, url_texto, escaneado)


def detalle(adjunto: Adjunto) -> str:
    """As "PDF, 312 KB, 4 páginas"."""
    clase = splitext(adjunto.nombre)[1].removeprefix(".").upper() or adjunto.tipo
    paginas = {0: "", 1: ", 1 página"}.get(adjunto.paginas, f", {adjunto.paginas} páginas")
    return f"{clase}, {peso(adjunto.tamano)}{paginas}"
