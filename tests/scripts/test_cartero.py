"""The cartero against a real mail server: no letter is lost, doubled without need, or keeps another waiting."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

import pytest
from ZODB import DB

from casilla.mail.transporte import NoEntregada, SinConexion, Smtp
from casilla.request import NoListo
from casilla.resources.sitio import Sitio
from casilla.scripts.entorno import sesion
from casilla.scripts.guardia import atender
from casilla.scripts.reparto import Cartero
from casilla.services import correspondencia
from casilla.services.fundacion import RAIZ
from tests import mundo

NADIE = Event()
TURNO = timedelta(minutes=6)


class Reloj:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.ahora = mundo.ENERO

    def __call__(self) -> Any:
        return self.ahora


@pytest.fixture
def hora() -> Reloj:
    return Reloj()


def cartero_de(db: DB, puerto: int, hora: Callable[[], Any], espera: float = 10) -> Cartero:
    via = Smtp(host="127.0.0.1", remitente="no-responder@casilla.example", port=puerto, espera=espera)
    return Cartero(db, via, "https://casilla.example", mundo.SECRETO, hora)


@pytest.fixture
def buzones(servidor: Any) -> Any:
    return servidor()


@pytest.fixture
def cartero(base_de_datos: DB, buzones: Any, hora: Reloj) -> Cartero:
    return cartero_de(base_de_datos, buzones.port, hora)


def repartir(cartero: Cartero) -> Counter[str]:
    return Counter(cartero.ronda(NADIE))


def ver(db: DB, mirar: Callable[[Sitio], Any]) -> Any:
    """What the store says now."""
    with db.transaction() as conexion:
        return mirar(conexion.root()[RAIZ])


def en_cola(db: DB) -> int:
    return ver(db, correspondencia.atraso)[0]


def una_sola(db: DB, documento: str = mundo.TOMAS, n: int = 50) -> str:
    """Leave one letter in the outbox, the notice of a deposit; returns its code."""

    def dejar(sitio: Sitio) -> str:
        for lugar, _ in list(sitio.salida):
            sitio.salida.quitar(lugar)
        return mundo.deposito(sitio, documento, n).codigo

    return ver(db, dejar)


def historia(db: DB, codigo: str) -> list[tuple[str, str]]:
    return ver(db, lambda sitio: [(hecho, detalle) for hecho, _, _, detalle in sitio.registro[codigo].historia])


def ids(buzones: Any) -> list[str]:
    return [message_from_bytes(recibido.crudo)["Message-Id"] for recibido in buzones.handler.recibidos]


def test_every_letter_leaves_once_and_its_fate_is_kept(base_de_datos: DB, cartero: Cartero, buzones: Any) -> None:
    assert repartir(cartero) == {"entregada": 9, "descartada": 3}

    assert en_cola(base_de_datos) == 0
    assert len(set(ids(buzones))) == 9
    assert repartir(cartero) == {}

    def suertes(sitio: Sitio) -> Counter[str]:
        return Counter(n.historia[-1][0] for n in sitio.personas[mundo.ROSA].casilla)

    assert ver(base_de_datos, suertes) == {"aviso-deposito:enviado": 4}
    codigo = ver(base_de_datos, lambda sitio: next(iter(sitio.personas[mundo.ROSA].casilla)).codigo)
    assert historia(base_de_datos, codigo)[-1][1].startswith("250 2.0.0 Ok: queued as")


def test_letters_for_which_somebody_waits_leave_before_notices(
    base_de_datos: DB, cartero: Cartero, buzones: Any
) -> None:
    repartir(cartero)

    asuntos = [message_from_bytes(recibido.crudo)["Subject"] for recibido in buzones.handler.recibidos]
    avisos = [n for n, asunto in enumerate(asuntos) if "Nueva notificaci" in asunto or "Nueva_notificaci" in asunto]
    assert avisos == list(range(4, 9))


def test_a_refused_letter_keeps_the_servers_words_and_marks_the_persons_notices(
    base_de_datos: DB, cartero: Cartero, buzones: Any
) -> None:
    codigo = una_sola(base_de_datos)
    buzones.handler.al_nombrar["tomas@correo.example"] = "550 5.1.1 no such user"

    assert repartir(cartero) == {"rechazada": 1}

    assert historia(base_de_datos, codigo)[-1] == ("aviso-deposito:rechazado", "550 5.1.1 no such user")
    assert ver(base_de_datos, lambda sitio: sitio.personas[mundo.TOMAS].avisos) == "rechazado"
    eventos = ver(
        base_de_datos, lambda sitio: [e[0] for a in sitio.eventos.arboles for e in a.values() if e[1] == codigo]
    )
    assert eventos == ["depositado", "aviso-rechazado"]
    assert en_cola(base_de_datos) == 0


def test_one_refusal_keeps_no_other_letter_waiting(base_de_datos: DB, cartero: Cartero, buzones: Any) -> None:
    buzones.handler.al_recibir["rosa@correo.example"] = "552 5.3.4 too big"

    assert repartir(cartero) == {"entregada": 4, "rechazada": 5, "descartada": 3}


def test_a_letter_put_off_is_tried_again_later_and_later_with_one_message_id(
    base_de_datos: DB, cartero: Cartero, buzones: Any, hora: Reloj
) -> None:
    codigo = una_sola(base_de_datos)
    buzones.handler.al_recibir["tomas@correo.example"] = "451 4.7.1 greylisted"
    esperas = []
    for _ in range(4):
        antes = hora.ahora
        while not repartir(cartero):
            hora.ahora += timedelta(seconds=30)
        esperas.append((hora.ahora - antes) / timedelta(minutes=1))
    buzones.handler.al_recibir.clear()

    hora.ahora += timedelta(hours=1)
    assert repartir(cartero) == {"entregada": 1}

    assert esperas == [0, 1, 2, 4]
    assert len(ids(buzones)) == 1
    assert [hecho for hecho, _ in historia(base_de_datos, codigo)] == [
        "depositado",
        "aviso-deposito:en-cola",
        "aviso-deposito:enviado",
    ]


def test_patience_ends_after_five_days_with_the_last_words(
    base_de_datos: DB, cartero: Cartero, buzones: Any, hora: Reloj
) -> None:
    codigo = una_sola(base_de_datos)
    buzones.handler.al_recibir["tomas@correo.example"] = "451 4.2.2 mailbox full"

    for _ in range(60):
        if not en_cola(base_de_datos):
            break
        repartir(cartero)
        hora.ahora += timedelta(hours=6)

    assert historia(base_de_datos, codigo)[-1] == ("aviso-deposito:rechazado", "451 4.2.2 mailbox full")
    assert hora.ahora - mundo.ENERO < timedelta(days=6)


def test_while_there_is_no_server_no_letter_loses_its_place_or_its_patience(
    base_de_datos: DB, puerto_cerrado: int, buzones: Any, hora: Reloj
) -> None:
    una_sola(base_de_datos)
    sin_nadie = cartero_de(base_de_datos, puerto_cerrado, hora)
    for _ in range(3):
        with pytest.raises(SinConexion):
            repartir(sin_nadie)
    hora.ahora += timedelta(days=30)
    with pytest.raises(SinConexion):
        repartir(sin_nadie)
    assert en_cola(base_de_datos) == 1

    assert repartir(cartero_de(base_de_datos, buzones.port, hora)) == {"entregada": 1}


def test_a_server_that_never_greets_costs_its_waiting_time_and_no_letter(
    base_de_datos: DB, servidor_mudo: int, hora: Reloj
) -> None:
    una_sola(base_de_datos)
    empezo = monotonic()

    with pytest.raises(SinConexion):
        repartir(cartero_de(base_de_datos, servidor_mudo, hora, espera=0.2))

    assert monotonic() - empezo < 20
    assert en_cola(base_de_datos) == 1


def test_a_server_that_hangs_with_one_letter_takes_the_others(
    base_de_datos: DB, cartero: Cartero, buzones: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cartero.transporte.espera = 2  # type: ignore[attr-defined]
    parar, recibir = Event(), buzones.handler.handle_DATA

    async def colgarse(server: Any, session: Any, envelope: Any) -> str:
        if envelope.rcpt_tos == ["nusta@correo.example"]:
            await _esperar(parar)
        return await recibir(server, session, envelope)

    monkeypatch.setattr(buzones.handler, "handle_DATA", colgarse)

    assert repartir(cartero) == {"entregada": 7, "pospuesta": 2, "descartada": 3}
    parar.set()


async def _esperar(parar: Event) -> None:
    import asyncio

    while not parar.is_set():
        await asyncio.sleep(0.02)


class MuereAlVolver:
    """The process dies right after the server has taken the letter."""

    def __init__(self, via: Smtp) -> None:
        self._via = via
        self.remitente = via.remitente

    def __enter__(self) -> "MuereAlVolver":
        return self

    def __exit__(self, *error: Any) -> None:
        pass

    def entregar(self, *carta: Any) -> str:
        self._via.entregar(*carta)
        raise SystemExit


def test_who_dies_between_handing_over_and_noting_leaves_a_letter_that_is_sent_again_as_the_same(
    base_de_datos: DB, cartero: Cartero, buzones: Any, hora: Reloj
) -> None:
    codigo = una_sola(base_de_datos)
    otro = Cartero(base_de_datos, MuereAlVolver(cartero.transporte), cartero.url, mundo.SECRETO, hora)  # type: ignore[arg-type]
    with pytest.raises(SystemExit):
        repartir(otro)
    assert repartir(cartero) == {}
    assert en_cola(base_de_datos) == 1

    hora.ahora += TURNO
    assert repartir(cartero) == {"entregada": 1}

    assert len(ids(buzones)) == 2
    assert len(set(ids(buzones))) == 1
    assert [hecho for hecho, _ in historia(base_de_datos, codigo)].count("aviso-deposito:enviado") == 1


def test_two_carteros_at_once_send_each_letter_once(base_de_datos: DB, buzones: Any, hora: Reloj) -> None:
    suertes: Counter[str] = Counter()

    def trabajar() -> None:
        suertes.update(repartir(cartero_de(base_de_datos, buzones.port, hora)))

    hilos = [Thread(target=trabajar) for _ in range(4)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()

    assert len(ids(buzones)) == len(set(ids(buzones))) == 9
    assert suertes["entregada"] == 9
    assert en_cola(base_de_datos) == 0


def test_the_slow_fate_of_a_letter_never_falls_on_the_next_one(
    base_de_datos: DB, cartero: Cartero, buzones: Any, hora: Reloj
) -> None:
    """A cartero so slow that another one sent its letter meanwhile, and that the log was emptied and filled again."""
    una_sola(base_de_datos)
    lugar = ver(base_de_datos, lambda sitio: correspondencia.por_enviar(sitio, hora.ahora))[0]
    ver(base_de_datos, lambda sitio: correspondencia.tomar(sitio, lugar, hora.ahora))
    hora.ahora += TURNO
    repartir(cartero)
    ver(base_de_datos, lambda sitio: _encolar_en_el_mismo_fragmento(sitio, lugar[0], hora.ahora))

    for suerte in ("entregada", "rechazada", "pospuesta", "soltar"):
        ver(base_de_datos, lambda sitio, s=suerte: getattr(correspondencia, s)(sitio, lugar, hora.ahora, "tarde"))

    hora.ahora += timedelta(seconds=1)
    assert repartir(cartero) == {"entregada": 1}


def _encolar_en_el_mismo_fragmento(sitio: Sitio, n: int, ahora: Any) -> None:
    usuario = sitio.usuarios[mundo.ROSA]
    while True:
        carta = correspondencia.encolar(sitio, correspondencia.CLAVE_CAMBIADA, "rosa@correo.example", usuario, ahora)
        lugar = next(lugar for lugar, otra in sitio.salida if otra is carta)
        if lugar[0] == n:
            return
        sitio.salida.quitar(lugar)
        ahora += timedelta(microseconds=1)


def test_a_letter_that_cannot_be_written_is_noted_and_keeps_no_other_waiting(
    base_de_datos: DB, cartero: Cartero, caplog: pytest.LogCaptureFixture
) -> None:
    def danar(sitio: Sitio) -> None:
        next(carta for _, carta in sitio.salida if carta.sobre.__name__ == mundo.ABIGAIL).clase = "desconocida"

    ver(base_de_datos, danar)

    assert repartir(cartero) == {"entregada": 8, "rechazada": 1, "descartada": 3}

    hecho, _, _, palabras = ver(base_de_datos, lambda sitio: sitio.usuarios[mundo.ABIGAIL].historia[-1])
    assert (hecho, palabras) == ("desconocida:rechazado", "no se pudo redactar: KeyError: 'desconocida'")
    assert "no se pudo redactar: KeyError" in caplog.text


def test_a_letter_whose_constancia_cannot_be_read_now_waits(
    base_de_datos: DB, cartero: Cartero, hora: Reloj, caplog: pytest.LogCaptureFixture
) -> None:
    from pathlib import Path

    codigo = una_sola(base_de_datos)
    archivo = Path(ver(base_de_datos, lambda sitio: sitio.registro[codigo].constancia.ruta))
    archivo.rename(archivo.with_suffix(".aparte"))

    assert repartir(cartero) == {"pospuesta": 1}
    archivo.with_suffix(".aparte").rename(archivo)
    hora.ahora += timedelta(minutes=2)
    assert repartir(cartero) == {"entregada": 1}


def test_no_address_reaches_the_log(
    base_de_datos: DB, cartero: Cartero, buzones: Any, caplog: pytest.LogCaptureFixture
) -> None:
    buzones.handler.al_nombrar["rosa@correo.example"] = "550 <rosa@correo.example> unknown"

    def danar(sitio: Sitio) -> None:
        cambiadas = (c for _, c in sitio.salida if c.clase == correspondencia.CLAVE_CAMBIADA)
        next(cambiadas).para = "tomas@correo example"

    ver(base_de_datos, danar)
    repartir(cartero)

    assert "no se pudo redactar" in caplog.text
    assert "@correo" not in caplog.text


def test_a_registration_that_nobody_ended_goes(base_de_datos: DB, cartero: Cartero, hora: Reloj) -> None:
    from casilla.services.registro import iniciar

    ver(base_de_datos, lambda sitio: iniciar(sitio, "abandonada", ahora=mundo.ENERO, direccion="192.0.2.1") and None)
    hora.ahora += timedelta(days=2)
    with atendiendo(cartero):
        assert pronto(lambda: not ver(base_de_datos, lambda sitio: "abandonada" in sitio.solicitudes))


class atendiendo:
    """A cartero at work in a thread while the block runs; leaving it, the thread must end."""

    def __init__(self, cartero: Cartero) -> None:
        self._parar = Event()
        self._hilo = Thread(target=atender, args=(cartero, self._parar), daemon=True)

    def __enter__(self) -> Thread:
        self._hilo.start()
        return self._hilo

    def __exit__(self, *error: Any) -> None:
        self._parar.set()
        self._hilo.join(60)
        assert not self._hilo.is_alive()


def pronto(cierto: Callable[[], bool], segundos: float = 60) -> bool:
    limite = monotonic() + segundos
    while not cierto() and monotonic() < limite:
        sleep(0.02)
    return cierto()


def test_at_work_it_takes_letters_as_they_are_promised(base_de_datos: DB, cartero: Cartero, buzones: Any) -> None:
    with atendiendo(cartero):
        assert pronto(lambda: en_cola(base_de_datos) == 0)
        una_sola(base_de_datos)
        assert pronto(lambda: len(ids(buzones)) == 10)


class Tropezador:
    """Stumbles the first times, as if the store or the program had a bad moment."""

    nombre = "cartero"

    def __init__(self, cartero: Cartero, *tropiezos: Exception) -> None:
        self._tropiezos = list(tropiezos)
        self._cartero = cartero
        self.reloj = cartero.reloj

    def ronda(self, parar: Event) -> Iterator[str]:
        if self._tropiezos:
            raise self._tropiezos.pop(0)
        return self._cartero.ronda(parar)

    def limpiar(self) -> None:
        self._cartero.limpiar()


@pytest.mark.parametrize(
    "tropiezo", [RuntimeError("x"), SinConexion("nadie"), NoEntregada("x"), NoListo("espere"), OSError()]
)
def test_nothing_that_goes_wrong_ends_it(
    base_de_datos: DB, cartero: Cartero, monkeypatch: pytest.MonkeyPatch, tropiezo: Exception
) -> None:
    monkeypatch.setattr("casilla.scripts.guardia.PAUSA", 0.01)

    with atendiendo(Tropezador(cartero, tropiezo, tropiezo)):
        assert pronto(lambda: en_cola(base_de_datos) == 0)


def test_it_waits_longer_each_time_it_stumbles_and_at_most_a_minute() -> None:
    from casilla.scripts.guardia import _mas

    pausas = [1.0]
    for _ in range(8):
        pausas.append(_mas(pausas[-1]))

    assert pausas == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_while_the_store_is_not_begun_it_waits(cartero: Cartero, base_de_datos: DB) -> None:
    def esconder(raiz: Any) -> Any:
        return raiz.pop(RAIZ)

    with sesion(base_de_datos) as hacer:
        sitio = hacer(esconder)
        oid = sitio._p_oid
    with pytest.raises(NoListo):
        repartir(cartero)

    with base_de_datos.transaction() as conexion:
        conexion.root()[RAIZ] = conexion.get(oid)
    assert repartir(cartero)["entregada"] == 9


def test_asked_to_stop_it_finishes_the_letter_in_hand_and_leaves_the_rest(base_de_datos: DB, cartero: Cartero) -> None:
    parar = Event()

    suertes = []
    for suerte in cartero.ronda(parar):
        suertes.append(suerte)
        parar.set()

    assert len(suertes) == 1
    assert en_cola(base_de_datos) == 11
