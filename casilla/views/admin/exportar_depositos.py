"""The rows of the follow-up board as a file: at once, or collected from "Mis exportaciones" when they are many."""

from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.printing.formatos import FORMATOS, NOMBRES
from casilla.printing.listado_de_depositos import ListadoDeDepositos, Renglon, filtros_en_palabras
from casilla.resources.administracion import SeccionDepositos
from casilla.resources.trabajo import Trabajo
from casilla.services.consulta_de_depositos import Consulta
from casilla.services.depositos import Seleccion, filas
from casilla.services.exportaciones_de_depositos import (
    PedidoDeDepositos,
    exportaciones_de_depositos,
    pedir_depositos,
    vigente,
)
from casilla.services.horas import dia_en_lima, fecha_hora, hora
from casilla.services.trabajos import DemasiadosTrabajos, cancelar
from casilla.views.admin.buscador_de_depositos import alcance
from casilla.views.admin.pagina import auditar, direccion, ir
from casilla.views.cuenta.exportaciones import Exportacion, cuenta, estado_de
from casilla.views.descargas import RespuestaDeArchivo
from casilla.views.exportar import aparte, archivo_de
from casilla.workflow import TransicionInvalida


def pagina(nombre: str, metodo: str, **opciones: Any) -> Any:
    return view_config(
        context=SeccionDepositos,
        name=nombre,
        request_method=metodo,
        permission=Permiso.VER_DEPOSITOS,
        http_cache=0,
        **opciones,
    )


@pagina("exportar", "POST")
def exportar(context: SeccionDepositos, request: Request) -> Response:
    """It is asked for by a form: who takes a list of people away leaves a trace."""
    formato, consulta = request.POST.get("formato", ""), Consulta.leer(request.GET)
    if formato not in FORMATOS:
        raise HTTPNotFound
    seleccion = Seleccion(request.sitio, consulta, alcance(request), dia_en_lima(request.ahora))
    cuantas, exacta = seleccion.cuenta()
    if aparte(request, cuantas) or not exacta:
        return _encargar(request, formato, consulta, cuantas)
    _asentar(request, formato, consulta, cuantas)
    listado = ListadoDeDepositos.de(
        request.sitio,
        consulta,
        quien=request.identity.nombres,
        hecho_en=request.ahora,
        cuantas=cuantas,
        renglones=(Renglon.de(request.sitio, *numero_y_fila) for numero_y_fila in filas(request.sitio, seleccion)),
    )
    return archivo_de(request, listado, formato)


def _asentar(request: Request, formato: str, consulta: Consulta, cuantas: int) -> None:
    """A person is named by their casilla, as in addresses."""
    pedido = urlencode(consulta.parametros()) or "sin filtros"
    auditar(request, "exportar", "depositos", despues=f"{formato}, filas: {cuantas}, {pedido}")


def _encargar(request: Request, formato: str, consulta: Consulta, cuantas: int) -> Response:
    cuenta_ = request.identity.cuenta
    try:
        pedir_depositos(request.sitio, cuenta_, formato, consulta, cuantas=cuantas, ahora=request.ahora)
    except DemasiadosTrabajos:
        return _a_la_lista(request, "Espere a que estén listas las que ya pidió, o cancele una.", "aviso")
    _asentar(request, formato, consulta, cuantas)
    return _a_la_lista(request, "Estamos preparando su archivo. Puede seguir trabajando mientras tanto.")


def _a_la_lista(request: Request, palabras: str, cola: str = "") -> Response:
    return ir(request, "depositos", "exportaciones", palabras=palabras, cola=cola)


@pagina("exportaciones", "GET", renderer="casilla:templates/admin_exportaciones.pt")
def exportaciones(context: SeccionDepositos, request: Request) -> Any:
    """The list; with ``?archivo=`` one of the files."""
    if "archivo" in request.GET:
        return _entregar(request, _suyo(request, request.GET["archivo"]))
    todas = exportaciones_de_depositos(request.sitio, request.identity.cuenta)
    return {
        "exportaciones": [_exportacion(trabajo, request) for trabajo in todas],
        "dias": request.registry.settings["casilla.exportaciones_dias"],
        "estado": cuenta(todas),
        "actualizado": hora(request.ahora),
        "depositos": direccion(request, "depositos"),
    }


def _exportacion(trabajo: Trabajo, request: Request) -> tuple[str, Exportacion]:
    """With its name."""
    pedido = PedidoDeDepositos.de(trabajo)
    return trabajo.__name__, Exportacion(
        titulo=f"{ListadoDeDepositos.titulo}, en {NOMBRES[pedido.formato]}",
        filtro="; ".join(filtros_en_palabras(request.sitio, pedido.consulta).values()),
        pedida=fecha_hora(trabajo.pedido_en),
        url=f"{direccion(request, 'depositos', 'exportaciones')}?{urlencode({'archivo': trabajo.__name__})}",
        **estado_de(trabajo, pedido.formato, request),
    )


def _suyo(request: Request, nombre: str) -> Trabajo:
    suyos = exportaciones_de_depositos(request.sitio, request.identity.cuenta)
    trabajo = next((trabajo for trabajo in suyos if trabajo.__name__ == nombre), None)
    if trabajo is None:
        raise HTTPNotFound
    return trabajo


def _entregar(request: Request, trabajo: Trabajo) -> Response:
    """To whoever may still know of what it holds."""
    archivo = trabajo.resultado
    if archivo is None or not vigente(trabajo):
        raise HTTPNotFound
    return RespuestaDeArchivo(
        request,
        archivo.abrir(),
        nombre=archivo.nombre,
        tipo=archivo.tipo,
        tamano=archivo.tamano,
        etag=archivo.huella,
        fecha=trabajo.desde,
    )


@pagina("cancelar-exportacion", "POST")
def cancelar_exportacion(context: SeccionDepositos, request: Request) -> Response:
    trabajo = _suyo(request, request.POST.get("archivo", ""))
    try:
        cancelar(trabajo, request.identity.usuario, request.ahora)
    except TransicionInvalida:
        return _a_la_lista(request, "Ya había terminado.", "aviso")
    auditar(request, "cancelar-exportacion", "depositos")
    return _a_la_lista(request, "Cancelamos la preparación del archivo.")
