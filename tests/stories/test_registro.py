"""From the first page to the open casilla, on every store: with the real letters, and when something goes wrong."""

import re
from email import message_from_bytes, policy
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import Any, Self

import pytest
from ZODB import DB

from casilla.gateways.reniec import ReniecPide
from casilla.scripts.reparto import Cartero
from casilla.services.correspondencia import VALIDACION_CORREO
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.conftest import Navegador
from tests.gateways.pide import ServidorPide
from tests.solicitantes import cartas
from tests.stories.test_deposito_y_lectura import en_paralelo
from tests.views.registro import codigo, enviar, hasta, nombre, reintentar, tecleado

NUEVA = "1-49083411"


class Buzon:
    """A transport that keeps the words of the letters by address, in order."""

    remitente = "no-responder@casilla.example"

    def __init__(self) -> None:
        self.cartas: list[tuple[str, str, str]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, tipo: type | None, error: BaseException | None, rastro: TracebackType | None) -> None:
        pass

    def entregar(self, mensaje: bytes, remitente: str, para: str) -> str:
        carta = message_from_bytes(mensaje, policy=policy.default)
        self.cartas.append((para, carta["Subject"], carta.get_body(("plain",)).get_content()))
        return "250 2.0.0 OK"

    def de(self, para: str) -> list[tuple[str, str]]:
        return [(asunto, texto) for a_quien, asunto, texto in self.cartas if a_quien == para]


@pytest.fixture
def buzon() -> Buzon:
    return Buzon()


def repartir(base_de_datos: DB, buzon: Buzon) -> None:
    list(Cartero(base_de_datos, buzon, "http://localhost", mundo.SECRETO).ronda(Event()))


def navegador_nuevo(aplicacion: Any, base_de_datos: DB) -> Navegador:
    navegador = Navegador(aplicacion)
    navegador.base_de_datos = base_de_datos
    return navegador


def test_a_person_registers_opens_the_link_on_another_telephone_and_comes_in(
    navegador: Navegador, aplicacion: Any, base_de_datos: DB, buzon: Buzon
) -> None:
    correo = "p49083411@correo.example"
    hasta(navegador, "verificacion")
    repartir(base_de_datos, buzon)
    [(asunto, texto)] = buzon.de(correo)
    assert asunto == "Validación de Correo Electrónico"
    enlace = re.search(r"Validar Correo: (http://localhost/registro/validar\S+)", texto)[1]

    telefono = navegador_nuevo(aplicacion, base_de_datos)
    telefono.get(enlace).forms["formulario"].submit().follow()
    repartir(base_de_datos, buzon)

    asunto, texto = buzon.de(correo)[-1]
    assert asunto == "Credenciales de Acceso"
    usuario, clave = re.search(r"Usuario: (\S+)", texto)[1], re.search(r"Contraseña: ([0-9A-F]{8})\s", texto)[1]
    assert usuario == NUEVA
    cambio = telefono.entrar(usuario, clave)
    assert cambio.request.path == "/cambiar-clave"
    formulario = cambio.forms["formulario"]
    formulario["antigua"], formulario["nueva"], formulario["repetida"] = clave, mundo.CLAVE, mundo.CLAVE
    bandeja = formulario.submit().follow()
    assert "Bienvenida/o ROSA ELENA" in " ".join(bandeja.html.header.text.split())
    assert "No tiene notificaciones por leer" in bandeja


def test_the_owner_learns_by_mail_that_somebody_registers_in_their_name(
    navegador: Navegador, base_de_datos: DB, buzon: Buzon
) -> None:
    pagina = hasta(navegador, "verificacion", correo="rosa@correo.example", repetir_correo="rosa@correo.example")
    pagina.forms["formulario"]["codigo"] = codigo(pagina)
    assert "no es correcto" in pagina.forms["formulario"].submit()
    repartir(base_de_datos, buzon)

    asuntos = [asunto for asunto, _ in buzon.de("rosa@correo.example")]

    assert "Usted ya tiene una Casilla Electrónica" in asuntos
    assert "Validación de Correo Electrónico" not in asuntos


def test_when_reniec_does_not_answer_the_person_finishes_later_from_the_same_address(
    navegador: Navegador, aplicacion: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, reloj: Any
) -> None:
    with ServidorPide() as pide:
        reniec = ReniecPide.desde_ajustes(pide.ajustes(tmp_path))
        monkeypatch.setattr(aplicacion.registry, "registros", {"1": reniec})
        pide.falla = "error 500"
        pagina = enviar(hasta(navegador, "datos")).follow()
        assert "RENIEC no responde" in pagina

        pide.falla = None
        reloj.adelantar(minutos=180)
        vuelta = navegador.get(pagina.request.path)
        assert "EJEMPLO" in vuelta
        final = reintentar(vuelta).follow()

    assert final.html.h1.text == "VERIFICACIÓN DE CORREO"


def test_a_double_click_is_one_registration_and_one_casilla(aplicacion: Any, base_de_datos: DB) -> None:
    """Each form sent at once from one browser: the requests conflict, and what runs again finds what is made."""
    inicio = navegador_nuevo(aplicacion, base_de_datos)
    pagina = inicio.get("/registro/terminos")
    ficha = {"csrf_token": pagina.forms["formulario"]["csrf_token"].value, "acepto": "true"}

    destinos = a_la_vez(aplicacion, base_de_datos, inicio, "/registro/terminos?version=1", ficha)

    assert len(set(destinos)) == 1
    with base_de_datos.transaction() as conexion:
        assert len(conexion.root()[RAIZ].solicitudes) == 1

    formulario = hasta(inicio, "datos")
    ficha = {"csrf_token": formulario.forms["formulario"]["csrf_token"].value, **tecleado("49083411")}
    destinos = a_la_vez(aplicacion, base_de_datos, inicio, formulario.request.path, ficha)
    assert {destino.rpartition("/")[2] for destino in destinos} == {"verificacion"}
    with base_de_datos.transaction() as conexion:
        assert cartas(conexion.root()[RAIZ], VALIDACION_CORREO) == [("p49083411@correo.example", 1)]

    final = inicio.get(destinos[0])
    validar = {"csrf_token": final.forms["formulario"]["csrf_token"].value, "codigo": codigo(final)}
    destinos = a_la_vez(aplicacion, base_de_datos, inicio, final.request.path, validar)
    assert {destino.rpartition("/")[2] for destino in destinos} == {"listo"}
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        assert sum(carta.sobre is sitio.usuarios[NUEVA] for _, carta in sitio.salida) == 1
        assert sitio.solicitudes[nombre(final)].estado == "aprobada"
        assert sitio.solicitudes.diferencias() == sitio.personas.diferencias() == []


def a_la_vez(aplicacion: Any, base_de_datos: DB, como: Navegador, direccion: str, ficha: dict[str, str]) -> list[str]:
    """The same form four times at the same moment, with the cookies of one browser; where each answer leads."""
    destinos: list[str] = []
    gemelos = [navegador_nuevo(aplicacion, base_de_datos) for _ in range(4)]
    for gemelo in gemelos:
        for galleta in como.cookiejar:
            gemelo.cookiejar.set_cookie(galleta)
    en_paralelo([lambda g=gemelo: destinos.append(g.post(direccion, ficha, status=303).location) for gemelo in gemelos])
    return destinos
