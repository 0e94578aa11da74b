"""What a person asks of a tray: a quick search, conditions joined by "todo" or "cualquiera", an order, a page size.

A Consulta is read from the parameters of an address and written back to them, so that an address that is kept, sent or
gone back to shows the same. Nothing that stands there is refused: what is wrong is told, and the rest still counts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import NamedTuple

from casilla.services.bandeja import POR_PAGINA
from casilla.services.condiciones import CAMPOS, MAXIMO_DE_LETRAS, Condicion, Criterio
from casilla.services.palabras import limpiar, plegar

TODAS, CUALQUIERA = "todo", "cualquiera"
TAMANOS = (POR_PAGINA, 50, 100)
MAXIMO_DE_CONDICIONES = 20

_RENGLON = re.compile("[fovh]([1-9][0-9]?)")


class Orden(NamedTuple):
    """By which column, a key of CAMPOS; rows that are alike in it stand newest first."""

    campo: str
    descendente: bool

    def __str__(self) -> str:
        return f"{self.campo}_desc" if self.descendente else self.campo

    @property
    def en_palabras(self) -> str:
        """As "Asunto: de la A a la Z"."""
        campo, natural = CAMPOS[self.campo], self == Orden.natural(self.campo)
        if campo.de_texto:
            return f"{campo.titulo}: {'de la A a la Z' if natural else 'de la Z a la A'}"
        return f"{campo.titulo}: {'recientes primero' if natural else 'antiguas primero'}"

    @classmethod
    def leer(cls, texto: str) -> "Orden":
        campo, _, sentido = texto.partition("_")
        return cls(campo, sentido == "desc") if campo in CAMPOS and sentido in ("", "desc") else RECIENTES

    @classmethod
    def natural(cls, campo: str) -> "Orden":
        """What one expects of a column chosen for the first time: words from the A on, the latest times first."""
        return cls(campo, not CAMPOS[campo].de_texto)


RECIENTES = Orden("envio", True)


@dataclass(frozen=True)
class Consulta:
    """``condiciones`` are those with anything in them, in the order of the page, the wrong ones too."""

    q: str = ""
    condiciones: tuple[Condicion, ...] = ()
    union: str = TODAS
    orden: Orden = RECIENTES
    por_pagina: int = POR_PAGINA

    @classmethod
    def leer(cls, parametros: Mapping[str, str]) -> "Consulta":
        """From the parameters of an address; others than its own do not matter."""
        tamano = parametros.get("n", "")
        return cls(
            limpiar(parametros.get("q", ""), MAXIMO_DE_LETRAS),
            _condiciones(parametros),
            CUALQUIERA if parametros.get("union") == CUALQUIERA else TODAS,
            Orden.leer(parametros.get("orden", "")),
            int(tamano) if tamano in map(str, TAMANOS) else POR_PAGINA,
        )

    def parametros(self) -> dict[str, str]:
        """What an address says to ask for this; what is as usual is left out."""
        dichos = {"q": self.q}
        for n, condicion in enumerate(self.condiciones, 1):
            dichos |= {f"f{n}": condicion.campo, f"o{n}": condicion.operador, f"v{n}": condicion.valor}
            dichos |= {f"h{n}": condicion.hasta}
        dichos["union"] = "" if self.union == TODAS else self.union
        dichos["orden"] = "" if self.orden == RECIENTES else str(self.orden)
        dichos["n"] = "" if self.por_pagina == POR_PAGINA else str(self.por_pagina)
        return {nombre: valor for nombre, valor in dichos.items() if valor}

    @property
    def errores(self) -> dict[int, str]:
        """Why conditions are not applied, by their place from 1 on."""
        return {n: condicion.error for n, condicion in enumerate(self.condiciones, 1) if condicion.error}

    @property
    def aplicadas(self) -> tuple[Condicion, ...]:
        return tuple(condicion for condicion in self.condiciones if not condicion.error)

    @property
    def filtra(self) -> bool:
        """Whether it can leave out any row."""
        return bool(self.palabras or self.aplicadas)

    def sin(self, condicion: Condicion) -> "Consulta":
        return replace(self, condiciones=tuple(otra for otra in self.condiciones if otra != condicion))

    def sin_filtros(self) -> "Consulta":
        return Consulta(orden=self.orden, por_pagina=self.por_pagina)

    @property
    def palabras(self) -> list[str]:
        """Of the quick search, folded: a row is to have each of them in any of its texts."""
        return plegar(self.q).split()

    def criterios(self) -> list[Criterio]:
        """The conditions joined; all of these are to be met."""
        criterios = [condicion.criterio() for condicion in self.aplicadas]
        return [reduce(_o, criterios)] if self.union == CUALQUIERA and criterios else criterios

    def __str__(self) -> str:
        """For the head of a list: as "«agua»; Año igual 2025 y Asunto contiene pago"; empty for all rows."""
        nexo = " y " if self.union == TODAS else " o "
        partes = [f"«{self.q}»" if self.palabras else "", nexo.join(map(str, self.aplicadas))]
        return "; ".join(filter(None, partes))


def _condiciones(parametros: Mapping[str, str]) -> tuple[Condicion, ...]:
    halladas = (_RENGLON.fullmatch(nombre) for nombre in parametros)
    renglones = sorted({int(hallada[1]) for hallada in halladas if hallada})
    todas = (Condicion.leer(*(parametros.get(f"{letra}{n}", "") for letra in "fovh")) for n in renglones)
    return tuple(c for c in todas if c.campo or c.valor or c.hasta)[:MAXIMO_DE_CONDICIONES]


def _o(uno: Criterio, otro: Criterio) -> Criterio:
    return lambda ficha: uno(ficha) or otro(ficha)
