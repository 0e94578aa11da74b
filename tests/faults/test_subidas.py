"""Uploads that go wrong on the way, through the real socket: cut, slow, lying, too large."""

import socket
import struct
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from hashlib import sha256
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests import mundo
from tests.api.sgd import CLAVE, Sgd, cuerpo, partes
from tests.faults.servidor import Servidor, depositados, documento, hasta

MAXIMO = 50 * 1024 * 1024
MEGA = 1024 * 1024


class Cruda:
    """A socket of our own, to send what no honest client would."""

    def __init__(self, servidor: Servidor, clave: str, documento: bytes) -> None:
        self.socket = socket.create_connection(("127.0.0.1", servidor.puerto), timeout=60)
        self.cuerpo, self.tipo = cuerpo(partes(documento))
        self.clave = clave

    def __enter__(self) -> "Cruda":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def cabecera(self, largo: str) -> None:
        """``largo``: the header line that says how long the body is."""
        lineas = (
            "POST /api/v1/notificaciones HTTP/1.1",
            "Host: 127.0.0.1",
            f"Authorization: Bearer {CLAVE}",
            f"Idempotency-Key: {self.clave}",
            f"Content-Type: {self.tipo}",
            largo,
        )
        self.socket.sendall("\r\n".join((*lineas, "", "")).encode())

    def respuesta(self) -> HTTPResponse:
        respuesta = HTTPResponse(self.socket)
        respuesta.begin()
        respuesta.read()
        return respuesta

    def cortar(self) -> None:
        """As a machine that goes away at once: the other side gets a reset."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


@pytest.mark.parametrize("corte", [Cruda.cortar, lambda cruda: cruda.socket.close()], ids=["reset", "cierre"])
@pytest.mark.parametrize("largo", [20_000, 2 * MEGA], ids=["en-memoria", "en-archivo"])
def test_an_upload_cut_half_way_leaves_nothing(
    servidor: Servidor, clave: str, nada_queda: Callable[[], None], corte: Callable[[Cruda], None], largo: int
) -> None:
    for _ in range(10):
        with Cruda(servidor, clave, documento(largo)) as cruda:
            cruda.cabecera(f"Content-Length: {len(cruda.cuerpo)}")
            cruda.socket.sendall(cruda.cuerpo[: len(cruda.cuerpo) // 2])
            corte(cruda)
    nada_queda()


def test_who_leaves_before_the_answer_finds_its_deposit_made(servidor: Servidor, sgd: Sgd, clave: str) -> None:
    antes = depositados(sgd)
    with Cruda(servidor, clave, documento(20_000)) as cruda:
        cruda.cabecera(f"Content-Length: {len(cruda.cuerpo)}")
        cruda.socket.sendall(cruda.cuerpo)
        cruda.cortar()
    hasta(lambda: depositados(sgd) == antes + 1, "no se hizo")
    assert sgd.depositar(documento(20_000), clave=clave).status_int == 200


def test_a_slow_sender_keeps_nobody_waiting_and_is_served(servidor: Servidor, sgd: Sgd, clave: str) -> None:
    """More of them than the server has threads."""
    lentos = [Cruda(servidor, f"{clave}-{n}", documento(20_000)) for n in range(8)]
    for lento in lentos:
        lento.cabecera(f"Content-Length: {len(lento.cuerpo)}")
    gota = len(lentos[0].cuerpo) // 10 + 1
    for n in range(10):
        assert sgd.depositar(mundo.pdf(), clave=f"{clave}-entretanto-{n}").status_int == 201
        for lento in lentos:
            lento.socket.sendall(lento.cuerpo[n * gota : (n + 1) * gota])
    assert [lento.respuesta().status for lento in lentos] == [201] * 8
    for lento in lentos:
        lento.socket.close()


def test_a_body_in_chunks_without_a_length_is_taken(servidor: Servidor, clave: str) -> None:
    with Cruda(servidor, clave, documento(MEGA)) as cruda:
        cruda.cabecera("Transfer-Encoding: chunked")
        for n in range(0, len(cruda.cuerpo), 100_000):
            trozo = cruda.cuerpo[n : n + 100_000]
            cruda.socket.sendall(b"%x\r\n%s\r\n" % (len(trozo), trozo))
        cruda.socket.sendall(b"0\r\n\r\n")
        assert cruda.respuesta().status == 201


def test_a_length_longer_than_what_comes_is_never_answered(
    servidor: Servidor, clave: str, nada_queda: Callable[[], None]
) -> None:
    with Cruda(servidor, clave, documento(20_000)) as cruda:
        cruda.cabecera(f"Content-Length: {len(cruda.cuerpo) + 1}")
        cruda.socket.sendall(cruda.cuerpo)
        cruda.socket.shutdown(socket.SHUT_WR)
        assert cruda.socket.recv(100) == b""
    nada_queda()


@pytest.mark.parametrize(
    ("largo", "estado"),
    [("15000", 422), ("0", 422), ("-5", 400), ("muchos", 400), ("99999999999999", 413)],
)
def test_a_length_that_lies_is_refused(
    servidor: Servidor, clave: str, nada_queda: Callable[[], None], largo: str, estado: int
) -> None:
    with Cruda(servidor, clave, documento(20_000)) as cruda:
        cruda.cabecera(f"Content-Length: {largo}")
        with suppress(ConnectionError):  # it may have answered, and gone, before it was told everything
            cruda.socket.sendall(cruda.cuerpo)
        assert cruda.respuesta().status == estado
    nada_queda()


def test_the_largest_documents_are_taken_whole_in_little_memory(servidor: Servidor, sgd: Sgd, clave: str) -> None:
    """Two at once, of the largest size admitted: the process grows by much less than one of them."""
    pdf = documento(MAXIMO)
    assert sgd.depositar(mundo.pdf(), clave=f"{clave}-antes").status_int == 201
    antes = psutil.Process(servidor.pid).memory_info().rss
    Path(f"/proc/{servidor.pid}/clear_refs").write_text("5")  # the peak, of all tests until now, begins anew (proc(5))

    def depositar(n: int) -> Any:
        with servidor.conexion() as conexion:
            return Sgd(conexion).depositar(pdf, clave=f"{clave}-{n}")

    with ThreadPoolExecutor(2) as hilos:
        respuestas = list(hilos.map(depositar, range(2)))

    assert [r.status_int for r in respuestas] == [201, 201]
    assert {r.json["huellas"]["documento"] for r in respuestas} == {f"sha256:{sha256(pdf).hexdigest()}"}
    assert _cumbre(servidor) - antes < 25 * MEGA
    hasta(lambda: not servidor.sobras(), "quedan sobras")


def _cumbre(servidor: Servidor) -> int:
    """The most memory that the process has had since that was last asked to begin anew, in bytes."""
    lineas = Path(f"/proc/{servidor.pid}/status").read_text().splitlines()
    return int(next(linea.split()[1] for linea in lineas if linea.startswith("VmHWM:"))) * 1024


@pytest.mark.parametrize("de_mas", [1, MEGA])
def test_a_larger_one_is_refused_with_a_problem_document(
    sgd: Sgd, clave: str, nada_queda: Callable[[], None], de_mas: int
) -> None:
    respuesta = sgd.depositar(documento(MAXIMO + de_mas), clave=clave)
    assert (respuesta.status_int, respuesta.json["codigo"]) == (413, "demasiado-grande")
    assert respuesta.headers["Content-Type"].startswith("application/problem+json")
    nada_queda()
