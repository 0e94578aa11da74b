"""Whether the answers served, and what was searched for in vain, as whoever writes them takes it away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from casilla.printing.listado import NUMERO, TEXTO, Columna, Valor, una_linea
from casilla.services.horas import dia_en_lima, fecha_hora

RESPUESTAS, BUSQUEDAS = "respuestas", "busquedas"
_TITULOS = {RESPUESTAS: "¿Le sirvió esta respuesta?", BUSQUEDAS: "Búsquedas sin resultado"}
_COLUMNAS = {
    RESPUESTAS: (
        Columna("Pregunta", TEXTO, 60),
        Columna("Sí", NUMERO, 8),
        Columna("No", NUMERO, 8),
        Columna("Sí, de cada 100", NUMERO, 10),
    ),
    BUSQUEDAS: (
        Columna("Búsqueda", TEXTO, 60),
        Columna("Veces", NUMERO, 8),
        Columna("Preguntas que hoy la contienen", NUMERO, 14),
    ),
}


@dataclass(frozen=True)
class ListadoDeUso:
    """``cual``: RESPUESTAS or BUSQUEDAS; ``periodo`` in words; ``quien``: who takes it; ``nota``: what is left out."""

    cual: str
    institucion: str
    quien: str
    periodo: str
    hecho_en: datetime
    filas: tuple[tuple[Valor, ...], ...]
    nota: str = ""

    hoja = "Preguntas frecuentes"

    @property
    def titulo(self) -> str:
        return _TITULOS[self.cual]

    @property
    def columnas(self) -> tuple[Columna, ...]:
        return _COLUMNAS[self.cual]

    @property
    def cuantas(self) -> int:
        return len(self.filas)

    @property
    def nombre(self) -> str:
        return f"uso_{self.cual}_{dia_en_lima(self.hecho_en)}"

    @property
    def encabezado(self) -> tuple[str, ...]:
        return (
            una_linea(f"{self.institucion}. Hecho por {self.quien} el {fecha_hora(self.hecho_en)} (hora de Lima)."),
            una_linea(f"Preguntas frecuentes, {self.periodo}. {self.nota}"),
        )

    def valores(self) -> Iterable[tuple[Valor, ...]]:
        for texto, *cuentas in self.filas:
            yield (una_linea(str(texto)), *cuentas)
