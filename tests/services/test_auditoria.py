"""The trace of what the institution's people do: whoever changes it without the secret is found out."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from transaction import TransactionManager
from ZODB import DB

from casilla.resources.sitio import Sitio
from casilla.services import auditoria
from casilla.services.auditoria import asentar, cambios, hallazgo_del_sello, hallazgos
from casilla.services.fundacion import RAIZ
from tests import mundo

OTRO_SECRETO = b"el secreto de quien no conoce el nuestro, de 32 bytes"


def anotado(sitio: Sitio, n: int, secreto: bytes = mundo.SECRETO) -> Any:
    return asentar(
        sitio,
        "editar",
        f"cuentas/usuario{n}",
        actor="administrador",
        direccion="192.0.2.1",
        ahora=mundo.ENERO + timedelta(minutes=n),
        secreto=secreto,
        antes="roles: contenido",
        despues="roles: auditor",
    )


@pytest.fixture
def con_cinco(sitio: Sitio) -> Sitio:
    for n in range(1, 6):
        anotado(sitio, n)
    return sitio


def halladas(sitio: Sitio) -> list[str]:
    return list(hallazgos(sitio, mundo.SECRETO))


def poner(sitio: Sitio, lugar: int, **otros: Any) -> None:
    """Write over an entry, as somebody with the store in hand would."""
    falso = sitio.auditoria[lugar]._replace(**otros)
    sitio.auditoria._asientos[lugar] = (1, *falso)


def test_entries_are_numbered_from_one_and_the_chain_is_sound(con_cinco: Sitio) -> None:
    assert [a.numero for a in con_cinco.auditoria] == [1, 2, 3, 4, 5]
    assert [a.numero for a in con_cinco.auditoria.hacia_atras(3)] == [3, 2, 1]
    assert halladas(con_cinco) == []


def test_an_empty_trace_is_sound(sitio: Sitio) -> None:
    assert halladas(sitio) == []


@pytest.mark.parametrize(
    "otros",
    [
        {"actor": "nadie"},
        {"acto": "crear"},
        {"sobre": "cuentas/otra"},
        {"direccion": "198.51.100.1"},
        {"antes": ""},
        {"despues": "roles: administrador"},
        {"cuando": mundo.ENERO},
        {"numero": 4},
        {"sello": "00" * 32},
    ],
    ids=lambda otros: next(iter(otros)),
)
def test_an_entry_of_which_anything_was_changed_is_named(con_cinco: Sitio, otros: dict[str, Any]) -> None:
    poner(con_cinco, 3, **otros)

    assert any("asiento 3" in hallada for hallada in halladas(con_cinco))


def test_what_one_field_lends_the_next_is_noticed(con_cinco: Sitio) -> None:
    asiento = con_cinco.auditoria[3]
    poner(con_cinco, 3, acto=asiento.acto + asiento.sobre, sobre="")

    assert halladas(con_cinco) != []


def sin_el_segundo(sitio: Sitio) -> None:
    del sitio.auditoria._asientos[2]


def sin_los_de_en_medio(sitio: Sitio) -> None:
    del sitio.auditoria._asientos[2]
    del sitio.auditoria._asientos[3]


def sin_los_ultimos(sitio: Sitio) -> None:
    del sitio.auditoria._asientos[4]
    del sitio.auditoria._asientos[5]


def sin_ninguno(sitio: Sitio) -> None:
    sitio.auditoria._asientos.clear()


def vaciada_y_sin_marca(sitio: Sitio) -> None:
    sin_los_ultimos(sitio)
    sitio.auditoria.cabeza = None


def con_la_marca_de_otro_numero(sitio: Sitio) -> None:
    sin_los_ultimos(sitio)
    sitio.auditoria.cabeza = (3, sitio.auditoria.cabeza[1])


def rehecha_desde_el_tercero(sitio: Sitio) -> None:
    """With another secret, every seal and the mark at the end made anew."""
    del sitio.auditoria._asientos[4]
    del sitio.auditoria._asientos[5]
    del sitio.auditoria._asientos[3]
    for n in (3, 4, 5):
        anotado(sitio, n, OTRO_SECRETO)


def renumerada(sitio: Sitio) -> None:
    """One taken out, and those behind it moved up, so that no number is missing."""
    for n in (3, 4):
        poner(sitio, n, **{**sitio.auditoria[n + 1]._asdict(), "numero": n})
    del sitio.auditoria._asientos[5]


def anadido_a_mano(sitio: Sitio) -> None:
    cabeza = sitio.auditoria.cabeza
    anotado(sitio, 6, OTRO_SECRETO)
    sitio.auditoria.cabeza = cabeza


@pytest.mark.parametrize(
    ("danar", "palabras"),
    [
        (sin_el_segundo, "falta el asiento 2"),
        (sin_los_de_en_medio, "faltan los asientos 2 a 3"),
        (sin_los_ultimos, "faltan los asientos 4 a 5, del final"),
        (sin_ninguno, "faltan los asientos 1 a 5, del final"),
        (vaciada_y_sin_marca, "falta la marca"),
        (con_la_marca_de_otro_numero, "la marca de cuántos asientos hay no es la que se puso"),
        (rehecha_desde_el_tercero, "el asiento 3 no es el que se asentó"),
        (renumerada, "el asiento 3 no es el que se asentó"),
        (anadido_a_mano, "después del asiento 5 hay otros"),
    ],
)
def test_whoever_tampers_without_the_secret_is_found_out(
    con_cinco: Sitio, danar: Callable[[Sitio], None], palabras: str
) -> None:
    danar(con_cinco)

    assert any(palabras in hallada for hallada in halladas(con_cinco)), halladas(con_cinco)


def test_a_store_put_back_as_it_was_shows_only_by_a_seal_noted_elsewhere(sitio: Sitio) -> None:
    anotado(sitio, 1)
    de_antes = (dict(sitio.auditoria._asientos.items()), sitio.auditoria.cabeza)
    apuntado = anotado(sitio, 2).sello

    sitio.auditoria._asientos.clear()
    sitio.auditoria._asientos.update(de_antes[0])
    sitio.auditoria.cabeza = de_antes[1]

    assert halladas(sitio) == []
    assert "ya no está" in next(hallazgo_del_sello(sitio, 2, apuntado))


def test_a_chain_made_anew_with_the_secret_shows_by_a_seal_noted_elsewhere(con_cinco: Sitio) -> None:
    apuntado = con_cinco.auditoria[4].sello
    con_cinco.auditoria._asientos.clear()
    for n in (7, 8, 9, 10, 11):
        anotado(con_cinco, n)

    assert halladas(con_cinco) == []
    assert "se rehízo" in next(hallazgo_del_sello(con_cinco, 4, apuntado))


def test_a_seal_that_is_still_there_says_nothing(con_cinco: Sitio) -> None:
    assert list(hallazgo_del_sello(con_cinco, 4, con_cinco.auditoria[4].sello)) == []


def test_an_entry_never_takes_a_number_that_is_not_the_next(con_cinco: Sitio) -> None:
    with pytest.raises(KeyError):
        con_cinco.auditoria.agregar(con_cinco.auditoria[3], "")


def test_of_what_changed_only_that_is_said() -> None:
    antes = {"Nombres": "ANA", "Roles": "contenido", "Correo": "ana@institucion.example"}

    assert cambios(antes, {**antes, "Roles": "auditor"}) == ("Roles: contenido", "Roles: auditor")
    assert cambios({}, {"Nombres": "ANA"}) == ("", "Nombres: ANA")
    assert cambios(antes, antes) == ("", "")


def test_entries_made_at_once_never_share_a_number_and_none_is_lost(base_de_datos: DB) -> None:
    """Four at a time from the very first on: each clash is a conflict, and the second is made again."""
    juntos, cada_uno = 4, 15
    salida = Barrier(juntos)

    def trabajar(quien: int) -> None:
        manager = TransactionManager(explicit=True)
        conexion = base_de_datos.open(manager)
        salida.wait()
        for n in range(cada_uno):
            manager.run(lambda n=n: anotado(conexion.root()[RAIZ], quien * 100 + n), 500)
        conexion.close()

    hilos = [Thread(target=trabajar, args=(quien,)) for quien in range(juntos)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()

    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        assert [a.numero for a in sitio.auditoria] == list(range(1, juntos * cada_uno + 1))
        assert len({a.sobre for a in sitio.auditoria}) == juntos * cada_uno
        assert list(auditoria.hallazgos(sitio, mundo.SECRETO)) == []
