"""The paper that attests a reading, read back with poppler."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from casilla.printing.lectura import HechosLectura, constancia_de_lectura
from tests.printing.lector import estructura, leer, poppler

HECHOS = HechosLectura(
    codigo="ABCD1234EFGH5678",
    expediente="OGT002025000009",
    administrado="ÑAHUI-O'HIGGINS ÑUSTA",
    documento_identidad="DNI 40000002",
    documento="CARTA 000009-2025-OGTI",
    depositado_en=datetime(2026, 1, 23, 15, 11, tzinfo=UTC),
    leido_en=datetime(2026, 9, 5, 3, 4, tzinfo=UTC),
    lector="ÑAHUI-O'HIGGINS ÑUSTA",
    usuario="1-40000002",
    archivos=(("CARTA.pdf", "a" * 64, 1234), ("anexo.txt", "b" * 64, 1)),
    oficina="Oficina de Atención",
    institucion="Ministerio de Prueba",
    sigla="MP",
    direccion="Jr. Camaná 616",
    telefono="(01) 626-1600",
    url_verificacion="https://casilla.example/verificar/ABCD1234EFGH5678",
)


def test_it_says_who_read_what_and_when() -> None:
    texto = " ".join(poppler("pdftotext", constancia_de_lectura(HECHOS)).split())

    for palabras in (
        "CONSTANCIA DE LECTURA",
        "Documento CARTA 000009-2025-OGTI",
        "Depositada 23 de enero de 2026, 10:11 (hora de Lima)",
        "Leída 4 de setiembre de 2026, 22:04 (hora de Lima)",
        "Leída por ÑAHUI-O'HIGGINS ÑUSTA, usuario 1-40000002",
        "a" * 64,
        "ABCD-1234-EFGH-5678",
        "https://casilla.example/verificar/ABCD1234EFGH5678",
    ):
        assert palabras in texto


def test_it_is_tagged_and_the_same_facts_give_the_same_bytes() -> None:
    pdf = constancia_de_lectura(HECHOS)

    assert leer(pdf).trailer["/Root"]["/Lang"] == "es-PE"
    assert leer(pdf).metadata.title == "Constancia de lectura: CARTA 000009-2025-OGTI"
    assert {"H1", "TH", "TD", "Link"} <= {etiqueta for etiqueta, _ in estructura(pdf)}
    assert pdf == constancia_de_lectura(HECHOS)


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        constancia_de_lectura(replace(HECHOS, leido_en=datetime(2026, 9, 5)))
