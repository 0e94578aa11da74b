"""The entries of the audit, as an auditor takes them away."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from casilla.printing.listado import FECHA_HORA, NUMERO, TEXTO, Columna, Valor, una_linea
from casilla.resources.auditoria import Asiento
from casilla.services.cifras import miles
from casilla.services.horas import dia_en_lima, en_lima, fecha_hora

_COLUMNAS = (
    Columna("Número", NUMERO, 9),
    Columna("Cuándo", FECHA_HORA, 17),
    Columna("Quién", TEXTO, 18),
    Columna("Dirección IP", TEXTO, 16),
    Columna("Qué hizo", TEXTO, 26),
    Columna("Sobre qué", TEXTO, 30),
    Columna("Antes", TEXTO, 40),
    Columna("Después", TEXTO, 40),
    Columna("Sello", TEXTO, 66),
)


@dataclass(frozen=True)
class ListadoDeAuditoria:
    """``filtro`` in words, empty for all; ``quien``: who takes it away; ``dicho``: what people call an act."""

    institucion: str
    quien: str
    filtro: str
    hecho_en: datetime
    asientos: tuple[Asiento, ...]
    dicho: Callable[[str], str]

    hoja = titulo = "Auditoría"
    columnas = _COLUMNAS

    @property
    def cuantas(self) -> int:
        return len(self.asientos)

    @property
    def nombre(self) -> str:
        return f"auditoria_{dia_en_lima(self.hecho_en)}"

    @property
    def encabezado(self) -> tuple[str, ...]:
        cuantos = "1 asiento" if self.cuantas == 1 else f"{miles(self.cuantas)} asientos"
        return (
            una_linea(f"{self.institucion}. Hecho por {self.quien} el {fecha_hora(self.hecho_en)} (hora de Lima)."),
            una_linea(f"Filtros: {self.filtro or 'ninguno'}"),
            f"{cuantos}, los últimos primero. El sello de cada uno depende de todos los anteriores.",
        )

    def valores(self) -> Iterable[tuple[Valor, ...]]:
        for a in self.asientos:
            textos = (
                a.actor,
                a.direccion,
                self.dicho(a.acto),
                a.sobre,
                _seguido(a.antes),
                _seguido(a.despues),
                a.sello,
            )
            yield (a.numero, _momento(a.cuando), *map(una_linea, textos))


def _seguido(texto: str) -> str:
    return "; ".join(texto.splitlines())


def _momento(cuando: datetime) -> datetime:
    """As a spreadsheet takes it: Lima's clock, no zone."""
    return en_lima(cuando).replace(tzinfo=None, microsecond=0)
