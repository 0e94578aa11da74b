"""Lists that are too long to wait for: asked for as jobs, kept for some days, collected by whoever asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from casilla.resources.casilla import Casilla
from casilla.resources.sitio import Sitio
from casilla.resources.trabajo import Trabajo
from casilla.services.filtros import Consulta
from casilla.services.trabajos import encargar

EXPORTACION = "exportacion"
# More than this no spreadsheet can show (ECMA-376 and what reads it: 1,048,576 rows).
MAXIMO = 1_000_000
MAX_EN_ESPERA = 3
# Rows that whoever asks waits for, and days that a file is kept, unless the settings say otherwise.
DE_UNA_VEZ = 2000
DIAS = 7


@dataclass(frozen=True)
class Pedido:
    """Which rows, and as what kind of file."""

    bandeja: str
    formato: str
    consulta: Consulta

    @classmethod
    def de(cls, trabajo: Trabajo) -> "Pedido":
        dichos = dict(trabajo.parametros)
        return cls(dichos["bandeja"], dichos["formato"], Consulta.leer(dict(parse_qsl(dichos["consulta"]))))

    def parametros(self) -> dict[str, str]:
        consulta = urlencode(self.consulta.parametros())
        return {"bandeja": self.bandeja, "formato": self.formato, "consulta": consulta}


def pedir(sitio: Sitio, casilla: Casilla, usuario: str, pedido: Pedido, *, cuantas: int, ahora: datetime) -> Trabajo:
    """Ask for the file; the same one that is not ready yet is not asked for twice. Raises DemasiadosTrabajos."""
    return encargar(
        sitio,
        EXPORTACION,
        usuario,
        casilla,
        pedido.parametros(),
        ahora=ahora,
        total=cuantas,
        maximo=MAX_EN_ESPERA,
    )


def exportaciones(sitio: Sitio, usuario: str) -> list[Trabajo]:
    """Those of a user, newest first."""
    return [trabajo for trabajo in sitio.trabajos.de(usuario) if trabajo.clase == EXPORTACION]


def dias(ajustes: Mapping[str, Any]) -> int:
    """How long a file is kept: the setting ``casilla.exportaciones_dias``."""
    return int(ajustes.get("casilla.exportaciones_dias", DIAS))
