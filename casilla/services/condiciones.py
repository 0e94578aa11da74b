"""One condition of a search, "Año igual 2025": which operators fit which column, and what the words typed mean."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import inf

from casilla.services import fichas
from casilla.services.fichas import Ficha
from casilla.services.horas import LIMA, fecha_larga, numero_de_mes
from casilla.services.palabras import limpiar, plegar

MAXIMO_DE_LETRAS = 200
ANOS = range(1900, 2101)

TEXTO, FECHA, ANO = "texto", "fecha", "año"

Criterio = Callable[[Ficha], bool]


class CondicionInvalida(Exception):
    """Says in words, for the person, why the condition cannot be applied."""


@dataclass(frozen=True)
class Campo:
    """A column of the tray; ``columna`` is its place in a ficha, ``clase`` says how its values are read."""

    titulo: str
    columna: int
    clase: str

    @property
    def de_texto(self) -> bool:
        return self.clase == TEXTO


CAMPOS = {
    "anio": Campo("Año", fichas.ANO, ANO),
    "asunto": Campo("Asunto", fichas.ASUNTO, TEXTO),
    "dependencia": Campo("Dependencia", fichas.DEPENDENCIA, TEXTO),
    "emisor": Campo("Emisor", fichas.EMISOR, TEXTO),
    "tipo": Campo("Tipo de documento", fichas.TIPO, TEXTO),
    "numero": Campo("Nro. documento de emisión", fichas.NUMERO, TEXTO),
    "emision": Campo("Fecha de emisión", fichas.EMISION, FECHA),
    "envio": Campo("Fecha de envío de mensaje", fichas.ENVIO, FECHA),
}

OPERADORES = {
    "igual": "igual",
    "contiene": "contiene",
    "empieza": "empieza con",
    "antes": "antes de",
    "despues": "después de",
    "entre": "entre",
}
DE_TEXTO = ("igual", "contiene", "empieza")
DE_TIEMPO = ("igual", "antes", "despues", "entre")


@dataclass(frozen=True)
class Condicion:
    """As it was typed, right or wrong: keys of CAMPOS and OPERADORES, and words; ``hasta`` only for "entre"."""

    campo: str
    operador: str
    valor: str
    hasta: str = ""

    @classmethod
    def leer(cls, campo: str, operador: str, valor: str, hasta: str) -> "Condicion":
        valor, hasta = limpiar(valor, MAXIMO_DE_LETRAS), limpiar(hasta, MAXIMO_DE_LETRAS)
        return cls(
            campo if campo in CAMPOS else "",
            operador if operador in OPERADORES else "igual",
            valor,
            hasta if operador == "entre" else "",
        )

    def criterio(self) -> Criterio:
        """What a row must be like. Raises CondicionInvalida."""
        campo = self._campo()
        if campo.de_texto:
            return _de_texto(campo.columna, self.operador, self._texto())
        desde, hasta = self._tramo(campo)
        columna = campo.columna
        return lambda ficha: desde <= ficha[columna] < hasta

    @property
    def error(self) -> str:
        """Why it cannot be applied; empty when it can."""
        try:
            self.criterio()
        except CondicionInvalida as fallo:
            return str(fallo)
        return ""

    def __str__(self) -> str:
        """As "Año igual 2025" or "Fecha de emisión entre 1 de enero de 2025 y 31 de marzo de 2025", of a right one."""
        campo = self._campo()
        valores = [self.valor, self.hasta] if self.operador == "entre" else [self.valor]
        if campo.clase == FECHA:
            valores = [fecha_larga(leer_fecha(valor)) for valor in valores]
        return f"{campo.titulo} {OPERADORES[self.operador]} {' y '.join(valores)}"

    def _campo(self) -> Campo:
        """Of a condition whose parts fit together."""
        if self.campo not in CAMPOS:
            raise CondicionInvalida("Elija el campo en que se debe buscar")
        campo = CAMPOS[self.campo]
        posibles = DE_TEXTO if campo.de_texto else DE_TIEMPO
        if self.operador not in posibles:
            *otros, ultimo = [f"«{OPERADORES[o]}»" for o in posibles]
            raise CondicionInvalida(
                f"«{OPERADORES[self.operador]}» no se usa con {campo.titulo}: elija {', '.join(otros)} o {ultimo}"
            )
        return campo

    def _texto(self) -> str:
        plegado = plegar(self.valor)
        if not plegado:
            raise CondicionInvalida("Escriba el texto que busca")
        return plegado

    def _tramo(self, campo: Campo) -> tuple[float, float]:
        """From the first value that fits up to, not including, the first that does not."""
        leer = _dia if campo.clase == FECHA else _ano
        desde, despues = leer(self.valor)
        if self.operador == "antes":
            return -inf, desde
        if self.operador == "despues":
            return despues, inf
        if self.operador == "entre":
            fin, despues = leer(self.hasta)
            if fin < desde:
                raise CondicionInvalida("El final no puede ser anterior al comienzo: cambie el orden")
        return desde, despues


def _de_texto(columna: int, operador: str, texto: str) -> Criterio:
    if operador == "igual":
        return lambda ficha: ficha[columna] == texto
    if operador == "empieza":
        return lambda ficha: ficha[columna].startswith(texto)
    return lambda ficha: texto in ficha[columna]


def _ano(texto: str) -> tuple[float, float]:
    if not texto:
        raise CondicionInvalida("Escriba el año, por ejemplo 2025")
    if not re.fullmatch("[0-9]{4}", texto) or int(texto) not in ANOS:
        raise CondicionInvalida("El año debe tener 4 cifras, por ejemplo 2025")
    return int(texto), int(texto) + 1


def _dia(texto: str) -> tuple[float, float]:
    """A day of Lima: its first second, and that of the next."""
    dia = leer_fecha(texto)
    medianoche = datetime(dia.year, dia.month, dia.day, tzinfo=LIMA)
    return medianoche.timestamp(), (medianoche + timedelta(days=1)).timestamp()


_FECHAS = (
    re.compile(
        r"(?P<dia>[0-9]{1,2})(?:[/.-]| de | )(?P<mes>[0-9]{1,2}|[a-z]+\.?)(?:[/.-]| de | del | )(?P<ano>[0-9]{4})"
    ),
    re.compile(r"(?P<ano>[0-9]{4})-(?P<mes>[0-9]{2})-(?P<dia>[0-9]{2})"),
)


def leer_fecha(texto: str) -> date:
    """A date as people write it: "27/1/2025", "27 de enero de 2025", "27 ene 2025", "2025-01-27".

    Raises CondicionInvalida.
    """
    if not texto:
        raise CondicionInvalida("Escriba la fecha, por ejemplo 27/1/2025")
    hallada = next(filter(None, (forma.fullmatch(texto.lower()) for forma in _FECHAS)), None)
    if not hallada or int(hallada["ano"]) not in ANOS:
        raise CondicionInvalida("Escriba la fecha con día, mes y año, por ejemplo 27/1/2025")
    mes = int(hallada["mes"]) if hallada["mes"].isdigit() else numero_de_mes(hallada["mes"])
    try:
        return date(int(hallada["ano"]), mes or 0, int(hallada["dia"]))
    except ValueError:
        raise CondicionInvalida(f"La fecha «{texto}» no existe: revise el día y el mes") from None
