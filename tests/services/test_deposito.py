"""The deposit: whole or not at all, once for each key."""

import pytest

from casilla.resources.sitio import Sitio
from casilla.services.deposito import ClaveYaUsada, DestinatarioSinCasilla
from tests import mundo


def test_a_deposit_seats_the_notification_with_its_files_its_letter_and_its_event(sitio: Sitio) -> None:
    casilla = sitio.personas[mundo.TOMAS].casilla

    notificacion = mundo.deposito(sitio, mundo.TOMAS, 9, anexos=2)

    assert casilla[notificacion.__name__] is notificacion
    assert len(casilla.pendientes) == 1
    assert [a.__name__ for a in notificacion.archivos] == ["documento", "anexo-1", "anexo-2", "constancia"]
    assert notificacion.computo_desde.isoformat() == "2026-01-26"
    assert sitio.registro[notificacion.codigo] is notificacion
    assert any(carta.sobre is notificacion for _, carta in sitio.salida)
    assert casilla.diferencias() == []


def test_the_same_key_and_content_give_the_first_notification_again(sitio: Sitio) -> None:
    primera = mundo.deposito(sitio, mundo.TOMAS, 9)

    assert mundo.deposito(sitio, mundo.TOMAS, 9) is primera
    assert len(sitio.personas[mundo.TOMAS].casilla.pendientes) == 1


def test_the_same_key_with_other_content_is_refused(sitio: Sitio) -> None:
    mundo.deposito(sitio, mundo.TOMAS, 9)

    with pytest.raises(ClaveYaUsada):
        mundo.deposito(sitio, mundo.TOMAS, 9, asunto="Otro asunto")


def test_nobody_without_a_casilla_receives_anything(sitio: Sitio) -> None:
    with pytest.raises(DestinatarioSinCasilla):
        mundo.deposito(sitio, "1-99999999", 1)
