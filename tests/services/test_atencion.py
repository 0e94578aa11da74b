"""What the institution's people may do with a notification, and when they may not."""

from datetime import timedelta

import pytest

from casilla.resources.notificacion import Notificacion
from casilla.resources.sitio import Sitio
from casilla.services.atencion import NoSeReenvia, consultar, reenviar_aviso
from casilla.services.correspondencia import entregada
from casilla.services.lectura import anular
from tests import mundo

LUEGO = mundo.ENERO + timedelta(hours=2)


@pytest.fixture
def avisada(sitio: Sitio) -> Notificacion:
    """Of Ñusta, whose notice left."""
    n = next(iter(sitio.personas[mundo.NUSTA].casilla))
    lugar = next(lugar for lugar, carta in sitio.salida if carta.sobre is n)
    entregada(sitio, lugar, mundo.ENERO, "250 Ok")
    return n


def reenviar(sitio: Sitio, n: Notificacion, cuando: timedelta = timedelta()) -> None:
    reenviar_aviso(sitio, n, actor="mquispe", ahora=LUEGO + cuando)


def test_it_goes_to_the_addresses_that_the_person_has_now(sitio: Sitio, avisada: Notificacion) -> None:
    persona = sitio.personas[mundo.NUSTA]
    sitio.personas.cambiar_correo(persona, "nueva@correo.example")
    persona.correo_adicional = "hermana@correo.example"

    reenviar(sitio, avisada)

    assert {c.para for _, c in sitio.salida if c.sobre is avisada} == {"nueva@correo.example", "hermana@correo.example"}
    assert avisada.historia[-3:-1] == (
        ("aviso-reenviado", "mquispe", LUEGO, ""),
        ("aviso-deposito:en-cola", "cartero", LUEGO, "nueva@correo.example"),
    )


def test_not_while_the_one_before_waits(sitio: Sitio, avisada: Notificacion) -> None:
    reenviar(sitio, avisada)

    with pytest.raises(NoSeReenvia, match="todavía está en cola"):
        reenviar(sitio, avisada, timedelta(hours=5))


def test_not_within_the_hour(sitio: Sitio, avisada: Notificacion) -> None:
    reenviar(sitio, avisada)
    entregada(sitio, next(lugar for lugar, c in sitio.salida if c.sobre is avisada), LUEGO, "250 Ok")

    with pytest.raises(NoSeReenvia, match="desde las 13:11"):
        reenviar(sitio, avisada, timedelta(minutes=59))
    reenviar(sitio, avisada, timedelta(minutes=60))


def test_not_of_what_was_annulled_nor_to_a_closed_casilla(sitio: Sitio, avisada: Notificacion) -> None:
    avisada.__parent__.cerrada_en = LUEGO
    with pytest.raises(NoSeReenvia, match="casilla está cerrada"):
        reenviar(sitio, avisada)
    anular(sitio, avisada, motivo="error", actor="sgd", ahora=LUEGO)
    with pytest.raises(NoSeReenvia, match="está anulada"):
        reenviar(sitio, avisada)


def test_a_look_is_noted_again_when_it_is_another_one(avisada: Notificacion) -> None:
    antes = len(avisada.historia)
    for actor, que, horas in (("a", "Anexo 1", 0), ("a", "Anexo 1", 0.9), ("b", "Anexo 1", 0.9), ("a", "Anexo 1", 1.1)):
        consultar(avisada, que, actor=actor, ahora=LUEGO + timedelta(hours=horas))

    assert [(actor, que) for _, actor, _, que in avisada.historia[antes:]] == [
        ("a", "Anexo 1"),
        ("b", "Anexo 1"),
        ("a", "Anexo 1"),
    ]
    assert avisada.estado == "depositado"
