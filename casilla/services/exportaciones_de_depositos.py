"""Lists of the follow-up board that are too long to wait for, as jobs of whoever asks (docs/decisiones/014).

What somebody may know of is part of what they ask for: if that has changed since, the file is neither made nor given.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from casilla.permissions import igualada
from casilla.resources.funcionario import Funcionario
from casilla.resources.sitio import Sitio
from casilla.resources.trabajo import Trabajo
from casilla.services.consulta_de_depositos import Consulta
from casilla.services.depositos import alcance_de
from casilla.services.exportaciones import MAX_EN_ESPERA
from casilla.services.trabajos import encargar

EXPORTACION_DE_DEPOSITOS = "exportacion-depositos"
_TODAS = "*"


@dataclass(frozen=True)
class PedidoDeDepositos:
    """Which rows, seen from where, and as what kind of file."""

    formato: str
    consulta: Consulta
    alcance: str

    @classmethod
    def de(cls, trabajo: Trabajo) -> "PedidoDeDepositos":
        dichos = dict(trabajo.parametros)
        return cls(dichos["formato"], Consulta.leer(dict(parse_qsl(dichos["consulta"]))), dichos["alcance"])

    def parametros(self) -> dict[str, str]:
        consulta = urlencode(self.consulta.parametros())
        return {"formato": self.formato, "consulta": consulta, "alcance": self.alcance}


def pedir_depositos(
    sitio: Sitio, funcionario: Funcionario, formato: str, consulta: Consulta, *, cuantas: int, ahora: datetime
) -> Trabajo:
    """Ask for the file; the same one that is not ready yet is not asked for twice. Raises DemasiadosTrabajos."""
    pedido = PedidoDeDepositos(formato, consulta, _dicho(funcionario))
    return encargar(
        sitio,
        EXPORTACION_DE_DEPOSITOS,
        funcionario.__name__,
        funcionario,
        pedido.parametros(),
        ahora=ahora,
        total=cuantas,
        maximo=MAX_EN_ESPERA,
    )


def exportaciones_de_depositos(sitio: Sitio, funcionario: Funcionario) -> list[Trabajo]:
    """Those of somebody, newest first."""
    return [t for t in sitio.trabajos.de(funcionario.__name__) if t.clase == EXPORTACION_DE_DEPOSITOS]


def vigente(trabajo: Trabajo) -> bool:
    """Whether whoever asked for it may still know of what it holds."""
    funcionario = trabajo.sobre
    return not funcionario.suspendido and PedidoDeDepositos.de(trabajo).alcance == _dicho(funcionario)


def _dicho(funcionario: Funcionario) -> str:
    alcance = alcance_de(funcionario)
    return _TODAS if alcance is None else "\n".join(sorted(map(igualada, alcance)))
