"""A term as an event that calendars take in (iCalendar, RFC 5545): its last day, and an alarm before it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from casilla.services.horas import LIMA, fecha_larga

DIAS_ANTES = timedelta(days=3)
HORA_DE_ALARMA = time(9, tzinfo=LIMA)
_LARGO = 75  # octets of a line, its end not counted (3.1)


@dataclass(frozen=True)
class HechosPlazo:
    """``codigo`` of the notification and ``anfitrion`` of the site name the event for ever; ``url``: its page."""

    codigo: str
    documento: str
    depositado_en: datetime
    vence: date
    anfitrion: str
    url: str


def evento(hechos: HechosPlazo) -> bytes:
    """The file, in UTF-8. The same facts give the same bytes, so that a second copy replaces the first.

    A day has no zone: the event is the whole day, and the alarm a moment, nine in the morning in Lima.
    """
    alarma = datetime.combine(hechos.vence - DIAS_ANTES, HORA_DE_ALARMA)
    titulo = f"Vence el plazo de {hechos.documento}"
    lineas = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Casilla Electrónica//Casilla//ES",
        "X-WR-TIMEZONE:America/Lima",
        "BEGIN:VEVENT",
        f"UID:{hechos.codigo}@{hechos.anfitrion}",
        f"DTSTAMP:{_utc(hechos.depositado_en)}",
        f"DTSTART;VALUE=DATE:{hechos.vence:%Y%m%d}",
        f"DTEND;VALUE=DATE:{hechos.vence + timedelta(days=1):%Y%m%d}",
        "TRANSP:TRANSPARENT",
        f"SUMMARY:{_texto(titulo)}",
        f"DESCRIPTION:{_texto(_descripcion(hechos))}",
        f"URL:{hechos.url}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_texto(titulo)}",
        f"TRIGGER;VALUE=DATE-TIME:{_utc(alarma)}",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return b"".join(map(_doblada, lineas))


def _descripcion(hechos: HechosPlazo) -> str:
    return (
        f"Último día del plazo según la Casilla Electrónica (cálculo referencial): {fecha_larga(hechos.vence)}.\n"
        f"Notificación: {hechos.url}"
    )


def _utc(momento: datetime) -> str:
    return f"{momento.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _texto(palabras: str) -> str:
    """As a value of type TEXT (3.3.11)."""
    for signo in "\\;,":
        palabras = palabras.replace(signo, f"\\{signo}")
    return palabras.replace("\n", "\\n")


def _doblada(linea: str) -> bytes:
    """The line with its end, folded so that no part is too long, and no letter cut in two."""
    partes, parte = [], b""
    for signo in linea:
        octetos = signo.encode()
        if len(parte) + len(octetos) > _LARGO:
            partes.append(parte)
            parte = b" "
        parte += octetos
    return b"\r\n".join((*partes, parte)) + b"\r\n"
