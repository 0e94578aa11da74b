"""After staff correct an address, nothing that lets in goes there until its wait is over or somebody else confirms."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from casilla.mail.redaccion import NoCorresponde as NoSeEscribe
from casilla.mail.redaccion import redactar
from casilla.resources.salida import Carta
from casilla.resources.sitio import Sitio
from casilla.resources.usuario import Usuario
from casilla.services import administrados, correcciones, cuenta, recuperacion
from casilla.services.acceso import cambiar_clave, emitir_clave_temporal
from casilla.services.administrados import NoCorresponde
from casilla.services.correcciones import CorreoPorConfirmar, fin_de_la_espera, pendiente
from casilla.services.correspondencia import (
    CAMBIO_DE_LA_INSTITUCION,
    CORREO_CORREGIDO,
    CREDENCIALES,
    RECUPERACION_CLAVE,
    RECUPERACION_EN_ESPERA,
    por_enviar,
)
from casilla.services.plazos import Calendario
from casilla.views.salud import demora_del_correo
from tests import mundo
from tests.mail.conftest import INSTITUCION

VIEJO, NUEVO, OTRO = "rosa@correo.example", "rosa.nueva@correo.example", "rosa.otra@correo.example"
CERO = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # a Tuesday, 10:00 in Lima
HORA, DIA = timedelta(hours=1), timedelta(days=1)
FIN = CERO + DIA


@pytest.fixture(autouse=True)
def sin_cartas_de_antes(sitio: Sitio) -> None:
    for lugar, _ in list(sitio.salida):
        sitio.salida.quitar(lugar)


@pytest.fixture
def rosa(sitio: Sitio) -> Usuario:
    return sitio.usuarios[mundo.ROSA]


def corregir(
    sitio: Sitio, correo: str = NUEVO, *, actor: str = "ana", ahora: datetime = CERO, espera: Any = DIA
) -> None:
    rosa = sitio.usuarios[mundo.ROSA]
    administrados.corregir_contacto(
        sitio, rosa, correo, rosa.persona.telefono, motivo="Lo pidió", actor=actor, ahora=ahora, hasta=ahora + espera
    )


def confirmar(sitio: Sitio, actor: str = "beto", ahora: datetime = CERO + HORA) -> None:
    administrados.confirmar_correccion(sitio, sitio.usuarios[mundo.ROSA], motivo="La vi", actor=actor, ahora=ahora)


def suspender(sitio: Sitio, ahora: datetime) -> None:
    administrados.suspender(sitio, sitio.usuarios[mundo.ROSA], motivo="Dice que no fue", actor="beto", ahora=ahora)


def cartas(sitio: Sitio, *clases: str) -> list[Carta]:
    return [c for _, c in sitio.salida if c.clase in (clases or (CAMBIO_DE_LA_INSTITUCION,))]


def para(sitio: Sitio, *clases: str) -> list[str]:
    return sorted(c.para for c in cartas(sitio, *clases))


def salen(sitio: Sitio, ahora: datetime) -> Iterator[tuple[str, str]]:
    """Class and text of the letters that leave at that time and would be written: those that let in, and their like."""
    for lugar in por_enviar(sitio, ahora):
        carta = sitio.salida.carta(lugar)
        try:
            escrita = redactar(
                carta,
                publica=lambda *camino: "/".join(("https://casilla.example", *camino)),
                secreto=mundo.SECRETO,
                institucion=INSTITUCION,
            )
        except NoSeEscribe:
            continue
        yield carta.clase, escrita.body.data


def enlaces(sitio: Sitio, ahora: datetime) -> list[str]:
    return [texto for clase, texto in salen(sitio, ahora) if clase == RECUPERACION_CLAVE]


def test_a_link_asked_for_in_the_wait_leaves_when_it_is_over_and_a_letter_says_so(sitio: Sitio) -> None:
    corregir(sitio)
    recuperacion.pedir(sitio, mundo.ROSA, NUEVO, ahora=CERO + HORA)

    [aviso] = [texto for clase, texto in salen(sitio, CERO + HORA) if clase == RECUPERACION_EN_ESPERA]
    assert "después del 25 de noviembre de 2026, 10:00 (hora de Lima)" in aviso
    assert "registró este correo hace poco, el 24 de noviembre de 2026, 10:00" in aviso
    assert "http" not in aviso
    assert para(sitio, RECUPERACION_EN_ESPERA, RECUPERACION_CLAVE) == [NUEVO, NUEVO]
    assert enlaces(sitio, FIN - timedelta(seconds=1)) == []
    [enlace] = enlaces(sitio, FIN)
    assert "https://casilla.example/recuperar?enlace=" in enlace
    assert "27 de noviembre de 2026, 10:00" in enlace


def test_a_letter_that_waits_for_its_hour_is_not_late(sitio: Sitio) -> None:
    corregir(sitio)
    recuperacion.pedir(sitio, mundo.ROSA, NUEVO, ahora=CERO)
    for lugar, carta in list(sitio.salida):
        if carta.clase != RECUPERACION_CLAVE:
            sitio.salida.quitar(lugar)

    assert demora_del_correo(sitio, FIN - HORA) <= timedelta(0)


def test_the_old_address_is_told_what_to_do_and_until_when(sitio: Sitio) -> None:
    corregir(sitio)

    assert (para(sitio, CORREO_CORREGIDO), para(sitio)) == ([VIEJO], [NUEVO])
    [texto] = [texto for clase, texto in salen(sitio, CERO) if clase == CORREO_CORREGIDO]
    for palabras in (
        "llame antes del 25 de noviembre de 2026, 10:00 (hora de Lima)",
        INSTITUCION.telefono,
        INSTITUCION.correo,
        "Motivo: Lo pidió",
    ):
        assert palabras in texto
    assert "http" not in texto


def test_the_letter_to_the_old_address_is_the_same_after_a_confirmation(sitio: Sitio) -> None:
    corregir(sitio)
    confirmar(sitio)

    [texto] = [texto for clase, texto in salen(sitio, CERO + HORA) if clase == CORREO_CORREGIDO]
    assert "llame antes del 25 de noviembre de 2026, 10:00" in texto


def test_staff_can_send_no_link_in_the_wait(sitio: Sitio, rosa: Usuario) -> None:
    corregir(sitio)

    with pytest.raises(NoCorresponde, match="después del 25 de noviembre de 2026, 10:00"):
        administrados.enviar_recuperacion(sitio, rosa, motivo="x", actor="beto", ahora=CERO + HORA)
    assert cartas(sitio, RECUPERACION_CLAVE) == []

    administrados.enviar_recuperacion(sitio, rosa, motivo="x", actor="ana", ahora=FIN)
    assert len(enlaces(sitio, FIN)) == 1


def test_no_temporary_password_goes_out_in_the_wait(sitio: Sitio, rosa: Usuario) -> None:
    corregir(sitio)
    datos: dict[str, Any] = {"secreto": mundo.SECRETO, "costo": mundo.COSTO}
    clave = rosa.clave

    with pytest.raises(CorreoPorConfirmar):
        emitir_clave_temporal(sitio, rosa, ahora=FIN - HORA, **datos)
    assert (rosa.clave, para(sitio, CREDENCIALES)) == (clave, [])

    emitir_clave_temporal(sitio, rosa, ahora=FIN, **datos)
    assert para(sitio, CREDENCIALES) == [NUEVO]


def test_a_second_person_confirms_and_the_link_that_waited_leaves_once(sitio: Sitio, rosa: Usuario) -> None:
    corregir(sitio)
    recuperacion.pedir(sitio, mundo.ROSA, NUEVO, ahora=CERO)

    with pytest.raises(NoCorresponde, match="otra persona"):
        confirmar(sitio, "ana")
    confirmar(sitio, "beto")

    assert pendiente(rosa, CERO + HORA) is None
    assert len(enlaces(sitio, CERO + HORA)) == 1
    assert len(enlaces(sitio, FIN)) == 1
    assert para(sitio) == sorted([NUEVO, NUEVO, VIEJO])
    with pytest.raises(NoCorresponde, match="No hay ninguna"):
        confirmar(sitio, "carla")


def test_a_confirmation_sends_no_link_that_nobody_asked_for(sitio: Sitio) -> None:
    corregir(sitio)
    confirmar(sitio)

    assert cartas(sitio, RECUPERACION_CLAVE) == []


def test_corrected_twice_the_wait_begins_anew_and_the_first_address_is_told_too(sitio: Sitio, rosa: Usuario) -> None:
    corregir(sitio, NUEVO)
    recuperacion.pedir(sitio, mundo.ROSA, NUEVO, ahora=CERO)
    corregir(sitio, OTRO, ahora=CERO + 20 * HORA)

    assert para(sitio, CORREO_CORREGIDO) == sorted([VIEJO, VIEJO, NUEVO])
    assert enlaces(sitio, CERO + 21 * HORA) == enlaces(sitio, FIN) == []
    ahora = pendiente(rosa, FIN)
    assert ahora is not None
    assert (ahora.anterior, ahora.hasta) == (VIEJO, FIN + 20 * HORA)


def test_back_at_the_address_of_before_nothing_waits(sitio: Sitio, rosa: Usuario) -> None:
    corregir(sitio, NUEVO)
    corregir(sitio, OTRO, ahora=CERO + HORA)
    recuperacion.pedir(sitio, mundo.ROSA, OTRO, ahora=CERO + HORA)
    corregir(sitio, VIEJO, actor="beto", ahora=CERO + 2 * HORA)

    assert pendiente(rosa, CERO + 2 * HORA) is None
    assert enlaces(sitio, FIN + 3 * HORA) == []
    assert set(para(sitio)) >= {VIEJO, OTRO}
    recuperacion.pedir(sitio, mundo.ROSA, VIEJO, ahora=CERO + 3 * HORA)
    assert len(enlaces(sitio, CERO + 3 * HORA)) == 1


def test_a_telephone_corrected_in_the_wait_leaves_it_as_it_is(sitio: Sitio, rosa: Usuario) -> None:
    corregir(sitio)
    antes = rosa.correccion
    administrados.corregir_contacto(
        sitio, rosa, NUEVO, "+51911111111", motivo="x", actor="beto", ahora=CERO + HORA, hasta=CERO + 25 * HORA
    )

    assert rosa.correccion == antes
    assert para(sitio) == sorted([NUEVO, NUEVO, VIEJO])


def test_after_its_wait_an_address_is_the_one_that_the_next_correction_takes_the_place_of(
    sitio: Sitio, rosa: Usuario
) -> None:
    corregir(sitio, NUEVO)
    corregir(sitio, OTRO, ahora=FIN)

    assert correcciones.de(rosa).anterior == NUEVO  # type: ignore[union-attr]
    assert para(sitio, CORREO_CORREGIDO) == sorted([VIEJO, NUEVO])


def test_who_corrected_does_not_get_round_the_wait_by_an_address_of_theirs_that_had_served_its_time(
    sitio: Sitio, rosa: Usuario
) -> None:
    """The owner objects late, another member of staff puts the address right, and the first one puts theirs back."""
    corregir(sitio, NUEVO)
    corregir(sitio, VIEJO, actor="beto", ahora=FIN + HORA)
    corregir(sitio, NUEVO, ahora=FIN + 2 * HORA)

    ahora = pendiente(rosa, FIN + 2 * HORA)
    assert ahora is not None
    assert (ahora.anterior, ahora.quien, ahora.hasta) == (VIEJO, "ana", FIN + DIA + 2 * HORA)
    assert para(sitio, CORREO_CORREGIDO) == sorted([VIEJO, NUEVO, VIEJO])
    recuperacion.pedir(sitio, mundo.ROSA, NUEVO, ahora=FIN + 2 * HORA)
    assert enlaces(sitio, FIN + 2 * HORA) == []


def test_nor_by_way_of_a_third_address(sitio: Sitio, rosa: Usuario) -> None:
    corregir(sitio, NUEVO)
    corregir(sitio, OTRO, actor="beto", ahora=FIN + HORA)
    corregir(sitio, VIEJO, ahora=FIN + 2 * HORA)
    corregir(sitio, NUEVO, ahora=FIN + 3 * HORA)

    assert pendiente(rosa, FIN + 3 * HORA) is not None


def test_what_is_done_to_the_account_in_the_wait_is_told_to_both_addresses(sitio: Sitio, rosa: Usuario) -> None:
    corregir(sitio)
    administrados.cerrar_sesiones(sitio, rosa, motivo="x", actor="ana", ahora=CERO + HORA)

    assert para(sitio) == sorted([NUEVO, NUEVO, VIEJO])


def test_a_suspension_stops_the_wait_and_giving_the_access_back_begins_it_anew(sitio: Sitio, rosa: Usuario) -> None:
    """Otherwise whoever corrected would only have to wait, and to lift the suspension."""
    corregir(sitio)
    recuperacion.pedir(sitio, mundo.ROSA, NUEVO, ahora=CERO)
    suspender(sitio, CERO + HORA)
    recuperacion.pedir(sitio, mundo.ROSA, NUEVO, ahora=CERO + 2 * HORA)

    assert enlaces(sitio, FIN + 30 * DIA) == []
    with pytest.raises(NoCorresponde, match="suspendido"):
        administrados.enviar_recuperacion(sitio, rosa, motivo="x", actor="ana", ahora=FIN + DIA)

    luego = FIN + 9 * DIA
    administrados.rehabilitar(sitio, rosa, motivo="x", actor="ana", ahora=luego, hasta=luego + DIA)
    recuperacion.pedir(sitio, mundo.ROSA, NUEVO, ahora=luego)
    assert enlaces(sitio, luego + DIA - HORA) == []
    assert len(enlaces(sitio, luego + DIA)) == 1
    assert para(sitio).count(VIEJO) == 2


def test_corrected_while_suspended_it_waits_from_when_the_access_is_given_back(sitio: Sitio, rosa: Usuario) -> None:
    suspender(sitio, CERO)
    corregir(sitio, ahora=CERO + HORA)

    assert pendiente(rosa, CERO + 90 * DIA) is not None
    administrados.rehabilitar(sitio, rosa, motivo="x", actor="ana", ahora=FIN, hasta=FIN + DIA)
    assert pendiente(rosa, FIN + DIA - HORA) is not None
    assert pendiente(rosa, FIN + DIA) is None


def test_a_suspension_long_after_a_correction_stops_no_wait(sitio: Sitio, rosa: Usuario) -> None:
    corregir(sitio)
    suspender(sitio, FIN + DIA)
    administrados.rehabilitar(sitio, rosa, motivo="x", actor="ana", ahora=FIN + 2 * DIA, hasta=FIN + 3 * DIA)

    assert pendiente(rosa, FIN + 2 * DIA) is None


def test_who_changes_the_address_from_inside_waits_for_nothing(sitio: Sitio, rosa: Usuario) -> None:
    corregir(sitio)
    cuenta.pedir_correo(sitio, rosa, "correo", OTRO, mundo.CLAVE, ahora=CERO, costo=mundo.COSTO)
    codigo = cuenta.codigo_de(rosa, mundo.SECRETO)
    cuenta.confirmar_correo(sitio, rosa, codigo, secreto=mundo.SECRETO, ahora=CERO)
    recuperacion.pedir(sitio, mundo.ROSA, OTRO, ahora=CERO + HORA)

    assert len(enlaces(sitio, CERO + HORA)) == 1


def test_a_link_that_waits_dies_when_the_owner_changes_the_password(sitio: Sitio, rosa: Usuario) -> None:
    corregir(sitio)
    recuperacion.pedir(sitio, mundo.ROSA, NUEVO, ahora=CERO)
    cambiar_clave(sitio, rosa, mundo.CLAVE, "Nueva-clave-22", ahora=CERO + HORA, costo=mundo.COSTO)

    assert enlaces(sitio, FIN) == []


def test_a_link_of_before_the_correction_cannot_be_renewed_into_the_new_address(sitio: Sitio, rosa: Usuario) -> None:
    recuperacion.pedir(sitio, mundo.ROSA, VIEJO, ahora=CERO)
    ficha = recuperacion.direccion(mundo.SECRETO, rosa).partition("=")[2]
    corregir(sitio)
    recuperacion.pedir(sitio, mundo.ROSA, NUEVO, ahora=CERO + HORA)
    viejo = recuperacion.abrir(sitio, ficha, mundo.SECRETO)

    assert recuperacion.renovar(sitio, viejo, ahora=CERO + 3 * HORA)
    assert enlaces(sitio, CERO + 3 * HORA) == []
    assert len(enlaces(sitio, FIN)) == 1


def test_without_a_wait_it_is_as_if_nobody_had_thought_of_it(sitio: Sitio, rosa: Usuario) -> None:
    corregir(sitio, espera=timedelta(0))
    administrados.enviar_recuperacion(sitio, rosa, motivo="x", actor="ana", ahora=CERO)

    assert len(enlaces(sitio, CERO)) == 1
    assert para(sitio, CORREO_CORREGIDO) == []
    assert para(sitio) == sorted([VIEJO, NUEVO, NUEVO])


@pytest.mark.parametrize(
    ("desde", "horas", "hasta"),
    [
        (CERO, 24, CERO + DIA),
        (CERO, 0, CERO),
        (CERO + 3 * DIA, 24, CERO + 6 * DIA),
        (CERO + 4 * DIA, 0, CERO + 4 * DIA),
        (datetime(2026, 12, 7, 20, 0, tzinfo=UTC), 24, datetime(2026, 12, 10, 20, 0, tzinfo=UTC)),
        (datetime(2026, 11, 28, 3, 0, tzinfo=UTC), 3, datetime(2026, 11, 30, 6, 0, tzinfo=UTC)),
        (datetime(2026, 11, 29, 6, 0, tzinfo=UTC), 24, datetime(2026, 12, 1, 5, 0, tzinfo=UTC)),
        (CERO, 48, CERO + 2 * DIA),
    ],
    ids=["tuesday", "off", "friday", "off on saturday", "before holidays", "friday night", "sunday", "two days"],
)
def test_hours_of_days_on_which_nobody_answers_do_not_count(desde: datetime, horas: int, hasta: datetime) -> None:
    assert fin_de_la_espera(desde, horas, Calendario()) == hasta
