"""``casilla evolucionar``: old data become new, a step at a time."""

import click
from transaction import TransactionManager

from casilla import evolve
from casilla.scripts.entorno import Entorno, barra, con_entorno
from casilla.services.fundacion import RAIZ


@click.command(options_metavar="[OPCIONES]")
@con_entorno
def evolucionar(entorno: Entorno) -> None:
    """Poner al día un almacén de una versión anterior.

    Cada paso se guarda por separado: si uno falla, los anteriores quedan hechos y se puede repetir la orden.
    """
    with entorno.almacen() as db:
        manager = TransactionManager()
        conexion = db.open(manager)
        sitio = conexion.root().get(RAIZ)
        if sitio is None:
            raise click.ClickException("el almacén está vacío: ejecute «casilla iniciar»")
        pasos = evolve.pendientes(sitio)
        if not pasos:
            click.echo("El almacén está al día.")
        with barra(len(pasos), "Pasos") as avance:
            for paso in evolve.evolucionar(sitio):
                manager.commit()
                click.echo(f"Hecho: {paso}")
                avance.update(1)
