"""``casilla interrupcion``: what the operator tells about the service."""

from datetime import UTC, datetime

import pytest

from casilla.scripts.rastro import operador
from casilla.services.auditoria import hallazgos
from casilla.services.interrupciones import SERVICIOS, registrada_por
from casilla.views.admin.palabras import ACTOS_DICHOS
from tests import mundo
from tests.scripts.conftest import Instalacion


def test_one_is_told_closed_and_listed_in_the_time_of_lima(poblada: Instalacion) -> None:
    abierta = poblada.orden(
        "interrupcion", "abrir", "Corte de luz.", "--servicio", "avisos", "--desde", "2026-01-23 08:00"
    )
    assert (abierta.exit_code, abierta.stdout.split(".")[0]) == (0, "Interrupción 1 registrada")
    assert (
        "1  en curso  23 de enero de 2026, 08:00 - sin fin  avisos  Corte de luz."
        in poblada.orden("interrupcion", "listar").stdout
    )

    assert poblada.orden("interrupcion", "cerrar", "1", "--hasta", "2026-01-23 10:30").exit_code == 0
    assert (
        "terminada  23 de enero de 2026, 08:00 - 23 de enero de 2026, 10:30"
        in poblada.orden("interrupcion", "listar").stdout
    )
    assert poblada.hacer(lambda sitio: sitio.interrupciones["1"].desde) == datetime(2026, 1, 23, 13, 0, tzinfo=UTC)
    assert poblada.hacer(lambda sitio: registrada_por(sitio.interrupciones["1"])).startswith("operador:")


def test_without_a_service_it_is_all_of_them_and_without_an_hour_it_is_now(poblada: Instalacion) -> None:
    antes = datetime.now(UTC)
    poblada.orden("interrupcion", "abrir", "Mantenimiento.")

    desde, servicios = poblada.hacer(
        lambda sitio: (sitio.interrupciones["1"].desde, sitio.interrupciones["1"].servicios)
    )
    assert antes <= desde <= datetime.now(UTC)
    assert servicios == tuple(SERVICIOS)


def test_one_told_wrong_is_annulled_and_stays_in_the_list(poblada: Instalacion) -> None:
    poblada.orden("interrupcion", "abrir", "Corte de luz.")

    assert poblada.orden("interrupcion", "anular", "1", "No ocurrió.").exit_code == 0
    assert "1  anulada" in poblada.orden("interrupcion", "listar").stdout


def test_what_the_operator_tells_is_in_the_audit_with_who_when_and_why(poblada: Instalacion) -> None:
    poblada.orden("interrupcion", "abrir", "Corte de luz.", "--servicio", "avisos", "--desde", "2026-01-23 08:00")
    poblada.orden("interrupcion", "cerrar", "1", "--hasta", "2026-01-23 10:30")
    poblada.orden("interrupcion", "anular", "1", "No ocurrió.")
    poblada.orden("interrupcion", "cerrar", "1")

    asientos = poblada.hacer(lambda sitio: list(sitio.auditoria))

    assert {(a.actor, a.sobre) for a in asientos} == {(operador(), "interrupciones/1")}
    assert [a.acto for a in asientos] == ["abrir-interrupcion", "cerrar-interrupcion", "anular-interrupcion"]
    assert {a.acto for a in asientos} <= set(ACTOS_DICHOS)
    assert "sin fin\nServicios: avisos\nMotivo: Corte de luz." in asientos[0].despues
    assert "23 de enero de 2026, 10:30" in asientos[1].despues
    assert asientos[2].despues.endswith("Motivo: No ocurrió.")
    assert poblada.hacer(lambda sitio: list(hallazgos(sitio, mundo.SECRETO))) == []


@pytest.mark.parametrize(
    ("argumentos", "estado", "palabras"),
    [
        (("abrir", "x", "--desde", "2026-01-23 08:00", "--hasta", "2026-01-23 07:00"), 1, "debe terminar después"),
        (("abrir", "x", "--desde", "ayer"), 2, "--desde"),
        (("abrir", "x", "--servicio", "luz"), 2, "--servicio"),
        (("cerrar", "9"), 1, "no hay ninguna interrupción 9"),
        (("cerrar", "1", "--hasta", "2999-01-01 00:00"), 1, "no puede haber terminado en el futuro"),
        (("anular", "9", "x"), 1, "no hay ninguna interrupción 9"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(
    poblada: Instalacion, argumentos: tuple[str, ...], estado: int, palabras: str
) -> None:
    poblada.orden("interrupcion", "abrir", "Corte de luz.")

    resultado = poblada.orden("interrupcion", *argumentos)

    assert resultado.exit_code == estado
    assert palabras in resultado.stderr
    assert poblada.hacer(lambda sitio: [i.estado for i in sitio.interrupciones.values()]) == ["registrada"]


def test_what_was_annulled_cannot_be_closed(poblada: Instalacion) -> None:
    poblada.orden("interrupcion", "abrir", "Corte de luz.")
    poblada.orden("interrupcion", "anular", "1", "No ocurrió.")

    assert poblada.orden("interrupcion", "cerrar", "1").exit_code == 1


def test_an_empty_list_says_so(poblada: Instalacion) -> None:
    assert "No hay interrupciones registradas." in poblada.orden("interrupcion", "listar").stdout
