"""The paper that attests an interruption, read back with poppler."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from casilla.printing.interrupcion import HechosInterrupcion, constancia_de_interrupcion
from tests.printing.lector import datos, estructura, leer, poppler

HECHOS = HechosInterrupcion(
    numero="7",
    servicios=("Ingreso a la casilla y lectura de notificaciones", "Depósito de notificaciones"),
    motivo="Corte de energía en el centro de datos.",
    desde=datetime(2026, 9, 4, 15, 0, tzinfo=UTC),
    hasta=datetime(2026, 9, 5, 3, 5, tzinfo=UTC),
    anunciada=False,
    dias_habiles=(date(2026, 9, 4),),
    registrada_en=datetime(2026, 9, 5, 3, 10, tzinfo=UTC),
    detectada=False,
    emitida_en=datetime(2026, 9, 8, 14, 0, tzinfo=UTC),
    url="https://casilla.example/estado/7",
    oficina="Oficina de Atención",
    institucion="Ministerio de Prueba",
    sigla="MP",
    direccion="Jr. Camaná 616",
    telefono="(01) 626-1600, Anexo 1928",
)


def test_it_says_what_from_when_until_when_how_long_and_why() -> None:
    assert datos(constancia_de_interrupcion(HECHOS)) == {
        "Número": "7",
        "Servicios que no se pudieron usar": "Ingreso a la casilla y lectura de notificaciones; Depósito de"
        " notificaciones",
        "Desde": "4 de setiembre de 2026, 10:00 (hora de Lima)",
        "Hasta": "4 de setiembre de 2026, 22:05 (hora de Lima)",
        "Duración": "12 horas y 5 minutos",
        "Días hábiles alcanzados": "viernes 4 de setiembre de 2026",
        "Motivo": "Corte de energía en el centro de datos.",
        "Registro": "Por la institución, el 4 de setiembre de 2026, 22:10 (hora de Lima)",
        "Emisión de esta constancia": "8 de setiembre de 2026, 09:00 (hora de Lima)",
    }


def test_what_is_not_over_or_was_only_announced_is_said_so() -> None:
    sigue = datos(constancia_de_interrupcion(replace(HECHOS, hasta=None, detectada=True)))
    anunciada = datos(constancia_de_interrupcion(replace(HECHOS, anunciada=True)))

    assert sigue["Hasta"] == "Seguía el 8 de setiembre de 2026, 09:00 (hora de Lima)"
    assert sigue["Duración"] == "Todavía no terminaba"
    assert sigue["Registro"].startswith("Por el propio sistema")
    assert anunciada["Hasta"].endswith("(hora de Lima), según se anunció")


def test_many_business_days_are_counted() -> None:
    dias = tuple(date(2026, 9, 7) + timedelta(days=n) for n in range(6))

    dichos = datos(constancia_de_interrupcion(replace(HECHOS, dias_habiles=dias)))["Días hábiles alcanzados"]

    assert dichos == "6, del lunes 7 de setiembre de 2026 al sábado 12 de setiembre de 2026"


def test_it_is_tagged_leads_to_its_page_and_the_same_facts_give_the_same_bytes() -> None:
    pdf = constancia_de_interrupcion(HECHOS)
    lector = leer(pdf)

    assert lector.trailer["/Root"]["/Lang"] == "es-PE"
    assert lector.metadata.title == "Constancia de interrupción del servicio n.° 7"
    assert {"H1", "H2", "TH", "TD"} <= {etiqueta for etiqueta, _ in estructura(pdf)}
    assert [a.get_object()["/A"]["/URI"] for a in lector.pages[0]["/Annots"]] == ["https://casilla.example/estado/7"]
    assert pdf == constancia_de_interrupcion(HECHOS)


def test_a_long_reason_goes_on_over_the_sheets() -> None:
    pdf = constancia_de_interrupcion(replace(HECHOS, motivo="Un motivo muy largo. " * 400))

    assert len(leer(pdf).pages) > 1
    assert poppler("pdftotext", pdf).count("muy largo") == 400
