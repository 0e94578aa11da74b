"""Registration: each step once, in order, and nothing half-made stays."""

from datetime import timedelta
from typing import Any

import pytest

from casilla.gateways.protocolo import DatosPersona, NoResponde
from casilla.resources.sitio import Sitio
from casilla.services.correspondencia import VALIDACION_CORREO
from casilla.services.registro import (
    VIDA,
    MenorDeEdad,
    NoCoincide,
    NoFigura,
    aceptar_privacidad,
    borrar,
    declarar,
    elegir,
    esperar,
    iniciar,
    rechazar,
    vencer,
    verificar,
)
from casilla.workflow import TransicionInvalida
from tests.mundo import ENERO
from tests.solicitantes import DIRECCION, PADRON, cartas, datos, declarada, por_validar

LUEGO = ENERO + timedelta(minutes=5)


def test_beginning_keeps_which_terms_were_accepted_when_and_from_where(sitio: Sitio) -> None:
    solicitud = iniciar(sitio, "una", ahora=ENERO, direccion=DIRECCION)

    version = sitio.contenidos["terminos"].ultima
    assert solicitud.aceptaciones == (("terminos", 1, version.huella, ENERO, DIRECCION),)
    assert solicitud.estado == "iniciada"


def test_beginning_twice_with_one_name_is_one_registration(sitio: Sitio) -> None:
    primera = iniciar(sitio, "una", ahora=ENERO, direccion=DIRECCION)

    assert iniciar(sitio, "una", ahora=LUEGO, direccion=DIRECCION) is primera
    assert len(sitio.solicitudes) == 1


def test_the_privacy_policy_is_accepted_once_and_again_when_it_has_changed(sitio: Sitio) -> None:
    solicitud = iniciar(sitio, "una", ahora=ENERO, direccion=DIRECCION)
    for _ in range(2):
        aceptar_privacidad(sitio, solicitud, ahora=ENERO, direccion=DIRECCION)
    sitio.contenidos["privacidad"].agregar_version("Política de privacidad", "Otra.", LUEGO)
    aceptar_privacidad(sitio, solicitud, ahora=LUEGO, direccion=DIRECCION)

    assert [(texto, version) for texto, version, *_ in solicitud.aceptaciones] == [
        ("terminos", 1),
        ("privacidad", 1),
        ("privacidad", 2),
    ]


def test_no_step_can_be_skipped(sitio: Sitio) -> None:
    solicitud = iniciar(sitio, "una", ahora=ENERO, direccion=DIRECCION)

    with pytest.raises(TransicionInvalida):
        elegir(solicitud, "natural", ENERO)
    with pytest.raises(TransicionInvalida):
        declarar(solicitud, datos(), ENERO)
    assert solicitud.datos == ()


def test_the_register_confirms_what_it_knows_and_the_rest_is_declared(sitio: Sitio) -> None:
    todo, solo_nombres = por_validar(sitio, "49083411"), por_validar(sitio, "99000010")

    assert set(todo.verificados) == {
        *("nombres", "apellido_paterno", "apellido_materno", "fecha_nacimiento", "sexo", "fecha_emision", "cui")
    }
    assert todo.declarados == ()
    assert (todo.verificado_por, todo.verificado_en) == ("Padrón ficticio", ENERO)
    assert set(solo_nombres.verificados) == {"nombres", "apellido_paterno", "apellido_materno"}
    assert set(solo_nombres.declarados) == {"fecha_nacimiento", "sexo", "fecha_emision", "cui"}


def test_a_foreigner_declares_neither_cui_nor_date_of_issue(sitio: Sitio) -> None:
    solicitud = por_validar(sitio, "000999001")

    assert solicitud.estado == "por-validar"
    assert set(solicitud.declarados) == {"fecha_nacimiento", "sexo"}


@pytest.mark.parametrize(
    ("numero", "cui"), [("99000004", "8"), ("99000008", "E"), ("99000008", "1")], ids=["one surname", "letter", "digit"]
)
def test_awkward_documents_are_confirmed_too(sitio: Sitio, numero: str, cui: str) -> None:
    assert por_validar(sitio, numero, cui=cui).estado == "por-validar"


@pytest.mark.parametrize(
    ("numero", "cambios", "motivo"),
    [
        ("99111111", {}, NoFigura),
        ("99000012", {}, MenorDeEdad),
        ("49083411", {"apellido_paterno": "OTRO"}, NoCoincide),
    ],
)
def test_whoever_is_not_confirmed_gets_no_code(sitio: Sitio, numero: str, cambios: Any, motivo: type) -> None:
    solicitud = declarada(sitio, numero, **cambios)

    with pytest.raises(motivo):
        verificar(sitio, solicitud, PADRON, LUEGO)

    assert solicitud.estado == "declarada"
    assert dict(solicitud.datos)["numero"] == numero
    assert solicitud.verificados == ()
    assert cartas(sitio, VALIDACION_CORREO) == []


def test_a_mismatch_names_the_data_as_the_form_knows_them_and_no_right_value(sitio: Sitio) -> None:
    solicitud = declarada(sitio, nombres="OTRA", cui="9")

    with pytest.raises(NoCoincide) as error:
        verificar(sitio, solicitud, PADRON, ENERO)

    assert error.value.campos == ("nombres", "cui")
    assert "ROSA" not in repr(error.value)


class Observador:
    """A register that looks at what was written before it was asked."""

    nombre = "Observador"

    def __init__(self, solicitud: Any) -> None:
        self.solicitud = solicitud

    def consultar(self, numero: str) -> DatosPersona | None:
        self.antes = self.solicitud._p_changed
        return PADRON.consultar(numero)


def test_the_register_is_asked_before_anything_is_written(sitio: Sitio) -> None:
    solicitud = declarada(sitio)
    sitio._p_jar.transaction_manager.commit()
    observador = Observador(solicitud)

    verificar(sitio, solicitud, observador, ENERO)

    assert observador.antes is False
    assert solicitud._p_changed


def test_a_register_that_does_not_answer_costs_no_data_and_the_person_finishes_later(sitio: Sitio) -> None:
    solicitud = declarada(sitio, "99000013")
    with pytest.raises(NoResponde):
        verificar(sitio, solicitud, PADRON, ENERO)
    esperar(solicitud, ENERO)
    assert solicitud.estado == "en-espera"
    assert dict(solicitud.datos)["apellido_paterno"] == "INVENTADO"

    despierto = type(PADRON)({"99000013": DatosPersona("NADIE", "INVENTADO", "")}, frozenset())
    verificar(sitio, solicitud, despierto, LUEGO)

    assert solicitud.estado == "por-validar"


def test_a_register_that_answers_no_ends_the_wait(sitio: Sitio) -> None:
    solicitud = declarada(sitio, "99000013")
    esperar(solicitud, ENERO)

    rechazar(solicitud, LUEGO)
    assert solicitud.estado == "declarada"
    historia = solicitud.historia
    rechazar(solicitud, LUEGO)

    assert solicitud.historia == historia


def test_the_same_data_again_change_nothing(sitio: Sitio) -> None:
    solicitud = por_validar(sitio)
    historia = solicitud.historia

    declarar(solicitud, datos(), LUEGO)

    assert solicitud.estado == "por-validar"
    assert solicitud.historia == historia


def test_other_data_must_be_verified_again_and_the_code_lives_on_with_the_address(sitio: Sitio) -> None:
    solicitud = por_validar(sitio)

    declarar(solicitud, datos(telefono="+5116261600"), LUEGO)
    assert (solicitud.estado, solicitud.verificado_por, solicitud.verificados) == ("declarada", "", ())
    verificar(sitio, solicitud, PADRON, LUEGO)

    assert cartas(sitio, VALIDACION_CORREO) == [("p49083411@correo.example", 1)]


def test_another_address_in_the_form_needs_another_code(sitio: Sitio) -> None:
    solicitud = por_validar(sitio)

    declarar(solicitud, datos(correo="Otra@Correo.example"), LUEGO)
    verificar(sitio, solicitud, PADRON, LUEGO)

    assert cartas(sitio, VALIDACION_CORREO) == [("p49083411@correo.example", 1), ("otra@correo.example", 2)]


def test_after_a_day_a_registration_goes_with_all_that_it_told(sitio: Sitio) -> None:
    vieja = por_validar(sitio)
    reciente = declarada(sitio, "99000001", ahora=LUEGO)

    assert vencer(sitio, ENERO + VIDA + timedelta(seconds=1)) == 1

    assert list(sitio.solicitudes) == [reciente.__name__]
    assert vieja.estado == "vencida"
    assert (vieja.datos, vieja.correo, vieja.direccion, vieja.aceptaciones, vieja.verificados) == ((), "", "", (), ())
    assert sitio.solicitudes.diferencias() == []


def test_the_cartero_removes_a_few_at_a_time_the_oldest_first(sitio: Sitio) -> None:
    for n in range(5):
        iniciar(sitio, f"s{n}", ahora=ENERO + timedelta(minutes=n), direccion="")

    assert vencer(sitio, ENERO + timedelta(days=3), maximo=2) == 2
    assert list(sitio.solicitudes) == ["s2", "s3", "s4"]
    assert vencer(sitio, ENERO + timedelta(days=3), maximo=100) == 3
    assert vencer(sitio, ENERO + timedelta(days=3), maximo=100) == 0


def test_only_what_is_old_is_looked_at(sitio: Sitio) -> None:
    for n in range(50):
        iniciar(sitio, f"s{n}", ahora=ENERO + timedelta(hours=n), direccion="")
    sitio._p_jar.transaction_manager.commit()
    sitio._p_jar.cacheMinimize()

    vencer(sitio, ENERO + VIDA + timedelta(hours=2))

    cargadas = [nombre for nombre in sitio.solicitudes if sitio.solicitudes[nombre]._p_changed is not None]
    assert cargadas == []
    assert len(sitio.solicitudes) == 48


def test_a_person_may_erase_an_unfinished_registration(sitio: Sitio) -> None:
    solicitud = declarada(sitio)

    borrar(sitio, solicitud, ahora=LUEGO)

    assert len(sitio.solicitudes) == 0
    assert solicitud.datos == ()
    assert solicitud.historia[-1][:2] == ("vencida", "solicitante:solicitud-49083411")


def test_the_order_of_age_can_be_checked_and_made_anew(sitio: Sitio) -> None:
    iniciar(sitio, "una", ahora=ENERO, direccion="")
    sitio.solicitudes._por_edad.clear()
    assert sitio.solicitudes.diferencias() != []

    sitio.solicitudes.rehacer()

    assert sitio.solicitudes.diferencias() == []
    assert sitio.solicitudes.anteriores_a(LUEGO, 10) == [sitio.solicitudes["una"]]
