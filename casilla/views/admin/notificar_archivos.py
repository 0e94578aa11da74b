"""Deposit by hand, step 3: the PDF and its annexes, each looked at as it comes and kept at once."""

from collections.abc import Mapping
from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from casilla import fields
from casilla.forms import Boton, Esquema, Formulario
from casilla.permissions import Permiso
from casilla.resources.adjunto import Adjunto
from casilla.resources.administracion import FichaBorrador, FichaDeposito
from casilla.resources.borrador import Borrador
from casilla.services.borradores import adjuntar, que_falta, quitar
from casilla.services.documentos import Archivo, peso
from casilla.services.texto_pdf import es_imagen
from casilla.views.admin.dos_a_la_vez import huella
from casilla.views.admin.notificar import PASOS, dicho, nombre_de
from casilla.views.admin.pagina import auditar, direccion, ir
from casilla.views.archivos import Archivo as Mostrado
from casilla.views.archivos import detalle
from casilla.views.descargas import RespuestaDeArchivo

PDF = "application/pdf"
MAXIMO_ANEXOS = 100
_ROTULOS = {"documento": "Documento original", "otro": "Otro documento"}


class EsquemaArchivos(Esquema):
    """``marca``: the SHA-256 of the document that was there when the page was opened."""

    marca = fields.oculto()
    documento = fields.pdf("Documento", "Elija el PDF del documento")
    anexos = fields.anexos("Anexos")


class EsquemaMasArchivos(EsquemaArchivos):
    documento = fields.pdf("Cambiar el documento por otro PDF", "", missing=None)
    anexos = fields.anexos("Más anexos")


@view_config(
    context=FichaBorrador,
    name="archivos",
    request_method=("GET", "POST"),
    permission=Permiso.NOTIFICAR,
    subidas={"documento": "casilla.max_documento", "anexos": "casilla.max_anexos_total"},
    renderer="casilla:templates/admin_notificar_archivos.pt",
)
def archivos(context: FichaBorrador, request: Request) -> Any:
    borrador = context.objeto
    if not borrador.en_curso:
        return ir(request, "notificar", borrador.__name__)
    formulario = _formulario(borrador, request)
    llenos = formulario.validos(request)
    if request.method == "POST":
        _guardar(context, request, formulario, llenos or formulario.salvados)
        if not formulario.error:
            return ir(request, "notificar", borrador.__name__, "archivos")
        formulario = _con_lo_que_quedo(borrador, request, formulario)
    return {
        "formulario": formulario,
        "paso": (3, PASOS),
        "nombre": nombre_de(borrador.destinatario, request),
        "documento": dicho(borrador.destinatario),
        "archivos": [
            (_mostrado(nombre, adjunto, borrador, request), _marca(nombre, adjunto))
            for nombre, adjunto in borrador.archivos.items()
        ],
        "documentos": 1 + len(borrador.otros),
        "quitar": direccion(request, "notificar", borrador.__name__, "quitar"),
        "revisar": direccion(request, "notificar", borrador.__name__, "revisar") if not que_falta(borrador) else "",
    }


def _formulario(borrador: Borrador, request: Request) -> Formulario:
    esquema = EsquemaMasArchivos() if borrador.documento else EsquemaArchivos()
    regreso = Boton("Regresar", href=direccion(request, "notificar", borrador.__name__, "datos"))
    # Once the document is there, to go on is what most want.
    subir = Boton("Subir", name="subir" if borrador.documento else None)
    presente = {"marca": borrador.documento.huella if borrador.documento else ""}
    return Formulario(esquema, request, botones=(subir, regreso), datos=presente)


def _guardar(context: FichaBorrador, request: Request, formulario: Formulario, llenos: Mapping[str, Any]) -> None:
    """What is right, whatever came with it; annexes that are too many with those that are there, none of them."""
    borrador, documento, anexos = context.objeto, llenos.get("documento"), llenos.get("anexos", ())
    if not _caben(request, borrador, formulario, anexos):
        anexos = ()
    subidos = [a for a in (documento, *anexos) if a]
    if subidos:
        adjuntar(request.sitio, borrador, documento, anexos, en_vez_de=llenos.get("marca", ""))
        auditar(request, "adjuntar", context.entrada, despues=_nombrados(subidos))


def _con_lo_que_quedo(borrador: Borrador, request: Request, anterior: Formulario) -> Formulario:
    """The form for what is missing still, with the complaints about what did not stay."""
    formulario = _formulario(borrador, request)
    for campo in anterior.children:
        if campo.error:
            formulario.marcar(campo.error.msg, campo.name)
    return formulario


def _marca(nombre: str, adjunto: Adjunto) -> str:
    """Of this very file, whatever was taken out before it: its number is not its own."""
    return huella({"clase": nombre.partition("-")[0], "nombre": adjunto.nombre, "contenido": adjunto.huella})


def _nombrados(subidos: list[Archivo]) -> str:
    return "\n".join(f"{archivo.nombre} sha256:{archivo.huella}" for archivo in subidos)


def _caben(request: Request, borrador: Borrador, formulario: Formulario, nuevos: tuple[Archivo, ...]) -> bool:
    """Whether the annexes, those that are there and the new ones, stay within the limits; if not, the form says so."""
    tope = request.registry.settings["casilla.max_anexos_total"]
    if sum(a.tamano for a in (*borrador.anexos, *nuevos)) > tope:
        formulario.marcar(f"Con los que ya subió, los anexos pasan de {peso(tope)}", "anexos")
    elif len(borrador.anexos) + len(nuevos) > MAXIMO_ANEXOS:
        formulario.marcar(f"Una notificación lleva {MAXIMO_ANEXOS} anexos como máximo", "anexos")
    else:
        return True
    return False


def mostrados(borrador: Borrador, request: Request) -> list[Mostrado]:
    """The files of a draft, as the page of a notification lists its own."""
    return [_mostrado(nombre, adjunto, borrador, request) for nombre, adjunto in borrador.archivos.items()]


def _mostrado(nombre: str, adjunto: Adjunto, borrador: Borrador, request: Request) -> Mostrado:
    rotulo = _ROTULOS.get(nombre.partition("-")[0]) or nombre.replace("-", " ").capitalize()
    url = direccion(request, "notificar", borrador.__name__, "archivo", nombre)
    es_pdf = adjunto.tipo == PDF
    return Mostrado(
        rotulo,
        adjunto.nombre,
        detalle(adjunto),
        adjunto.huella,
        url,
        f"{url}?ver=1" if es_pdf else None,
        escaneado=es_pdf and es_imagen(adjunto),
    )


@view_config(context=FichaBorrador, name="quitar", request_method="POST", permission=Permiso.NOTIFICAR)
def sacar(context: FichaBorrador, request: Request) -> HTTPSeeOther:
    """The one that was shown, if it is there still."""
    hallados = {_marca(nombre, adjunto): nombre for nombre, adjunto in context.objeto.archivos.items()}
    try:
        nombre = quitar(context.objeto, hallados[request.POST.get("archivo", "")])
    except KeyError:
        return ir(
            request, "notificar", context.__name__, "archivos", palabras="Ese archivo ya no estaba.", cola="aviso"
        )
    auditar(request, "quitar", context.entrada, antes=nombre)
    return ir(request, "notificar", context.__name__, "archivos", palabras=f"Se quitó «{nombre}».")


@view_config(context=FichaBorrador, name="archivo", request_method="GET", permission=Permiso.VER_DEPOSITOS)
def archivo(context: FichaBorrador, request: Request) -> Response:
    """``…/archivo/NOMBRE``: one of its files; after the deposit the constancia, for whoever made it.

    Others look at it where that leaves a trace, and so does who notifies for that dependencia no longer.
    """
    hallados: dict[str, Adjunto] = context.objeto.archivos
    if codigo := context.objeto.codigo:
        n = request.sitio.registro[codigo]
        suya = context.objeto.de == request.identity.usuario
        puede = suya and request.has_permission(Permiso.VER_DEPOSITOS, FichaDeposito(context.__parent__, codigo, n))
        hallados = {"constancia": n.constancia} if puede else {}
    try:
        adjunto = hallados["/".join(request.subpath)]
    except KeyError:
        raise HTTPNotFound from None
    return RespuestaDeArchivo(
        request,
        adjunto.abrir(),
        nombre=adjunto.nombre,
        tipo=adjunto.tipo,
        tamano=adjunto.tamano,
        etag=adjunto.huella,
        fecha=context.objeto.creado_en,
        mostrar=adjunto.tipo == PDF and request.GET.get("ver") == "1",
    )
