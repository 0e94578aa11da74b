"""A registration that the register could not settle: asked for, kept, decided once, told, and then forgotten."""

from datetime import date, timedelta
from typing import Any

import pytest
from ZODB import DB

from casilla.evolve.s20261123_zz_solicitudes_en_revision import evolucionar
from casilla.permissions import solicitante
from casilla.resources.sitio import Sitio
from casilla.services import revision
from casilla.services.correspondencia import SOLICITUD_AUTORIZADA, SOLICITUD_DENEGADA, SOLICITUD_EN_REVISION
from casilla.services.fundacion import RAIZ
from casilla.services.plazos import Calendario
from casilla.services.registro import VIDA, MenorDeEdad, NoFigura, borrar, declarar, vence, vencer, vencida
from casilla.services.registro_juridico import Impedida
from casilla.services.revision import (
    NO_COINCIDE,
    SIN_RESPUESTA,
    NoCorresponde,
    NoRevisable,
    anotar_consulta,
    autorizar,
    decision,
    denegar,
    mellizas,
    pedir,
    revisable,
)
from casilla.services.secretos import codigo_validacion
from casilla.services.validacion import VIDA_AUTORIZADA, CodigoErrado, CodigoMuerto, reenviar, validar
from casilla.workflow import TransicionInvalida
from tests import mundo
from tests.mundo import ENERO
from tests.solicitantes import cartas, datos, declarada, en_revision, por_validar

LUEGO = ENERO + timedelta(days=40)
QUIEN = {"actor": "registro", "ahora": LUEGO}
NUEVA = "1-99000013"


def codigo(solicitud: Any) -> str:
    return codigo_validacion(mundo.SECRETO, solicitud.__name__, solicitud.envios)


def probar(sitio: Sitio, solicitud: Any, ahora: Any, que: str = "") -> None:
    validar(sitio, solicitud, que or codigo(solicitud), secreto=mundo.SECRETO, ahora=ahora, costo=mundo.COSTO)


def test_asking_sends_a_receipt_and_promises_a_day(sitio: Sitio) -> None:
    solicitud = en_revision(sitio)

    assert solicitud.estado == "en-revision"
    assert (solicitud.revision_desde, solicitud.responder_hasta) == (ENERO, date(2026, 1, 28))
    assert cartas(sitio, SOLICITUD_EN_REVISION) == [("p99000013@correo.example", 0)]


def test_asking_twice_is_as_good_as_once(sitio: Sitio) -> None:
    solicitud = en_revision(sitio)
    historia = solicitud.historia

    pedir(sitio, solicitud, calendario=Calendario(), ahora=LUEGO)

    assert solicitud.historia == historia


def test_what_differed_is_kept_and_never_what_is_right(sitio: Sitio) -> None:
    solicitud = en_revision(sitio, "49083411", nombres="OTRA", cui="9")

    assert solicitud.consultas == (("Padrón ficticio", NO_COINCIDE, ("nombres", "cui"), ENERO),)
    assert "ROSA" not in repr(solicitud.__getstate__())


def test_before_the_register_was_asked_nobody_is(sitio: Sitio) -> None:
    with pytest.raises(NoRevisable):
        pedir(sitio, declarada(sitio), calendario=Calendario(), ahora=ENERO)


@pytest.mark.parametrize("motivo", [MenorDeEdad(), Impedida("No está ACTIVO")])
def test_what_the_register_settled_is_not_asked_of_anybody(sitio: Sitio, motivo: Any) -> None:
    solicitud = declarada(sitio)
    anotar_consulta(solicitud, "Padrón ficticio", motivo, ENERO)

    assert not revisable(solicitud)


def test_data_changed_after_the_answer_are_asked_about_first(sitio: Sitio) -> None:
    solicitud = declarada(sitio)
    anotar_consulta(solicitud, "Padrón ficticio", NoFigura(), ENERO)
    assert revisable(solicitud)

    declarar(solicitud, datos(nombres="OTRA"), ENERO + timedelta(minutes=1))

    assert not revisable(solicitud)


def test_only_the_last_answers_are_kept(sitio: Sitio) -> None:
    solicitud = declarada(sitio)
    for minuto in range(30):
        anotar_consulta(solicitud, "Padrón ficticio", SIN_RESPUESTA, ENERO + timedelta(minutes=minuto))

    assert len(solicitud.consultas) == 20
    assert solicitud.consultas[-1][-1] == ENERO + timedelta(minutes=29)


def test_no_day_ends_it_while_somebody_is_to_decide(sitio: Sitio) -> None:
    solicitud = en_revision(sitio)

    assert not vencida(solicitud, LUEGO)
    assert vencer(sitio, LUEGO) == 0
    assert list(sitio.solicitudes.en_revision()) == [solicitud]
    assert sitio.solicitudes.diferencias() == []


def test_in_review_the_data_cannot_be_changed(sitio: Sitio) -> None:
    solicitud = en_revision(sitio)

    with pytest.raises(TransicionInvalida):
        declarar(solicitud, datos("99000013", nombres="OTRA"), LUEGO)


def test_whoever_waits_longest_stands_first_and_the_rest_is_not_loaded(sitio: Sitio) -> None:
    for n in range(30):
        en_revision(sitio, nombre=f"s{n}", ahora=ENERO - timedelta(hours=n))
    sitio._p_jar.transaction_manager.commit()
    sitio._p_jar.cacheMinimize()

    assert [s.__name__ for s in sitio.solicitudes.en_revision(0, 3)] == ["s29", "s28", "s27"]
    cargadas = [n for n in sitio.solicitudes if sitio.solicitudes[n]._p_changed is not None]
    assert len(cargadas) == 3
    assert sitio.solicitudes.cuantas_en_revision() == 30


def test_authorized_its_code_lives_seven_days_and_opens_the_casilla(sitio: Sitio) -> None:
    solicitud = en_revision(sitio)

    autorizar(sitio, solicitud, motivo="Mostró su DNI", **QUIEN)

    assert solicitud.estado == "por-validar"
    assert cartas(sitio, SOLICITUD_AUTORIZADA) == [("p99000013@correo.example", 1)]
    assert vence(solicitud) == solicitud.codigo_hasta == LUEGO + VIDA_AUTORIZADA
    assert vencer(sitio, LUEGO + timedelta(days=6)) == 0
    probar(sitio, solicitud, LUEGO + timedelta(days=6))
    persona = sitio.personas[NUEVA]
    assert (persona.verificado_por, persona.verificado_en) == ("una persona de la institución", LUEGO)
    assert set(persona.verificados) >= {"nombres", "fecha_nacimiento", "cui", "numero"}
    assert persona.declarados == ()


def test_after_the_seven_days_it_goes(sitio: Sitio) -> None:
    solicitud = en_revision(sitio)
    autorizar(sitio, solicitud, motivo="Mostró su DNI", **QUIEN)
    tarde = LUEGO + VIDA_AUTORIZADA + timedelta(seconds=1)

    with pytest.raises(CodigoMuerto):
        probar(sitio, solicitud, tarde)
    assert vencer(sitio, tarde) == 1
    assert sitio.solicitudes.diferencias() == []


def test_the_long_code_can_be_tried_no_more_often_than_the_short_one(sitio: Sitio) -> None:
    solicitud = en_revision(sitio)
    autorizar(sitio, solicitud, motivo="Mostró su DNI", **QUIEN)

    for _ in range(5):
        with pytest.raises(CodigoErrado):
            probar(sitio, solicitud, LUEGO, "ZZZZZZ")
    with pytest.raises(CodigoMuerto):
        probar(sitio, solicitud, LUEGO)
    reenviar(sitio, solicitud, LUEGO + timedelta(minutes=2))
    probar(sitio, solicitud, LUEGO + timedelta(minutes=3))


def test_data_changed_after_the_authorization_are_no_longer_confirmed(sitio: Sitio) -> None:
    solicitud = en_revision(sitio)
    autorizar(sitio, solicitud, motivo="Mostró su DNI", **QUIEN)

    declarar(solicitud, datos("99000013", nombres="OTRA"), LUEGO)

    assert (solicitud.estado, solicitud.verificado_por) == ("declarada", "")
    with pytest.raises(TransicionInvalida):
        probar(sitio, solicitud, LUEGO)


def test_refused_the_data_are_forgotten_at_once_and_the_reason_stays_a_week(sitio: Sitio) -> None:
    solicitud = en_revision(sitio)

    denegar(sitio, solicitud, motivo="El documento está vencido", **QUIEN)

    assert (solicitud.estado, solicitud.datos, solicitud.correo, solicitud.consultas) == ("denegada", (), "", ())
    assert cartas(sitio, SOLICITUD_DENEGADA) == [("p99000013@correo.example", 0)]
    assert decision(solicitud) == ("denegada", "registro", LUEGO, "El documento está vencido")
    assert vence(solicitud) == LUEGO + VIDA_AUTORIZADA
    assert sitio.solicitudes.cuantas_en_revision() == 0
    assert vencer(sitio, LUEGO + VIDA_AUTORIZADA + timedelta(seconds=1)) == 1
    assert sitio.solicitudes.diferencias() == []


@pytest.mark.parametrize("primera", [autorizar, denegar])
@pytest.mark.parametrize("segunda", [autorizar, denegar])
def test_the_second_to_decide_is_told_and_changes_nothing(sitio: Sitio, primera: Any, segunda: Any) -> None:
    solicitud = en_revision(sitio)
    primera(sitio, solicitud, motivo="Una", **QUIEN)
    antes = solicitud.historia

    with pytest.raises(NoCorresponde):
        segunda(sitio, solicitud, motivo="Otra", **QUIEN)

    assert solicitud.historia == antes


@pytest.mark.parametrize("cambios", [{"numero": "40000001"}, {"correo": "rosa@correo.example"}])
def test_whoever_has_a_casilla_gets_no_other(sitio: Sitio, cambios: dict[str, str]) -> None:
    solicitud = en_revision(sitio, **cambios)

    with pytest.raises(NoCorresponde, match="ya tiene una casilla"):
        autorizar(sitio, solicitud, motivo="Mostró su DNI", **QUIEN)

    assert solicitud.estado == "en-revision"
    assert any(revision.conocidos(sitio, solicitud))


def test_two_requests_for_one_document_know_of_each_other(sitio: Sitio) -> None:
    una, otra = en_revision(sitio, nombre="una"), en_revision(sitio, nombre="otra", correo="otra@correo.example")
    en_revision(sitio, "99111111")

    assert mellizas(sitio, una) == [otra]
    assert mellizas(sitio, otra) == [una]


def test_a_person_may_take_the_request_back(sitio: Sitio) -> None:
    solicitud = en_revision(sitio)

    borrar(sitio, solicitud, ahora=LUEGO)

    assert len(sitio.solicitudes) == sitio.solicitudes.cuantas_en_revision() == 0
    assert solicitud.historia[-1][:2] == ("vencida", solicitante("solicitud-99000013"))
    assert sitio.solicitudes.diferencias() == []


def test_both_orders_can_be_checked_and_made_anew(sitio: Sitio) -> None:
    solicitud, otra = en_revision(sitio), por_validar(sitio)
    sitio.solicitudes._en_revision.clear()
    assert sitio.solicitudes.diferencias() == ["solicitudes: las que están en revisión no son las que se listan"]

    sitio.solicitudes.rehacer()

    assert sitio.solicitudes.diferencias() == []
    assert list(sitio.solicitudes.en_revision()) == [solicitud]
    assert sitio.solicitudes.anteriores_a(ENERO + VIDA, 10) == [otra]


def test_an_old_store_gets_the_order_and_the_letters(base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        declarada(sitio)
        sitio.solicitudes._en_revision = None
        del sitio.contenidos[SOLICITUD_DENEGADA]
        for _ in range(2):
            evolucionar(sitio)
            assert sitio.solicitudes.diferencias() == []
            assert sitio.contenidos[SOLICITUD_DENEGADA].publico_en(mundo.ENERO + timedelta(days=400))
