"""``casilla clave-api``: who may call the machine door."""

import click

from casilla.resources.sitio import Sitio
from casilla.scripts.entorno import Entorno, ahora, con_entorno, en_el_sitio
from casilla.scripts.rastro import rastrear, secreto_de
from casilla.services import claves_api
from casilla.services.horas import fecha_hora


def _nombre(contexto: click.Context, parametro: click.Parameter, valor: str) -> str:
    if not claves_api.NOMBRE.fullmatch(valor):
        raise click.BadParameter(claves_api.PALABRAS_DEL_NOMBRE)
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
    clave, id_, secreto = claves_api.secreto_nuevo(), claves_api.id_nuevo(), secreto_de(entorno)
    with entorno.almacen() as db, en_el_sitio(db) as hacer:
        hacer(lambda sitio: _emitir(sitio, nombre, id_, clave, secreto))
    click.echo(f"Clave {id_} de {nombre}. Cópiela ahora, no se volverá a mostrar:", err=True)
    click.echo(f"{nombre}.{clave}")


def _emitir(sitio: Sitio, nombre: str, id_: str, clave: str, secreto: bytes) -> None:
    claves_api.emitir(sitio, nombre, id_, clave, ahora())
    rastrear(sitio, secreto, "crear-clave", f"claves/{nombre}", despues=f"Clave {id_}")


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
    secreto = secreto_de(entorno)
    with entorno.almacen() as db, en_el_sitio(db) as hacer:
        revocadas = hacer(lambda sitio: _revocar(sitio, nombre, id_, secreto))
    if not revocadas:
        raise click.ClickException(f"{nombre} no tiene ninguna clave vigente{f' con el ID {id_}' if id_ else ''}")
    click.echo(f"Claves revocadas: {len(revocadas)}")


def _revocar(sitio: Sitio, nombre: str, id_: str | None, secreto: bytes) -> tuple[str, ...]:
    revocadas = claves_api.revocar(sitio, nombre, ahora(), id_)
    for una in revocadas:
        rastrear(sitio, secreto, "revocar-clave", f"claves/{nombre}", antes=f"Clave {una}")
    return revocadas
