"""What the API says of a notification: times in Lima's offset, hashes with their algorithm."""

from datetime import datetime
from typing import Any

from pyramid.request import Request

from casilla.resources.notificacion import Notificacion
from casilla.services.horas import en_lima

_AVISOS = {"aviso-deposito:enviado": "aviso-enviado", "aviso-deposito:rechazado": "aviso-rechazado"}


def hora(momento: datetime) -> str:
    return en_lima(momento).isoformat(timespec="seconds")


def depositada(request: Request, n: Notificacion) -> dict[str, Any]:
    """The answer to a deposit; the same words each time, whatever has happened since."""
    return {
        "codigo": n.codigo,
        "estado": "depositado",
        "depositado_en": hora(n.depositado_en),
        "computo_desde": n.computo_desde.isoformat(),
        "vence": n.vence.isoformat() if n.vence else None,
        "huellas": {
            "documento": f"sha256:{n.documento.huella}",
            "anexos": [f"sha256:{anexo.huella}" for anexo in n.anexos],
        },
        "constancia": direccion(request, n) + "/constancia",
    }


def direccion(request: Request, n: Notificacion) -> str:
    return request.publica("api", "v1", "notificaciones", n.codigo)


def consulta(request: Request, n: Notificacion) -> dict[str, Any]:
    """The notification as it stands now, with its dated events."""
    return depositada(request, n) | {"estado": n.estado, "eventos": list(_eventos(n))}


def _eventos(n: Notificacion) -> Any:
    for hecho, _, cuando, detalle in n.historia:
        tipo = _AVISOS.get(hecho, hecho)
        if tipo in n.flujo.estados or tipo in _AVISOS.values():
            yield {"tipo": tipo, "cuando": hora(cuando), **({"detalle": detalle} if detalle else {})}
