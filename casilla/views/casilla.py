"""The trays of a casilla: what is waiting to be read, and what was (guide, screen 14)."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.resources.casilla import BANDEJAS, LEIDOS, PENDIENTES, Casilla, Fila
from casilla.services.bandeja import Lugar, Pagina, PaginaInexistente
from casilla.services.busqueda import buscar
from casilla.services.horas import dia_en_lima, en_lima, fecha_hora, fecha_larga, hora
from casilla.services.rebotes import Rebote
from casilla.services.vencimiento import Vencimiento, vencimiento
from casilla.views.caminos import propio
from casilla.views.exportar import aparte, enlaces
from casilla.views.filtros import Buscador

TITULOS = {PENDIENTES: "Pendientes por leer", LEIDOS: "Leídos"}
ICONOS = {"Sin leer": "sobre", "Leído": "sobre_abierto", "Anulado": "atencion"}
PLANTILLA = "casilla:templates/bandeja.pt"


@view_config(context=Casilla, request_method="GET", permission=Permiso.VER_CASILLA, renderer=PLANTILLA, http_cache=0)
def pendientes(context: Casilla, request: Request) -> Any:
    return _bandeja(context, request, PENDIENTES)


@view_config(
    context=Casilla, name=LEIDOS, request_method="GET", permission=Permiso.VER_CASILLA, renderer=PLANTILLA, http_cache=0
)
def leidos(context: Casilla, request: Request) -> Any:
    return _bandeja(context, request, LEIDOS)


@dataclass(frozen=True)
class Renglon:
    """A row as it is shown: the stored one with its address, its year, its state in a word and its deadline."""

    fila: Fila
    url: str
    ano: int
    estado: str
    vencimiento: Vencimiento | None

    @property
    def icono(self) -> str:
        return ICONOS[self.estado]


@dataclass(frozen=True)
class Paginas:
    """What the pagination of the kit draws: this page, and the addresses of the others that can be reached from it."""

    numero: int
    total: int
    primera: str | None
    anterior: str | None
    siguiente: str | None
    ultima: str | None


@dataclass(frozen=True)
class Menu:
    """What the frame of every page shows to whoever has come in; ``cerrada``: since when the casilla is, or empty."""

    url: str
    pendientes: int
    cerrada: str = ""


def menu(request: Request) -> Menu | None:
    """None for whoever has not come in, or must change the password or accept a text first."""
    if request.identity is None or request.identity.temporal or request.identity.por_aceptar:
        return None
    casilla = request.identity.cuenta.persona.casilla
    cerrada = fecha_larga(casilla.cerrada_en) if casilla.cerrada_en else ""
    return Menu(direccion_de_bandeja(casilla, request, PENDIENTES), len(casilla.pendientes), cerrada)


def direccion_de_bandeja(casilla: Casilla, request: Request, nombre: str) -> str:
    return request.resource_path(casilla, *(() if nombre == PENDIENTES else (nombre,)))


def de_que_bandeja(casilla: Casilla, request: Request, camino: Any, si_no: str) -> tuple[str, str]:
    """Which tray somebody came from, and its address with their filters, order and page, if ``camino`` is one such.

    Else the plain tray ``si_no``: whoever writes the address of a page may not choose where it leads back to.
    """
    if isinstance(camino, str) and propio(camino):
        for nombre in BANDEJAS:
            if camino.partition("?")[0] == direccion_de_bandeja(casilla, request, nombre):
                return nombre, camino
    return si_no, direccion_de_bandeja(casilla, request, si_no)


def con_vuelta(url: str, volver: str) -> str:
    """The address of a notification's page that leads back to where one comes from."""
    return f"{url}?{urlencode({'volver': volver})}"


def _bandeja(casilla: Casilla, request: Request, nombre: str) -> Any:
    buscador = Buscador(direccion_de_bandeja(casilla, request, nombre), request.GET)
    try:
        lugar = Lugar.leer(request.GET)
        esta = buscar(casilla, nombre, buscador.consulta, lugar)
    except PaginaInexistente:
        return HTTPSeeOther(buscador.url())
    return {
        "titulo": _titulo(casilla, nombre, buscador, esta),
        "con_error": bool(buscador.consulta.errores),
        "seccion": nombre,
        "encabezado": TITULOS[nombre],
        "casilla": casilla,
        "correo": casilla.persona.correo,
        "rebote": Rebote.de(casilla.persona),
        "buscador": buscador,
        "leidos": direccion_de_bandeja(casilla, request, LEIDOS),
        "aqui": buscador.url(lugar),
        "renglones": [_renglon(n, fila, nombre, casilla, request) for n, fila in esta.filas],
        "iconos_de_estado": ICONOS.values(),
        "paginas": _paginas(esta, buscador),
        "exportar": enlaces(casilla, request, nombre, buscador),
        "aparte": aparte(request, esta.cuantas),
        "cuantos": len(casilla.bandeja(nombre)),
        "hallados": esta.cuantas,
        "estado": _estado(esta.cuantas, len(casilla.bandeja(nombre)), nombre, buscador.consulta.filtra),
        "actualizado": hora(request.ahora),
        "ahora": fecha_hora(request.ahora),
        "fecha_larga": fecha_larga,
        "fecha_hora": fecha_hora,
        "con_vuelta": con_vuelta,
    }


def _titulo(casilla: Casilla, nombre: str, buscador: Buscador, esta: Pagina) -> str:
    """As "(13) Pendientes por leer, página 1 de 4": what tells this tab of the browser from another."""
    cuenta = f"({len(casilla.pendientes)}) " if len(casilla.pendientes) else ""
    filtro = f", con filtros: {esta.cuantas} de {len(casilla.bandeja(nombre))}" if buscador.consulta.filtra else ""
    cual = f", página {esta.numero} de {esta.total}" if esta.total > 1 else ""
    return f"{cuenta}{TITULOS[nombre]}{filtro}{cual}"


def _estado(hallados: int, cuantos: int, nombre: str, filtra: bool) -> str:
    """How many there are, said aloud by "Actualizar": as "2 de 13 notificaciones sin leer cumplen los filtros."."""
    cosas = ("1 notificación" if cuantos == 1 else f"{cuantos} notificaciones") + " sin leer" * (nombre == PENDIENTES)
    if not cuantos or not filtra:
        return f"{cosas}." if cuantos else ""
    if not hallados:
        return f"Ninguna notificación{' sin leer' * (nombre == PENDIENTES)} cumple los filtros."
    return f"{hallados} de {cosas} {'cumple' if hallados == 1 else 'cumplen'} los filtros."


def _renglon(numero: int, fila: Fila, nombre: str, casilla: Casilla, request: Request) -> Renglon:
    estado = "Anulado" if fila.anulado else "Sin leer" if nombre == PENDIENTES else "Leído"
    url = request.resource_path(casilla, str(numero))
    return Renglon(fila, url, en_lima(fila.fecha_emision).year, estado, _vencimiento(fila, request))


def _vencimiento(fila: Fila, request: Request) -> Vencimiento | None:
    if fila.vence is None or fila.anulado:
        return None
    calendario = request.calendario_al(fila.depositado_en)
    desde = calendario.computo(fila.depositado_en).desde
    return vencimiento(fila.vence, desde, dia_en_lima(request.ahora), calendario)


def _paginas(esta: Pagina, buscador: Buscador) -> Paginas:
    return Paginas(
        esta.numero,
        esta.total,
        buscador.url() if esta.anterior else None,
        buscador.url(esta.anterior) if esta.anterior else None,
        buscador.url(esta.siguiente) if esta.siguiente else None,
        buscador.url(Lugar(ultima=True)) if esta.siguiente else None,
    )
