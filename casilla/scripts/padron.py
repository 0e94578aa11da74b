"""``casilla padron``: the local index of SUNAT's public file, for ``casilla.gateways.padron.PadronReducido``."""

import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import click

from casilla.gateways import indice_padron
from casilla.gateways.archivo_padron import Lectura, NoEsElPadron
from casilla.gateways.padron import archivo_del_indice
from casilla.scripts.entorno import Entorno, ahora, barra, con_entorno
from casilla.services.horas import fecha_hora

# Bytes of a line at the most, so that a file without lines does not fill the memory.
_LINEA = 8192
# Lines between two steps of the progress bar.
_PASO = 1 << 15


@click.group(options_metavar="[OPCIONES]", subcommand_metavar="ORDEN [ARGUMENTOS]...")
def padron() -> None:
    """Consultar el RUC sin convenio: un índice local del padrón reducido de la SUNAT."""


@padron.command(options_metavar="[OPCIONES]")
@click.argument("archivo", metavar="ARCHIVO", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--todos", is_flag=True, help="Toma todos los RUC; si no, solo los que empiezan con 20.")
@con_entorno
def importar(entorno: Entorno, archivo: Path, todos: bool) -> None:
    """Hacer el índice a partir de ARCHIVO, el padron_reducido_ruc.txt que publica la SUNAT.

    El índice anterior sigue en uso hasta que el nuevo está completo: si la orden se interrumpe, queda como estaba y
    basta con repetirla. No hace falta detener el servidor.
    """
    indice = _indice(entorno)
    try:
        lectura = _importar(archivo, indice, todos)
    except indice_padron.Ocupado as error:
        raise click.ClickException(f"otra importación está haciendo {indice}") from error
    except NoEsElPadron as error:
        raise click.ClickException(f"{archivo} {error}. No se cambió nada.") from error
    except (OSError, sqlite3.Error) as error:
        raise click.ClickException(f"no se pudo hacer el índice ({error}). No se cambió nada.") from error
    click.echo(f"Líneas leídas: {lectura.leidas}. Tomadas: {lectura.tomadas}.")
    if lectura.malas:
        primeras = ", ".join(map(str, lectura.muestras))
        click.echo(f"Líneas que no se entienden, y se dejaron de lado: {lectura.malas}; las primeras: {primeras}")


def _importar(archivo: Path, indice: Path, todos: bool) -> Lectura:
    with archivo.open("rb") as fuente, barra(archivo.stat().st_size, "Importando") as avance:
        lectura = Lectura(_lineas(fuente, avance), todos=todos)
        with indice_padron.construccion(indice) as obra:
            obra.llenar(lectura.filas())
            escrito = datetime.fromtimestamp(os.fstat(fuente.fileno()).st_mtime, UTC)
            obra.poner_en_uso(
                indice_padron.Importacion(ahora(), archivo.name, escrito, todos, lectura.leidas, lectura.malas)
            )
    return lectura


def _lineas(fuente: BinaryIO, avance: Any) -> Iterator[bytes]:
    for numero, linea in enumerate(iter(partial(fuente.readline, _LINEA), b"")):
        if not numero % _PASO:
            avance.update(fuente.tell() - avance.pos)
        yield linea
    avance.update(fuente.tell() - avance.pos)


@padron.command(options_metavar="[OPCIONES]")
@con_entorno
def estado(entorno: Entorno) -> None:
    """Decir qué índice está en uso: de qué archivo viene y cuántos RUC tiene."""
    indice = _indice(entorno)
    try:
        importacion, cuantas = indice_padron.estado(indice), indice_padron.cuantas(indice)
    except indice_padron.SinIndice as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Índice: {indice}")
    click.echo(f"Hecho el {fecha_hora(importacion.importado_en)}")
    click.echo(f"De {importacion.fuente}, del {fecha_hora(importacion.fuente_del)}")
    click.echo(f"RUC: {cuantas}{'' if importacion.todos else ', solo los que empiezan con 20'}")
    click.echo(f"Líneas leídas: {importacion.leidas}; dejadas de lado: {importacion.malas}")


def _indice(entorno: Entorno) -> Path:
    try:
        return archivo_del_indice(entorno.ajustes)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
