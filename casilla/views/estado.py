"""Whether the service works, and when it did not: for everybody, with a paper for whoever must prove it."""

from datetime import timedelta
from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from casilla.permissions import Permiso
from casilla.printing.interrupcion import HechosInterrupcion, constancia_de_interrupcion, renglones
from casilla.resources.interrupcion import Interrupcion
from casilla.resources.sitio import Sitio
from casilla.services.horas import duracion, fecha_hora
from casilla.services.interrupciones import (
    SERVICIOS,
    SISTEMA,
    dias_habiles,
    en_fase,
    fase,
    momento_del_calendario,
    registrada_por,
)
from casilla.views.salud import DEMORA_MAXIMA, demora_del_correo

PAPEL = "constancia.pdf"
# How far back the page goes unless asked for everything, and how far ahead the front page looks.
RECIENTE = timedelta(days=365)
CERCANA = timedelta(days=7)


@view_config(
    context=Sitio,
    name="estado",
    request_method="GET",
    permission=Permiso.PUBLICO,
    renderer="casilla:templates/estado.pt",
)
def estado(context: Sitio, request: Request) -> Any:
    """``/estado``; ``/estado/N``, one interruption; ``/estado/N/constancia.pdf``. ``?todas=1``: however old."""
    request.response.cache_control.no_store = True
    match request.subpath:
        case ():
            return _situacion(context, request)
        case (numero,):
            interrupcion = _hallar(context, numero)
            request.override_renderer = "casilla:templates/interrupcion.pt"
            return _una(interrupcion, request)
        case (numero, archivo) if archivo == PAPEL:
            return _papel(_hallar(context, numero), request)
    raise HTTPNotFound


def _hallar(sitio: Sitio, numero: str) -> Interrupcion:
    interrupcion = sitio.interrupciones.get(numero)
    if interrupcion is None:
        raise HTTPNotFound
    return interrupcion


def _situacion(sitio: Sitio, request: Request) -> dict[str, Any]:
    ahora = request.ahora
    en_curso, pasadas = en_fase(sitio, ahora, "en curso"), en_fase(sitio, ahora, "terminada")
    mostradas = pasadas if "todas" in request.GET else [i for i in pasadas if i.desde > ahora - RECIENTE]
    demora = demora_del_correo(sitio, ahora)
    males = {"avisos": "Con demora"} if demora > DEMORA_MAXIMA else {}
    males |= {codigo: "Con interrupción" for interrupcion in en_curso for codigo in interrupcion.servicios}
    return {
        "a_las": fecha_hora(ahora),
        "servicios": [(nombre, males.get(codigo)) for codigo, nombre in SERVICIOS.items()],
        "demora": duracion(demora) if demora > DEMORA_MAXIMA else "",
        "en_curso": [fila(i, request) for i in en_curso],
        "programadas": [fila(i, request) for i in reversed(en_fase(sitio, ahora, "programada"))],
        "pasadas": [fila(i, request) for i in mostradas],
        "hay_mas": len(mostradas) < len(pasadas),
    }


def fila(interrupcion: Interrupcion, request: Request) -> dict[str, Any]:
    """An interruption as a row of a list shows it."""
    desde, hasta = interrupcion.desde, interrupcion.hasta
    return {
        "numero": interrupcion.__name__,
        "url": f"{request.script_name}/estado/{interrupcion.__name__}",
        "desde": fecha_hora(desde),
        "hasta": fecha_hora(hasta) if hasta else "",
        "duracion": duracion(hasta - desde) if hasta else "",
        "servicios": [SERVICIOS[codigo] for codigo in interrupcion.servicios],
        "motivo": interrupcion.motivo,
    }


def cercanas(sitio: Sitio, request: Request) -> list[dict[str, Any]]:
    """Those under way, and those of the next days, as rows that say which they are."""
    ahora = request.ahora
    halladas = en_fase(sitio, ahora, "en curso", "programada")
    return [{**fila(i, request), "fase": fase(i, ahora)} for i in reversed(halladas) if i.desde < ahora + CERCANA]


def _una(interrupcion: Interrupcion, request: Request) -> dict[str, Any]:
    momento, anulada = fase(interrupcion, request.ahora), interrupcion.cuando("anulada")
    hechos = _hechos(interrupcion, request)
    return {
        "numero": hechos.numero,
        "fase": momento,
        "datos": renglones(hechos),
        "anulada": anulada and fecha_hora(anulada),
        "por_que": interrupcion.historia[-1][3],
        "prevista": fila(interrupcion, request)["hasta"],
        "papel": f"{request.script_name}/estado/{hechos.numero}/{PAPEL}" if _certificable(momento) else "",
    }


def _certificable(momento: str) -> bool:
    """What has not begun, and what did not happen, is attested by nobody."""
    return momento in ("en curso", "terminada")


def _hechos(interrupcion: Interrupcion, request: Request) -> HechosInterrupcion:
    """``hasta`` is left out while it lies ahead: the paper tells what was, not what will be."""
    institucion, ahora, hasta = request.institucion, request.ahora, interrupcion.hasta
    if hasta is not None and interrupcion.desde <= ahora < hasta:
        hasta = None
    calendario = request.calendario_al(momento_del_calendario(interrupcion, ahora))
    return HechosInterrupcion(
        numero=interrupcion.__name__,
        servicios=tuple(SERVICIOS[codigo] for codigo in interrupcion.servicios),
        motivo=interrupcion.motivo,
        desde=interrupcion.desde,
        hasta=hasta,
        anunciada=interrupcion.estado == "registrada",
        dias_habiles=tuple(dias_habiles(interrupcion, hasta or ahora, calendario)),
        registrada_en=interrupcion.historia[0][2],
        detectada=registrada_por(interrupcion) == SISTEMA,
        emitida_en=ahora,
        url=request.publica("estado", interrupcion.__name__),
        oficina=institucion.oficina,
        institucion=institucion.nombre,
        sigla=institucion.sigla,
        direccion=institucion.direccion,
        telefono=f"{institucion.telefono}, Anexo {institucion.anexo}",
    )


def _papel(interrupcion: Interrupcion, request: Request) -> Response:
    if not _certificable(fase(interrupcion, request.ahora)):
        raise HTTPNotFound
    respuesta = Response(
        constancia_de_interrupcion(_hechos(interrupcion, request)),
        content_type="application/pdf",
        content_disposition=f'attachment; filename="constancia-de-interrupcion-{interrupcion.__name__}.pdf"',
    )
    respuesta.cache_control.no_store = True
    return respuesta
