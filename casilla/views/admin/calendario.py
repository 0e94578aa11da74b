"""The calendar of the institution, a year at a time: which days do not count and by which norm, and office hours."""

from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.resources.administracion import SeccionCalendario
from casilla.resources.calendario import CalendarioOficial, Dia, Horas
from casilla.services.calendario import (
    ADELANTE,
    HABIL,
    NACIONAL,
    NO_LABORABLE,
    Renglon,
    calendario_al,
    dias_habiles,
    renglones,
)
from casilla.services.horas import DIAS, dia_en_lima, fecha_con_dia, fecha_hora, fecha_larga
from casilla.views.admin.pagina import direccion

CLASES = {NACIONAL: "Feriado nacional", NO_LABORABLE: "Día no laborable", HABIL: "Feriado declarado hábil"}
PRIMER_ANO = 2023  # the law that this notification lives by is of that year
_CAMBIOS = 100


@dataclass(frozen=True)
class Fila:
    """A day as the table shows it; ``acto`` is "habil" or "retirar", empty for what cannot be changed."""

    dia: str
    nombre: str
    clase: str
    base: str
    habil: bool
    acto: str
    url: str


@dataclass(frozen=True)
class Cambio:
    """What somebody said of a day or of the hours, for people."""

    desde: str
    palabras: str
    base: str
    actor: str


@view_config(
    context=SeccionCalendario,
    request_method="GET",
    permission=Permiso.VER_CALENDARIO,
    renderer="casilla:templates/admin_calendario.pt",
)
def ver(context: SeccionCalendario, request: Request) -> Any:
    hoy = dia_en_lima(request.ahora)
    anio, puede = _anio(request, hoy), bool(request.has_permission(Permiso.GESTIONAR_CALENDARIO, context))
    return {
        "titulo": f"Calendario de {anio}",
        "anio": anio,
        "filas": [_fila(r, hoy, puede, request) for r in renglones(request.sitio, anio)],
        "habiles": dias_habiles(calendario_al(request.sitio, None), anio),
        "anterior": anio - 1 if anio > PRIMER_ANO else None,
        "siguiente": anio + 1 if anio < hoy.year + ADELANTE else None,
        "horario": horario_dicho(request.sitio.calendario.horario(len(request.sitio.calendario.horas))),
        "cambios": list(islice(cambios(request.sitio.calendario), _CAMBIOS)),
        "aqui": direccion(request, "calendario"),
        "puede": puede,
        "este": hoy.year == anio,
    }


def _anio(request: Request, hoy: date) -> int:
    """The year asked for; this one when it is not one that can be shown."""
    dicho = request.GET.get("anio", "")
    posibles = {str(anio): anio for anio in range(PRIMER_ANO, hoy.year + ADELANTE + 1)}
    return posibles.get(dicho, hoy.year)


def _fila(r: Renglon, hoy: date, puede: bool, request: Request) -> Fila:
    acto = ""
    if puede and r.dia >= hoy and r.dia.weekday() < 5:
        acto = "habil" if r.clase == NACIONAL else "retirar"
    base = r.base or (f"Es {DIAS[r.dia.weekday()]}, que ya no cuenta" if r.dia.weekday() > 4 else "")
    url = f"{direccion(request, 'calendario', acto)}?dia={r.dia}" if acto else ""
    return Fila(fecha_con_dia(r.dia), r.nombre, CLASES[r.clase], base, r.clase == HABIL, acto, url)


def horario_dicho(horas: Horas | None) -> str:
    return f"De {horas.abre} a {horas.cierra}" if horas and horas.abre else "Todo el día"


def cambios(oficial: CalendarioOficial) -> list[Cambio]:
    """All that was said, the last first, also of those that hold from the same minute."""
    dichos: list[Dia | Horas] = [*map(Dia._make, oficial.dias), *map(Horas._make, oficial.horas)]
    dichos.sort(key=lambda hecho: hecho.desde)
    return [Cambio(fecha_hora(hecho.desde), que_se_dijo(hecho), hecho.base, hecho.actor) for hecho in reversed(dichos)]


def que_se_dijo(hecho: Dia | Horas) -> str:
    if isinstance(hecho, Horas):
        return f"Horario de recepción: {horario_dicho(hecho).lower()}"
    que = {True: "se declaró hábil", False: "se declaró no laborable", None: "se retiró lo declarado"}[hecho.habil]
    return f"{fecha_larga(hecho.dia)} ({hecho.nombre}): {que}"
