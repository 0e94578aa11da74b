"""The deposit of a notification: its top-to-bottom story is ``depositar``.

Whatever a deposit writes is its own or in a register where two deposits do not meet; see docs/arquitectura.md.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Protocol

from casilla.resources.adjunto import Adjunto
from casilla.resources.casilla import Casilla
from casilla.resources.notificacion import Notificacion
from casilla.resources.sitio import Sitio
from casilla.services.codigos import codigo_nuevo
from casilla.services.correspondencia import AVISO_ADICIONAL, AVISO_DEPOSITO, AVISO_SMS, encolar
from casilla.services.documentos import Archivo, guardado
from casilla.services.eventos import registrar_evento
from casilla.services.plazos import Calendario

# A file that has just come in, or one that lies in the store already and has no seat yet.
Recibido = Archivo | Adjunto


class DestinatarioSinCasilla(Exception):
    """The recipient has no casilla, or it is closed."""


class ClaveYaUsada(Exception):
    """The sender used this idempotency key for another content."""


@dataclass(frozen=True)
class Sobre:
    """What the sender says about a document; times aware in UTC, ``plazo`` in business days, 0 = none."""

    destinatario: str
    expediente: str
    fecha_expediente: date
    tipo: str
    numero: str
    asunto: str
    fecha: datetime
    dependencia: str
    firmado_por: str
    elaborado_por: str
    fecha_emision: datetime
    plazo: int = 0

    def huella(self, documento: Recibido, anexos: tuple[Recibido, ...]) -> str:
        """Digest of the whole content, by which a repetition is told from another deposit."""
        archivos = [(a.nombre, a.tipo, a.huella) for a in (documento, *anexos)]
        return sha256(json.dumps([vars(self), archivos], default=str, sort_keys=True).encode()).hexdigest()


class Imprimir(Protocol):
    """Writes the constancia of a notification to a new file, flushed to disk, and says what it wrote."""

    def __call__(self, notificacion: Notificacion) -> Archivo: ...


def destinatario(sitio: Sitio, documento: str) -> Casilla:
    """The open casilla of ``TIPO-NUMERO``. Raises DestinatarioSinCasilla."""
    persona = sitio.personas.get(documento)
    if persona is None or persona.casilla.cerrada_en:
        raise DestinatarioSinCasilla(documento)
    return persona.casilla


def ya_recibido(sitio: Sitio, remitente: str, clave: str, huella: str) -> Notificacion | None:
    """The notification that this key made before. Raises ClaveYaUsada when it was made of another content."""
    anterior = sitio.recibidos.get(_llave(remitente, clave))
    if anterior is not None and anterior.huella != huella:
        raise ClaveYaUsada(clave)
    return anterior


def depositar(
    sitio: Sitio,
    sobre: Sobre,
    documento: Recibido,
    anexos: tuple[Recibido, ...],
    *,
    remitente: str,
    clave: str,
    ahora: datetime,
    calendario: Calendario,
    imprimir: Imprimir,
) -> tuple[Notificacion, bool]:
    """Deposit the document in the recipient's casilla, with its constancia and the letter that announces it.

    Returns the notification and whether it is new: a repetition by the same sender (``remitente``, ``clave``) with the
    same content gives the first one. Raises DestinatarioSinCasilla, ClaveYaUsada; then nothing has changed.
    """
    huella = sobre.huella(documento, anexos)
    anterior = ya_recibido(sitio, remitente, clave, huella)
    if anterior is not None:
        return anterior, False
    casilla = destinatario(sitio, sobre.destinatario)
    _exigir_que_siga_abierta(casilla)
    notificacion = _notificacion(sobre, ahora, calendario, remitente, huella)
    notificacion.version_constancia = sitio.contenidos["constancia"].en_uso(ahora).numero
    casilla.sentar(notificacion)
    notificacion.adjuntar(guardado(documento, sitio), tuple(guardado(a, sitio) for a in anexos))
    notificacion.certificar(guardado(imprimir(notificacion), sitio))
    sitio.registro[notificacion.codigo] = notificacion
    sitio.recibidos[_llave(remitente, clave)] = notificacion
    registrar_evento(sitio, "depositado", notificacion, ahora)
    anunciar(sitio, casilla, notificacion, ahora)
    return notificacion, True


def _exigir_que_siga_abierta(casilla: Casilla) -> None:
    """A casilla closed while this deposit is under way makes it run again. Nothing else writes a casilla itself."""
    if casilla._p_jar is not None:
        casilla._p_jar.readCurrent(casilla)


def anunciar(sitio: Sitio, casilla: Casilla, notificacion: Notificacion, ahora: datetime) -> None:
    """Promise the notices of a deposit, wherever its owner wants them."""
    encolar(sitio, AVISO_DEPOSITO, casilla.persona.correo, notificacion, ahora)
    if casilla.persona.correo_adicional:
        encolar(sitio, AVISO_ADICIONAL, casilla.persona.correo_adicional, notificacion, ahora)
    if casilla.persona.avisos_sms and casilla.persona.celular:
        encolar(sitio, AVISO_SMS, casilla.persona.celular, notificacion, ahora)


def _llave(remitente: str, clave: str) -> str:
    return sha256(f"{remitente}\0{clave}".encode()).hexdigest()[:32]


def _notificacion(sobre: Sobre, ahora: datetime, calendario: Calendario, remitente: str, huella: str) -> Notificacion:
    computo = calendario.computo(ahora, sobre.plazo or None)
    hechos = dict(vars(sobre))
    del hechos["destinatario"]
    notificacion = Notificacion(
        **hechos,
        codigo=codigo_nuevo(),
        depositado_en=ahora,
        computo_desde=computo.desde,
        vence=computo.vence,
        remitente=remitente,
        huella=huella,
    )
    notificacion.comenzar(remitente, ahora)
    return notificacion
