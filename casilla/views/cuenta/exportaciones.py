"""The files that are being made for whoever asks, and those that can be collected."""

from dataclasses import dataclass
from typing import Any

from pyramid.request import Request

from casilla.printing.formatos import NOMBRES
from casilla.printing.listado import TITULOS
from casilla.resources.cuenta import Cuenta
from casilla.resources.trabajo import Trabajo
from casilla.services.cifras import miles
from casilla.services.exportaciones import Pedido, exportaciones
from casilla.services.horas import fecha_hora, hora
from casilla.views.cuenta.pagina import pagina
from casilla.views.notificacion import peso


@dataclass(frozen=True)
class Exportacion:
    """A file as it is shown; ``estado`` in words, ``porcentaje`` None unless it is being made."""

    titulo: str
    filtro: str
    pedida: str
    estado: str
    porcentaje: int | None
    detalle: str
    url: str
    lista: bool
    pendiente: bool


@pagina("exportaciones", request_method="GET", renderer="casilla:templates/cuenta_exportaciones.pt", http_cache=0)
def ver(context: Cuenta, request: Request) -> dict[str, Any]:
    todas = exportaciones(request.sitio, request.identity.usuario)
    return {
        "exportaciones": [_exportacion(trabajo, request) for trabajo in todas],
        "dias": request.registry.settings["casilla.exportaciones_dias"],
        "estado": cuenta(todas),
        "actualizado": hora(request.ahora),
    }


def cuenta(todas: list[Trabajo]) -> str:
    """Said aloud by "Actualizar"."""
    listas = sum(trabajo.resultado is not None for trabajo in todas)
    en_espera = sum(trabajo.pendiente for trabajo in todas)
    dichas = ["1 archivo listo" if listas == 1 else f"{listas} archivos listos"] if listas else []
    dichas += ["1 en preparación" if en_espera == 1 else f"{en_espera} en preparación"] if en_espera else []
    return f"{', '.join(dichas)}." if dichas else ""


def _exportacion(trabajo: Trabajo, request: Request) -> Exportacion:
    pedido = Pedido.de(trabajo)
    return Exportacion(
        titulo=f"{TITULOS[pedido.bandeja]}, en {NOMBRES[pedido.formato]}",
        filtro=str(pedido.consulta),
        pedida=fecha_hora(trabajo.pedido_en),
        **estado_de(trabajo, pedido.formato, request),
        url=request.resource_path(trabajo),
    )


def estado_de(trabajo: Trabajo, formato: str, request: Request) -> dict[str, Any]:
    """What an Exportacion says of how far its job is."""
    resultado = trabajo.resultado
    return {
        "estado": _ESTADOS[trabajo.estado](trabajo, request),
        "porcentaje": 100 * trabajo.hechas // max(trabajo.total, 1) if trabajo.estado == "en-curso" else None,
        "detalle": f"{NOMBRES[formato]}, {peso(resultado.tamano)}" if resultado else "",
        "lista": resultado is not None,
        "pendiente": trabajo.pendiente,
    }


def _en_cola(trabajo: Trabajo, request: Request) -> str:
    if trabajo.proximo is not None and trabajo.proximo > request.ahora:
        return f"Hubo un problema. Se intentará otra vez a las {hora(trabajo.proximo)}."
    return "En espera: empezará en unos momentos."


def _en_curso(trabajo: Trabajo, request: Request) -> str:
    return f"Se está preparando. Van {miles(trabajo.hechas)} de {miles(trabajo.total)} notificaciones."


def _terminado(trabajo: Trabajo, request: Request) -> str:
    hechas = "1 notificación" if trabajo.total == 1 else f"{miles(trabajo.total)} notificaciones"
    hasta = f" Puede descargarlo hasta el {fecha_hora(trabajo.hasta)}." if trabajo.hasta else ""
    return f"Listo, con {hechas}.{hasta}"


def _fallido(trabajo: Trabajo, request: Request) -> str:
    quien = request.institucion
    return f"No se pudo preparar. Pídalo otra vez; si vuelve a pasar, llame al {quien.telefono}, Anexo {quien.anexo}."


def _cancelado(trabajo: Trabajo, request: Request) -> str:
    return f"Lo canceló el {fecha_hora(trabajo.desde)}."


def _caducado(trabajo: Trabajo, request: Request) -> str:
    return f"El archivo se eliminó el {fecha_hora(trabajo.desde)}. Puede pedirlo otra vez."


_ESTADOS = {
    "en-cola": _en_cola,
    "en-curso": _en_curso,
    "terminado": _terminado,
    "fallido": _fallido,
    "cancelado": _cancelado,
    "caducado": _caducado,
}
