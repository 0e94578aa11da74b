"""``casilla restaurar``: a backup made by ``casilla respaldar`` becomes the store."""

from contextlib import closing
from pathlib import Path
from typing import Any

import click
from ZODB.utils import z64

from casilla.resources.almacen import resolver
from casilla.scripts.entorno import Entorno, con_entorno
from casilla.scripts.respaldar import CARPETA, comprobar, privado, respaldo


@click.command(options_metavar="[OPCIONES]")
@click.argument("carpeta", metavar="CARPETA", type=CARPETA)
@con_entorno
def restaurar(entorno: Entorno, carpeta: Path) -> None:
    """Copiar el respaldo de CARPETA al almacén de los ajustes, que debe estar vacío, y comprobarlo.

    Un almacén de ZEO se restaura en su servidor, con unos ajustes que nombren el archivo que sirve.
    """
    if not (carpeta / "Data.fs").is_file():
        raise click.ClickException(f"en {carpeta} no hay ningún respaldo")
    with privado(), closing(_vacio(entorno)) as destino, closing(respaldo(carpeta, solo_leer=True)) as origen:
        destino.copyTransactionsFrom(origen)
    with entorno.almacen(solo_leer=True) as db:
        comprobar(db)


def _vacio(entorno: Entorno) -> Any:
    """The store of the settings, without the root that a DB would put into it. It must have nothing in it."""
    fabrica, _ = resolver(entorno.ajustes["zodbconn.uri"])
    almacen = fabrica()
    if almacen.lastTransaction() not in (None, z64):
        almacen.close()
        raise click.ClickException("el almacén no está vacío: no se cambió nada")
    if not hasattr(almacen, "restoreBlob"):
        almacen.close()
        raise click.ClickException("un almacén de ZEO se restaura en su servidor, con el archivo que sirve")
    return almacen
