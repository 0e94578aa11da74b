"""``casilla verificar``: reads everything that is kept and says what does not agree."""

import re
from collections import deque
from functools import partial
from threading import Event
from typing import Any

import click
from ZODB.POSException import POSError

from casilla.resources.almacen import archivos_sin_registro
from casilla.resources.sitio import Sitio
from casilla.scripts.entorno import Entorno, barra, con_entorno, en_el_sitio
from casilla.scripts.indizador import Indizador
from casilla.scripts.rastro import secreto_de
from casilla.services import auditoria, verificacion

Sello = tuple[int, str]


def _sello(contexto: click.Context, parametro: click.Parameter, valor: str | None) -> Sello | None:
    """The number of an entry and its seal, as this order tells them."""
    leido = re.fullmatch(r"([1-9][0-9]{0,17}):([0-9a-f]{64})", (valor or "").strip().lower())
    if valor and not leido:
        raise click.BadParameter("escriba el número del asiento, dos puntos y su sello, como los dice esta orden")
    return (int(leido[1]), leido[2]) if leido else None


@click.command(options_metavar="[OPCIONES]")
@click.option("--reparar", is_flag=True, help="Antes, rehace los índices que no dicen lo que sus objetos.")
@click.option(
    "--sello",
    metavar="NÚMERO:SELLO",
    callback=_sello,
    help="Comprueba que la auditoría conserva este asiento, apuntado otro día.",
)
@con_entorno
def verificar(entorno: Entorno, reparar: bool, sello: Sello | None) -> None:
    """Leer todo el almacén y decir qué no concuerda.

    Comprueba índices y cuentas, que cada notificación esté en el registro con su constancia y su aviso, que cada
    archivo sea el que se depositó (SHA-256) y que ningún asiento de la auditoría se haya cambiado o quitado. Dice el
    último asiento con su sello, para apuntarlo en otro lugar. Termina con estado 1 si algo está mal.
    """
    secreto = secreto_de(entorno)
    if reparar:
        _reparar(entorno)
    halladas, sobrantes, ultimo = _leer(entorno, secreto, sello)
    for hallada in halladas:
        click.echo(hallada)
    if ultimo:
        click.echo(f"Último asiento de la auditoría y su sello: {ultimo}")
    if sobrantes:
        click.echo(f"Archivos de documentos que ningún registro nombra, y que solo ocupan disco: {sobrantes}")
    if halladas:
        raise click.ClickException(f"cosas que no concuerdan: {len(halladas)}")
    click.echo("Todo concuerda.")


def _leer(entorno: Entorno, secreto: bytes, sello: Sello | None) -> tuple[list[str], int, str]:
    """What was found, how many files no record names, and the last entry of the audit with its seal."""
    with (
        entorno.almacen(solo_leer=True) as db,
        en_el_sitio(db) as hacer,
        barra(hacer(verificacion.tramos) + 1, "Verificando") as avance,
    ):
        halladas = hacer(lambda sitio: _halladas(sitio, avance))
        de_auditoria, ultimo = hacer(lambda sitio: _de_auditoria(sitio, secreto, sello))
        avance.update(1)
        return halladas + de_auditoria, sum(1 for _ in archivos_sin_registro(db)), ultimo


def _halladas(sitio: Sitio, avance: Any) -> list[str]:
    halladas = []
    for tramo in verificacion.hallazgos(sitio):
        halladas += tramo
        avance.update(1)
    return halladas


def _de_auditoria(sitio: Sitio, secreto: bytes, sello: Sello | None) -> tuple[list[str], str]:
    """What is spoilt is a finding too."""
    halladas: list[str] = []
    try:
        halladas += auditoria.hallazgos(sitio, secreto)
        halladas += auditoria.hallazgo_del_sello(sitio, *sello) if sello else ()
        numero = len(sitio.auditoria)
        return halladas, f"{numero}:{sitio.auditoria[numero].sello}" if numero else ""
    except (POSError, LookupError, AttributeError, TypeError, ValueError) as error:
        return [*halladas, f"auditoría: no se puede leer ({type(error).__name__}: {error})"], ""


def _reparar(entorno: Entorno) -> None:
    """Each index in a transaction of its own, that of the board in many, so that a server at work is not held up."""
    with entorno.almacen() as db, en_el_sitio(db) as hacer:
        for donde in hacer(lambda sitio: list(verificacion.con_diferencias(sitio))):
            hacer(partial(verificacion.rehacer, donde=donde))
            click.echo(f"Rehecho: {donde}")
        deque(Indizador(db).ronda(Event()), 0)
