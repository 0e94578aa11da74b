"""A password forgotten, on every store: with the real letters, on another device, and when two use one link at once."""

import re
from typing import Any

import pytest
from ZODB import DB

from casilla.services.correspondencia import CLAVE_CAMBIADA, RECUPERACION_CLAVE
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.conftest import Navegador
from tests.stories.test_deposito_y_lectura import en_paralelo
from tests.stories.test_registro import Buzon, buzon, navegador_nuevo, repartir
from tests.views.test_portada import intentar
from tests.views.test_recuperacion import CORREO, NUEVA, guardar, pedir

__all__ = ["buzon"]

ASUNTO = "Recuperación de contraseña"


def enlaces(buzon: Buzon) -> list[str]:
    textos = [texto for asunto, texto in buzon.de(CORREO) if asunto == ASUNTO]
    return [re.search(r"Ingrese aquí: (http://localhost/recuperar\S+)", texto)[1] for texto in textos]


def test_a_person_asks_here_and_chooses_on_another_device(
    navegador: Navegador, aplicacion: Any, base_de_datos: DB, buzon: Buzon
) -> None:
    dentro = navegador_nuevo(aplicacion, base_de_datos)
    bandeja = dentro.entrar(mundo.ROSA).request.path
    pedir(navegador)
    pedir(navegador, "1-49999999", "nadie@correo.example")
    repartir(base_de_datos, buzon)
    [enlace] = enlaces(buzon)
    assert buzon.de("nadie@correo.example") == []
    assert mundo.ROSA.partition("-")[2] not in enlace

    telefono = navegador_nuevo(aplicacion, base_de_datos)
    guardar(telefono, enlace)
    repartir(base_de_datos, buzon)

    assert buzon.de(CORREO)[-1][0] == "Su contraseña cambió"
    assert dentro.get(bandeja).status_int == 303
    assert telefono.entrar(mundo.ROSA, NUEVA).html.h1.text == "Pendientes por leer"
    with base_de_datos.transaction() as conexion:
        assert not list(conexion.root()[RAIZ].salida)


def test_of_many_who_use_one_link_at_once_one_chooses(
    navegador: Navegador, aplicacion: Any, base_de_datos: DB, buzon: Buzon
) -> None:
    pedir(navegador)
    repartir(base_de_datos, buzon)
    [enlace] = enlaces(buzon)
    claves = [f"Nueva-clave-{n}" for n in range(4)]
    paginas = [(navegador_nuevo(aplicacion, base_de_datos).get(enlace).forms["formulario"], clave) for clave in claves]
    destinos: list[str] = []

    def enviar(formulario: Any, clave: str) -> None:
        formulario["nueva"] = formulario["repetida"] = clave
        destinos.append(formulario.submit(status=303).location)

    en_paralelo([lambda f=formulario, c=clave: enviar(f, c) for formulario, clave in paginas])

    assert destinos.count("http://localhost/") == 1
    assert (
        sum(
            intentar(navegador_nuevo(aplicacion, base_de_datos), mundo.ROSA, clave).status_int == 303
            for clave in claves
        )
        == 1
    )
    with base_de_datos.transaction() as conexion:
        avisos = [c for _, c in conexion.root()[RAIZ].salida if (c.clase, c.para) == (CLAVE_CAMBIADA, CORREO)]
    assert len(avisos) == 1


def test_a_letter_that_waited_until_the_password_changed_does_not_leave(
    navegador: Navegador, base_de_datos: DB, buzon: Buzon
) -> None:
    pedir(navegador)
    navegador.entrar(mundo.ROSA)
    formulario = navegador.get("/cambiar-clave").forms["formulario"]
    formulario["antigua"], formulario["nueva"], formulario["repetida"] = mundo.CLAVE, NUEVA, NUEVA
    formulario.submit()

    repartir(base_de_datos, buzon)

    assert ASUNTO not in [asunto for asunto, _ in buzon.de(CORREO)]


@pytest.mark.parametrize("momento", ["antes", "despues"])
def test_a_cartero_that_dies_loses_no_link(
    navegador: Navegador, base_de_datos: DB, buzon: Buzon, monkeypatch: pytest.MonkeyPatch, momento: str
) -> None:
    """Killed before or after the letter has left: it leaves later (again), and carries the same link."""

    class Muerte(BaseException):
        pass

    def morir(mensaje: bytes, remitente: str, para: str) -> str:
        if momento == "despues":
            Buzon.entregar(buzon, mensaje, remitente, para)
        raise Muerte

    pedir(navegador)
    with monkeypatch.context() as parche:
        parche.setattr(buzon, "entregar", morir, raising=False)
        with pytest.raises(Muerte):
            repartir_primero(base_de_datos, buzon)
    with base_de_datos.transaction() as conexion:
        for _, carta in conexion.root()[RAIZ].salida:
            carta.tomada_hasta = None

    repartir(base_de_datos, buzon)

    assert len(set(enlaces(buzon))) == 1
    assert guardar(navegador, enlaces(buzon)[0]).status_int == 303


def repartir_primero(base_de_datos: DB, buzon: Buzon) -> None:
    """Only the letter about the link: the others of the world are put off."""
    with base_de_datos.transaction() as conexion:
        salida = conexion.root()[RAIZ].salida
        for lugar, carta in list(salida):
            if carta.clase != RECUPERACION_CLAVE:
                salida.quitar(lugar)
    repartir(base_de_datos, buzon)
