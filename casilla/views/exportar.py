"""All rows of a tray that a search asks for, in its order, as a file (guide, screen 19).

The address carries the same parameters as that of the tray. Looking at one's own list changes nothing; a list that is
too long to wait for is a job, which is asked for by a form and collected from "Mis exportaciones".
"""

from collections.abc import Callable
from dataclasses import dataclass
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
from casilla.printing.formatos import FORMATOS, NOMBRES
from casilla.printing.listado import Lista, Listado
from casilla.resources.casilla import BANDEJAS, LEIDOS, PENDIENTES, Casilla
from casilla.services import exportaciones
from casilla.services.busqueda import filas, numeros
from casilla.services.cifras import miles
from casilla.services.exportaciones import MAXIMO, Pedido, pedir
from casilla.services.trabajos import DemasiadosTrabajos
from casilla.views.cuenta.pagina import ir
from casilla.views.descargas import RespuestaDeArchivo
from casilla.views.filtros import Buscador

ROTULOS = {"xlsx": "Exportar a Excel", "pdf": "Exportar a PDF", "csv": "CSV", "ods": "ODS"}


def includeme(config: Configurator) -> None:
    """Read the settings of exports. Raises ValueError when one is no number."""
    settings = config.get_settings()
    de_una_vez = int(settings.get("casilla.exportar_en_segundo_plano", exportaciones.DE_UNA_VEZ))
    settings["casilla.exportar_en_segundo_plano"] = de_una_vez
    settings["casilla.exportaciones_dias"] = exportaciones.dias(settings)


def enlaces(casilla: Casilla, request: Request, nombre: str, buscador: Buscador) -> list[tuple[str, str]]:
    """Words and address of each file to be had of what the page shows."""
    parametros = urlencode({"bandeja": nombre} | buscador.consulta.parametros())
    return [
        (rotulo, f"{request.resource_path(casilla, f'exportar.{formato}')}?{parametros}")
        for formato, rotulo in ROTULOS.items()
    ]


def aparte(request: Request, cuantas: int) -> bool:
    """Whether a list of so many rows is made while its reader does something else."""
    return cuantas > request.registry.settings["casilla.exportar_en_segundo_plano"]


def _de_cada_formato(metodo: str) -> Callable[[Any], Any]:
    def decorar(vista: Any) -> Any:
        for formato in FORMATOS:
            nombre = f"exportar.{formato}"
            view_config(context=Casilla, name=nombre, request_method=metodo, permission=Permiso.VER_CASILLA)(vista)
        return vista

    return decorar


@dataclass(frozen=True)
class Solicitado:
    """What an address asks for: the rows, by their numbers, and as what kind of file."""

    pedido: Pedido
    buscador: Buscador
    numeros: list[int]

    @classmethod
    def leer(cls, casilla: Casilla, request: Request) -> "Solicitado":
        nombre = request.GET.get("bandeja", PENDIENTES)
        if nombre not in BANDEJAS:
            raise HTTPNotFound
        aqui = request.resource_path(casilla, *([LEIDOS] if nombre == LEIDOS else []))
        buscador = Buscador(aqui, request.GET)
        pedido = Pedido(nombre, request.view_name.rpartition(".")[2], buscador.consulta)
        return cls(pedido, buscador, numeros(casilla, nombre, buscador.consulta))

    @property
    def cuantas(self) -> int:
        return len(self.numeros)


@_de_cada_formato("GET")
def exportar(context: Casilla, request: Request) -> Any:
    solicitado = Solicitado.leer(context, request)
    if aparte(request, solicitado.cuantas):
        return _ofrecer(request, solicitado)
    listado = Listado.de(
        context,
        solicitado.pedido.bandeja,
        solicitado.pedido.consulta,
        institucion=request.institucion.nombre,
        hecho_en=request.ahora,
        cuantas=solicitado.cuantas,
        filas=filas(context, solicitado.numeros),
    )
    return archivo_de(request, listado, solicitado.pedido.formato)


@_de_cada_formato("POST")
def preparar(context: Casilla, request: Request) -> Any:
    solicitado = Solicitado.leer(context, request)
    if solicitado.cuantas > MAXIMO:
        return _ofrecer(request, solicitado)
    usuario = request.identity.usuario
    try:
        pedir(request.sitio, context, usuario, solicitado.pedido, cuantas=solicitado.cuantas, ahora=request.ahora)
    except DemasiadosTrabajos:
        return ir(request, "exportaciones", "Espere a que estén listas las que ya pidió, o cancele una.", "aviso")
    return ir(request, "exportaciones", "Estamos preparando su archivo. Puede seguir usando su casilla mientras tanto.")


def archivo_de(request: Request, listado: Lista, formato: str) -> RespuestaDeArchivo:
    """Any list as a file of that kind, a key of FORMATOS."""
    archivo = TemporaryFile(dir=request.sitio.carpeta_temporal)  # noqa: SIM115 - the answer closes it
    modulo = FORMATOS[formato]
    modulo.escribir(listado, archivo)
    tamano = archivo.seek(0, 2)
    archivo.seek(0)
    return RespuestaDeArchivo(
        request,
        archivo,
        nombre=f"{listado.nombre}.{formato}",
        tipo=modulo.TIPO,
        tamano=tamano,
        etag=uuid4().hex,  # a list is never the same again: it says when it was made
        fecha=request.ahora,
    )


def _ofrecer(request: Request, solicitado: Solicitado) -> Any:
    """A page with the button that asks for the file, or why it cannot be made."""
    caben = solicitado.cuantas <= MAXIMO
    request.response.status_int = 200 if caben else 422
    datos = {
        "titulo": "Preparar el archivo" if caben else "Son demasiadas notificaciones para un solo archivo",
        "seccion": solicitado.pedido.bandeja,
        "caben": caben,
        "formato": NOMBRES[solicitado.pedido.formato],
        "cuantas": miles(solicitado.cuantas),
        "maximo": miles(MAXIMO),
        "dias": request.registry.settings["casilla.exportaciones_dias"],
        "aqui": request.path_qs,
        "bandeja": solicitado.buscador.url(),
    }
    return render_to_response("casilla:templates/exportar.pt", datos, request, response=request.response)
