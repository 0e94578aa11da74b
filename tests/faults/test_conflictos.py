"""Somebody else commits while a deposit is under way: it runs again from the start, and stores the same."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyramid.interfaces import IContextFound
from pyramid_retry import IBeforeRetry
from ZODB import DB
from ZODB.POSException import ConflictError

from casilla.resources.almacen import archivos_sin_registro
from casilla.resources.notificacion import Notificacion
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.api.sgd import Sgd, notificacion
from tests.conftest import Navegador
from tests.stories.test_deposito_y_lectura import en_paralelo

PDF = mundo.pdf(2, 100_000)
ANEXO = ("anexo.txt", b"un anexo de la prueba")
NUMERO = "000009-2025-OGTI"


@pytest.fixture
def reintentos(aplicacion: Any) -> Iterator[list[Any]]:
    """Every time that a request was about to run again."""
    vistos: list[Any] = []
    aplicacion.registry.registerHandler(vistos.append, (IBeforeRetry,))
    yield vistos
    aplicacion.registry.unregisterHandler(vistos.append, (IBeforeRetry,))


@pytest.fixture
def mientras(aplicacion: Any) -> Iterator[Callable[..., None]]:
    """Call it with an act, to be done when the next request has looked at the store and has written nothing yet."""
    actos: list[Callable[[], Any]] = []

    def hacer(_: Any) -> None:
        if actos:
            actos.pop()()

    aplicacion.registry.registerHandler(hacer, (IContextFound,))
    yield lambda acto, intentos=1: actos.extend([acto] * intentos)
    aplicacion.registry.unregisterHandler(hacer, (IContextFound,))


@pytest.fixture
def sgd(navegador: Navegador) -> Sgd:
    return Sgd(navegador)


@pytest.fixture
def otros(base_de_datos: DB) -> Callable[[], None]:
    """Deposits in the same casilla by a connection of their own: enough of them to split the leaf of its rows."""
    hechos: list[int] = []

    def depositar() -> None:
        with base_de_datos.transaction() as conexion:
            for _ in range(20):
                hechos.append(100 + len(hechos))
                mundo.deposito(conexion.root()[RAIZ], mundo.ROSA, hechos[-1])

    return depositar


def test_a_deposit_that_met_others_stores_its_bytes_once_and_promises_one_letter(
    sgd: Sgd, base_de_datos: DB, reintentos: list[Any], mientras: Callable, otros: Callable
) -> None:
    """The parts of the form had been read to their end by the first try."""
    mientras(otros)
    assert sgd.depositar(PDF, anexos=(ANEXO,)).status_int == 201

    assert [type(r.exception) for r in reintentos] == [ConflictError]
    with base_de_datos.transaction() as conexion:
        guardada = _la_unica(conexion)
        assert [a.bytes() for a in (guardada.documento, *guardada.anexos)] == [PDF, ANEXO[1]]
        assert guardada.constancia.bytes().startswith(b"%PDF-")
        assert guardada.__parent__.diferencias() == []
    _nada_sobra(base_de_datos)


def test_a_key_that_came_meanwhile_gives_the_answer_of_the_other(
    sgd: Sgd, base_de_datos: DB, reintentos: list[Any], mientras: Callable
) -> None:
    primeras: list[Any] = []
    mientras(lambda: primeras.append(sgd.depositar(PDF)))
    segunda = sgd.depositar(PDF)

    assert (primeras[0].status_int, segunda.status_int) == (201, 200)
    assert segunda.json == primeras[0].json
    assert [type(r.exception) for r in reintentos] == [ConflictError]
    with base_de_datos.transaction() as conexion:
        assert _la_unica(conexion).documento.bytes() == PDF
    _nada_sobra(base_de_datos)


def test_a_key_that_came_meanwhile_with_another_content_is_refused(
    sgd: Sgd, base_de_datos: DB, mientras: Callable
) -> None:
    mientras(lambda: sgd.depositar(PDF))
    respuesta = sgd.depositar(mundo.pdf(3))

    assert (respuesta.status_int, respuesta.json["codigo"]) == (409, "clave-ya-usada")
    with base_de_datos.transaction() as conexion:
        assert _la_unica(conexion).documento.bytes() == PDF
    _nada_sobra(base_de_datos)


def test_a_deposit_that_never_has_its_turn_is_refused_whole(
    sgd: Sgd, base_de_datos: DB, reintentos: list[Any], mientras: Callable, otros: Callable
) -> None:
    mientras(otros, intentos=8)
    respuesta = sgd.depositar(PDF)

    assert (respuesta.status_int, respuesta.json["codigo"]) == (500, "error-interno")
    assert len(reintentos) == 7
    with base_de_datos.transaction() as conexion:
        assert _con_el_numero(conexion) == []
    _nada_sobra(base_de_datos)
    assert sgd.depositar(PDF).status_int == 201


def test_no_document_is_lost_among_many_deposits_in_one_casilla(
    aplicacion: Any, base_de_datos: DB, reintentos: list[Any]
) -> None:
    """ZODB's wrapper of blobs loses some of these (docs/decisiones/001-blobs-de-filestorage.md)."""
    depositados: dict[str, bytes] = {}

    def depositar(quien: int) -> None:
        navegador = Navegador(aplicacion)
        navegador.base_de_datos = base_de_datos
        for n in range(40):
            clave = f"{quien}-{n}"
            documento = mundo.pdf() + clave.encode()
            respuesta = Sgd(navegador).depositar(documento, notificacion(**{"documento.numero": clave}), clave)
            assert respuesta.status_int == 201, respuesta
            depositados[respuesta.json["codigo"]] = documento

    en_paralelo([lambda quien=quien: depositar(quien) for quien in range(4)])

    assert len(depositados) == 160
    assert reintentos, "they did not meet: this proves nothing"
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        for codigo, documento in depositados.items():
            assert sitio.registro[codigo].documento.bytes() == documento
            assert sitio.registro[codigo].constancia.bytes().startswith(b"%PDF-")
        assert sitio.personas[mundo.ROSA].casilla.diferencias() == []
    _nada_sobra(base_de_datos)


def _con_el_numero(conexion: Any) -> list[Notificacion]:
    return [n for _, n in conexion.root()[RAIZ].registro.items() if n.numero == NUMERO]


def _la_unica(conexion: Any) -> Notificacion:
    """The notification that was deposited, once, with one letter promised."""
    (guardada,) = _con_el_numero(conexion)
    assert sum(carta.sobre is guardada for _, carta in conexion.root()[RAIZ].salida) == 1
    assert [hecho for hecho, *_ in guardada.historia] == ["depositado", "aviso-deposito:en-cola"]
    return guardada


def _nada_sobra(base_de_datos: DB) -> None:
    """The tries that failed left no file: neither on its way nor in its place."""
    assert list(Path(base_de_datos.storage.temporaryDirectory()).iterdir()) == []
    assert list(archivos_sin_registro(base_de_datos)) == []
