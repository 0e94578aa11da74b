"""Waiting after failures: who shares a count, and when it ends."""

import pytest

from casilla.limites import GUARDADAS, DebeEsperar, Limites, mencion, red
from tests.conftest import Reloj


class Fallo(Exception):
    """A failure of the act under test."""


def fallar(limites: Limites, veces: int, *quien: str) -> None:
    for _ in range(veces):
        with pytest.raises(Fallo), limites.intento(Fallo, *quien):
            raise Fallo


@pytest.mark.parametrize(
    "tecleado", ["1-40000001", "40000001", "1 - 4000 0001", "140000001", " 1–4000-0001 ", "40000001\t", "4000.0001"]
)
def test_the_spellings_of_one_user_share_a_count(tecleado: str) -> None:
    assert mencion(tecleado) == "40000001"


def test_a_mail_address_is_one_name_in_any_case() -> None:
    assert mencion(" Rosa@Correo.example ") == mencion("rosa@correo.example") == "rosa@correo.example"


def test_two_people_do_not_share_a_count() -> None:
    assert mencion("40000001") != mencion("40000002")


@pytest.mark.parametrize(
    ("direccion", "esperada"),
    [
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::"),
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("localhost", "localhost"),
        (None, "desconocida"),
    ],
)
def test_an_ipv6_customer_is_one_address(direccion: str | None, esperada: str) -> None:
    assert red(direccion) == esperada


def test_the_fifth_failure_is_the_last_and_the_wait_is_told_in_minutes(reloj: Reloj) -> None:
    limites = Limites()
    fallar(limites, 5, "ingreso", "192.0.2.1", "rosa")
    reloj.adelantar(minutos=3)

    with (
        pytest.raises(DebeEsperar, match="Espere 12 minutos y vuelva a intentarlo"),
        limites.intento(Fallo, "ingreso", "192.0.2.1", "rosa"),
    ):
        pytest.fail("what is dear was done in vain")


def test_the_wait_ends_by_itself_one_failure_at_a_time(reloj: Reloj) -> None:
    limites = Limites(por_nombre=2, minutos=15)
    fallar(limites, 1, "ingreso", "192.0.2.1", "rosa")
    reloj.adelantar(minutos=10)
    fallar(limites, 1, "ingreso", "192.0.2.1", "rosa")

    assert limites.espera("ingreso", "192.0.2.1", "rosa") == 5
    reloj.adelantar(minutos=5.1)
    assert limites.espera("ingreso", "192.0.2.1", "rosa") == 0
    fallar(limites, 1, "ingreso", "192.0.2.1", "rosa")
    assert limites.espera("ingreso", "192.0.2.1", "rosa") == 10


def test_the_last_minute_is_one_minute(reloj: Reloj) -> None:
    limites = Limites(por_nombre=1)
    fallar(limites, 1, "ingreso", "192.0.2.1", "rosa")
    reloj.adelantar(minutos=14.5)

    with pytest.raises(DebeEsperar, match="Espere 1 minuto y"), limites.intento(Fallo, "ingreso", "192.0.2.1", "rosa"):
        pass


def test_what_goes_well_is_not_counted() -> None:
    limites = Limites(por_nombre=1)

    for _ in range(10):
        with limites.intento(Fallo, "ingreso", "192.0.2.1", "rosa"):
            pass

    assert limites.espera("ingreso", "192.0.2.1", "rosa") == 0


def test_what_fails_for_another_reason_is_not_counted() -> None:
    limites = Limites(por_nombre=1)

    with pytest.raises(ZeroDivisionError), limites.intento(Fallo, "ingreso", "192.0.2.1", "rosa"):
        1 / 0  # noqa: B018

    assert limites.espera("ingreso", "192.0.2.1", "rosa") == 0


def test_a_user_waits_wherever_the_failures_came_from_and_others_do_not_wait() -> None:
    limites = Limites()
    for n in range(5):
        fallar(limites, 1, "ingreso", f"192.0.2.{n}", "rosa")

    assert limites.espera("ingreso", "203.0.113.9", "rosa") == 15
    assert limites.espera("ingreso", "192.0.2.1", "tomas") == 0


def test_an_address_that_tries_one_user_after_another_waits() -> None:
    limites = Limites()
    for n in range(30):
        fallar(limites, 1, "ingreso", "192.0.2.1", f"usuario{n}")

    assert limites.espera("ingreso", "192.0.2.1", "otro") == 15
    assert limites.espera("ingreso", "192.0.2.2", "otro") == 0


def test_one_door_does_not_count_for_another() -> None:
    limites = Limites(por_direccion=1)
    fallar(limites, 1, "ingreso", "192.0.2.1")

    assert limites.espera("verificar", "192.0.2.1") == 0


def test_limits_are_settings() -> None:
    limites = Limites.desde_ajustes({"casilla.intentos_por_usuario": "1", "casilla.intentos_minutos": "60"})
    fallar(limites, 1, "ingreso", "192.0.2.1", "rosa")

    assert limites.espera("ingreso", "192.0.2.1", "rosa") == 60


def test_names_that_strangers_made_up_do_not_stay_in_memory(reloj: Reloj) -> None:
    limites = Limites(por_direccion=10**6)
    fallar(limites, 1, "ingreso", "192.0.2.1", "rosa")
    for n in range(3 * GUARDADAS):
        limites.fallo("ingreso", "192.0.2.1", f"nadie{n}")
        if not n % 50:
            reloj.adelantar(minutos=1)
            limites.fallo("ingreso", "192.0.2.1", "tomas")

    assert len(limites._memoria.events) <= 2 * GUARDADAS
    assert limites.espera("ingreso", "192.0.2.2", "tomas") == 1
    assert limites.espera("ingreso", "192.0.2.2", "rosa") == 0
