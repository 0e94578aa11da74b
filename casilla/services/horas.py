"""Dates and times as people in Peru read them: Lima, 24-hour clock, "setiembre".

The store keeps aware datetimes in UTC; only this module turns them into words.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LIMA = ZoneInfo("America/Lima")

MESES = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "setiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
DIAS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")


def en_lima(momento: datetime) -> datetime:
    """The same moment on Lima's clock.

    Raises ValueError for a naive datetime: guessing its zone could move a deadline by a day.
    """
    if momento.tzinfo is None:
        raise ValueError(f"a datetime with a time zone is needed, not {momento!r}")
    return momento.astimezone(LIMA)


def dia_en_lima(momento: datetime) -> date:
    """The calendar day in Lima at an aware moment (19:30 UTC-5 is already the next day in UTC)."""
    return en_lima(momento).date()


def fecha_larga(dia: date) -> str:
    """Write "23 de enero de 2025", of a date or of an aware datetime (its day in Lima)."""
    dia = _dia(dia)
    return f"{dia.day} de {MESES[dia.month - 1]} de {dia.year}"


def numero_de_mes(palabra: str) -> int | None:
    """1 to 12 for a month's name or its first three letters or more ("mar", "Setiembre", "sept."); else None."""
    palabra = palabra.casefold().rstrip(".")
    nombres = [*enumerate(MESES, 1), (9, "septiembre")]
    return next((n for n, nombre in nombres if len(palabra) >= 3 and nombre.startswith(palabra)), None)


def fecha_con_dia(dia: date) -> str:
    """Write "viernes 5 de setiembre de 2025"."""
    dia = _dia(dia)
    return f"{DIAS[dia.weekday()]} {fecha_larga(dia)}"


def hora(momento: datetime) -> str:
    """Write "16:05", of an aware datetime."""
    return f"{en_lima(momento):%H:%M}"


def fecha_hora(momento: datetime) -> str:
    """Write "23 de enero de 2025, 10:11", of an aware datetime."""
    return f"{fecha_larga(momento)}, {hora(momento)}"


def fecha_hora_dicha(momento: datetime) -> str:
    """Like ``fecha_hora``, without the hour when it is midnight: that is how the SGD writes a date that has none."""
    local = en_lima(momento)
    return fecha_hora(momento) if (local.hour, local.minute, local.second) != (0, 0, 0) else fecha_larga(momento)


def duracion(lapso: timedelta) -> str:
    """Write "1 día, 2 horas y 5 minutos", of a lapse that is not negative; parts of a minute count as none."""
    minutos = lapso // timedelta(minutes=1)
    partes = ((minutos // 1440, "día"), (minutos // 60 % 24, "hora"), (minutos % 60, "minuto"))
    dichas = [f"{n} {nombre}{'s' if n > 1 else ''}" for n, nombre in partes if n]
    if not dichas:
        return "menos de un minuto"
    return " y ".join(filter(None, (", ".join(dichas[:-1]), dichas[-1])))


def _dia(dia: date) -> date:
    """A datetime is a date for Python, but its day depends on the clock: take Lima's."""
    return dia_en_lima(dia) if isinstance(dia, datetime) else dia
