"""One bulk: how it is getting on, what was found in it, what became of each row; and the orders about it."""

from dataclasses import dataclass
from itertools import islice
from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.printing.informe_de_lote import InformeDeLote
from casilla.resources.administracion import FichaLote
from casilla.resources.lote import Lote
from casilla.services.cifras import miles
from casilla.services.horas import fecha_con_dia, fecha_hora, hora
from casilla.services.lotes import DEPOSITO, REVISION, encargar_trabajo, pendientes, va_en_papel
from casilla.services.tabla_de_lote import leer_tabla
from casilla.services.trabajos import DemasiadosTrabajos, cancelar
from casilla.views.admin.marcha_de_lote import marcha
from casilla.views.admin.notificar_revision import fuera_de_hora
from casilla.views.admin.pagina import auditar, direccion, ir
from casilla.views.exportar import archivo_de
from casilla.workflow import TransicionInvalida

# Rows shown; the whole is in the report to take away.
MOSTRADAS = 100
FORMATOS = {"csv": "CSV", "xlsx": "Excel"}
_YA = "Ya se había ordenado, y no se ordenó otra vez. Así está el lote ahora."
_OCUPADO = "Ya hay otros lotes suyos en curso. Espere a que terminen, o detenga uno."


@dataclass(frozen=True)
class Renglon:
    """A row with something to say of it."""

    fila: int
    quejas: tuple[tuple[str, str], ...]


@view_config(
    context=FichaLote,
    request_method="GET",
    permission=Permiso.VER_DEPOSITOS,
    renderer="casilla:templates/admin_lote.pt",
    http_cache=0,
)
def ver(context: FichaLote, request: Request) -> Any:
    lote: Lote = context.objeto
    url = direccion(request, "lotes", lote.__name__)
    computo = request.calendario.computo(request.ahora)
    return {
        "miles": miles,
        "lote": lote,
        "url": url,
        "marcha": marcha(lote, request),
        "mio": lote.de == request.identity.usuario,
        "subido": fecha_hora(lote.creado_en),
        "actualizado": hora(request.ahora),
        "pendientes": pendientes(lote),
        "en_papel": sum(map(va_en_papel, lote.errores.values())),
        "errores": [Renglon(n, quejas) for n, quejas in islice(lote.errores.items(), MOSTRADAS)],
        "con_aviso": sum(n > 0 and n not in lote.errores for n in lote.avisos),
        "aviso_general": ". ".join(motivo[0].upper() + motivo[1:] for _, motivo in lote.avisos.get(0, ())),
        "hechas": list(islice(lote.hechas.items(), MOSTRADAS)),
        "seguimiento": direccion(request, "depositos"),
        "computo": fecha_con_dia(computo.desde),
        "fuera_de_hora": fuera_de_hora(request.calendario, request.ahora),
        "formatos": FORMATOS,
        "mostradas": MOSTRADAS,
    }


@view_config(context=FichaLote, name="informe", request_method="POST", permission=Permiso.VER_DEPOSITOS, http_cache=0)
def informe(context: FichaLote, request: Request) -> Response:
    """The report of every row, as it stands now. It names people: who takes it away leaves a trace."""
    lote, formato = context.objeto, request.POST.get("formato", "")
    if formato not in FORMATOS:
        raise HTTPNotFound
    todo = InformeDeLote(lote, leer_tabla(lote.tabla.bytes()), request.institucion.nombre, request.ahora)
    auditar(request, "exportar", f"lotes/{lote.__name__}", despues=f"{formato}, filas: {todo.cuantas}")
    return archivo_de(request, todo, formato)


@view_config(context=FichaLote, name="notificar", request_method="POST", permission=Permiso.NOTIFICAR)
def notificar(context: FichaLote, request: Request) -> HTTPSeeOther:
    """Have what is right deposited. A second order, or one with nothing left to do, changes nothing."""
    lote = context.objeto
    if not {"notificar", "seguir"} & set(marcha(lote, request).puede):
        return ir(request, "lotes", lote.__name__, palabras=_YA, cola="aviso")
    return _encargado(request, lote, DEPOSITO, "encargar-lote", f"{pendientes(lote)} filas por notificar")


@view_config(context=FichaLote, name="revisar", request_method="POST", permission=Permiso.NOTIFICAR)
def revisar(context: FichaLote, request: Request) -> HTTPSeeOther:
    if "revisar" not in marcha(context.objeto, request).puede:
        return ir(request, "lotes", context.__name__, palabras=_YA, cola="aviso")
    return _encargado(request, context.objeto, REVISION, "revisar-lote", "")


def _encargado(request: Request, lote: Lote, clase: str, acto: str, despues: str) -> HTTPSeeOther:
    try:
        encargar_trabajo(request.sitio, lote, clase, request.ahora)
    except DemasiadosTrabajos:
        return ir(request, "lotes", lote.__name__, palabras=_OCUPADO, cola="aviso")
    auditar(request, acto, f"lotes/{lote.__name__}", despues=despues)
    return ir(request, "lotes", lote.__name__)


@view_config(context=FichaLote, name="detener", request_method="POST", permission=Permiso.NOTIFICAR)
def detener(context: FichaLote, request: Request) -> HTTPSeeOther:
    """What is done stays done; the rest can be asked for again."""
    lote = context.objeto
    try:
        cancelar(request.sitio.trabajos[lote.trabajo], request.identity.usuario, request.ahora)
    except (KeyError, TransicionInvalida):
        return ir(request, "lotes", lote.__name__, palabras="Ya había terminado.", cola="aviso")
    auditar(request, "cancelar-lote", f"lotes/{lote.__name__}", despues=f"{len(lote.hechas)} filas notificadas")
    return ir(request, "lotes", lote.__name__, palabras="Se detuvo el lote.")
