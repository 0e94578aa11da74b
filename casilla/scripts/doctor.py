"""``casilla doctor``: is everything fit to work, a line for each thing looked at."""

from collections.abc import Iterator
from contextlib import ExitStack

import click

from casilla.scripts import examenes
from casilla.scripts.entorno import Entorno, con_entorno, sesion
from casilla.scripts.examenes import ERROR, Hallazgo

_COLORES = {examenes.OK: "green", examenes.AVISO: "yellow", ERROR: "red"}


@click.command(options_metavar="[OPCIONES]")
@con_entorno
def doctor(entorno: Entorno) -> None:
    """Examinar los ajustes, el almacén, el disco, el reloj y el correo.

    Una línea por cosa examinada: ok, aviso o error. No envía ningún correo. Termina con estado 1 si hay algún error.
    """
    errores = 0
    for nivel, que, detalle in _examinar(entorno):
        click.echo(f"{click.style(f'{nivel:5}', fg=_COLORES[nivel])}  {que}: {detalle}")
        errores += nivel == ERROR
    if errores:
        raise click.ClickException(f"errores: {errores}")


def _examinar(entorno: Entorno) -> Iterator[Hallazgo]:
    ajustes = entorno.ajustes
    yield from examenes.de_ajustes(ajustes)
    yield from examenes.de_permisos(ajustes)
    yield from examenes.de_disco(ajustes)
    yield from examenes.de_feriados()
    yield from examenes.de_correo(ajustes)
    yield from examenes.de_antivirus(ajustes)
    with ExitStack() as pila:
        try:
            db = pila.enter_context(entorno.almacen(solo_leer=True))
            hacer = pila.enter_context(sesion(db))
        except click.ClickException as error:
            yield Hallazgo(ERROR, "almacén", error.format_message())
            return
        yield examenes.de_escritura(db, hacer)
        yield from examenes.de_reloj(db)
        yield from hacer(lambda raiz: list(examenes.de_sitio(raiz)))
