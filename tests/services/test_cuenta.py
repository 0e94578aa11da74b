"""What people change in their account: addresses that count only once a code came back, and test notices."""

from datetime import timedelta

import pytest

from casilla.resources.asiento import AsientoOcupado
from casilla.resources.sitio import Sitio
from casilla.resources.usuario import Usuario
from casilla.services import cuenta
from casilla.services.acceso import AccesoNegado
from casilla.services.correspondencia import (
    AVISO_ADICIONAL,
    AVISO_DEPOSITO,
    AVISO_PRUEBA,
    CODIGO_CORREO,
    CORREO_CAMBIADO,
    YA_TIENE_CASILLA,
)
from casilla.services.recuperacion import pedir
from casilla.services.validacion import CodigoErrado, CodigoMuerto
from tests import mundo

VIEJO, NUEVO = "rosa@correo.example", "rosa.nueva@correo.example"
MINUTO = timedelta(minutes=1)


def pedido(sitio: Sitio, correo: str = NUEVO, para_que: cuenta.ParaQue = "correo", clave: str = mundo.CLAVE) -> Usuario:
    rosa = sitio.usuarios[mundo.ROSA]
    cuenta.pedir_correo(sitio, rosa, para_que, correo, clave, ahora=mundo.ENERO, costo=mundo.COSTO)
    return rosa


def confirmar(sitio: Sitio, codigo: str, ahora=mundo.ENERO) -> str:
    return cuenta.confirmar_correo(sitio, sitio.usuarios[mundo.ROSA], codigo, secreto=mundo.SECRETO, ahora=ahora)


def cartas(sitio: Sitio, clase: str) -> list[str]:
    return sorted(carta.para for _, carta in sitio.salida if carta.clase == clase)


def test_the_address_changes_when_the_code_comes_back(sitio: Sitio) -> None:
    rosa = pedido(sitio, "Rosa.Nueva@correo.example")
    rosa.persona.avisos = "rechazado"
    pedir(sitio, mundo.ROSA, VIEJO, ahora=mundo.ENERO)
    assert (cartas(sitio, CODIGO_CORREO), rosa.persona.correo) == ([NUEVO], VIEJO)

    confirmar(sitio, cuenta.codigo_de(rosa, mundo.SECRETO).lower())

    assert (rosa.persona.correo, rosa.persona.avisos) == (NUEVO, "ok")
    assert sitio.personas.por_correo(NUEVO) is rosa.persona
    assert sitio.personas.por_correo(VIEJO) is None
    assert sitio.personas.diferencias() == []
    assert cartas(sitio, CORREO_CAMBIADO) == [VIEJO]
    assert rosa.recuperacion_hasta is None
    with pytest.raises(CodigoMuerto):
        confirmar(sitio, cuenta.codigo_de(rosa, mundo.SECRETO))


def test_who_does_not_know_the_password_asks_for_nothing(sitio: Sitio) -> None:
    with pytest.raises(AccesoNegado):
        pedido(sitio, clave="Otra-clave-9")

    assert cartas(sitio, CODIGO_CORREO) == []


def test_somebody_elses_address_sends_no_code_and_no_code_is_right(sitio: Sitio) -> None:
    rosa = pedido(sitio, "tomas@correo.example")

    with pytest.raises(CodigoErrado):
        confirmar(sitio, cuenta.codigo_de(rosa, mundo.SECRETO))

    assert cartas(sitio, CODIGO_CORREO) == []
    assert cartas(sitio, YA_TIENE_CASILLA) == ["tomas@correo.example"]
    assert sitio.personas.por_correo("tomas@correo.example").documento == mundo.TOMAS


def test_an_address_taken_meanwhile_stays_with_who_took_it(sitio: Sitio) -> None:
    rosa = pedido(sitio)
    sitio.personas.cambiar_correo(sitio.personas[mundo.TOMAS], NUEVO)

    with pytest.raises(CodigoErrado):
        confirmar(sitio, cuenta.codigo_de(rosa, mundo.SECRETO))
    with pytest.raises(AsientoOcupado):
        sitio.personas.cambiar_correo(rosa.persona, NUEVO)

    assert (rosa.persona.correo, sitio.personas.diferencias()) == (VIEJO, [])


def test_the_fifth_wrong_code_is_the_last(sitio: Sitio) -> None:
    rosa = pedido(sitio)
    quedan = []
    for _ in range(5):
        with pytest.raises(CodigoErrado) as error:
            confirmar(sitio, "000000")
        quedan.append(error.value.quedan)

    assert quedan == [4, 3, 2, 1, 0]
    with pytest.raises(CodigoMuerto):
        confirmar(sitio, cuenta.codigo_de(rosa, mundo.SECRETO))


def test_a_code_lives_a_quarter_of_an_hour_and_a_newer_one_ends_it(sitio: Sitio) -> None:
    viejo = cuenta.codigo_de(pedido(sitio), mundo.SECRETO)
    rosa = pedido(sitio)

    with pytest.raises(CodigoErrado):
        confirmar(sitio, viejo)
    with pytest.raises(CodigoMuerto):
        confirmar(sitio, cuenta.codigo_de(rosa, mundo.SECRETO), mundo.ENERO + 15 * MINUTO)


def test_a_deposit_is_announced_to_the_additional_address_too(sitio: Sitio) -> None:
    rosa = pedido(sitio, "hija@correo.example", "adicional")
    confirmar(sitio, cuenta.codigo_de(rosa, mundo.SECRETO))
    assert cartas(sitio, CORREO_CAMBIADO) == []

    notificacion = mundo.deposito(sitio, mundo.ROSA, 77)

    suyas = {(c.clase, c.para) for _, c in sitio.salida if c.sobre is notificacion}
    assert suyas == {(AVISO_DEPOSITO, VIEJO), (AVISO_ADICIONAL, "hija@correo.example")}
    cuenta.quitar_adicional(rosa)
    otra = mundo.deposito(sitio, mundo.ROSA, 78)
    assert [c.clase for _, c in sitio.salida if c.sobre is otra] == [AVISO_DEPOSITO]


def test_an_additional_address_may_be_one_that_has_a_casilla(sitio: Sitio) -> None:
    rosa = pedido(sitio, "tomas@correo.example", "adicional")

    confirmar(sitio, cuenta.codigo_de(rosa, mundo.SECRETO))

    assert rosa.persona.correo_adicional == "tomas@correo.example"
    assert sitio.personas.diferencias() == []


def test_a_test_notice_goes_to_every_address_and_not_too_often(sitio: Sitio) -> None:
    rosa = sitio.usuarios[mundo.ROSA]
    rosa.persona.correo_adicional = "hija@correo.example"

    cuenta.probar_avisos(sitio, rosa, mundo.ENERO)
    with pytest.raises(cuenta.YaProbado):
        cuenta.probar_avisos(sitio, rosa, mundo.ENERO + 4 * MINUTO)
    cuenta.probar_avisos(sitio, rosa, mundo.ENERO + 5 * MINUTO)

    assert cartas(sitio, AVISO_PRUEBA) == ["hija@correo.example"] * 2 + [VIEJO] * 2


def test_a_closed_casilla_has_no_notices_to_try(sitio: Sitio) -> None:
    rosa = sitio.usuarios[mundo.ROSA]
    rosa.persona.casilla.cerrada_en = mundo.ENERO

    with pytest.raises(cuenta.CasillaCerrada):
        cuenta.probar_avisos(sitio, rosa, mundo.ENERO)
    with pytest.raises(cuenta.CasillaCerrada):
        pedido(sitio, "hija@correo.example", "adicional")
