"""The trace that an operator's order leaves in the audit, beside those of the institution's own people."""

import os
import pwd
from typing import Any

import click

from casilla.request import leer_secreto
from casilla.resources.sitio import Sitio
from casilla.scripts.entorno import Entorno, ahora
from casilla.services.auditoria import asentar


def operador() -> str:
    """As ``operador:ana``, by the login of the operating system; no user name of ours has a colon."""
    try:
        return f"operador:{pwd.getpwuid(os.getuid()).pw_name}"
    except KeyError:
        return f"operador:{os.getuid()}"


def secreto_de(entorno: Entorno) -> bytes:
    """Raises click.ClickException."""
    try:
        return leer_secreto(entorno.ajustes)
    except ValueError as error:
        raise click.ClickException(str(error)) from error


def rastrear(sitio: Sitio, secreto: bytes, acto: str, sobre: str, **cambios: Any) -> None:
    """Leave an entry of what the operator has just done, in the same transaction."""
    asentar(sitio, acto, sobre, actor=operador(), direccion="", ahora=ahora(), secreto=secreto, **cambios)
