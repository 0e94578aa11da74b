"""Lists to take away, such as what a tray holds: their head, their columns with their types, the values of a row.

Excel, ODS, PDF and CSV each write any such list (``listado_*.py``); why so: docs/decisiones/010-exportacion.md.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from casilla.resources.casilla import LEIDOS, PENDIENTES, Casilla, Fila
from casilla.services.filtros import Consulta
from casilla.services.horas import dia_en_lima, en_lima, fecha_hora

TITULOS = {PENDIENTES: "Notificaciones pendientes por leer", LEIDOS: "Notificaciones leídas"}

NUMERO, TEXTO, FECHA, FECHA_HORA = "número", "texto", "fecha", "fecha y hora"

Valor = int | str | date | datetime | None

# What no XML file may hold, and what would break a line: a row stays a row in every format.
_ILEGIBLES = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


class Columna(NamedTuple):
    """``ancho`` in letters, as spreadsheets count it."""

    titulo: str
    clase: str
    ancho: int


class Lista(Protocol):
    """What a list says of itself, its columns, and its rows, to be gone through once.

    ``nombre`` of its file, without the extension; ``hoja``: of its sheet in a workbook, at most 31 letters and none of
    ``[]:*?/\\`` (Excel's limits); ``encabezado``: the lines between the title and the table.
    """

    @property
    def nombre(self) -> str: ...

    @property
    def hoja(self) -> str: ...

    @property
    def titulo(self) -> str: ...

    @property
    def institucion(self) -> str: ...

    @property
    def hecho_en(self) -> datetime: ...

    @property
    def cuantas(self) -> int: ...

    @property
    def columnas(self) -> tuple[Columna, ...]: ...

    @property
    def encabezado(self) -> tuple[str, ...]: ...

    def valores(self) -> Iterable[tuple[Valor, ...]]: ...


COLUMNAS = (
    Columna("Año", NUMERO, 8),
    Columna("Asunto", TEXTO, 45),
    Columna("Dependencia", TEXTO, 40),
    Columna("Emisor", TEXTO, 32),
    Columna("Tipo de documento", TEXTO, 18),
    Columna("Nro. documento de emisión", TEXTO, 25),
    Columna("Fecha de emisión", FECHA, 15),
    Columna("Fecha de envío de mensaje", FECHA_HORA, 17),
    Columna("Vence (cálculo referencial)", FECHA, 15),
    Columna("Estado", TEXTO, 12),
)


@dataclass(frozen=True)
class Listado:
    """The rows of a tray, to be gone through once, and what the list says of itself.

    ``filtro`` and ``orden`` in words, ``filtro`` empty for all rows; ``hecho_en`` aware, printed on Lima's clock.
    """

    bandeja: str
    titular: str
    institucion: str
    filtro: str
    orden: str
    hecho_en: datetime
    cuantas: int
    filas: Iterable[Fila]

    hoja = "Notificaciones"

    @classmethod
    def de(
        cls,
        casilla: Casilla,
        bandeja: str,
        consulta: Consulta,
        *,
        institucion: str,
        hecho_en: datetime,
        cuantas: int,
        filas: Iterable[Fila] = (),
    ) -> "Listado":
        """Of what was asked of a tray."""
        return cls(
            bandeja=bandeja,
            titular=casilla.persona.nombre_completo,
            institucion=institucion,
            filtro=str(consulta),
            orden=consulta.orden.en_palabras,
            hecho_en=hecho_en,
            cuantas=cuantas,
            filas=filas,
        )

    @property
    def columnas(self) -> tuple[Columna, ...]:
        return COLUMNAS

    @property
    def nombre(self) -> str:
        """Of its file, without the extension."""
        return f"casilla_{self.bandeja}_{dia_en_lima(self.hecho_en)}"

    @property
    def titulo(self) -> str:
        return TITULOS[self.bandeja]

    @property
    def encabezado(self) -> tuple[str, ...]:
        """The lines between the title and the table."""
        cuantas = "1 notificación" if self.cuantas == 1 else f"{self.cuantas} notificaciones"
        return (
            una_linea(f"Casilla electrónica de {self.titular}, {self.institucion}"),
            una_linea(f"Filtros: {self.filtro or 'ninguno'}"),
            f"{cuantas}. Orden: {self.orden}. Hecho el {fecha_hora(self.hecho_en)} (hora de Lima).",
        )

    def valores(self) -> Iterable[tuple[Valor, ...]]:
        """A tuple for each row, in its order, one value for each of COLUMNAS. Times are Lima's, without their zone."""
        return (_valores(fila, self.bandeja) for fila in self.filas)


def una_linea(texto: str) -> str:
    return _ILEGIBLES.sub(" ", texto)


def _valores(fila: Fila, bandeja: str) -> tuple[Valor, ...]:
    emision = en_lima(fila.fecha_emision)
    return (
        emision.year,
        una_linea(fila.asunto),
        una_linea(fila.dependencia),
        una_linea(fila.emisor),
        una_linea(fila.tipo),
        una_linea(fila.numero),
        emision.date(),
        en_lima(fila.depositado_en).replace(tzinfo=None, microsecond=0),
        None if fila.anulado else fila.vence,
        "Anulado" if fila.anulado else "Sin leer" if bandeja == PENDIENTES else "Leído",
    )
