"""Leaving a trace of what the institution's people do, and finding out whether the trace was tampered with.

Each entry is sealed with the secret and with the seal before it (a keyed hash chain): whoever changes the store without
the secret cannot make the chain agree again. What a chain cannot show is the loss of its end; so each seal also goes to
the log, ``casilla verificar`` tells the last one, and can be given one that must still be there.
"""

import hmac
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime

from casilla.resources.auditoria import Asiento
from casilla.resources.sitio import Sitio

log = logging.getLogger(__name__)


def asentar(
    sitio: Sitio,
    acto: str,
    sobre: str,
    *,
    actor: str,
    direccion: str,
    ahora: datetime,
    secreto: bytes,
    antes: str = "",
    despues: str = "",
) -> Asiento:
    """Append an entry, in the transaction of the act itself. ``direccion``: from where; "" for the server's own orders."""
    auditoria = sitio.auditoria
    ultimo = len(auditoria)
    anterior = auditoria[ultimo].sello if ultimo else ""
    hechos = (ultimo + 1, ahora.astimezone(UTC), actor, direccion or "", acto, sobre, antes, despues)
    asiento = Asiento(*hechos, sello=_sello(secreto, anterior, hechos))
    auditoria.agregar(asiento)
    log.info("asiento %s sello %s", asiento.numero, asiento.sello)
    return asiento


def hallazgos(sitio: Sitio, secreto: bytes) -> Iterator[str]:
    """What is wrong with the chain, in Spanish; nothing when all is well."""
    anterior, esperado = "", 1
    for asiento in sitio.auditoria:
        if asiento.numero != esperado:
            yield f"auditoría: faltan los asientos {esperado} a {asiento.numero - 1}"
        elif asiento.sello != _sello(secreto, anterior, asiento[:-1]):
            yield f"auditoría: el asiento {asiento.numero} no es el que se asentó, o falta el anterior"
        anterior, esperado = asiento.sello, asiento.numero + 1


def _sello(secreto: bytes, anterior: str, hechos: tuple) -> str:
    dicho = json.dumps([anterior, *hechos], default=datetime.isoformat, ensure_ascii=False)
    return hmac.digest(secreto, f"auditoria\0{dicho}".encode(), "sha256").hex()
