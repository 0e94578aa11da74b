"""Leaving a trace of what the institution's people do, and finding out whether the trace was tampered with.

Each entry is sealed with the secret and with the seal before it (a keyed hash chain): whoever changes the store without
the secret cannot make the chain agree again. The loss of its end shows by a seal of how many there are. What neither
can show is a whole store put back as it was; so each seal also goes to the log, ``casilla verificar`` tells the last
one, and can be given one that must still be there.
"""

import hmac
import json
import logging
from collections.abc import Iterator, Mapping
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
    """Append an entry, in the transaction of the act itself. ``direccion``: from where; "" for an operator's orders."""
    auditoria = sitio.auditoria
    ultimo = len(auditoria)
    anterior = auditoria[ultimo].sello if ultimo else ""
    hechos = (ultimo + 1, ahora.astimezone(UTC), actor, direccion or "", acto, sobre, antes, despues)
    asiento = Asiento(*hechos, sello=_sello(secreto, anterior, hechos))
    auditoria.agregar(asiento, _sello_de_cabeza(secreto, asiento.numero))
    log.info("asiento %s sello %s", asiento.numero, asiento.sello)
    return asiento


def hallazgos(sitio: Sitio, secreto: bytes) -> Iterator[str]:
    """What is wrong with the chain, in Spanish; nothing when all is well."""
    anterior, esperado = "", 1
    for asiento in sitio.auditoria:
        if asiento.numero != esperado:
            yield f"auditoría: {_faltan(esperado, asiento.numero - 1)}"
        elif asiento.sello != _sello(secreto, anterior, asiento[:-1]):
            yield f"auditoría: el asiento {asiento.numero} no es el que se asentó, o falta el anterior"
        anterior, esperado = asiento.sello, asiento.numero + 1
        if not esperado % 1000:
            sitio._p_jar.cacheGC()
    yield from _del_final(sitio.auditoria.cabeza, esperado - 1, secreto)


def _del_final(cabeza: tuple[int, str] | None, ultimo: int, secreto: bytes) -> Iterator[str]:
    if cabeza is None:
        if ultimo:
            yield "auditoría: falta la marca de cuántos asientos hay"
    elif not hmac.compare_digest(_sello_de_cabeza(secreto, cabeza[0]), cabeza[1]):
        yield "auditoría: la marca de cuántos asientos hay no es la que se puso"
    elif ultimo < cabeza[0]:
        yield f"auditoría: {_faltan(ultimo + 1, cabeza[0])}, del final"
    elif ultimo > cabeza[0]:
        yield f"auditoría: después del asiento {cabeza[0]} hay otros que no se asentaron"


def _faltan(desde: int, hasta: int) -> str:
    return f"falta el asiento {desde}" if desde == hasta else f"faltan los asientos {desde} a {hasta}"


def hallazgo_del_sello(sitio: Sitio, numero: int, sello: str) -> Iterator[str]:
    """What is wrong when this seal, noted elsewhere before, is not that of the entry now."""
    if not 1 <= numero <= len(sitio.auditoria):
        yield f"auditoría: el asiento {numero}, del que hay un sello apuntado, ya no está"
    elif not hmac.compare_digest(sitio.auditoria[numero].sello, sello):
        yield f"auditoría: el sello del asiento {numero} no es el apuntado: la cadena se rehízo"


def cambios(antes: Mapping[str, object], despues: Mapping[str, object]) -> tuple[str, str]:
    """``antes`` and ``despues`` of an entry: a line "rótulo: valor" for each value that is not the same now."""
    distintos = [rotulo for rotulo in despues if antes.get(rotulo, "") != despues[rotulo]]
    dicho = ["\n".join(f"{r}: {lado[r]}" for r in distintos if r in lado) for lado in (antes, despues)]
    return dicho[0], dicho[1]


def _sello(secreto: bytes, anterior: str, hechos: tuple) -> str:
    dicho = json.dumps([anterior, *hechos], default=datetime.isoformat, ensure_ascii=False)
    return hmac.digest(secreto, f"auditoria\0{dicho}".encode(), "sha256").hex()


def _sello_de_cabeza(secreto: bytes, numero: int) -> str:
    return hmac.digest(secreto, f"auditoria-cabeza\0{numero}".encode(), "sha256").hex()
