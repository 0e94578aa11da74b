"""The search of a tray as a page shows it: boxes, what is applied and how to take it away, columns that order."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from casilla.services.bandeja import Lugar
from casilla.services.condiciones import CAMPOS, DE_TEXTO, DE_TIEMPO, OPERADORES, Condicion
from casilla.services.filtros import CUALQUIERA, MAXIMO_DE_CONDICIONES, TAMANOS, TODAS, Consulta, Orden

UNIONES = {TODAS: "deben cumplirse todas", CUALQUIERA: "basta que se cumpla una"}
VACIA = Condicion("", "igual", "")

# Names of the buttons that add a row to the page and take one away.
MAS, QUITAR = "mas", "quitar"


@dataclass(frozen=True)
class Renglon:
    """A row of boxes; ``nuevo``: it was asked for just now and takes the focus, unless a summary of errors does."""

    n: int
    condicion: Condicion
    error: str
    nuevo: bool


@dataclass(frozen=True)
class Aplicado:
    """Something that leaves rows out, in words, and the address of the page without it."""

    palabras: str
    url: str


@dataclass(frozen=True)
class Columna:
    """The head of a column: where it leads, and how it orders now (a value of aria-sort, None if it does not)."""

    campo: str
    titulo: str
    url: str
    orden: str | None


class Buscador:
    """The search of the tray at the address ``aqui``, as the parameters of a request ask for it."""

    campos = CAMPOS
    operadores = OPERADORES
    uniones = UNIONES
    tamanos = TAMANOS

    def __init__(self, aqui: str, parametros: Mapping[str, str]) -> None:
        self.aqui = aqui
        self.consulta = Consulta.leer(_sin_renglon(parametros, parametros.get(QUITAR, "")))
        self.agrega = MAS in parametros
        self.abierto = bool(self.agrega or QUITAR in parametros or self.consulta.errores)

    def url(self, lugar: Lugar | None = None, consulta: Consulta | None = None) -> str:
        """Of a page of this search, or of another one."""
        parametros = (consulta or self.consulta).parametros() | (lugar.parametros() if lugar else {})
        return f"{self.aqui}?{urlencode(parametros)}" if parametros else self.aqui

    @property
    def sin_filtros(self) -> str:
        return self.url(consulta=self.consulta.sin_filtros())

    @property
    def renglones(self) -> list[Renglon]:
        """The conditions there are, and an empty one if none is there or another was asked for."""
        condiciones = self.consulta.condiciones
        renglones = [Renglon(n, c, c.error, False) for n, c in enumerate(condiciones, 1)]
        if not renglones or (self.agrega and self.cabe_otro):
            renglones.append(Renglon(len(renglones) + 1, VACIA, "", self.agrega and not self.consulta.errores))
        return renglones

    def clase_de(self, operador: str) -> str | None:
        """Of columns that an operator is for, by which the style sheet hides it beside others; None when for all."""
        if operador in DE_TEXTO and operador in DE_TIEMPO:
            return None
        return "de-texto" if operador in DE_TEXTO else "de-tiempo"

    @property
    def cabe_otro(self) -> bool:
        return len(self.consulta.condiciones) < MAXIMO_DE_CONDICIONES

    @property
    def rapida(self) -> Aplicado | None:
        """The quick search, which is met besides all or any of the conditions."""
        consulta = self.consulta
        return Aplicado(f"«{consulta.q}»", self.url(consulta=replace(consulta, q=""))) if consulta.palabras else None

    @property
    def aplicados(self) -> list[Aplicado]:
        return [Aplicado(str(c), self.url(consulta=self.consulta.sin(c))) for c in self.consulta.aplicadas]

    @property
    def columnas(self) -> list[Columna]:
        return [self._columna(campo) for campo in CAMPOS]

    @property
    def ordenes(self) -> list[tuple[str, str, bool]]:
        """Value, words and whether it is the one in use, of each order there is."""
        return [
            (str(orden), orden.en_palabras, orden == self.consulta.orden)
            for campo in CAMPOS
            for orden in (Orden.natural(campo), _al_reves(Orden.natural(campo)))
        ]

    @property
    def orden_en_palabras(self) -> str:
        return self.consulta.orden.en_palabras

    def _columna(self, campo: str) -> Columna:
        orden = self.consulta.orden
        suyo = campo == orden.campo
        siguiente = _al_reves(orden) if suyo else Orden.natural(campo)
        url = self.url(consulta=replace(self.consulta, orden=siguiente))
        sentido = "descending" if orden.descendente else "ascending"
        return Columna(campo, CAMPOS[campo].titulo, url, sentido if suyo else None)


def _sin_renglon(parametros: Mapping[str, str], cual: str) -> dict[str, str]:
    suyos = {f"{letra}{cual}" for letra in "fovh"}
    return {nombre: valor for nombre, valor in parametros.items() if nombre not in suyos}


def _al_reves(orden: Orden) -> Orden:
    return Orden(orden.campo, not orden.descendente)
