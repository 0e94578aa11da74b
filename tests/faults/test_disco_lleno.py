"""The disk is full: the sender is told, nothing is kept, and when there is room again everything goes on."""

import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import mundo
from tests.api.sgd import Sgd
from tests.faults.servidor import Servidor, SinRespuesta, documento


@contextmanager
def disco_con_lugar_para(servidor: Servidor, bytes_: int) -> Iterator[None]:
    """Meanwhile no file of the server can grow beyond so many bytes: its writes fail as on a full disk."""
    resource.prlimit(servidor.pid, resource.RLIMIT_FSIZE, (bytes_, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        resource.prlimit(servidor.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def test_a_document_for_which_there_is_no_room_is_refused_with_a_problem_document(
    servidor: Servidor, sgd: Sgd, clave: str, nada_queda: Callable[[], None]
) -> None:
    with disco_con_lugar_para(servidor, 200_000):
        respuesta = sgd.depositar(documento(300_000), clave=clave)
    assert (respuesta.status_int, respuesta.json["codigo"]) == (500, "error-interno")
    nada_queda()


def test_a_body_for_which_there_is_no_room_gets_no_answer(
    servidor: Servidor, sgd: Sgd, clave: str, nada_queda: Callable[[], None]
) -> None:
    """It does not even reach the application; the sender will send it again."""
    with disco_con_lugar_para(servidor, 1_000_000), pytest.raises(SinRespuesta):
        sgd.depositar(documento(3_000_000), clave=clave)
    nada_queda()


def test_a_store_without_room_refuses_keeps_nothing_and_goes_on_when_there_is_room(
    servir: Callable[..., Servidor],
) -> None:
    """The document fits, its record does not. The record of another, shorter, is then written over what was begun."""
    servidor = servir(**{"casilla.cartero": "aparte"})
    anexos = tuple((f"anexo {n}.txt", b"x") for n in range(100))
    with servidor.conexion() as conexion:
        sgd = Sgd(conexion)
        assert sgd.depositar(mundo.pdf(), clave="antes").status_int == 201
        archivos = _archivos(servidor)
        with disco_con_lugar_para(servidor, os.path.getsize(servidor.base / "Data.fs") + 20_000):
            respuestas = [sgd.depositar(mundo.pdf(), clave=f"lleno-{n}", anexos=anexos) for n in range(3)]
        assert [(r.status_int, r.json["codigo"]) for r in respuestas] == [(500, "error-interno")] * 3
        assert _archivos(servidor) == archivos
        assert servidor.sobras() == []
        assert sgd.depositar(mundo.pdf(), clave="despues").status_int == 201
    servidor.matar()

    resultado = servidor.ordenar("verificar")
    assert resultado.returncode == 0, resultado.stdout
    assert "solo ocupan disco" not in resultado.stdout
    with servidor.sitio() as sitio:
        claves = {n.codigo for _, n in sitio.recibidos.items()}
        assert len(claves) == len(list(sitio.registro.items())) == 5 + 2


def _archivos(servidor: Servidor) -> set[Path]:
    return {ruta for ruta in servidor.blobs.rglob("*") if ruta.is_file()}
