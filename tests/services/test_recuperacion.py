"""The link to choose another password: when it serves, and what ends it."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casilla.resources.sitio import Sitio
from casilla.services import recuperacion
from casilla.services.acceso import AccesoNegado, abrir_sesion, cambiar_clave, comprobar, emitir_clave_temporal
from casilla.services.correspondencia import CLAVE_CAMBIADA, RECUPERACION_CLAVE
from casilla.services.recuperacion import Enlace, EnlaceInutil
from tests import mundo

CORREO = "rosa@correo.example"
NUEVA = "Nueva-clave-22"
MINUTO, HORA, DIA = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def ficha(sitio: Sitio, documento: str = mundo.ROSA) -> str:
    """What the last link of this user carries."""
    return recuperacion.direccion(mundo.SECRETO, sitio.usuarios[documento]).partition("=")[2]


def pedido(sitio: Sitio, ahora=mundo.ENERO) -> Enlace:
    recuperacion.pedir(sitio, mundo.ROSA, CORREO, ahora=ahora)
    return recuperacion.abrir(sitio, ficha(sitio), mundo.SECRETO)


def usar(sitio: Sitio, enlace: Enlace, ahora, clave: str = NUEVA) -> None:
    recuperacion.usar(sitio, enlace, clave, ahora=ahora, costo=mundo.COSTO)


def cartas(sitio: Sitio, clase: str, para: str = CORREO) -> int:
    return sum((c.clase, c.para) == (clase, para) for _, c in sitio.salida)


def test_the_link_changes_the_password_and_ends_every_session(sitio: Sitio) -> None:
    rosa = sitio.usuarios[mundo.ROSA]
    abrir_sesion(rosa, ahora=mundo.ENERO, direccion="192.0.2.1", vida=HORA)
    avisos = cartas(sitio, CLAVE_CAMBIADA)

    usar(sitio, pedido(sitio), mundo.ENERO + DIA)

    assert comprobar(sitio, mundo.ROSA, NUEVA, ahora=mundo.ENERO, costo=mundo.COSTO) is rosa
    with pytest.raises(AccesoNegado):
        comprobar(sitio, mundo.ROSA, mundo.CLAVE, ahora=mundo.ENERO, costo=mundo.COSTO)
    assert not rosa.sesiones
    assert cartas(sitio, CLAVE_CAMBIADA) == avisos + 1


def test_whoever_still_had_the_temporary_password_has_it_no_more(sitio: Sitio) -> None:
    recuperacion.pedir(sitio, mundo.ABIGAIL, "abigail@correo.example", ahora=mundo.ENERO)
    enlace = recuperacion.abrir(sitio, ficha(sitio, mundo.ABIGAIL), mundo.SECRETO)

    usar(sitio, enlace, mundo.ENERO)

    assert not sitio.usuarios[mundo.ABIGAIL].temporal


@pytest.mark.parametrize(
    ("documento", "correo"),
    [(mundo.ROSA, "otra@correo.example"), ("1-49999999", CORREO), (mundo.TOMAS, CORREO), ("8-20100000001", CORREO)],
)
def test_data_that_do_not_match_promise_a_letter_about_nobody(sitio: Sitio, documento: str, correo: str) -> None:
    recuperacion.pedir(sitio, documento, correo, ahora=mundo.ENERO)

    [carta] = [c for _, c in sitio.salida if c.clase == RECUPERACION_CLAVE]
    assert (carta.sobre.persona, carta.para) == (None, correo)
    assert not any(usuario.recuperacion for usuario in sitio.usuarios.values())


def test_case_does_not_matter_in_an_address(sitio: Sitio) -> None:
    recuperacion.pedir(sitio, mundo.ROSA, "Rosa@correo.example", ahora=mundo.ENERO)

    assert sitio.usuarios[mundo.ROSA].recuperacion_hasta == mundo.ENERO + 2 * DIA


def test_who_asks_again_at_once_gets_no_second_letter_and_the_first_serves(sitio: Sitio) -> None:
    enlace = pedido(sitio)

    recuperacion.pedir(sitio, mundo.ROSA, CORREO, ahora=mundo.ENERO + 4 * MINUTO)

    assert enlace.estado(mundo.ENERO + 5 * MINUTO) == "vigente"
    assert [c.sobre.persona is None for _, c in sitio.salida if c.clase == RECUPERACION_CLAVE].count(False) == 1


def test_a_newer_link_ends_the_older_one(sitio: Sitio) -> None:
    viejo = pedido(sitio)
    nuevo = pedido(sitio, mundo.ENERO + HORA)

    assert [e.estado(mundo.ENERO + HORA) for e in (viejo, nuevo)] == ["reemplazado", "vigente"]
    with pytest.raises(EnlaceInutil):
        usar(sitio, viejo, mundo.ENERO + HORA)


def test_a_change_of_password_ends_the_link(sitio: Sitio) -> None:
    enlace, rosa = pedido(sitio), sitio.usuarios[mundo.ROSA]

    cambiar_clave(sitio, rosa, mundo.CLAVE, NUEVA, ahora=mundo.ENERO, costo=mundo.COSTO)

    assert enlace.estado(mundo.ENERO) == "usado"


def test_a_new_temporary_password_ends_the_link(sitio: Sitio) -> None:
    enlace = pedido(sitio)

    emitir_clave_temporal(sitio, enlace.usuario, secreto=mundo.SECRETO, ahora=mundo.ENERO, costo=mundo.COSTO)

    assert enlace.estado(mundo.ENERO) == "usado"


def test_the_link_lives_two_days(sitio: Sitio) -> None:
    enlace = pedido(sitio)

    assert enlace.estado(mundo.ENERO + 2 * DIA - timedelta(seconds=1)) == "vigente"
    assert enlace.estado(mundo.ENERO + 2 * DIA) == "vencido"


def test_an_expired_link_brings_a_new_one_once_an_hour(sitio: Sitio) -> None:
    viejo, tarde = pedido(sitio), mundo.ENERO + 3 * DIA
    antes = cartas(sitio, RECUPERACION_CLAVE)

    enviados = [recuperacion.renovar(sitio, viejo, ahora=tarde + n * MINUTO) for n in (0, 1, 59, 60, 61)]

    assert enviados == [True, False, False, True, False]
    assert cartas(sitio, RECUPERACION_CLAVE) == antes + 2


def test_a_link_that_serves_or_was_used_brings_no_other(sitio: Sitio) -> None:
    enlace = pedido(sitio)
    with pytest.raises(EnlaceInutil):
        recuperacion.renovar(sitio, enlace, ahora=mundo.ENERO)
    usar(sitio, enlace, mundo.ENERO)
    with pytest.raises(EnlaceInutil):
        recuperacion.renovar(sitio, enlace, ahora=mundo.ENERO + 3 * DIA)


@pytest.mark.parametrize("dano", ["", "x", "a.b.c", "..", "{}x", "x{}", "{}.1", "\u0661.\u0661.x"])
def test_what_we_did_not_make_opens_nothing(sitio: Sitio, dano: str) -> None:
    pedido(sitio)

    with pytest.raises(EnlaceInutil):
        recuperacion.abrir(sitio, dano.format(ficha(sitio)), mundo.SECRETO)


def test_a_link_of_one_person_does_not_serve_for_another(sitio: Sitio) -> None:
    pedido(sitio)
    _, numero, sello = ficha(sitio).split(".")

    with pytest.raises(EnlaceInutil):
        recuperacion.abrir(sitio, f"{sitio.personas[mundo.TOMAS].casilla.__name__}.{numero}.{sello}", mundo.SECRETO)
    with pytest.raises(EnlaceInutil):
        recuperacion.abrir(sitio, ficha(sitio), b"otro secreto")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["pedir", "usar", "cambiar", "renovar"]), st.integers(1, 80)), max_size=8))
def test_whatever_happens_no_link_serves_twice(sitio: Sitio, actos: list[tuple[str, int]]) -> None:
    """Every link is tried after each act: it opens at most once, and never more than one is open."""
    sitio._p_jar.transaction_manager.abort()
    rosa, ahora, enlaces, abiertos = sitio.usuarios[mundo.ROSA], mundo.ENERO, {}, set()
    for acto, horas in actos:
        ahora += horas * HORA
        if acto == "pedir":
            recuperacion.pedir(sitio, mundo.ROSA, CORREO, ahora=ahora)
        elif acto == "cambiar":
            recuperacion.establecer_clave(sitio, rosa, NUEVA, ahora=ahora, costo=mundo.COSTO)
        enlaces |= {rosa.recuperacion: Enlace(rosa, rosa.recuperacion)} if rosa.recuperacion else {}
        assert sum(enlace.estado(ahora) == "vigente" for enlace in enlaces.values()) <= 1
        for numero, enlace in enlaces.items():
            if acto == "renovar" and enlace.estado(ahora) in ("vencido", "reemplazado"):
                recuperacion.renovar(sitio, enlace, ahora=ahora)
            elif acto == "usar" and enlace.estado(ahora) == "vigente":
                usar(sitio, enlace, ahora)
                assert numero not in abiertos
                abiertos.add(numero)
        assert not abiertos & {n for n, enlace in enlaces.items() if enlace.estado(ahora) == "vigente"}
