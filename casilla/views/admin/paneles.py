"""The parts of the dashboard, each for whoever may see what it counts."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from pyramid.request import Request

from casilla.permissions import Permiso
from casilla.services import tablero
from casilla.services.cifras import miles
from casilla.services.horas import fecha_larga
from casilla.services.tablero import RECHAZADO, SIN_LEER, TOPE, Periodo, PorDia
from casilla.views.admin.buscador_de_depositos import alcance
from casilla.views.admin.grafico import Barra, Columnas, barra, columnas
from casilla.views.admin.pagina import direccion


@dataclass(frozen=True)
class Cifra:
    """A number and what it counts; ``url`` of the list behind it, empty for none."""

    cuantos: str
    que: str
    url: str = ""


@dataclass(frozen=True)
class Grafico:
    """A chart by day, with the table behind it: heads of its columns, and its rows, the last day first.

    The first column is the day, the second what the chart shows.
    """

    nombre: str
    titulo: str
    cabezas: tuple[str, ...]
    dibujo: Columnas
    filas: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Dependencia:
    """A dependencia with the bar of its deposits."""

    renglon: tablero.Renglon
    barra: Barra
    url: str


@dataclass(frozen=True)
class Panel:
    """A part of the dashboard."""

    nombre: str
    titulo: str
    cifras: tuple[Cifra, ...]
    grafico: Grafico | None = None
    dependencias: tuple[Dependencia, ...] = ()


def _de_depositos(request: Request, periodo: Periodo) -> Panel:
    hechos = tablero.depositos(request.sitio, alcance(request), periodo)
    total, maximo = hechos.total, max((r.depositos for r in hechos.por_dependencia), default=0)
    return Panel(
        "notificaciones",
        "Notificaciones",
        (
            Cifra(miles(total.depositos), "depositadas", _lista(request, periodo)),
            Cifra(miles(total.sin_leer), "de ellas, sin leer", _lista(request, periodo, estado=SIN_LEER)),
            Cifra(
                miles(total.rechazados), "de ellas, con el aviso rechazado", _lista(request, periodo, aviso=RECHAZADO)
            ),
            Cifra(miles(hechos.sin_leer_en_total), "sin leer en total", _lista(request, None, estado=SIN_LEER)),
            Cifra(
                miles(hechos.vencidas_sin_leer),
                "sin leer y con el plazo vencido, en total",
                _lista(request, None, estado="vencida-sin-leer"),
            ),
        ),
        _grafico(
            "depositos",
            "Depósitos por día",
            "depósitos",
            {
                "Depósitos": hechos.por_dia,
                "Sin leer": hechos.sin_leer_por_dia,
                "Con el aviso rechazado": hechos.rechazados_por_dia,
            },
        ),
        tuple(
            Dependencia(r, barra(r.depositos, maximo), _lista(request, periodo, dependencia=r.dependencia))
            for r in hechos.por_dependencia
        ),
    )


def _de_registro(request: Request, periodo: Periodo) -> Panel:
    hechos = tablero.registro(request.sitio, periodo)
    return Panel(
        "registro",
        "Registro de personas",
        (
            Cifra(miles(hechos.altas), "casillas abiertas"),
            Cifra(miles(hechos.casillas), "casillas en total"),
            Cifra(_hasta_el_tope(hechos.por_resolver), "solicitudes por resolver", direccion(request, "solicitudes")),
            Cifra(_hasta_el_tope(hechos.en_espera), "a la espera de que responda un registro"),
            Cifra(_hasta_el_tope(hechos.en_curso), "solicitudes sin terminar"),
        ),
        _grafico(
            "altas",
            "Casillas abiertas por día",
            "casillas abiertas",
            {"Casillas abiertas": hechos.por_dia, "Solicitudes que esperan desde ese día": hechos.por_resolver_por_dia},
        ),
    )


def _de_textos(request: Request, periodo: Periodo) -> Panel:
    hechos = tablero.textos(request.sitio, request.ahora)
    return Panel(
        "contenidos",
        "Contenidos",
        (
            Cifra(miles(hechos.publicados), "textos publicados", direccion(request, "contenidos")),
            Cifra(miles(hechos.con_borrador), "con un borrador por publicar", direccion(request, "contenidos")),
            Cifra(miles(hechos.en_vano), "búsquedas sin resultado este mes", direccion(request, "contenidos", "uso")),
            Cifra(
                miles(hechos.no_sirvieron),
                "respuestas que no sirvieron este mes",
                direccion(request, "contenidos", "uso"),
            ),
        ),
    )


def _de_operacion(request: Request, periodo: Periodo) -> Panel:
    hechos = tablero.operacion(request.sitio)
    return Panel(
        "modulo",
        "Módulo del administrador",
        (
            Cifra(miles(hechos.cuentas), "cuentas del personal", direccion(request, "cuentas")),
            Cifra(miles(hechos.suspendidas), "cuentas suspendidas", direccion(request, "cuentas")),
            Cifra(_hasta_el_tope(hechos.cartas), "cartas por enviar"),
        ),
    )


# In the order of the page. Whoever sees the people's requests sees how many came; others see no figure about persons.
PANELES: tuple[tuple[Permiso, Callable[[Request, Periodo], Panel]], ...] = (
    (Permiso.VER_DEPOSITOS, _de_depositos),
    (Permiso.VER_SOLICITUDES, _de_registro),
    (Permiso.VER_CONTENIDOS, _de_textos),
    (Permiso.VER_CUENTAS, _de_operacion),
)


def _grafico(nombre: str, titulo: str, que: str, cuentas: dict[str, PorDia]) -> Grafico:
    """``cuentas``: counts of the same days by the head of their column; the first is drawn."""
    dibujada, *_ = cuentas.values()
    por_dia = zip(*map(reversed, cuentas.values()), strict=True)
    filas = tuple((fecha_larga(dias[0][0]), *(miles(cuantos) for _, cuantos in dias)) for dias in por_dia)
    return Grafico(nombre, titulo, ("Día", *cuentas), columnas(que, dibujada), filas)


def _lista(request: Request, periodo: Periodo | None, **filtros: str) -> str:
    """The follow-up board with these filters: the list of what a figure counts."""
    if periodo:
        filtros |= {"desde": f"{periodo.desde:%d/%m/%Y}", "hasta": f"{periodo.hasta:%d/%m/%Y}"}
    return f"{direccion(request, 'depositos')}?{urlencode(filtros)}"


def _hasta_el_tope(cuantos: int) -> str:
    return miles(cuantos) if cuantos < TOPE else f"{miles(TOPE)} o más"
