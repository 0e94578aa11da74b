"""``casilla verificar``: reads everything that is kept and says what does not agree."""

from functools import partial
from typing import Any

import click

from casilla.resources.almacen import archivos_sin_registro
from casilla.resources.sitio import Sitio
from casilla.scripts.entorno import Entorno, barra, con_entorno, en_el_sitio
from casilla.services import verificacion


@click.command(options_metavar="[OPCIONES]")
@click.option("--reparar", is_flag=True, help="Antes, rehace los índices que no dicen lo que sus objetos.")
@con_entorno
def verificar(entorno: Entorno, reparar: bool) -> None:
    """Leer todo el almacén y decir qué no concuerda.

    Comprueba índices y cuentas, que cada notificación esté en el registro con su constancia y su aviso, y que cada
    archivo sea el que se depositó (SHA-256). Termina con estado 1 si algo está mal.
    """
    if reparar:
        _reparar(entorno)
    halladas, sobrantes = _leer(entorno)
    for hallada in halladas:
        click.echo(hallada)
    if sobrantes:
        click.echo(f"Archivos de documentos que ningún registro nombra, y que solo ocupan disco: {sobrantes}")
    if halladas:
        raise click.ClickException(f"cosas que no concuerdan: {len(halladas)}")
    click.echo("Todo concuerda.")


def _leer(entorno: Entorno) -> tuple[list[str], int]:
    with (
        entorno.almacen(solo_leer=True) as db,
        en_el_sitio(db) as hacer,
        barra(hacer(verificacion.tramos), "Verificando") as avance,
    ):
        return hacer(lambda sitio: _halladas(sitio, avance)), sum(1 for _ in archivos_sin_registro(db))


def _halladas(sitio: Sitio, avance: Any) -> list[str]:
    halladas = []
    for tramo in verificacion.hallazgos(sitio):
        halladas += tramo
        avance.update(1)
    return halladas


def _reparar(entorno: Entorno) -> None:
    """Each index in a transaction of its own, so that a server at work is not held up."""
    with entorno.almacen() as db, en_el_sitio(db) as hacer:
        for donde in hacer(lambda sitio: list(verificacion.con_diferencias(sitio))):
            hacer(partial(verificacion.rehacer, donde=donde))
            click.echo(f"Rehecho: {donde}")
