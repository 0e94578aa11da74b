"""``casilla cartero``: sends the queued letters, alone or as a thread of the web server."""

import atexit
import logging
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import click
from pyramid.config import Configurator
from pyramid.events import ApplicationCreated

from casilla.mail.transporte import SinConexion
from casilla.request import NoListo
from casilla.scripts.ajustes import lugar_del_cartero
from casilla.scripts.entorno import Entorno, barra, con_entorno, en_el_sitio, sesion, sitio_de
from casilla.scripts.reparto import Cartero
from casilla.services.correspondencia import atraso
from casilla.services.registro import vencer

log = logging.getLogger(__name__)

# Seconds: between two looks at the outbox, and the longest wait after something went wrong.
PAUSA = 1.0
MAYOR_PAUSA = 60.0
# Seconds of rest after each letter in a web server's own process, whose deposits and visits come first.
RESPIRO = 0.05
# Seconds that the end of the process waits for the letter on its way.
DESPEDIDA = 5.0
_ENTRE_LIMPIEZAS = timedelta(minutes=1)


def atender(cartero: Cartero, parar: Event, respiro: float = 0) -> None:
    """Carry letters until ``parar``, resting ``respiro`` seconds after each.

    Nothing that goes wrong ends it: it is logged, and tried again later and later.
    """
    pausa = PAUSA
    limpieza = cartero.reloj()
    while not parar.is_set():
        try:
            hubo = False
            for _ in cartero.ronda(parar):
                hubo = True
                parar.wait(respiro)
            if cartero.reloj() >= limpieza:
                limpieza = cartero.reloj() + _ENTRE_LIMPIEZAS
                _limpiar(cartero)
            pausa = 0 if hubo else PAUSA
        except NoListo:
            pausa = PAUSA
        except SinConexion as error:
            pausa = _mas(pausa)
            log.warning("sin servidor de correo (%s); otro intento en %g s", error.palabras, pausa)
        except Exception:
            pausa = _mas(pausa)
            log.exception("el cartero tropezó; otro intento en %g s", pausa)
        parar.wait(pausa)


def _mas(pausa: float) -> float:
    return min(max(pausa, PAUSA) * 2, MAYOR_PAUSA)


def _limpiar(cartero: Cartero) -> None:
    """The registrations that were begun and left go, with what they told."""
    with sesion(cartero.db) as hacer:
        hacer(lambda raiz: vencer(sitio_de(raiz), cartero.reloj()))


@click.command(options_metavar="[OPCIONES]")
@click.option("--una-vez", is_flag=True, help="Envía las cartas a las que les toca y termina.")
@con_entorno
def cartero(entorno: Entorno, una_vez: bool) -> None:
    """Enviar las cartas en cola, hasta recibir SIGTERM o SIGINT.

    Solo hace falta con «casilla.cartero = aparte»: si no, el servidor web ya las envía.
    """
    entorno.anotar_en_bitacora()
    with entorno.almacen() as db, _hasta_que_lo_paren() as parar:
        try:
            cartero = Cartero.desde_ajustes(entorno.ajustes, db)
        except ValueError as error:
            raise click.ClickException(str(error)) from error
        if una_vez:
            _vaciar(cartero, parar)
        else:
            atender(cartero, parar)


@contextmanager
def _hasta_que_lo_paren() -> Iterator[Event]:
    parar = Event()
    anteriores = {s: signal.signal(s, lambda *_: parar.set()) for s in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield parar
    finally:
        for senal, anterior in anteriores.items():
            signal.signal(senal, anterior)


def _vaciar(cartero: Cartero, parar: Event) -> None:
    with en_el_sitio(cartero.db) as hacer:
        en_cola = hacer(atraso)[0]
    suertes: Counter[str] = Counter()
    try:
        with barra(en_cola, "Cartas") as avance:
            while ronda := Counter(_avanzando(cartero.ronda(parar), avance)):
                suertes += ronda
    except SinConexion as error:
        raise click.ClickException(f"sin servidor de correo: {error.palabras}") from error
    finally:
        with en_el_sitio(cartero.db) as hacer:
            click.echo(_resumen(suertes, hacer(atraso)[0]))


def _avanzando(suertes: Iterator[str], avance: Any) -> Iterator[str]:
    for suerte in suertes:
        avance.update(1)
        yield suerte


def _resumen(suertes: Counter[str], quedan: int) -> str:
    nombres = ("entregada", "rechazada", "pospuesta", "descartada")
    return ", ".join(f"{nombre}s: {suertes[nombre]}" for nombre in nombres) + f"; quedan en cola: {quedan}"


def includeme(config: Configurator) -> None:
    """The cartero as a thread of this process, unless the setting ``casilla.cartero`` is ``aparte``."""
    if lugar_del_cartero(config.get_settings()) == "hilo":
        config.add_subscriber(_contratar, ApplicationCreated)


def _contratar(evento: ApplicationCreated) -> None:
    registro = evento.app.registry
    cartero = Cartero.desde_ajustes(registro.settings, registro._zodb_databases[""])
    registro.cartero = Hilo(cartero)
    atexit.register(registro.cartero.parar)


class Hilo:
    """A cartero at work in a thread, from now until ``parar``."""

    def __init__(self, cartero: Cartero) -> None:
        self._parar = Event()
        self._hilo = Thread(target=atender, args=(cartero, self._parar, RESPIRO), name="cartero", daemon=True)
        self._hilo.start()

    def parar(self) -> None:
        """Ask it to end and wait a little; a letter that a server makes wait is sent again another day."""
        self._parar.set()
        self._hilo.join(DESPEDIDA)
