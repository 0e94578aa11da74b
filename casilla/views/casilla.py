"""The trays of a casilla: what is waiting to be read, and what was (guide, screen 14)."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.resources.casilla import LEIDOS, PENDIENTES, Casilla, Fila
from casilla.services.bandeja import Lugar, Pagina, PaginaInexistente, pagina
from casilla.services.horas import dia_en_lima, en_lima, fecha_hora, fecha_larga, hora
from casilla.services.vencimiento import Vencimiento, vencimiento

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
    """None for whoever has not come in, or must change the password first."""
    if request.identity is None or request.identity.temporal:
        return None
    casilla = request.identity.cuenta.persona.casilla
    cerrada = fecha_larga(casilla.cerrada_en) if casilla.cerrada_en else ""
    return Menu(direccion_de_bandeja(casilla, request, PENDIENTES), len(casilla.pendientes), cerrada)


def direccion_de_bandeja(casilla: Casilla, request: Request, nombre: str) -> str:
    return request.resource_path(casilla, *(() if nombre == PENDIENTES else (nombre,)))


def _bandeja(casilla: Casilla, request: Request, nombre: str) -> Any:
    aqui = direccion_de_bandeja(casilla, request, nombre)
    try:
        esta = pagina(casilla, nombre, Lugar.leer(request.GET))
    except PaginaInexistente:
        return HTTPSeeOther(aqui)
    return {
        "titulo": _titulo(TITULOS[nombre], len(casilla.pendientes), esta),
        "seccion": nombre,
        "encabezado": TITULOS[nombre],
        "casilla": casilla,
        "correo": casilla.persona.correo,
        "aqui": aqui,
        "leidos": direccion_de_bandeja(casilla, request, LEIDOS),
        "renglones": [_renglon(n, fila, nombre, casilla, request) for n, fila in esta.filas],
        "iconos_de_estado": ICONOS.values(),
        "paginas": _paginas(esta, aqui),
        "cuantos": len(casilla.bandeja(nombre)),
        "actualizado": hora(request.ahora),
        "ahora": fecha_hora(request.ahora),
        "fecha_larga": fecha_larga,
        "fecha_hora": fecha_hora,
    }


def _titulo(encabezado: str, sin_leer: int, esta: Pagina) -> str:
    """As "(13) Pendientes por leer, página 1 de 4": what tells this tab of the browser from another."""
    cuenta = f"({sin_leer}) " if sin_leer else ""
    cual = f", página {esta.numero} de {esta.total}" if esta.total > 1 else ""
    return f"{cuenta}{encabezado}{cual}"


def _renglon(numero: int, fila: Fila, nombre: str, casilla: Casilla, request: Request) -> Renglon:
    estado = "Anulado" if fila.anulado else "Sin leer" if nombre == PENDIENTES else "Leído"
    url = request.resource_path(casilla, str(numero))
    return Renglon(fila, url, en_lima(fila.fecha_emision).year, estado, _vencimiento(fila, request))


def _vencimiento(fila: Fila, request: Request) -> Vencimiento | None:
    if fila.vence is None or fila.anulado:
        return None
    desde = request.calendario.computo(fila.depositado_en).desde
    return vencimiento(fila.vence, desde, dia_en_lima(request.ahora), request.calendario)


def _paginas(esta: Pagina, aqui: str) -> Paginas:
    def url(lugar: Lugar | None) -> str | None:
        return None if lugar is None else f"{aqui}?{urlencode(lugar.parametros())}".rstrip("?")

    return Paginas(
        esta.numero,
        esta.total,
        url(esta.anterior and Lugar()),
        url(esta.anterior),
        url(esta.siguiente),
        url(esta.siguiente and Lugar(ultima=True)),
    )
