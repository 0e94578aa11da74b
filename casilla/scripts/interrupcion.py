"""``casilla interrupcion``: what people are told at /estado about the times when they could not use the service."""

from collections.abc import Callable
from datetime import datetime
from getpass import getuser
from typing import Any

import click

from casilla.resources.interrupcion import Interrupcion
from casilla.resources.sitio import Sitio
from casilla.scripts.entorno import Entorno, ahora, con_entorno, en_el_sitio
from casilla.services import interrupciones
from casilla.services.horas import LIMA, fecha_hora
from casilla.services.interrupciones import SERVICIOS, FechasImposibles
from casilla.workflow import TransicionInvalida

_HORA = click.DateTime(["%Y-%m-%d %H:%M"])


def _en_lima(contexto: click.Context, parametro: click.Parameter, valor: datetime | None) -> datetime | None:
    return valor and valor.replace(tzinfo=LIMA)


def _hora(nombre: str, ayuda: str) -> Callable[..., Any]:
    return click.option(f"--{nombre}", type=_HORA, callback=_en_lima, metavar='"AAAA-MM-DD HH:MM"', help=ayuda)


@click.group(options_metavar="[OPCIONES]", subcommand_metavar="ORDEN [ARGUMENTOS]...")
def interrupcion() -> None:
    """Registrar, cerrar, anular y listar las interrupciones del servicio que se publican en /estado.

    Las horas se escriben y se muestran en hora de Lima.
    """


@interrupcion.command(options_metavar="[OPCIONES]")
@click.argument("motivo", metavar="MOTIVO")
@click.option(
    "--servicio", "servicios", multiple=True, type=click.Choice(list(SERVICIOS)), help="Cuál; si no se dice, todos."
)
@_hora("desde", "Cuándo empezó o empezará; si no se dice, ahora.")
@_hora("hasta", "Cuándo se espera que termine.")
@con_entorno
def abrir(
    entorno: Entorno, motivo: str, servicios: tuple[str, ...], desde: datetime | None, hasta: datetime | None
) -> None:
    """Registrar una interrupción, en curso o programada, con el MOTIVO que leerán las personas."""

    def acto(sitio: Sitio) -> str:
        hecha = interrupciones.registrar(
            sitio, servicios or SERVICIOS, motivo, desde=desde or ahora(), hasta=hasta, actor=_quien(), ahora=ahora()
        )
        return hecha.__name__

    click.echo(f"Interrupción {_hacer(entorno, acto)} registrada. Al terminar: casilla interrupcion cerrar NÚMERO")


@interrupcion.command(options_metavar="[OPCIONES]")
@click.argument("numero", metavar="NÚMERO")
@_hora("hasta", "Cuándo terminó; si no se dice, ahora.")
@con_entorno
def cerrar(entorno: Entorno, numero: str, hasta: datetime | None) -> None:
    """Decir cuándo terminó la interrupción NÚMERO."""
    _hacer(
        entorno,
        lambda sitio: interrupciones.cerrar(_hallar(sitio, numero), hasta or ahora(), actor=_quien(), ahora=ahora()),
    )
    click.echo(f"Interrupción {numero} cerrada.")


@interrupcion.command(options_metavar="[OPCIONES]")
@click.argument("numero", metavar="NÚMERO")
@click.argument("motivo", metavar="MOTIVO")
@con_entorno
def anular(entorno: Entorno, numero: str, motivo: str) -> None:
    """Anular la interrupción NÚMERO, que no ocurrió o se registró mal. No se borra: su página dirá el MOTIVO."""
    _hacer(
        entorno,
        lambda sitio: interrupciones.anular(_hallar(sitio, numero), motivo, actor=_quien(), ahora=ahora()),
    )
    click.echo(f"Interrupción {numero} anulada.")


@interrupcion.command(options_metavar="[OPCIONES]")
@con_entorno
def listar(entorno: Entorno) -> None:
    """Listar todas, también las anuladas."""
    with entorno.almacen(solo_leer=True) as db, en_el_sitio(db) as hacer:
        lineas = hacer(lambda sitio: [_linea(i) for i in sorted(sitio.interrupciones.values(), key=lambda i: i.desde)])
    click.echo("\n".join(lineas) or "No hay interrupciones registradas.")


def _linea(i: Interrupcion) -> str:
    hasta = fecha_hora(i.hasta) if i.hasta else "sin fin"
    servicios = "todos" if len(i.servicios) == len(SERVICIOS) else " ".join(i.servicios)
    return f"{i.__name__}  {interrupciones.fase(i, ahora())}  {fecha_hora(i.desde)} - {hasta}  {servicios}  {i.motivo}"


def _hacer(entorno: Entorno, acto: Callable[[Sitio], Any]) -> Any:
    with entorno.almacen() as db, en_el_sitio(db) as hacer:
        try:
            return hacer(acto)
        except (FechasImposibles, TransicionInvalida) as error:
            raise click.ClickException(str(error)) from error


def _hallar(sitio: Sitio, numero: str) -> Interrupcion:
    if numero not in sitio.interrupciones:
        raise click.ClickException(f"no hay ninguna interrupción {numero}")
    hallada: Interrupcion = sitio.interrupciones[numero]
    return hallada


def _quien() -> str:
    return f"operador:{getuser()}"
