"""The folder of jobs: who asked for which, which are to be done, what is to go and when."""

from datetime import timedelta

import pytest

from casilla.permissions import Permiso, dueno
from casilla.resources.sitio import Sitio
from casilla.resources.trabajo import Trabajo, Trabajos
from casilla.services.trabajos import caducar, cancelar, encargar, fallar, terminar, tomar
from tests import mundo
from tests.mundo import ENERO


def encargado(sitio: Sitio, de: str = mundo.ROSA, n: int = 1) -> Trabajo:
    return encargar(sitio, "prueba", de, sitio.casillas, {"n": str(n)}, ahora=ENERO + timedelta(seconds=n))


def test_each_sees_their_own_the_newest_first(sitio: Sitio) -> None:
    suyos = [encargado(sitio, n=n) for n in range(5)]
    encargado(sitio, mundo.NUSTA)
    encargado(sitio, f"{mundo.ROSA}0")

    assert list(sitio.trabajos.de(mundo.ROSA)) == suyos[::-1]
    assert list(sitio.trabajos.de("1-4")) == []


def test_only_whoever_asked_may_use_it(sitio: Sitio) -> None:
    (_, principal, permiso), *_ = encargado(sitio).__acl__

    assert (principal, permiso) == (dueno(mundo.ROSA), Permiso.USAR_TRABAJO)


def test_what_has_ended_is_no_longer_looked_at_by_those_who_work(sitio: Sitio) -> None:
    hecho, fallido, cancelado, queda = (encargado(sitio, n=n) for n in range(4))
    tomar(sitio, hecho.__name__, ENERO)
    terminar(hecho, ENERO)
    fallar(fallido, ENERO, "no se pudo")
    cancelar(cancelado, mundo.ROSA, ENERO)

    assert list(sitio.trabajos.pendientes()) == [queda]
    assert sitio.trabajos.por_hacer() == 1
    assert sitio.trabajos.diferencias() == []


def test_two_at_the_same_moment_have_names_of_their_own() -> None:
    trabajos = Trabajos()
    for n in range(2000):
        trabajo = Trabajo("prueba", "alguien", None, {"n": str(n)}, 0)
        trabajo.comenzar("alguien", ENERO)
        trabajos.agregar(trabajo, ENERO)

    assert len(list(trabajos.de("alguien"))) == len(trabajos) == 2000


@pytest.mark.parametrize("indice", ["de", "pendientes", "plazos"])
def test_an_index_that_went_astray_is_found_and_made_anew(sitio: Sitio, indice: str) -> None:
    encargado(sitio, n=1)
    cancelar(encargado(sitio, n=2), mundo.ROSA, ENERO)
    getattr(sitio.trabajos, f"_{indice}").clear()

    assert sitio.trabajos.diferencias() == [f"trabajos: el índice {indice} no dice lo suyo"]
    sitio.trabajos.rehacer()
    assert sitio.trabajos.diferencias() == []
    caducar(sitio, ENERO + timedelta(days=40))
    assert sitio.trabajos.diferencias() == []
    assert len(sitio.trabajos) == 1
