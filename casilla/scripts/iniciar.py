"""``casilla iniciar``: everything that must be there before the first start."""

import os
from collections.abc import Mapping
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

import click

from casilla.scripts.entorno import Entorno, ahora, carpetas, con_entorno, sesion
from casilla.services.fundacion import YaIniciado, fundar


@click.command(options_metavar="[OPCIONES]")
@con_entorno
def iniciar(entorno: Entorno) -> None:
    """Crear las carpetas, el secreto y el almacén.

    Lo que ya existe queda como está: se puede repetir sin riesgo.
    """
    preparar(entorno)


def preparar(entorno: Entorno) -> None:
    """Make what is missing, say what was made. Only the owner may read any of it."""
    anterior = os.umask(0o077)
    try:
        _preparar(entorno)
    finally:
        os.umask(anterior)


def _preparar(entorno: Entorno) -> None:
    for carpeta in carpetas(entorno.ajustes):
        carpeta.mkdir(mode=0o700, parents=True, exist_ok=True)
    _crear_secreto(entorno.ajustes)
    with entorno.almacen() as db, sesion(db) as hacer:
        try:
            hacer(_fundar)
        except YaIniciado:
            click.echo("El almacén ya estaba iniciado: no se cambió nada.")
        else:
            click.echo("Almacén iniciado.")


def _fundar(raiz: Any) -> None:
    fundar(raiz, ahora())


def _crear_secreto(ajustes: Mapping[str, Any]) -> None:
    """A new secret in its file, flushed to disk; one that is there already is never touched."""
    if not ajustes.get("casilla.secreto_archivo"):
        raise click.ClickException("falta el ajuste casilla.secreto_archivo: dónde guardar el secreto")
    archivo = Path(ajustes["casilla.secreto_archivo"])
    try:
        descriptor = os.open(archivo, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        click.echo(f"El secreto ya existe: {archivo}")
        return
    with open(descriptor, "w", encoding="ascii") as salida:
        salida.write(token_urlsafe(48) + "\n")
        salida.flush()
        os.fsync(salida.fileno())
    click.echo(f"Secreto creado: {archivo}. Guarde una copia: sin él no se abren sesiones ni salen credenciales.")
