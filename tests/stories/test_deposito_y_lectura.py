"""The spine, on every store: the SGD deposits, the person is told, reads, and the SGD learns of it."""

from threading import Thread
from typing import Any

from ZODB import DB

from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.api.sgd import Sgd, notificacion
from tests.conftest import Navegador

PDF = mundo.pdf(3, 50_000)


def test_what_the_sgd_deposits_is_there_whole(navegador: Navegador, base_de_datos: DB) -> None:
    dicho = Sgd(navegador).depositar(PDF, anexos=(("anexo.txt", b"hola"),)).json

    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        guardada = sitio.registro[dicho["codigo"]]
        assert guardada.documento.bytes() == PDF
        assert guardada.constancia.bytes().startswith(b"%PDF-")
        assert guardada.__parent__ is sitio.personas[mundo.ROSA].casilla
        assert guardada.__parent__.diferencias() == []
        assert sum(carta.sobre is guardada for _, carta in sitio.salida) == 1


def test_the_same_deposit_sent_by_many_at_once_is_made_once(aplicacion: Any, base_de_datos: DB) -> None:
    respuestas: list[Any] = []

    def enviar() -> None:
        navegador = Navegador(aplicacion)
        navegador.base_de_datos = base_de_datos
        respuestas.append(Sgd(navegador).depositar(PDF))

    en_paralelo([enviar] * 4)

    assert sorted(r.status_int for r in respuestas) == [200, 200, 200, 201]
    assert len({r.json["codigo"] for r in respuestas}) == 1
    with base_de_datos.transaction() as conexion:
        assert conexion.root()[RAIZ].registro[respuestas[0].json["codigo"]].documento.bytes() == PDF


def test_many_deposits_in_one_casilla_at_once_all_arrive_with_their_bytes(aplicacion: Any, base_de_datos: DB) -> None:
    """A conflict makes a request run again: it must store the same bytes, once."""
    codigos: dict[str, bytes] = {}

    def enviar(quien: int) -> None:
        navegador = Navegador(aplicacion)
        navegador.base_de_datos = base_de_datos
        for n in range(5):
            documento = mundo.pdf(1, 1000 + quien * 100 + n)
            datos = notificacion(**{"documento.numero": f"{quien}-{n}"})
            respuesta = Sgd(navegador).depositar(documento, datos, clave=f"{quien}-{n}")
            assert respuesta.status_int == 201, respuesta
            codigos[respuesta.json["codigo"]] = documento

    en_paralelo([lambda quien=quien: enviar(quien) for quien in range(4)])

    assert len(codigos) == 20
    with base_de_datos.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        for codigo, documento in codigos.items():
            assert sitio.registro[codigo].documento.bytes() == documento
        assert sitio.personas[mundo.ROSA].casilla.diferencias() == []


def en_paralelo(tareas: list[Any]) -> None:
    """Run all at once; what one raises is raised here."""
    fallos: list[BaseException] = []

    def cuidar(tarea: Any) -> None:
        try:
            tarea()
        except BaseException as error:
            fallos.append(error)

    hilos = [Thread(target=cuidar, args=(tarea,)) for tarea in tareas]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    if fallos:
        raise fallos[0]
