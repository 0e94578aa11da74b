"""What the institution's people ask of the follow-up board: filters that all hold, an order, a page size.

A Consulta is read from the parameters of an address and written back to them. A person is named there by their casilla,
which tells nothing, and never by a document number.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from casilla.resources.llaves import llave_de_numero
from casilla.resources.seguimiento import VENCIDA, VENCIDA_SIN_LEER
from casilla.services.bandeja import POR_PAGINA
from casilla.services.condiciones import MAXIMO_DE_LETRAS, CondicionInvalida, leer_fecha
from casilla.services.filtros import TAMANOS
from casilla.services.horas import fecha_larga
from casilla.services.palabras import limpiar

# As they stand on the page. "persona" is the name of a casilla.
FILTROS = {
    "expediente": "Expediente",
    "numero": "Número de documento",
    "persona": "Persona",
    "dependencia": "Dependencia",
    "desde": "Depositada desde el",
    "hasta": "Depositada hasta el",
    "estado": "Estado",
    "aviso": "Aviso por correo",
    "dias": "Sin leer desde hace",
}
ESTADOS = {
    "depositado": "Sin leer",
    "leido": "Leída",
    "anulado": "Anulada",
    VENCIDA: "Con el plazo vencido",
    VENCIDA_SIN_LEER: "Sin leer y con el plazo vencido",
}
AVISOS = {"en-cola": "En cola", "enviado": "Enviado", "rechazado": "Rechazado"}
ORDENES = {"recientes": "Recientes primero", "antiguas": "Antiguas primero"}
RECIENTES, ANTIGUAS = ORDENES
# What a state means of those that are not read; "" for none asked.
_SIN_LEER = {
    "": "depositado",
    "depositado": "depositado",
    VENCIDA: VENCIDA_SIN_LEER,
    VENCIDA_SIN_LEER: VENCIDA_SIN_LEER,
}
MAXIMO_DE_DIAS = 36_500


@dataclass(frozen=True)
class Consulta:
    """``filtros``: what was typed, by the keys of FILTROS, in the order of the page, right or wrong; none is empty."""

    filtros: Mapping[str, str] = field(default_factory=dict)
    orden: str = RECIENTES
    por_pagina: int = POR_PAGINA

    @classmethod
    def leer(cls, parametros: Mapping[str, str]) -> "Consulta":
        """From the parameters of an address; others than its own do not matter."""
        dichos = {nombre: limpiar(parametros.get(nombre, ""), MAXIMO_DE_LETRAS) for nombre in FILTROS}
        orden, tamano = parametros.get("orden", ""), parametros.get("n", "")
        return cls(
            {nombre: valor for nombre, valor in dichos.items() if valor},
            orden if orden in ORDENES else RECIENTES,
            int(tamano) if tamano in map(str, TAMANOS) else POR_PAGINA,
        )

    def parametros(self) -> dict[str, str]:
        """What an address says to ask for this; what is as usual is left out."""
        dichos = dict(self.filtros)
        if self.orden != RECIENTES:
            dichos["orden"] = self.orden
        if self.por_pagina != POR_PAGINA:
            dichos["n"] = str(self.por_pagina)
        return dichos

    def valor(self, nombre: str) -> str:
        """As it was typed, empty for none."""
        return self.filtros.get(nombre, "")

    @property
    def errores(self) -> dict[str, str]:
        """Why filters are not applied, by their keys."""
        errores = {nombre: error for nombre in self.filtros if (error := self._error(nombre))}
        if not errores.keys() & {"desde", "hasta"} and self._tramo_al_reves():
            errores["hasta"] = "El final no puede ser anterior al comienzo: cambie una de las fechas"
        if {"dias", "estado"} <= self.filtros.keys() - errores.keys() and self.valor("estado") not in _SIN_LEER:
            errores["dias"] = f"No se usa con el estado «{ESTADOS[self.valor('estado')]}»: quite uno de los dos"
        return errores

    def _error(self, nombre: str) -> str:
        try:
            _LECTURAS[nombre](self.filtros[nombre])
        except CondicionInvalida as error:
            return str(error)
        return ""

    def _tramo_al_reves(self) -> bool:
        return {"desde", "hasta"} <= self.filtros.keys() and leer_fecha(self.valor("desde")) > leer_fecha(
            self.valor("hasta")
        )

    @property
    def aplicados(self) -> dict[str, str]:
        """What is not wrong, as it is said: "15 días o más"; a casilla still by its name."""
        errores = self.errores
        return {n: _LECTURAS[n](valor) for n, valor in self.filtros.items() if n not in errores}

    def sin(self, nombre: str) -> "Consulta":
        return replace(self, filtros={n: valor for n, valor in self.filtros.items() if n != nombre})

    def sin_filtros(self) -> "Consulta":
        return replace(self, filtros={})

    @property
    def situacion(self) -> str:
        """The state asked for, empty for any; whoever asks for days without reading asks for what is not read."""
        aplicados = self.aplicados
        estado = self.valor("estado") if "estado" in aplicados else ""
        return _SIN_LEER[estado] if "dias" in aplicados else estado

    def dias(self, hoy: date) -> tuple[int | None, int | None]:
        """The first and the last day of deposit that are asked for, as ``date.toordinal`` counts; None for no bound."""
        aplicados = self.aplicados
        desde = leer_fecha(self.valor("desde")).toordinal() if "desde" in aplicados else None
        finales = [leer_fecha(self.valor("hasta"))] if "hasta" in aplicados else []
        if "dias" in aplicados:
            finales.append(hoy - timedelta(days=_cuantos_dias(self.valor("dias"))))
        return desde, min(finales).toordinal() if finales else None


def _texto(valor: str) -> str:
    return valor


def _numero(valor: str) -> str:
    if llave_de_numero(valor) == llave_de_numero(""):
        raise CondicionInvalida("Escriba el número del documento, por ejemplo 9-2025")
    return valor


def _fecha(valor: str) -> str:
    return fecha_larga(leer_fecha(valor))


def _dias(valor: str) -> str:
    dias = _cuantos_dias(valor)
    return "1 día o más" if dias == 1 else f"{dias} días o más"


def _cuantos_dias(valor: str) -> int:
    if not (valor.isascii() and valor.isdigit() and len(valor) < 6 and 1 <= int(valor) <= MAXIMO_DE_DIAS):
        raise CondicionInvalida("Escriba los días con cifras, por ejemplo 15")
    return int(valor)


def _una_de(opciones: Mapping[str, str]) -> Callable[[str], str]:
    def leer(valor: str) -> str:
        if valor not in opciones:
            raise CondicionInvalida("Elija una de las opciones de la lista")
        return opciones[valor]

    return leer


_LECTURAS: dict[str, Callable[[str], str]] = {
    "expediente": _texto,
    "numero": _numero,
    "persona": _texto,
    "dependencia": _texto,
    "desde": _fecha,
    "hasta": _fecha,
    "estado": _una_de(ESTADOS),
    "aviso": _una_de(AVISOS),
    "dias": _dias,
}
