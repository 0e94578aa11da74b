"""A notification and its files: what is kept, who may reach it, and what has happened to it."""

from datetime import timedelta

import pytest
from pyramid.authorization import ACLHelper

from casilla.permissions import Permiso, titular
from casilla.resources.asiento import AsientoOcupado
from casilla.resources.notificacion import Notificacion
from casilla.resources.sitio import Sitio
from casilla.services.lectura import anular, leer
from casilla.workflow import TransicionInvalida
from tests import mundo

TARDE = mundo.ENERO + timedelta(days=2)


@pytest.fixture
def notificacion(sitio: Sitio) -> Notificacion:
    return mundo.deposito(sitio, mundo.TOMAS, 9, anexos=2)


def test_its_files_are_reached_by_name_and_nothing_else_is(notificacion: Notificacion) -> None:
    assert notificacion["documento"] is notificacion.documento
    assert notificacion["anexo-2"] is notificacion.anexos[1]
    assert notificacion["constancia"].__parent__ is notificacion
    for nombre in ("anexo-3", "anexo-0", "historia", ""):
        with pytest.raises(KeyError):
            notificacion[nombre]


def test_nothing_can_be_attached_to_it_a_second_time(notificacion: Notificacion) -> None:
    with pytest.raises(AsientoOcupado):
        notificacion.certificar(notificacion.constancia)


def test_a_fact_with_an_unknown_name_is_refused() -> None:
    with pytest.raises(TypeError, match="color"):
        Notificacion(color="rojo")


def test_it_remembers_that_it_was_opened_after_it_is_annulled(sitio: Sitio, notificacion: Notificacion) -> None:
    assert not notificacion.abierta

    leer(sitio, notificacion, actor=mundo.TOMAS, ahora=mundo.ENERO)
    anular(sitio, notificacion, motivo="Error de destinatario", actor="sgd", ahora=TARDE)

    assert notificacion.abierta
    assert notificacion.estado == "anulado"
    assert notificacion.cuando("anulado") == TARDE


def test_one_annulled_before_it_was_opened_can_no_longer_be(sitio: Sitio, notificacion: Notificacion) -> None:
    anular(sitio, notificacion, motivo="Error", actor="sgd", ahora=mundo.ENERO)

    leer(sitio, notificacion, actor=mundo.TOMAS, ahora=TARDE)

    assert not notificacion.abierta
    with pytest.raises(TransicionInvalida):
        notificacion.pasar("leer", mundo.TOMAS, TARDE)


@pytest.mark.parametrize("permiso", [Permiso.VER_CASILLA, Permiso.ABRIR])
def test_only_the_owner_of_the_casilla_may_see_or_open_it(
    sitio: Sitio, notificacion: Notificacion, permiso: Permiso
) -> None:
    suya, ajena = notificacion.__parent__, sitio.personas[mundo.ROSA].casilla
    acl = ACLHelper()
    for contexto in (notificacion, notificacion.documento, notificacion.constancia):
        assert acl.permits(contexto, [titular(suya.__name__)], permiso)
        assert not acl.permits(contexto, [titular(ajena.__name__), "system.Everyone"], permiso)
