"""Which texts must be accepted again, and what is kept of it."""

from datetime import timedelta

from casilla.resources.persona import Persona
from casilla.resources.sitio import Sitio
from casilla.services.aceptacion import PRIVACIDAD, TERMINOS, aceptar, por_aceptar
from casilla.services.publicacion import publicar_version
from tests import mundo

DIA = timedelta(days=1)
LUEGO = mundo.ENERO + 30 * DIA


def rosa(sitio: Sitio) -> Persona:
    return sitio.personas[mundo.ROSA]


def test_who_accepted_what_is_in_force_is_asked_nothing(sitio: Sitio) -> None:
    assert por_aceptar(sitio, rosa(sitio), LUEGO) == ()


def test_who_never_accepted_anything_is_asked_for_both_texts(sitio: Sitio) -> None:
    assert por_aceptar(sitio, mundo.persona("1-40000009"), LUEGO) == (TERMINOS, PRIVACIDAD)


def test_a_new_version_is_asked_of_who_comes_in_after_it_not_of_who_is_at_work(sitio: Sitio) -> None:
    publicar_version(sitio, PRIVACIDAD, "Política", "Otra.", LUEGO, "prueba")

    assert por_aceptar(sitio, rosa(sitio), LUEGO - DIA) == ()
    assert por_aceptar(sitio, rosa(sitio), LUEGO) == (PRIVACIDAD,)


def test_a_version_more_does_not_excuse_from_the_one_that_was_asked(sitio: Sitio) -> None:
    publicar_version(sitio, TERMINOS, "Términos", "Otros.", LUEGO, "prueba")
    publicar_version(sitio, TERMINOS, "Términos", "Otros más.", LUEGO + 2 * DIA, "prueba")

    assert por_aceptar(sitio, rosa(sitio), LUEGO + DIA) == (TERMINOS,)

    aceptar(sitio, rosa(sitio), TERMINOS, ahora=LUEGO + 3 * DIA, direccion="198.51.100.4")
    assert por_aceptar(sitio, rosa(sitio), LUEGO + DIA) == ()
    assert por_aceptar(sitio, rosa(sitio), LUEGO + 3 * DIA) == ()


def test_an_acceptance_keeps_which_wording_when_and_where_and_the_old_one_stays(sitio: Sitio) -> None:
    antes = rosa(sitio).aceptaciones
    publicar_version(sitio, TERMINOS, "Términos", "Otros.", LUEGO, "prueba")

    for _ in range(2):
        aceptar(sitio, rosa(sitio), TERMINOS, ahora=LUEGO, direccion="198.51.100.4")

    huella = sitio.contenidos[TERMINOS].ultima.huella
    assert rosa(sitio).aceptaciones == (*antes, (TERMINOS, 2, huella, LUEGO, "198.51.100.4"))


def test_a_wording_that_comes_back_need_not_be_accepted_twice(sitio: Sitio) -> None:
    primera = sitio.contenidos[TERMINOS].ultima
    publicar_version(sitio, TERMINOS, "Términos", "Otros.", LUEGO, "prueba")
    publicar_version(sitio, TERMINOS, primera.titulo, primera.cuerpo, LUEGO + DIA, "prueba")

    assert por_aceptar(sitio, rosa(sitio), LUEGO + 2 * DIA) == ()
