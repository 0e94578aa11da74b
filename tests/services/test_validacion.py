"""The code by mail: what it takes to be right, and what strangers do not learn."""

from datetime import timedelta

import pytest
import transaction
from ZODB import DB
from ZODB.POSException import ConflictError

from casilla.resources.sitio import Sitio
from casilla.resources.solicitud import Solicitud
from casilla.services.acceso import comprobar
from casilla.services.correspondencia import CREDENCIALES, VALIDACION_CORREO, YA_TIENE_CASILLA
from casilla.services.fundacion import RAIZ
from casilla.services.secretos import clave_temporal, codigo_validacion
from casilla.services.validacion import (
    MAX_ENVIOS,
    VIDA_CODIGO,
    CodigoErrado,
    CodigoMuerto,
    DebeEsperar,
    SinMasEnvios,
    codigo_vivo,
    corregir_correo,
    enlace,
    reenviar,
    validar,
)
from casilla.workflow import TransicionInvalida
from tests.mundo import COSTO, ENERO, NUSTA, SECRETO
from tests.solicitantes import cartas, declarada, por_validar

LUEGO = ENERO + timedelta(minutes=5)
MINUTO = timedelta(minutes=1)


def codigo(solicitud: Solicitud, envio: int | None = None) -> str:
    return codigo_validacion(SECRETO, solicitud.__name__, envio or solicitud.envios)


def probar(sitio: Sitio, solicitud: Solicitud, tecleado: str, ahora=LUEGO) -> None:
    validar(sitio, solicitud, tecleado, secreto=SECRETO, ahora=ahora, costo=COSTO)


def test_the_right_code_opens_a_casilla_and_the_registration_forgets_the_person(sitio: Sitio) -> None:
    solicitud = por_validar(sitio, correo="Rosa.Elena@Correo.example")
    aceptaciones = solicitud.aceptaciones

    probar(sitio, solicitud, codigo(solicitud))

    persona = sitio.personas["1-49083411"]
    assert persona.nombre_completo == "EJEMPLO FICTICIA ROSA ELENA"
    assert persona.correo == "rosa.elena@correo.example"
    assert persona.aceptaciones == aceptaciones
    assert (persona.verificado_por, persona.verificado_en) == ("Padrón ficticio", ENERO)
    assert "cui" in persona.verificados
    assert cartas(sitio, CREDENCIALES)[-1] == ("rosa.elena@correo.example", 1)
    assert (solicitud.estado, solicitud.datos, solicitud.correo) == ("aprobada", (), "")
    usuario = comprobar(sitio, "49083411", clave_temporal(SECRETO, "1-49083411", 1), ahora=LUEGO, costo=COSTO)
    assert usuario.temporal


def test_names_keep_their_accents_in_capitals(sitio: Sitio) -> None:
    solicitud = por_validar(sitio, "99000001", nombres="José luis", apellido_paterno="ficticio")

    probar(sitio, solicitud, codigo(solicitud))

    assert sitio.personas["1-99000001"].nombres == "JOSÉ LUIS"


def test_case_spaces_and_hyphens_do_not_matter(sitio: Sitio) -> None:
    solicitud = por_validar(sitio)
    bueno = codigo(solicitud).lower()

    probar(sitio, solicitud, f" {bueno[:3]}-{bueno[3:]} ")

    assert solicitud.estado == "aprobada"


def test_the_right_code_twice_is_as_good_as_once(sitio: Sitio) -> None:
    solicitud = por_validar(sitio)
    for _ in range(2):
        probar(sitio, solicitud, codigo(solicitud))

    assert len(cartas(sitio, CREDENCIALES)) == len(sitio.personas)


def test_after_five_wrong_tries_even_the_right_code_is_dead(sitio: Sitio) -> None:
    solicitud = por_validar(sitio)
    for quedan in (4, 3, 2, 1, 0):
        with pytest.raises(CodigoErrado) as error:
            probar(sitio, solicitud, "ñandú\U0001f600")
        assert error.value.quedan == quedan

    with pytest.raises(CodigoMuerto):
        probar(sitio, solicitud, codigo(solicitud))
    assert "1-49083411" not in sitio.personas


def test_a_code_dies_after_a_quarter_of_an_hour(sitio: Sitio) -> None:
    solicitud = por_validar(sitio)
    fin = ENERO + VIDA_CODIGO
    assert codigo_vivo(solicitud, fin - timedelta(seconds=1))

    with pytest.raises(CodigoMuerto):
        probar(sitio, solicitud, codigo(solicitud), fin)


def test_a_code_sent_is_of_no_use_before_the_register_confirms_what_was_changed(sitio: Sitio) -> None:
    with pytest.raises(TransicionInvalida):
        probar(sitio, declarada(sitio), "ABCDEF")


def test_another_code_may_be_asked_for_after_a_minute_and_replaces_the_last(sitio: Sitio) -> None:
    solicitud = por_validar(sitio)
    with pytest.raises(DebeEsperar) as error:
        reenviar(sitio, solicitud, ENERO + timedelta(seconds=59))
    assert error.value.desde == ENERO + MINUTO

    reenviar(sitio, solicitud, ENERO + MINUTO)

    assert [numero for _, numero in cartas(sitio, VALIDACION_CORREO)] == [1, 2]
    with pytest.raises(CodigoErrado):
        probar(sitio, solicitud, codigo(solicitud, 1))
    probar(sitio, solicitud, codigo(solicitud, 2))


def test_another_code_has_all_its_tries(sitio: Sitio) -> None:
    solicitud = por_validar(sitio)
    for _ in range(5):
        with pytest.raises(CodigoErrado):
            probar(sitio, solicitud, "AAAAAA")

    reenviar(sitio, solicitud, LUEGO)
    probar(sitio, solicitud, codigo(solicitud))

    assert solicitud.estado == "aprobada"


def test_no_registration_fills_a_mailbox(sitio: Sitio) -> None:
    solicitud = por_validar(sitio)
    for n in range(1, MAX_ENVIOS):
        reenviar(sitio, solicitud, ENERO + n * MINUTO)

    with pytest.raises(SinMasEnvios):
        reenviar(sitio, solicitud, ENERO + timedelta(hours=1))
    with pytest.raises(SinMasEnvios):
        corregir_correo(sitio, solicitud, "otra@correo.example", ENERO + timedelta(hours=1))
    assert len(cartas(sitio, VALIDACION_CORREO)) == MAX_ENVIOS


def test_a_corrected_address_gets_a_code_at_once_and_the_same_address_none(sitio: Sitio) -> None:
    solicitud = por_validar(sitio)

    corregir_correo(sitio, solicitud, "P49083411@correo.example", ENERO)
    corregir_correo(sitio, solicitud, "Bien@correo.example", ENERO + timedelta(seconds=5))

    assert cartas(sitio, VALIDACION_CORREO) == [("p49083411@correo.example", 1), ("bien@correo.example", 2)]
    probar(sitio, solicitud, codigo(solicitud))
    assert sitio.personas["1-49083411"].correo == "bien@correo.example"


def test_the_link_of_the_letter_carries_all_that_is_needed(sitio: Sitio) -> None:
    solicitud = por_validar(sitio)

    assert enlace(solicitud, "ABC234") == "registro/validar?solicitud=solicitud-49083411&codigo=ABC234"


def como_se_ve(solicitud: Solicitud) -> tuple:
    """All that a page can show of a registration whose code was sent."""
    return solicitud.estado, solicitud.envios, solicitud.intentos, solicitud.enviado_en, solicitud.codigo_hasta


def ya_afiliada(sitio: Sitio) -> None:
    """Rosa Elena, of the register, has a casilla already."""
    solicitud = por_validar(sitio, nombre="primera", correo="elena@correo.example")
    probar(sitio, solicitud, codigo(solicitud))


REPETIDAS = {
    "the document": ("49083411", "nueva@correo.example", ["elena@correo.example"]),
    "the address": ("99000001", "ROSA@correo.example", ["rosa@correo.example"]),
    "both, of two people": ("49083411", "rosa@correo.example", ["elena@correo.example", "rosa@correo.example"]),
}


@pytest.mark.parametrize("caso", REPETIDAS.values(), ids=REPETIDAS)
def test_strangers_do_not_learn_who_has_a_casilla(sitio: Sitio, caso: tuple[str, str, list[str]]) -> None:
    """Everything looks as for anybody else; the owners alone are told, by mail, and no code is right."""
    numero, correo, duenos = caso
    ya_afiliada(sitio)
    personas, antes = len(sitio.personas), cartas(sitio, VALIDACION_CORREO)

    repetida = por_validar(sitio, numero, correo=correo, ahora=LUEGO)
    assert cartas(sitio, VALIDACION_CORREO) == antes
    assert sorted(para for para, _ in cartas(sitio, YA_TIENE_CASILLA)) == duenos
    nueva = por_validar(sitio, "99000004", ahora=LUEGO)
    assert como_se_ve(repetida) == como_se_ve(nueva)

    for quedan, tecleado in ((4, "AAAAAA"), (3, codigo(repetida))):
        with pytest.raises(CodigoErrado) as error:
            probar(sitio, repetida, tecleado)
        assert error.value.quedan == quedan
    assert len(sitio.personas) == personas


def test_the_owner_is_told_at_most_once_a_day_however_often_strangers_try(sitio: Sitio) -> None:
    repetida = por_validar(sitio, correo="rosa@correo.example")
    for minutos in (2, 4):
        reenviar(sitio, repetida, ENERO + timedelta(minutes=minutos))
    assert len(cartas(sitio, YA_TIENE_CASILLA)) == 1

    por_validar(sitio, "99000001", correo="rosa@correo.example", ahora=ENERO + timedelta(days=1))

    assert len(cartas(sitio, YA_TIENE_CASILLA)) == 2


def test_a_corrected_address_that_is_somebodys_tells_nobody_else(sitio: Sitio) -> None:
    solicitud = por_validar(sitio)

    corregir_correo(sitio, solicitud, "nusta@correo.example", LUEGO)

    assert cartas(sitio, YA_TIENE_CASILLA) == [("nusta@correo.example", 0)]
    assert len(cartas(sitio, VALIDACION_CORREO)) == 1
    with pytest.raises(CodigoErrado):
        probar(sitio, solicitud, codigo(solicitud))
    assert sitio.personas[NUSTA].correo == "nusta@correo.example"


def test_of_two_approvals_at_once_for_one_document_one_wins(base_de_datos: DB) -> None:
    """The second transaction conflicts, runs again as a request would, and then its code is wrong like any other."""
    with base_de_datos.transaction() as conexion:
        for nombre in ("una", "otra"):
            por_validar(conexion.root()[RAIZ], nombre=nombre, correo=f"{nombre}@correo.example")
    gestores = [transaction.TransactionManager(explicit=True) for _ in range(2)]
    sitios = []
    for gestor, nombre in zip(gestores, ("una", "otra"), strict=True):
        gestor.begin()
        sitio = base_de_datos.open(gestor).root()[RAIZ]
        sitios.append(sitio)
        probar(sitio, sitio.solicitudes[nombre], codigo(sitio.solicitudes[nombre]))
    gestores[0].commit()
    with pytest.raises(ConflictError):
        gestores[1].commit()
    gestores[1].abort()
    gestores[1].begin()

    perdedora = sitios[1].solicitudes["otra"]
    with pytest.raises(CodigoErrado):
        probar(sitios[1], perdedora, codigo(perdedora))

    gestores[1].commit()
    assert sitios[1].personas["1-49083411"].correo == "una@correo.example"
    assert cartas(sitios[1], YA_TIENE_CASILLA) == [("una@correo.example", 0)]
    for gestor, sitio in zip(gestores, sitios, strict=True):
        gestor.begin()
        sitio._p_jar.close()
