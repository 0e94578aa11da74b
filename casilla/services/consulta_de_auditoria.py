"""What is asked of the audit: whose acts, which, about what, in which days. Newest first, page by page, by number.

Nothing is indexed: entries are few beside deposits. So that a search that finds little costs no more than a page, it
looks at so many entries and then tells from where to go on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from casilla.resources.auditoria import Asiento, Auditoria
from casilla.services.condiciones import CondicionInvalida, leer_fecha
from casilla.services.horas import LIMA, dia_en_lima, fecha_larga
from casilla.services.palabras import limpiar, plegar

POR_PAGINA = 50
ALCANCE = 20_000
_MAXIMO_DE_LETRAS = 100
# An entry takes its time when its request begins and its number when it ends: neighbours may stand so far out of order.
_DESORDEN = timedelta(minutes=10)


@dataclass(frozen=True)
class Consulta:
    """``actor`` and ``sobre``: words that are to be in them; ``acto`` exactly; days of Lima, both included.

    ``errores``: why a date is not applied, by its name.
    """

    actor: str = ""
    acto: str = ""
    sobre: str = ""
    desde: date | None = None
    hasta: date | None = None
    errores: tuple[tuple[str, str], ...] = ()

    @classmethod
    def leer(cls, parametros: Mapping[str, str]) -> "Consulta":
        textos = {n: limpiar(parametros.get(n, ""), _MAXIMO_DE_LETRAS) for n in ("actor", "acto", "sobre")}
        fechas = {nombre: _fecha(nombre, parametros) for nombre in ("desde", "hasta")}
        errores = tuple((nombre, leida) for nombre, leida in fechas.items() if isinstance(leida, str))
        desde, hasta = (None if isinstance(leida, str) else leida for leida in fechas.values())
        return cls(textos["actor"], textos["acto"], textos["sobre"], desde, hasta, errores)

    def parametros(self) -> dict[str, str]:
        """What an address says to ask for this."""
        dichos = {"actor": self.actor, "acto": self.acto, "sobre": self.sobre}
        dichos |= {"desde": str(self.desde or ""), "hasta": str(self.hasta or "")}
        return {nombre: valor for nombre, valor in dichos.items() if valor}

    def en_palabras(self, acto_dicho: str) -> str:
        """For the head of a list; empty for all entries. ``acto_dicho``: what people call the act."""
        partes: tuple[Any, ...] = (
            self.actor and f"Quién tiene «{self.actor}»",
            self.acto and f"Qué hizo: {acto_dicho}",
            self.sobre and f"Sobre qué tiene «{self.sobre}»",
            self.desde and f"desde el {fecha_larga(self.desde)}",
            self.hasta and f"hasta el {fecha_larga(self.hasta)}",
        )
        return "; ".join(filter(None, partes))

    def cumple(self, asiento: Asiento) -> bool:
        dia = dia_en_lima(asiento.cuando)
        return (
            (not self.acto or asiento.acto == self.acto)
            and plegar(self.actor) in plegar(asiento.actor)
            and plegar(self.sobre) in plegar(asiento.sobre)
            and (self.desde is None or dia >= self.desde)
            and (self.hasta is None or dia <= self.hasta)
        )


def _fecha(nombre: str, parametros: Mapping[str, str]) -> date | str | None:
    """The date that was typed, or why it is none."""
    tecleada = limpiar(parametros.get(nombre, ""), _MAXIMO_DE_LETRAS)
    try:
        return leer_fecha(tecleada) if tecleada else None
    except CondicionInvalida as error:
        return str(error)


@dataclass(frozen=True)
class Hallados:
    """Entries, newest first. ``sigue``: the number below which one goes on, None at the end; ``faltan``: whether the
    search stopped for having looked at enough, not for having found a page."""

    asientos: tuple[Asiento, ...]
    sigue: int | None
    faltan: bool


def hallar(auditoria: Auditoria, consulta: Consulta, antes: int | None = None) -> Hallados:
    """A page of what is asked, of the entries below number ``antes``."""
    hallados: list[Asiento] = []
    for vistos, asiento in enumerate(_recorrer(auditoria, consulta, antes), 1):
        if len(hallados) == POR_PAGINA:
            return Hallados(tuple(hallados), hallados[-1].numero, faltan=False)
        if consulta.cumple(asiento):
            hallados.append(asiento)
        if vistos == ALCANCE:
            return Hallados(tuple(hallados), asiento.numero, faltan=True)
    return Hallados(tuple(hallados), None, faltan=False)


def todos(auditoria: Auditoria, consulta: Consulta) -> Iterator[Asiento]:
    """All that is asked, newest first, however long it takes to look."""
    return filter(consulta.cumple, _recorrer(auditoria, consulta, None))


def _recorrer(auditoria: Auditoria, consulta: Consulta, antes: int | None) -> Iterator[Asiento]:
    """Downwards from ``antes``, no further than the days that are asked for."""
    desde = antes - 1 if antes else None
    if consulta.hasta:
        ultimo = _primero_despues(auditoria, _medianoche(consulta.hasta) + timedelta(days=1) + _DESORDEN)
        desde = min(ultimo, len(auditoria) if desde is None else desde)
    fin = _medianoche(consulta.desde) - _DESORDEN if consulta.desde else None
    for asiento in auditoria.hacia_atras(desde):
        if fin and asiento.cuando < fin:
            return
        yield asiento


def _medianoche(dia: date) -> datetime:
    return datetime.combine(dia, time(), tzinfo=LIMA)


def _primero_despues(auditoria: Auditoria, momento: datetime) -> int:
    """The number of the first entry from that time on, or of the last of all: found by halves."""
    bajo, alto = 1, len(auditoria)
    while bajo < alto:
        medio = (bajo + alto) // 2
        if auditoria[medio].cuando < momento:
            bajo = medio + 1
        else:
            alto = medio
    return alto
