"""The term as a calendar's event, read as RFC 5545 says to read it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from casilla.printing.agenda import HechosPlazo, evento

HECHOS = HechosPlazo(
    codigo="ABCD1234EFGH5678",
    documento="CARTA 000009-2025-OGTI",
    depositado_en=datetime(2026, 1, 23, 15, 11, 16, tzinfo=UTC),
    vence=date(2026, 2, 13),
    anfitrion="casilla.example",
    url="https://casilla.example/casilla/abc/1",
)


def leer(octetos: bytes) -> dict[str, str]:
    """Name and parameters → value, of lines unfolded (3.1); those of the alarm after ``VALARM``."""
    campos: dict[str, str] = {}
    donde = ""
    for linea in octetos.decode("utf-8").replace("\r\n ", "").removesuffix("\r\n").split("\r\n"):
        nombre, _, valor = linea.partition(":")
        if nombre in ("BEGIN", "END"):
            donde = "VALARM " if linea == "BEGIN:VALARM" else ""
        else:
            campos[donde + nombre] = valor
    return campos


def test_the_event_is_the_last_day_whole_and_the_alarm_three_days_before_in_lima() -> None:
    campos = leer(evento(HECHOS))

    assert campos["DTSTART;VALUE=DATE"] == "20260213"
    assert campos["DTEND;VALUE=DATE"] == "20260214"
    assert campos["VALARM TRIGGER;VALUE=DATE-TIME"] == "20260210T140000Z"  # 09:00 in Lima
    assert campos["X-WR-TIMEZONE"] == "America/Lima"


def test_a_second_copy_replaces_the_first() -> None:
    assert leer(evento(HECHOS))["UID"] == "ABCD1234EFGH5678@casilla.example"
    assert evento(HECHOS) == evento(HECHOS)


def test_it_says_the_document_and_not_what_it_is_about() -> None:
    campos = leer(evento(HECHOS))

    assert campos["SUMMARY"] == "Vence el plazo de CARTA 000009-2025-OGTI"
    assert "(cálculo referencial): 13 de febrero de 2026.\\nNotificación: " in campos["DESCRIPTION"]
    assert campos["URL"] == HECHOS.url


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=120))
def test_whatever_a_document_is_called_the_lines_are_as_they_must_be(documento: str) -> None:
    octetos = evento(replace(HECHOS, documento=documento))

    assert octetos.endswith(b"END:VCALENDAR\r\n")
    lineas = octetos.split(b"\r\n")
    assert all(len(linea) <= 75 and linea.decode("utf-8") is not None for linea in lineas)
    llano = leer(octetos)["SUMMARY"].replace("\\;", ";").replace("\\,", ",").replace("\\\\", "\\")
    assert llano == f"Vence el plazo de {documento}"
