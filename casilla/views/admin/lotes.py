"""Deposits in bulk: how to make one, the form that brings it, and those of this person."""

from dataclasses import replace
from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from casilla import fields
from casilla.forms import Esquema, Formulario
from casilla.permissions import Permiso
from casilla.resources.administracion import SeccionLotes
from casilla.resources.lote import Lote
from casilla.services import lotes
from casilla.services.borradores import VIGENCIA
from casilla.services.cifras import miles
from casilla.services.documentos import Archivo
from casilla.services.horas import fecha_hora, fecha_larga
from casilla.services.paquete_de_lote import Paquete
from casilla.services.tabla_de_lote import COLUMNAS, MAXIMO_FILAS, MAXIMO_TABLA, leer_tabla, plantilla
from casilla.services.trabajos import DemasiadosTrabajos
from casilla.views.admin.marcha_de_lote import marcha
from casilla.views.admin.pagina import auditar, direccion, ir
from casilla.views.descargas import disposicion

PLANTILLA = "plantilla.csv"


def como_tabla(archivo: Archivo) -> Archivo:
    """The file, known to be a table of a bulk. Raises DocumentoInvalido."""
    leer_tabla(archivo.ruta.read_bytes())
    return replace(archivo, tipo="text/csv")


def como_paquete(archivo: Archivo) -> Archivo:
    """The file, known to be a ZIP whose names can be read. Raises DocumentoInvalido."""
    with archivo.ruta.open("rb") as abierto, Paquete(abierto):
        return replace(archivo, tipo="application/zip")


class EsquemaLote(Esquema):
    tabla = fields.archivo(
        "Tabla",
        "Elija la tabla",
        tope=MAXIMO_TABLA,
        clase=f"CSV de {miles(MAXIMO_FILAS)} filas como máximo",
        acepta=".csv,text/csv",
        examen=como_tabla,
    )
    # Not looked at by the antivirus as a whole, which may be more than it takes: each file of it is, in the dry run.
    paquete = fields.archivo(
        "Documentos",
        "Elija el ZIP con los documentos",
        tope="casilla.max_lote",
        clase="ZIP con los PDF y los anexos",
        acepta=".zip,application/zip",
        examen=como_paquete,
        antivirus=False,
    )


@view_config(
    context=SeccionLotes,
    request_method=("GET", "POST"),
    permission=Permiso.NOTIFICAR,
    subidas={"tabla": MAXIMO_TABLA, "paquete": "casilla.max_lote"},
    renderer="casilla:templates/admin_lotes.pt",
    http_cache=0,
)
def traer(context: SeccionLotes, request: Request) -> Any:
    formulario = Formulario(EsquemaLote(), request, botones=("Subir y revisar",))
    datos = formulario.validos(request)
    if datos is not None:
        try:
            return _traido(request, datos["tabla"], datos["paquete"])
        except DemasiadosTrabajos:
            formulario.marcar("Ya hay otros lotes suyos en revisión. Espere a que terminen, o detenga uno")
    return {
        "formulario": formulario,
        "columnas": COLUMNAS,
        "plantilla": direccion(request, "lotes", PLANTILLA),
        "renglones": [renglon(lote, request) for lote in request.sitio.lotes.de(request.identity.usuario)],
        "notificar": direccion(request, "notificar"),
        "sin_dependencias": not request.identity.cuenta.dependencias,
    }


def _traido(request: Request, tabla: Archivo, paquete: Archivo) -> Any:
    lote = lotes.traer(request.sitio, request.identity.usuario, tabla, paquete, request.ahora)
    subidos = "\n".join(f"{archivo.nombre} sha256:{archivo.huella}" for archivo in (tabla, paquete))
    auditar(request, "subir-lote", f"lotes/{lote.__name__}", despues=subidos)
    return ir(request, "lotes", lote.__name__, palabras="Recibimos el lote y lo estamos revisando.")


def renglon(lote: Lote, request: Request) -> dict[str, Any]:
    """A bulk, as lists show it."""
    return {
        "titulo": lote.tabla.nombre,
        "url": direccion(request, "lotes", lote.__name__),
        "cuando": fecha_hora(lote.creado_en),
        "filas": lote.filas or "—",
        "estado": marcha(lote, request).palabras,
        "hasta": fecha_larga(lote.creado_en + VIGENCIA),
    }


@view_config(context=SeccionLotes, name=PLANTILLA, request_method="GET", permission=Permiso.NOTIFICAR)
def ejemplo(context: SeccionLotes, request: Request) -> Response:
    nombre = disposicion("plantilla-de-lote.csv")
    return Response(plantilla(), content_type="text/csv", charset="utf-8", content_disposition=nombre)
