"""The server is killed while a password is recovered or a casilla is closed: it was done whole, or not at all."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from time import sleep

import pytest
import requests

from casilla.resources.sitio import Sitio
from casilla.services import recuperacion
from casilla.services.acceso import comprobar
from casilla.services.correspondencia import CASILLA_CERRADA, CLAVE_CAMBIADA
from casilla.services.fundacion import RAIZ
from casilla.services.verificacion import hallazgos
from tests import mundo
from tests.faults.servidor import Servidor

NUEVA = "Nueva-clave-22"
# Seconds from the request to the death; a hash of this cost takes a good part of a second.
MOMENTOS = (0.15, 2.0)
COSTO = "12"


@pytest.fixture
def lento(mundo_guardado: Path, tmp_path: Path) -> Iterator[Servidor]:
    """Not started yet."""
    servidor = Servidor(mundo_guardado, tmp_path, {"casilla.bcrypt_costo": COSTO, "casilla.cartero": "aparte"})
    yield servidor
    servidor.matar()


def enviar_y_matar(
    servidor: Servidor, sesion: requests.Session, direccion: str, datos: dict[str, str], espera: float
) -> list[int]:
    """Send the form of this page, and kill the server so long after; what the client heard, if anything."""
    pagina = sesion.get(direccion, timeout=30).text
    token = re.search(r'<form id="formulario".*?name="csrf_token" value="(\w+)"', pagina, re.S)
    assert token is not None
    oido: list[int] = []

    def enviar() -> None:
        try:
            respuesta = sesion.post(direccion, {**datos, "csrf_token": token[1]}, allow_redirects=False, timeout=30)
            oido.append(respuesta.status_code)
        except requests.ConnectionError:
            pass

    hilo = Thread(target=enviar)
    hilo.start()
    sleep(espera)
    servidor.matar()
    hilo.join()
    return oido


def cartas(sitio: Sitio, clase: str) -> int:
    return sum((c.clase, c.para) == (clase, "rosa@correo.example") for _, c in sitio.salida)


@pytest.mark.parametrize("espera", MOMENTOS)
def test_a_recovery_is_done_whole_or_its_link_still_serves(lento: Servidor, espera: float) -> None:
    with lento.almacen() as db, db.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        recuperacion.pedir(sitio, mundo.ROSA, "rosa@correo.example", ahora=datetime.now(UTC))
        enlace = recuperacion.direccion(mundo.SECRETO, sitio.usuarios[mundo.ROSA])
        antes = cartas(sitio, CLAVE_CAMBIADA)
    lento.iniciar()

    datos = {"nueva": NUEVA, "repetida": NUEVA}
    with requests.Session() as sesion:
        oido = enviar_y_matar(lento, sesion, f"{lento.url}/{enlace}", datos, espera)

    with lento.sitio() as sitio:
        rosa = sitio.usuarios[mundo.ROSA]
        hecho = rosa.recuperacion_hasta is None
        assert hecho or not oido
        assert cartas(sitio, CLAVE_CAMBIADA) == antes + hecho
        clave = NUEVA if hecho else mundo.CLAVE
        assert comprobar(sitio, mundo.ROSA, clave, ahora=mundo.ENERO, costo=mundo.COSTO) is rosa


@pytest.mark.parametrize("espera", MOMENTOS)
def test_a_casilla_is_closed_with_its_paper_or_stays_open(lento: Servidor, espera: float) -> None:
    lento.iniciar()
    datos = {"entiendo": "true", "clave": mundo.CLAVE, "usuario": mundo.ROSA}
    with requests.Session() as sesion:
        entrar(sesion, lento.url)
        oido = enviar_y_matar(lento, sesion, f"{lento.url}/cuenta/cerrar", datos, espera)

    with lento.sitio() as sitio:
        rosa = sitio.usuarios[mundo.ROSA]
        hecho = rosa.persona.casilla.cerrada_en is not None
        assert hecho or not oido
        assert cartas(sitio, CASILLA_CERRADA) == hecho == (rosa.cierre is not None)
        assert [hallado for tramo in hallazgos(sitio) for hallado in tramo] == []


def entrar(sesion: requests.Session, url: str) -> None:
    token = re.search(r'name="csrf_token" value="(\w+)"', sesion.get(url, timeout=30).text)
    assert token is not None
    datos = {"csrf_token": token[1], "usuario": mundo.ROSA, "clave": mundo.CLAVE}
    assert "Cerrar sesión" in sesion.post(url, datos, timeout=30).text
