"""``casilla cartero``: sends the queued letters, does the jobs and keeps the index of the follow-up board.

Alone, or as threads of the web server.
"""

import atexit
import signal
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

import click
from pyramid.config import Configurator
from pyramid.events import ApplicationCreated

from casilla.mail.transporte import SinConexion
from casilla.scripts.ajustes import lugar_del_cartero
from casilla.scripts.entorno import Entorno, barra, con_entorno, en_el_sitio
from casilla.scripts.guardia import Guardia, Trabajador, atender
from casilla.scripts.indizador import Indizador
from casilla.scripts.obrero import Obrero
from casilla.scripts.reparto import Cartero
from casilla.services.correspondencia import atraso

# Seconds of rest after each letter, step of a job and batch of the index, in a web server's own process: deposits and
# visits first.
RESPIRO = 0.05


@click.command(options_metavar="[OPCIONES]")
@click.option("--una-vez", is_flag=True, help="Envía las cartas y hace los trabajos a los que les toca, y termina.")
@con_entorno
def cartero(entorno: Entorno, una_vez: bool) -> None:
    """Enviar las cartas en cola, hacer los trabajos encargados y poner al día el seguimiento de notificaciones.

    Termina al recibir SIGTERM o SIGINT. Solo hace falta con «casilla.cartero = aparte»: si no, el servidor web ya hace
    todo esto.
    """
    entorno.anotar_en_bitacora()
    with entorno.almacen() as db, _hasta_que_lo_paren() as parar:
        try:
            cartero = Cartero.desde_ajustes(entorno.ajustes, db)
        except ValueError as error:
            raise click.ClickException(str(error)) from error
        obrero, indizador = Obrero(db, entorno.ajustes), Indizador(db)
        if una_vez:
            _vaciar(cartero, parar)
            _trabajar(obrero, parar)
            deque(indizador.ronda(parar), 0)
        else:
            _atender(cartero, parar, obrero, indizador)


def _atender(cartero: Cartero, parar: Event, *otros: Trabajador) -> None:
    """A letter waits neither for a job nor for the index."""
    ayudantes = Guardia(*otros)
    try:
        atender(cartero, parar)
    finally:
        ayudantes.parar()


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
        cartero.limpiar()
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


def _trabajar(obrero: Obrero, parar: Event) -> None:
    hechos: Counter[str] = Counter()
    while ronda := Counter(obrero.ronda(parar)):
        hechos += ronda
    obrero.limpiar()
    if hechos:
        click.echo("; ".join(f"trabajos {fin}: {n}" for fin, n in sorted(hechos.items())))


def _avanzando(suertes: Iterator[str], avance: Any) -> Iterator[str]:
    for suerte in suertes:
        avance.update(1)
        yield suerte


def _resumen(suertes: Counter[str], quedan: int) -> str:
    nombres = ("entregada", "rechazada", "pospuesta", "descartada")
    return ", ".join(f"{nombre}s: {suertes[nombre]}" for nombre in nombres) + f"; quedan en cola: {quedan}"


def includeme(config: Configurator) -> None:
    """Cartero, obrero and indizador as threads of this process, unless ``casilla.cartero`` is ``aparte``."""
    if lugar_del_cartero(config.get_settings()) == "hilo":
        config.add_subscriber(_contratar, ApplicationCreated)


def _contratar(evento: ApplicationCreated) -> None:
    registro = evento.app.registry
    db = registro._zodb_databases[""]
    cartero, obrero = Cartero.desde_ajustes(registro.settings, db), Obrero(db, registro.settings, respiro=RESPIRO)
    registro.cartero = Guardia(cartero, obrero, Indizador(db), respiro=RESPIRO)
    atexit.register(registro.cartero.parar)
