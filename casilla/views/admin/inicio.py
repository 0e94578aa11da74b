"""The first page of the institution's side: figures of the last days, each for whom it concerns."""

from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.resources.administracion import Administracion
from casilla.services.cifras import miles
from casilla.services.horas import dia_en_lima, fecha_hora, fecha_larga
from casilla.services.seguimiento import atraso
from casilla.services.tablero import DE_COSTUMBRE, PERIODOS, Periodo
from casilla.views.admin.pagina import direccion
from casilla.views.admin.paneles import PANELES

# Dependencias that the chart shows; the table behind it has them all.
EN_EL_GRAFICO = 10


@view_config(
    context=Administracion,
    name="",
    request_method="GET",
    permission=Permiso.VER_TABLERO,
    renderer="casilla:templates/admin_inicio.pt",
)
def inicio(context: Administracion, request: Request) -> Any:
    dias = _dias(request)
    periodo = Periodo.hasta_hoy(dias, dia_en_lima(request.ahora))
    suyos = [hacer for permiso, hacer in PANELES if request.has_permission(permiso, context)]
    falta = atraso(request.sitio)
    return {
        "miles": miles,
        "paneles": [hacer(request, periodo) for hacer in suyos],
        "dias": dias,
        "periodos": [(n, f"{direccion(request)}?dias={n}") for n in PERIODOS],
        "desde": fecha_larga(periodo.desde),
        "hasta": fecha_larga(periodo.hasta),
        "al_dia": fecha_hora(falta.desde or request.ahora),
        "falta": falta.cuantos,
        "ve_depositos": request.has_permission(Permiso.VER_DEPOSITOS, context),
        "en_el_grafico": EN_EL_GRAFICO,
    }


def _dias(request: Request) -> int:
    dichos = request.GET.get("dias", "")
    return int(dichos) if dichos in map(str, PERIODOS) else DE_COSTUMBRE
