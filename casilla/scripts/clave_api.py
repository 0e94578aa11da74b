"""``casilla clave-api``: who may call the machine door."""

import re
from secrets import token_hex, token_urlsafe

import click

from casilla.resources.clave_api import ClaveApi
from casilla.resources.sitio import Sitio
from casilla.scripts.entorno import Entorno, ahora, con_entorno, en_el_sitio
from casilla.security import huella_de_clave
from casilla.services.horas import fecha_hora

_NOMBRE = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


def _nombre(contexto: click.Context, parametro: click.Parameter, valor: str) -> str:
    if not _NOMBRE.fullmatch(valor):
        raise click.BadParameter("use hasta 40 letras minúsculas sin tilde, cifras, puntos y guiones, como sgd")
    return valor


@click.group("clave-api", options_metavar="[OPCIONES]", subcommand_metavar="ORDEN [ARGUMENTOS]...")
def clave_api() -> None:
    """Crear, listar y revocar las claves de la puerta de máquinas (/api/v1)."""


@clave_api.command(options_metavar="[OPCIONES]")
@click.argument("nombre", metavar="NOMBRE", callback=_nombre)
@con_entorno
def crear(entorno: Entorno, nombre: str) -> None:
    """Crear una clave para el remitente NOMBRE y mostrarla.

    Se muestra una sola vez. Las que el remitente ya tenía siguen sirviendo, para que pueda cambiar sin cortes.
    """
    secreto, id_ = token_urlsafe(32), token_hex(4)
    with entorno.almacen() as db, en_el_sitio(db) as hacer:
        hacer(lambda sitio: emitir(sitio, nombre, id_, secreto))
    click.echo(f"Clave {id_} de {nombre}. Cópiela ahora, no se volverá a mostrar:", err=True)
    click.echo(f"{nombre}.{secreto}")


def emitir(sitio: Sitio, nombre: str, id_: str, secreto: str) -> None:
    """Keep the hash of the secret among the sender's keys."""
    if nombre not in sitio.claves:
        sitio.claves[nombre] = ClaveApi()
    sitio.claves[nombre].emitir(id_, huella_de_clave(secreto), ahora())


@clave_api.command(options_metavar="[OPCIONES]")
@con_entorno
def listar(entorno: Entorno) -> None:
    """Listar las claves de todos los remitentes, sin sus secretos."""
    with entorno.almacen(solo_leer=True) as db, en_el_sitio(db) as hacer:
        lineas = hacer(_lineas)
    click.echo("\n".join(lineas) or "No hay claves. Cree una con «casilla clave-api crear NOMBRE».")


def _lineas(sitio: Sitio) -> list[str]:
    return [
        f"{nombre}  {id_}  creada el {fecha_hora(desde)}  {f'revocada el {fecha_hora(hasta)}' if hasta else 'vigente'}"
        for nombre in sitio.claves
        for id_, _, desde, hasta in sitio.claves[nombre].emitidas
    ]


@clave_api.command(options_metavar="[OPCIONES]")
@click.argument("nombre", metavar="NOMBRE", callback=_nombre)
@click.option("--id", "id_", metavar="ID", help="Revoca solo esta clave, con el ID que muestra «listar».")
@con_entorno
def revocar(entorno: Entorno, nombre: str, id_: str | None) -> None:
    """Revocar las claves del remitente NOMBRE, que dejan de servir en el acto."""
    with entorno.almacen() as db, en_el_sitio(db) as hacer:
        cuantas = hacer(lambda sitio: _revocar(sitio, nombre, id_))
    if not cuantas:
        raise click.ClickException(f"{nombre} no tiene ninguna clave vigente{f' con el ID {id_}' if id_ else ''}")
    click.echo(f"Claves revocadas: {cuantas}")


def _revocar(sitio: Sitio, nombre: str, id_: str | None) -> int:
    remitente = sitio.claves.get(nombre)
    return remitente.revocar(ahora(), id_) if remitente else 0
