"""The rows of the follow-up board as a file."""

from collections.abc import Iterator
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.printing.formatos import FORMATOS
from casilla.printing.listado_de_depositos import ListadoDeDepositos, Renglon
from casilla.resources.administracion import SeccionDepositos
from casilla.resources.sitio import Sitio
from casilla.services.consulta_de_depositos import ORDENES, Consulta
from casilla.services.depositos import Seleccion, filas
from casilla.services.horas import dia_en_lima
from casilla.views.admin.buscador_de_depositos import MAXIMO, Buscador, alcance, de_quien
from casilla.views.admin.pagina import auditar, ir
from casilla.views.exportar import archivo_de


@view_config(
    context=SeccionDepositos, name="exportar", request_method="POST", permission=Permiso.VER_DEPOSITOS, http_cache=0
)
def exportar(context: SeccionDepositos, request: Request) -> Response:
    """The same rows as a file. It is asked for by a form: who takes a list of people away leaves a trace."""
    formato = request.POST.get("formato", "")
    if formato not in FORMATOS:
        raise HTTPNotFound
    buscador = Buscador(request, Consulta.leer(request.GET))
    seleccion = Seleccion(request.sitio, buscador.consulta, alcance(request), dia_en_lima(request.ahora))
    cuantas, exacta = seleccion.cuenta()
    if cuantas > MAXIMO or not exacta:
        palabras = f"Son más de {MAXIMO:,} notificaciones: use los filtros y exporte cada parte por separado."
        return ir(request, "depositos", palabras=palabras, cola="aviso")
    pedido = urlencode(buscador.consulta.parametros()) or "sin filtros"
    auditar(request, "exportar", "depositos", despues=f"{formato}, filas: {cuantas}, {pedido}")
    listado = ListadoDeDepositos(
        institucion=request.institucion.nombre,
        quien=request.identity.nombres,
        filtro=buscador.en_palabras,
        orden=ORDENES[buscador.consulta.orden],
        hecho_en=request.ahora,
        cuantas=cuantas,
        renglones=_del_listado(request.sitio, seleccion),
    )
    return archivo_de(request, listado, formato)


def _del_listado(sitio: Sitio, seleccion: Seleccion) -> Iterator[Renglon]:
    for numero, fila in filas(sitio, seleccion):
        yield Renglon(numero, fila, *de_quien(sitio, fila))
