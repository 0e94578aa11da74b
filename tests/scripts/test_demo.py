"""``casilla demo``: what ``make demo`` shows, run as a visitor would, twice."""

import io
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from threading import Timer
from typing import Any

import pikepdf
import pytest
import requests
from pyotp import TOTP

from casilla.scripts.muestras import muestras
from casilla.scripts.vecinos import CLAVE
from casilla.services.sobres import sobre_de
from tests.almacenes import puerto_libre
from tests.scripts.conftest import Instalacion
from tests.scripts.test_cartero_en_marcha import ORDEN, cartas, pronto

BASE = datetime(2026, 11, 23, 15, tzinfo=UTC)
ULTIMAS_PALABRAS = "Ctrl-C termina"


@contextmanager
def en_marcha(instalacion: Instalacion, senal: int = signal.SIGINT) -> Iterator[list[str]]:
    """The demonstration while it serves, what it has said; leaving the block ends it in order."""
    proceso: Any = subprocess.Popen(
        [ORDEN, "-c", instalacion.ini, "demo"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    guardian = Timer(120, proceso.kill)
    guardian.start()
    try:
        dicho = []
        for linea in proceso.stdout:
            dicho.append(linea.rstrip())
            if ULTIMAS_PALABRAS in linea:
                break
        assert ULTIMAS_PALABRAS in "".join(dicho[-1:]), "\n".join(dicho)
        yield dicho
        proceso.send_signal(senal)
        resto = proceso.communicate()[0]
        assert proceso.returncode == 0, resto
        assert "Traceback" not in "\n".join(dicho) + resto
    finally:
        guardian.cancel()
        proceso.kill()
        proceso.wait()
        proceso.stdout.close()


@pytest.fixture
def instalacion(vacia: Instalacion) -> Instalacion:
    puerto = puerto_libre()
    vacia.ajustar({"casilla.cartero": "hilo", "casilla.url": f"http://127.0.0.1:{puerto}"}, puerto)
    return vacia


def test_the_demonstration_shows_people_with_letters_and_keeps_them(instalacion: Instalacion) -> None:
    with en_marcha(instalacion) as dicho:
        url = _dato(dicho, r"Electrónicas: (http://127\.0\.0\.1:\d+)")
        clave_api = _dato(dicho, r"Clave: (sgd-demo\.\S+)")
        assert _bandeja(url, "1-49083411", CLAVE).count("Ver") >= 1
        assert "Absolución de la consulta" in _bandeja(url, "20999000011", CLAVE)
        eventos = _eventos(url, clave_api)
        assert "Tablero" in _modulo(url, "auditor", _dato(dicho, r"auditor +respaldo (\S+)"))
        semilla = _dato(dicho, r"administrador +respaldo .*clave ([A-Z2-7]{32})")
        assert "Cuentas" in _modulo(url, "administrador", TOTP(semilla).at(datetime.now(UTC) + timedelta(seconds=30)))
        assert pronto(lambda: len(_avisos(instalacion)) == 33)

    assert sum(evento["tipo"] == "depositado" for evento in eventos) == 33
    assert sum(evento["tipo"] == "leido" for evento in eventos) == 6
    assert instalacion.orden("verificar").exit_code == 0

    with en_marcha(instalacion, signal.SIGTERM) as otra_vez:
        assert _dato(otra_vez, r"Clave: (sgd-demo\.\S+)") == clave_api
        assert sum(evento["tipo"] == "depositado" for evento in _eventos(url, clave_api)) == 33
    assert len(_avisos(instalacion)) == 33


def test_the_temporary_password_that_is_printed_is_the_one_in_the_mail(instalacion: Instalacion) -> None:
    with en_marcha(instalacion) as dicho:
        temporal = _dato(dicho, r"1-99000004\s+([0-9A-F]{8})")

    cuerpos = [_cuerpo(carta.read_bytes()) for carta in cartas(instalacion)]
    assert any(temporal in cuerpo and "1-99000004" in cuerpo for cuerpo in cuerpos)


def test_nobody_is_invented_where_people_are_real(vacia: Instalacion) -> None:
    vacia.ajustar({"casilla.identidad.dni": "casilla.gateways.reniec.ReniecPide"})

    resultado = vacia.orden("demo")

    assert resultado.exit_code == 1
    assert "solo funciona con el padrón ficticio" in resultado.stderr
    assert not (vacia.carpeta / "var").exists()


def test_a_port_in_use_is_told(instalacion: Instalacion, servidor_mudo: int) -> None:
    instalacion.ajustar(puerto=servidor_mudo)

    resultado = subprocess.run([ORDEN, "-c", instalacion.ini, "demo"], capture_output=True, text=True, timeout=120)

    assert resultado.returncode == 1
    assert "no se puede levantar el servidor" in resultado.stderr


def test_the_sample_letters_are_the_same_each_time() -> None:
    assert list(muestras(BASE)) == list(muestras(BASE))


def test_the_sample_letters_are_what_the_api_admits() -> None:
    hechas = list(muestras(BASE))

    assert len({muestra.clave for muestra in hechas}) == len(hechas)
    for muestra in hechas:
        assert sobre_de(muestra.sobre, BASE).asunto
    with pikepdf.open(io.BytesIO(hechas[0].documento)) as pdf:
        assert len(pdf.pages) > 1
    assert {tipo for muestra in hechas for _, tipo, _ in muestra.anexos} == {
        "application/pdf",
        "text/csv",
        "text/plain",
    }


def _dato(dicho: list[str], patron: str) -> str:
    hallado = re.search(patron, "\n".join(dicho))
    assert hallado, "\n".join(dicho)
    return hallado[1]


def _bandeja(url: str, usuario: str, clave: str) -> str:
    """The tray, as a browser without scripts gets to it."""
    with requests.Session() as navegador:
        portada = navegador.get(url, timeout=60).text
        ficha = re.search(r'name="csrf_token" value="([^"]+)"', portada)
        assert ficha
        datos = {"csrf_token": ficha[1], "usuario": usuario, "clave": clave}
        respuesta = navegador.post(url, data=datos, timeout=60)
        assert "/casilla/" in respuesta.url
        return respuesta.text


def _modulo(url: str, usuario: str, codigo: str) -> str:
    """The first page of the institution's side, by both factors."""
    with requests.Session() as navegador:
        pagina = navegador.get(f"{url}/admin", timeout=60)
        for datos in ({"usuario": usuario, "clave": CLAVE}, {"codigo": codigo}):
            ficha = re.search(r'name="csrf_token" value="([^"]+)"', pagina.text)
            assert ficha
            pagina = navegador.post(pagina.url, data={"csrf_token": ficha[1], **datos}, timeout=60)
        return pagina.text


def _eventos(url: str, clave_api: str) -> list[dict[str, Any]]:
    respuesta = requests.get(
        f"{url}/api/v1/eventos?limite=1000", headers={"Authorization": f"Bearer {clave_api}"}, timeout=20
    )
    return respuesta.json()["eventos"]


def _avisos(instalacion: Instalacion) -> list[Any]:
    return [carta for carta in cartas(instalacion) if b"Nueva_notificaci" in carta.read_bytes()[:3000]]


def _cuerpo(octetos: bytes) -> str:
    parte = message_from_bytes(octetos, policy=default).get_body(("plain",))
    assert parte is not None
    return parte.get_content()
