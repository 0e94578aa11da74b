"""``casilla interrupcion``: what people are told at /estado about the times when they could not use the service."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from casilla.resources.interrupcion import Interrupcion
from casilla.resources.sitio import Sitio
from casilla.scripts.entorno import Entorno, ahora, con_entorno, en_el_sitio
from casilla.scripts.rastro import operador, rastrear, secreto_de
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

    def acto(sitio: Sitio) -> Interrupcion:
        return interrupciones.registrar(
            sitio, servicios or SERVICIOS, motivo, desde=desde or ahora(), hasta=hasta, actor=operador(), ahora=ahora()
        )

    numero = _hacer(entorno, "abrir-interrupcion", acto)
    click.echo(f"Interrupción {numero} registrada. Al terminar: casilla interrupcion cerrar NÚMERO")


@interrupcion.command(options_metavar="[OPCIONES]")
@click.argument("numero", metavar="NÚMERO")
@_hora("hasta", "Cuándo terminó; si no se dice, ahora.")
@con_entorno
def cerrar(entorno: Entorno, numero: str, hasta: datetime | None) -> None:
    """Decir cuándo terminó la interrupción NÚMERO."""

    def acto(sitio: Sitio) -> Interrupcion:
        hallada = _hallar(sitio, numero)
        interrupciones.cerrar(hallada, hasta or ahora(), actor=operador(), ahora=ahora())
        return hallada

    _hacer(entorno, "cerrar-interrupcion", acto)
    click.echo(f"Interrupción {numero} cerrada.")


@interrupcion.command(options_metavar="[OPCIONES]")
@click.argument("numero", metavar="NÚMERO")
@click.argument("motivo", metavar="MOTIVO")
@con_entorno
def anular(entorno: Entorno, numero: str, motivo: str) -> None:
    """Anular la interrupción NÚMERO, que no ocurrió o se registró mal. No se borra: su página dirá el MOTIVO."""

    def acto(sitio: Sitio) -> Interrupcion:
        hallada = _hallar(sitio, numero)
        interrupciones.anular(hallada, motivo, actor=operador(), ahora=ahora())
        return hallada

    _hacer(entorno, "anular-interrupcion", acto)
    click.echo(f"Interrupción {numero} anulada.")


@interrupcion.command(options_metavar="[OPCIONES]")
@con_entorno
def listar(entorno: Entorno) -> None:
    """Listar todas, también las anuladas."""
    with entorno.almacen(solo_leer=True) as db, en_el_sitio(db) as hacer:
        lineas = hacer(lambda sitio: [_linea(i) for i in sorted(sitio.interrupciones.values(), key=lambda i: i.desde)])
    click.echo("\n".join(lineas) or "No hay interrupciones registradas.")


def _linea(i: Interrupcion) -> str:
    return f"{i.__name__}  {interrupciones.fase(i, ahora())}  {_cuando(i)}  {_servicios(i)}  {i.motivo}"


def _cuando(i: Interrupcion) -> str:
    return f"{fecha_hora(i.desde)} - {fecha_hora(i.hasta) if i.hasta else 'sin fin'}"


def _servicios(i: Interrupcion) -> str:
    return "todos" if len(i.servicios) == len(SERVICIOS) else " ".join(i.servicios)


def _hacer(entorno: Entorno, que: str, acto: Callable[[Sitio], Interrupcion]) -> str:
    """Do it and leave its entry in the audit; the number of the interruption."""
    secreto = secreto_de(entorno)

    def con_rastro(sitio: Sitio) -> str:
        hecha = acto(sitio)
        dicho = "\n".join((_cuando(hecha), f"Servicios: {_servicios(hecha)}", f"Motivo: {_motivo(hecha)}"))
        rastrear(sitio, secreto, que, f"interrupciones/{hecha.__name__}", despues=dicho)
        return hecha.__name__

    with entorno.almacen() as db, en_el_sitio(db) as hacer:
        try:
            return hacer(con_rastro)
        except (FechasImposibles, TransicionInvalida) as error:
            raise click.ClickException(str(error)) from error


def _motivo(i: Interrupcion) -> str:
    """That of the last act: an annulment has its own."""
    return i.historia[-1][3] or i.motivo


def _hallar(sitio: Sitio, numero: str) -> Interrupcion:
    if numero not in sitio.interrupciones:
        raise click.ClickException(f"no hay ninguna interrupción {numero}")
    hallada: Interrupcion = sitio.interrupciones[numero]
    return hallada
