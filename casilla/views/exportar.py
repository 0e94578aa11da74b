"""All rows of a tray that a search asks for, in its order, as a file (guide, screen 19).

The address carries the same parameters as that of the tray. Looking at one's own list changes nothing.
"""

from tempfile import TemporaryFile
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.printing import listado_csv, listado_excel, listado_ods, listado_pdf
from casilla.printing.listado import Listado
from casilla.resources.casilla import BANDEJAS, LEIDOS, PENDIENTES, Casilla
from casilla.services.bandeja import Lugar
from casilla.services.busqueda import buscar, filas
from casilla.services.horas import dia_en_lima
from casilla.views.descargas import RespuestaDeArchivo
from casilla.views.filtros import Buscador

FORMATOS = {"xlsx": listado_excel, "pdf": listado_pdf, "csv": listado_csv, "ods": listado_ods}
ROTULOS = {"xlsx": "Exportar a Excel", "pdf": "Exportar a PDF", "csv": "CSV", "ods": "ODS"}


def includeme(config: Configurator) -> None:
    """Read the setting ``casilla.exportar_maximo``. Raises ValueError when it is no number."""
    settings = config.get_settings()
    settings["casilla.exportar_maximo"] = int(settings.get("casilla.exportar_maximo", 10_000))


def enlaces(casilla: Casilla, request: Request, nombre: str, buscador: Buscador) -> list[tuple[str, str]]:
    """Words and address of each file to be had of what the page shows."""
    parametros = urlencode({"bandeja": nombre} | buscador.consulta.parametros())
    return [
        (rotulo, f"{request.resource_path(casilla, f'exportar.{formato}')}?{parametros}")
        for formato, rotulo in ROTULOS.items()
    ]


@view_config(context=Casilla, name="exportar.xlsx", request_method="GET", permission=Permiso.VER_CASILLA)
def excel(context: Casilla, request: Request) -> Any:
    return _exportar(context, request, "xlsx")


@view_config(context=Casilla, name="exportar.pdf", request_method="GET", permission=Permiso.VER_CASILLA)
def pdf(context: Casilla, request: Request) -> Any:
    return _exportar(context, request, "pdf")


@view_config(context=Casilla, name="exportar.csv", request_method="GET", permission=Permiso.VER_CASILLA)
def valores_separados(context: Casilla, request: Request) -> Any:
    return _exportar(context, request, "csv")


@view_config(context=Casilla, name="exportar.ods", request_method="GET", permission=Permiso.VER_CASILLA)
def ods(context: Casilla, request: Request) -> Any:
    return _exportar(context, request, "ods")


def _exportar(casilla: Casilla, request: Request, formato: str) -> Any:
    nombre = request.GET.get("bandeja", PENDIENTES)
    if nombre not in BANDEJAS:
        raise HTTPNotFound
    aqui = request.resource_path(casilla, *([LEIDOS] if nombre == LEIDOS else []))
    buscador = Buscador(aqui, request.GET)
    cuantas = buscar(casilla, nombre, buscador.consulta, Lugar()).cuantas
    maximo = request.registry.settings["casilla.exportar_maximo"]
    if cuantas > maximo:
        return _demasiadas(request, buscador, nombre, cuantas, maximo)
    listado = Listado(
        bandeja=nombre,
        titular=casilla.persona.nombre_completo,
        institucion=request.institucion.nombre,
        filtro=str(buscador.consulta),
        orden=buscador.orden_en_palabras,
        hecho_en=request.ahora,
        cuantas=cuantas,
        filas=filas(casilla, nombre, buscador.consulta),
    )
    return _archivo(request, listado, formato)


def _archivo(request: Request, listado: Listado, formato: str) -> RespuestaDeArchivo:
    archivo = TemporaryFile(dir=request.sitio.carpeta_temporal)  # noqa: SIM115 - the answer closes it
    modulo = FORMATOS[formato]
    modulo.escribir(listado, archivo)
    tamano = archivo.seek(0, 2)
    archivo.seek(0)
    return RespuestaDeArchivo(
        request,
        archivo,
        nombre=f"casilla_{listado.bandeja}_{dia_en_lima(request.ahora)}.{formato}",
        tipo=modulo.TIPO,
        tamano=tamano,
        etag=uuid4().hex,  # a list is never the same again: it says when it was made
        fecha=request.ahora,
    )


def _demasiadas(request: Request, buscador: Buscador, nombre: str, cuantas: int, maximo: int) -> Any:
    request.response.status_int = 422
    datos = {
        "titulo": "Son demasiadas notificaciones para un solo archivo",
        "seccion": nombre,
        "cuantas": cuantas,
        "maximo": maximo,
        "bandeja": buscador.url(),
    }
    return render_to_response("casilla:templates/exportar.pt", datos, request, response=request.response)
