"""The follow-up board, ``/admin/depositos``: every notification that one may know of, and what became of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.printing.listado_de_depositos import Renglon as DelListado
from casilla.resources.administracion import SeccionDepositos
from casilla.resources.conjunto import momento
from casilla.resources.seguimiento import Fila
from casilla.services.bandeja import Lugar, PaginaInexistente
from casilla.services.cifras import miles
from casilla.services.consulta_de_depositos import AVISOS, ESTADOS, Consulta
from casilla.services.depositos import Pagina, Seleccion, pagina, persona_de
from casilla.services.horas import dia_en_lima, fecha_hora, fecha_larga, hora
from casilla.services.seguimiento import atraso
from casilla.views.admin.buscador_de_depositos import Buscador, alcance
from casilla.views.admin.consultas import CONSULTAR, consultado, ofrecer
from casilla.views.admin.pagina import auditar_consulta, direccion
from casilla.views.casilla import Paginas, con_vuelta
from casilla.views.exportar import ROTULOS, aparte

ICONOS = {"depositado": "sobre", "leido": "sobre_abierto", "anulado": "atencion"}


@view_config(
    context=SeccionDepositos,
    name="",
    request_method="GET",
    permission=Permiso.VER_DEPOSITOS,
    renderer="casilla:templates/admin_depositos.pt",
    http_cache=0,
)
def tablero(context: SeccionDepositos, request: Request) -> Any:
    """What somebody was notified of is shown to whoever looked them up, as their page is."""
    consulta = Consulta.leer(request.GET)
    casilla = consulta.valor("persona")
    if casilla in request.sitio.casillas and not consultado(request, f"personas/{casilla}"):
        return ofrecer(request, "depositos", f"{direccion(request, 'depositos', CONSULTAR)}?{request.query_string}")
    return _tablero(request, Buscador(request, consulta))


@view_config(
    context=SeccionDepositos,
    name="buscar",
    request_method="POST",
    permission=Permiso.VER_DEPOSITOS,
    renderer="casilla:templates/admin_depositos.pt",
    http_cache=0,
)
def buscar(context: SeccionDepositos, request: Request) -> Any:
    """From the form to an address that can be kept: a person goes into it by the name of their casilla."""
    consulta = Consulta.leer(request.POST)
    tecleado = consulta.valor("persona")
    if not tecleado:
        return HTTPSeeOther(Buscador(request, consulta).url())
    persona = persona_de(request.sitio, tecleado)
    auditar_consulta(request, persona)
    if persona is None:
        return _tablero(request, Buscador(request, consulta.sin("persona"), tecleado))
    casilla = {"persona": persona.casilla.__name__}
    return HTTPSeeOther(Buscador(request, Consulta.leer({**consulta.parametros(), **casilla})).url())


def _tablero(request: Request, buscador: Buscador) -> Any:
    hoy = dia_en_lima(request.ahora)
    seleccion = Seleccion(request.sitio, buscador.consulta, alcance(request), hoy)
    try:
        lugar = Lugar.leer(request.GET)
        esta = pagina(request.sitio, seleccion, lugar, buscador.consulta.por_pagina)
    except PaginaInexistente:
        return HTTPSeeOther(buscador.url())
    aqui = buscador.url(lugar)
    return {
        "miles": miles,
        "titulo": _titulo(esta),
        "seccion": "depositos",
        "notifica": request.has_permission(Permiso.NOTIFICAR),
        "con_error": bool(buscador.errores),
        "buscador": buscador,
        "esta": esta,
        "renglones": [_renglon(request, n, fila, hoy, aqui) for n, fila in esta.filas],
        "iconos_de_estado": ICONOS.values(),
        "paginas": _paginas(esta, buscador),
        "cuantas": _cuantas(esta),
        "al_dia": _al_dia(request),
        "formatos": ROTULOS,
        "exportar": f"{direccion(request, 'depositos', 'exportar')}?{urlencode(buscador.consulta.parametros())}",
        "aparte": aparte(request, esta.cuantas) or not esta.exacta,
        "exportaciones": direccion(request, "depositos", "exportaciones"),
        "ahora": fecha_hora(request.ahora),
    }


@dataclass(frozen=True)
class Renglon:
    """A row as it is shown; ``url``: where its button goes, which leaves an entry and opens the page."""

    fila: Fila
    url: str
    estado: str
    icono: str
    aviso: str
    depositada: str
    hace: str
    vence: str
    documento: str
    nombre: str


def _renglon(request: Request, numero: int, fila: Fila, hoy: date, volver: str) -> Renglon:
    depositada = momento(numero)
    _, _, documento, nombre = DelListado.de(request.sitio, numero, fila)
    leida = f"Leída el {fecha_hora(fila.leida_en)}" if fila.leida_en else ""
    return Renglon(
        fila,
        con_vuelta(direccion(request, "depositos", fila.codigo, CONSULTAR), volver),
        leida if fila.estado == "leido" else ESTADOS[fila.estado],
        ICONOS[fila.estado],
        AVISOS.get(fila.aviso, fila.aviso),
        fecha_hora(depositada),
        _hace((hoy - dia_en_lima(depositada)).days),
        f"{'Venció' if fila.vencida else 'Vence'} el {fecha_larga(fila.vence)}" if fila.vence else "",
        documento,
        nombre,
    )


def _hace(dias: int) -> str:
    return {0: "hoy", 1: "ayer"}.get(dias, f"hace {dias} días")


def _titulo(esta: Pagina) -> str:
    cual = f", página {esta.numero} de {esta.total}" if esta.total > 1 else ""
    return f"Notificaciones{cual}"


def _cuantas(esta: Pagina) -> str:
    if not esta.exacta:
        return f"Más de {miles(esta.cuantas)} notificaciones"
    return "1 notificación" if esta.cuantas == 1 else f"{miles(esta.cuantas)} notificaciones"


def _al_dia(request: Request) -> tuple[str, int]:
    """Up to when the board knows everything, as "las 10:11", and how many facts it does not know yet."""
    falta = atraso(request.sitio)
    hasta = falta.desde or request.ahora
    mismo_dia = dia_en_lima(hasta) == dia_en_lima(request.ahora)
    return (f"las {hora(hasta)}" if mismo_dia else f"el {fecha_hora(hasta)}"), falta.cuantos


def _paginas(esta: Pagina, buscador: Buscador) -> Paginas:
    return Paginas(
        esta.numero,
        esta.total,
        buscador.url() if esta.anterior else None,
        buscador.url(esta.anterior) if esta.anterior else None,
        buscador.url(esta.siguiente) if esta.siguiente else None,
        buscador.url(Lugar(ultima=True)) if esta.siguiente else None,
    )
