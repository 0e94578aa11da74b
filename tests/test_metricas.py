"""The figures, and who may read them."""

from datetime import timedelta
from typing import Any

import pytest
from ZODB import DB

from casilla.gateways import reloj
from casilla.metricas import puerta
from casilla.redes import redes_de_metricas
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.conftest import Navegador

DESDE_CASA = {"REMOTE_ADDR": "127.0.0.1"}


def test_requests_are_counted_by_door_method_and_status(navegador: Navegador) -> None:
    navegador.get("/")
    navegador.get("/api/v1/eventos", status=401)
    navegador.get("/no-existe", status=404)

    cifras = navegador.get("/metricas", extra_environ=DESDE_CASA).text

    assert 'casilla_solicitudes_total{estado="401",metodo="GET",puerta="api"}' in cifras
    assert 'casilla_solicitudes_total{estado="404",metodo="GET",puerta="web"}' in cifras
    assert "casilla_solicitud_segundos_bucket" in cifras


def test_letters_waiting_are_counted(navegador: Navegador) -> None:
    cifras = navegador.get("/metricas", extra_environ=DESDE_CASA).text

    en_cola = next(linea for linea in cifras.splitlines() if linea.startswith("casilla_cartas_en_cola "))
    assert float(en_cola.split()[1]) > 0


@pytest.mark.parametrize(("margen", "cifra"), [(timedelta(milliseconds=12), "0.012"), (None, "+Inf")])
def test_how_far_the_clock_may_be_off_is_watched(
    navegador: Navegador, monkeypatch: pytest.MonkeyPatch, margen: timedelta | None, cifra: str
) -> None:
    monkeypatch.setattr(reloj, "margen", lambda: margen)

    cifras = navegador.get("/metricas", extra_environ=DESDE_CASA).text

    assert f"\ncasilla_reloj_margen_segundos {cifra}\n" in cifras


def test_what_the_follow_up_does_not_know_yet_is_watched(navegador: Navegador, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        mundo.deposito(conexion.root()[RAIZ], n=20)

    cifras = navegador.get("/metricas", extra_environ=DESDE_CASA).text

    assert "\ncasilla_seguimiento_pendientes 1.0\n" in cifras


@pytest.mark.parametrize("direccion", ["192.0.2.7", "", "no es una dirección", "2001:db8::1"])
def test_to_strangers_the_address_does_not_exist(navegador: Navegador, direccion: str) -> None:
    navegador.get("/metricas", extra_environ={"REMOTE_ADDR": direccion}, status=404)


def test_networks_come_from_the_setting() -> None:
    redes = redes_de_metricas({"casilla.metricas_desde": "10.0.0.0/8, 192.0.2.0/24"})

    assert "10.1.2.3" in redes
    assert "192.0.2.9" in redes
    assert "127.0.0.1" not in redes


@pytest.mark.parametrize(
    ("camino", "nombre"), [("/", "web"), ("/api/v1/x", "api"), ("/static/a", "static"), ("", "web")]
)
def test_an_address_has_one_of_a_few_names(camino: str, nombre: Any) -> None:
    assert puerta(camino) == nombre
