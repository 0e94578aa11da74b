"""Letters promised by an act: written into the outbox by the act's own transaction, sent later by the cartero."""

from datetime import datetime, timedelta
from heapq import nsmallest
from typing import Any

from casilla.resources.notificacion import AVISO_DEPOSITO
from casilla.resources.persona import Persona
from casilla.resources.salida import Carta
from casilla.resources.sitio import Sitio
from casilla.services.eventos import registrar_evento

VALIDACION_CORREO = "validacion-correo"
CREDENCIALES = "credenciales"
YA_TIENE_CASILLA = "ya-tiene-casilla"
CLAVE_CAMBIADA = "clave-cambiada"
RECUPERACION_CLAVE = "recuperacion-clave"
AVISO_ADICIONAL = "aviso-adicional"
AVISO_PRUEBA = "aviso-prueba"
CODIGO_CORREO = "codigo-correo"
CORREO_CAMBIADO = "correo-cambiado"
CORREO_CORREGIDO = "correo-corregido"
RECUPERACION_EN_ESPERA = "recuperacion-en-espera"
CASILLA_CERRADA = "casilla-cerrada"
INTENTOS_FALLIDOS = "intentos-fallidos"
CREDENCIALES_MODULO = "credenciales-modulo"
CAMBIO_EN_EL_MODULO = "cambio-en-el-modulo"
RESUMEN_DIARIO = "resumen-diario"
CAMBIO_DE_LA_INSTITUCION = "cambio-de-la-institucion"
SOLICITUD_EN_REVISION = "solicitud-en-revision"
SOLICITUD_AUTORIZADA = "solicitud-autorizada"
SOLICITUD_DENEGADA = "solicitud-denegada"
AVISO_SMS = "aviso-sms"
PRUEBA_SMS = "prueba-sms"

# What leaves as a text message; the rest are letters.
MENSAJES = (AVISO_SMS, PRUEBA_SMS)
_AVISOS = (AVISO_DEPOSITO, AVISO_ADICIONAL, AVISO_SMS)
_SIN_PRISA = (AVISO_DEPOSITO, AVISO_ADICIONAL, RESUMEN_DIARIO)

# A server that does not answer is asked again after 1, 2, 4 … minutes, at most every 6 hours, for 5 days.
_PRIMERA_ESPERA = timedelta(minutes=1)
_MAYOR_ESPERA = timedelta(hours=6)
_PACIENCIA = timedelta(days=5)
# How long a cartero may be busy with one letter before another may think that it died.
_TURNO = timedelta(minutes=5)


def encolar(
    sitio: Sitio,
    clase: str,
    para: str,
    sobre: Any,
    ahora: datetime,
    numero: int = 0,
    *,
    desde: datetime | None = None,
) -> Carta:
    """Promise a letter about ``sobre``; it leaves when the transaction that promised it has committed.

    With ``desde``, not before: until then it is late for nobody.
    """
    carta = Carta(clase, para, sobre, numero, desde or ahora)
    sitio.salida.agregar(f"{clase}{para}{ahora.isoformat()}", carta)
    # Whom a notice went to is part of the proof that it went; of other letters it is nobody's business.
    sobre.anotar(f"{clase}:en-cola", "cartero", ahora, para if clase in _AVISOS else "")
    return carta


def por_enviar(sitio: Sitio, ahora: datetime, maximo: int = 100) -> list[tuple[int, int]]:
    """Where up to ``maximo`` letters lie whose time has come and that no other cartero holds.

    Notices of deposits, which may come by the thousand, go behind the letters for which somebody waits at a screen;
    text messages behind all, so that a provider who is slow keeps no letter waiting.
    """
    tocan = ((_turno(carta.clase), carta.proximo, lugar) for lugar, carta in sitio.salida if _le_toca(carta, ahora))
    return [lugar for *_, lugar in nsmallest(maximo, tocan)]


def _turno(clase: str) -> int:
    return 2 if clase in MENSAJES else int(clase in _SIN_PRISA)


def atraso(sitio: Sitio) -> tuple[int, datetime | None]:
    """How many letters wait, and since when the oldest of them does (None when there is none)."""
    fechas = [carta.creada_en for _, carta in sitio.salida]
    return len(fechas), min(fechas, default=None)


def tomar(sitio: Sitio, lugar: tuple[int, int], ahora: datetime) -> Carta | None:
    """Hold a letter while it is sent; None when it is gone or held. Two who take at once: a conflict, and one wins."""
    carta = sitio.salida.carta(lugar)
    if carta is None or not _le_toca(carta, ahora):
        return None
    carta.tomada_hasta = ahora + _TURNO
    carta.intentos += 1
    return carta


def _le_toca(carta: Carta, ahora: datetime) -> bool:
    return carta.proximo <= ahora and (carta.tomada_hasta is None or carta.tomada_hasta <= ahora)


def entregada(sitio: Sitio, lugar: tuple[int, int], ahora: datetime, palabras: str) -> None:
    """The mail server accepted the letter, with these words."""
    _concluir(sitio, lugar, "enviado", ahora, palabras)


def rechazada(sitio: Sitio, lugar: tuple[int, int], ahora: datetime, palabras: str) -> None:
    """The mail server refused the letter for good."""
    _concluir(sitio, lugar, "rechazado", ahora, palabras)


def descartada(sitio: Sitio, lugar: tuple[int, int], ahora: datetime, palabras: str) -> None:
    """The letter would say what no longer holds, so it does not leave."""
    _concluir(sitio, lugar, "descartado", ahora, palabras)


def pospuesta(sitio: Sitio, lugar: tuple[int, int], ahora: datetime, palabras: str) -> None:
    """It could not be handed over now: again later, with growing delay, until patience ends."""
    carta = sitio.salida.carta(lugar)
    if carta is None:
        return
    if ahora - carta.creada_en > _PACIENCIA:
        _concluir(sitio, lugar, "rechazado", ahora, palabras)
        return
    carta.proximo = ahora + min(_PRIMERA_ESPERA * 2 ** min(carta.intentos - 1, 20), _MAYOR_ESPERA)
    carta.tomada_hasta = None


def soltar(sitio: Sitio, lugar: tuple[int, int], ahora: datetime, palabras: str) -> None:
    """There was no server to hand it to, which is not the letter's fault: it keeps its place and its patience."""
    carta = sitio.salida.carta(lugar)
    if carta is not None:
        carta.intentos -= 1
        carta.tomada_hasta = None


def _concluir(sitio: Sitio, lugar: tuple[int, int], destino: str, ahora: datetime, palabras: str) -> None:
    """Nothing, when another cartero, who took the letter after our turn, was quicker."""
    carta = sitio.salida.carta(lugar)
    if carta is None:
        return
    sitio.salida.quitar(lugar)
    carta.sobre.anotar(f"{carta.clase}:{destino}", "cartero", ahora, palabras)
    if carta.clase == AVISO_DEPOSITO:
        _marcar_avisos(carta.sobre.__parent__.persona, carta.para, destino, palabras)
        registrar_evento(sitio, f"aviso-{destino}", carta.sobre, ahora)
    elif carta.clase == AVISO_PRUEBA:
        _marcar_avisos(carta.sobre.persona, carta.para, destino, palabras)


def _marcar_avisos(persona: Persona, para: str, destino: str, palabras: str) -> None:
    """Of a notice to the registered address; one to another, or to that of before, says nothing of it.

    Written only when it changes: every letter would touch the person otherwise.
    """
    if para != persona.correo:
        return
    avisos, motivo = ("ok", "") if destino == "enviado" else ("rechazado", palabras)
    if (persona.avisos, persona.motivo_avisos) != (avisos, motivo):
        persona.avisos, persona.motivo_avisos = avisos, motivo
