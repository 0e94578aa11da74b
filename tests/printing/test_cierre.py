"""The paper that attests the closing, read back with poppler."""

from dataclasses import replace
from datetime import UTC, date, datetime

from casilla.printing.cierre import HechosCierre, constancia_de_cierre
from tests.printing.lector import estructura, leer, poppler

HECHOS = HechosCierre(
    administrado="ÑAHUI-O'HIGGINS ÑUSTA",
    documento_identidad="DNI 40000002",
    abierta_en=datetime(2026, 1, 23, 15, 11, tzinfo=UTC),
    cerrada_en=datetime(2026, 9, 5, 3, 4, tzinfo=UTC),
    sin_leer=(("CARTA 000001-2026-OGTI", "OFICINA", datetime(2026, 9, 1, 15, 0, tzinfo=UTC), date(2026, 9, 22)),),
    con_plazo=(),
    oficina="Oficina de Atención",
    institucion="Ministerio de Prueba",
    sigla="MP",
    direccion="Jr. Camaná 616",
    telefono="(01) 626-1600",
)


def test_it_says_who_when_and_what_was_open() -> None:
    texto = " ".join(poppler("pdftotext", constancia_de_cierre(HECHOS)).split())

    for palabras in (
        "CONSTANCIA DE CIERRE DE CASILLA ELECTRÓNICA",
        "ÑAHUI-O'HIGGINS ÑUSTA",
        "DNI 40000002",
        "4 de setiembre de 2026, 22:04 (hora de Lima)",
        "Notificaciones sin leer al cerrar: 1",
        "CARTA 000001-2026-OGTI",
        "martes 22 de setiembre de 2026",
        "con plazo en curso al cerrar: ninguna",
    ):
        assert palabras in texto


def test_it_is_tagged_and_the_same_facts_give_the_same_bytes() -> None:
    pdf = constancia_de_cierre(HECHOS)

    assert leer(pdf).trailer["/Root"]["/Lang"] == "es-PE"
    assert {"H1", "H2", "TH", "TD"} <= {etiqueta for etiqueta, _ in estructura(pdf)}
    assert pdf == constancia_de_cierre(HECHOS)


def test_a_long_list_goes_on_over_the_sheets() -> None:
    pdf = constancia_de_cierre(replace(HECHOS, sin_leer=HECHOS.sin_leer * 120))

    assert len(leer(pdf).pages) > 3
    assert poppler("pdftotext", pdf).count("CARTA 000001-2026-OGTI") == 120
