"""The report of a bulk, row by row: what is wrong with each, or the code of its notification."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from casilla.printing.listado import NUMERO, TEXTO, Columna, Valor
from casilla.resources.lote import Lote
from casilla.services.horas import dia_en_lima, fecha_hora
from casilla.services.lotes import va_en_papel
from casilla.services.tabla_de_lote import SEPARADOR_DE_COLUMNAS, FilaDeLote

COLUMNAS = (
    Columna("Fila", NUMERO, 8),
    Columna("Resultado", TEXTO, 18),
    Columna("Código", TEXTO, 20),
    Columna("Motivo", TEXTO, 60),
    Columna("Avisos", TEXTO, 40),
    Columna("Documento de identidad", TEXTO, 24),
    Columna("Expediente", TEXTO, 22),
    Columna("Tipo de documento", TEXTO, 18),
    Columna("Número", TEXTO, 25),
)
NOTIFICADA, CON_ERRORES, PAPEL, POR_NOTIFICAR = "Notificada", "Con errores", "En papel", "Por notificar"


def dichas(quejas: Iterable[tuple[str, str]]) -> str:
    """As "asunto: falta; fecha: es una fecha futura"."""
    return "; ".join(f"{columna}: {motivo}" for columna, motivo in quejas)


def resultado(lote: Lote, numero: int) -> str:
    """What became of a row, in words."""
    if numero in lote.hechas:
        return NOTIFICADA
    quejas = lote.errores.get(numero, ())
    if va_en_papel(quejas):
        return PAPEL
    return CON_ERRORES if quejas else POR_NOTIFICAR


@dataclass(frozen=True)
class InformeDeLote:
    """A list to take away (``printing.listado.Lista``)."""

    lote: Lote
    filas: list[FilaDeLote]
    institucion: str
    hecho_en: datetime
    titulo: str = "Informe del lote"
    columnas: tuple[Columna, ...] = COLUMNAS

    hoja = "Lote"
    separador = SEPARADOR_DE_COLUMNAS

    @property
    def nombre(self) -> str:
        return f"casilla_lote_{dia_en_lima(self.lote.creado_en)}"

    @property
    def cuantas(self) -> int:
        return len(self.filas)

    @property
    def encabezado(self) -> tuple[str, ...]:
        return (f"Lote: {self.lote.tabla.nombre}", f"Subido el {fecha_hora(self.lote.creado_en)} por {self.lote.de}")

    def valores(self) -> Iterable[tuple[Valor, ...]]:
        for fila in self.filas:
            n = fila.numero
            yield (
                n,
                resultado(self.lote, n),
                self.lote.hechas.get(n, ""),
                dichas(self.lote.errores.get(n, ())),
                dichas(self.lote.avisos.get(n, ())),
                f"{fila.celdas['tipo_documento']} {fila.celdas['numero_documento']}".strip(),
                fila.celdas["expediente"],
                fila.celdas["tipo"],
                fila.celdas["numero"],
            )
