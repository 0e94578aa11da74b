"""Registrations that the registers could not settle: who waits for the institution, longest first."""

from dataclasses import dataclass
from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.printing.certificacion import NOMBRES_DE_DOCUMENTO
from casilla.resources.administracion import SeccionSolicitudes
from casilla.resources.solicitud import Solicitud
from casilla.services.horas import dia_en_lima, fecha_con_dia, fecha_hora
from casilla.services.revision import NEGATIVA, NO_COINCIDE, NO_FIGURA, SIN_REGISTRO, SIN_RESPUESTA
from casilla.views.admin.consultas import CONSULTAR
from casilla.views.admin.pagina import POR_PAGINA, direccion, paginas

RESULTADOS = {
    SIN_RESPUESTA: "{} no respondió",
    SIN_REGISTRO: "No hay un registro que consultar",
    NO_FIGURA: "{} no tiene ese documento",
    NO_COINCIDE: "Hay datos que no coinciden con {}",
    NEGATIVA: "{} lo impide",
}


@dataclass(frozen=True)
class Renglon:
    """A request as the list shows it; ``url``: where its button goes, which leaves an entry and opens the page."""

    nombre: str
    url: str
    documento: str
    pedida: str
    por_que: str
    hasta: str
    atrasada: bool

    @classmethod
    def de(cls, solicitud: Solicitud, request: Request) -> "Renglon":
        servicio, resultado, *_ = solicitud.consultas[-1]
        return cls(
            nombre_de(solicitud),
            direccion(request, "solicitudes", solicitud.__name__, CONSULTAR),
            documento_de(solicitud),
            fecha_hora(solicitud.revision_desde or request.ahora),
            RESULTADOS[resultado].format(servicio),
            respuesta(solicitud),
            atrasada(solicitud, request),
        )


def nombre_de(solicitud: Solicitud) -> str:
    """As people are listed, surnames first; empty when the data are gone."""
    datos = dict(solicitud.datos)
    partes = ("razon_social", "apellido_paterno", "apellido_materno", "nombres")
    return " ".join(datos[parte] for parte in partes if datos.get(parte)).upper()


def documento_de(solicitud: Solicitud) -> str:
    datos = dict(solicitud.datos)
    return f"{NOMBRES_DE_DOCUMENTO[datos['tipo_documento']]} {datos['numero']}" if datos else ""


def respuesta(solicitud: Solicitud) -> str:
    return fecha_con_dia(solicitud.responder_hasta) if solicitud.responder_hasta else ""


def atrasada(solicitud: Solicitud, request: Request) -> bool:
    """Whether the day that was promised is over, and nobody has decided."""
    hasta = solicitud.responder_hasta
    return bool(solicitud.revision_desde and hasta and dia_en_lima(request.ahora) > hasta)


@view_config(
    context=SeccionSolicitudes,
    request_method="GET",
    permission=Permiso.VER_SOLICITUDES,
    renderer="casilla:templates/admin_solicitudes.pt",
)
def listar(context: SeccionSolicitudes, request: Request) -> dict[str, Any]:
    """A page of them; of the others nothing is loaded."""
    solicitudes = context.sitio.solicitudes
    cuantas = solicitudes.cuantas_en_revision()
    cuales = paginas(request, cuantas)
    desde = (cuales.numero - 1) * POR_PAGINA
    esta = solicitudes.en_revision(desde, desde + POR_PAGINA)
    return {"cuantas": cuantas, "paginas": cuales, "renglones": [Renglon.de(s, request) for s in esta]}
