"""The ``casilla`` command: the only code that commits by itself. A module for each of its orders."""

import gettext
import os
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from casilla.scripts.entorno import Entorno

ORDENES = (
    "iniciar",
    "demo",
    "evolucionar",
    "doctor",
    "verificar",
    "respaldar",
    "restaurar",
    "padron",
    "usuario",
    "clave-api",
    "cartero",
    "interrupcion",
)
_CATALOGOS = Path(__file__).parent.parent / "locale"


class Ordenes(click.Group):
    """Speaks Spanish, and imports an order's module only when it is asked for: some bring heavy libraries."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        os.environ["LANGUAGE"] = "es"
        gettext.bindtextdomain("click", str(_CATALOGOS))
        gettext.textdomain("click")
        return super().main(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(ORDENES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in ORDENES:
            return None
        nombre = cmd_name.replace("-", "_")
        return getattr(import_module(f"casilla.scripts.{nombre}"), nombre)


@click.command(cls=Ordenes, options_metavar="[OPCIONES]", subcommand_metavar="ORDEN [ARGUMENTOS]...")
@click.option("-c", "--config", "ini", metavar="ARCHIVO.ini", envvar="CASILLA_INI", help="Archivo de ajustes.")
@click.pass_context
def casilla(contexto: click.Context, ini: str | None) -> None:
    """Operar el Sistema de Notificaciones Electrónicas.

    Termina con estado 0 si todo salió bien, 1 si algo salió mal y 2 si la orden está mal escrita.
    """
    contexto.obj = Entorno(ini)
