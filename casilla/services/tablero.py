"""The figures of the dashboard: every one read from a count that is kept, and so the same with millions as with ten.

Notifications are counted by the follow-up index, by day of deposit on Lima's clock; casillas by ``Altas``.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from itertools import islice

from casilla.permissions import igualada
from casilla.resources.seguimiento import TODAS, VENCIDA_SIN_LEER
from casilla.resources.sitio import Sitio
from casilla.services import uso
from casilla.services.depositos import Alcance, dependencias
from casilla.services.horas import dia_en_lima
from casilla.services.publicacion import de_clase

# Days that one may look back, today included.
PERIODOS = (7, 30, 90)
DE_COSTUMBRE = 30
# Of what has no count of its own, so many are counted and no more.
TOPE = 1_000
SIN_LEER, RECHAZADO = "depositado", "rechazado"
_POR_RESOLVER, _EN_ESPERA, _TERMINADAS = "en-revision", "en-espera", ("aprobada", "denegada", "vencida")

PorDia = tuple[tuple[date, int], ...]


@dataclass(frozen=True)
class Periodo:
    """From ``desde`` to ``hasta``, both included."""

    desde: date
    hasta: date

    @classmethod
    def hasta_hoy(cls, dias: int, hoy: date) -> "Periodo":
        return cls(hoy - timedelta(days=dias - 1), hoy)

    def llenar(self, cuentas: dict[int, int]) -> PorDia:
        """Every day with its count, by the ``date.toordinal`` of those that have one."""
        dias = range(self.desde.toordinal(), self.hasta.toordinal() + 1)
        return tuple((date.fromordinal(dia), cuentas.get(dia, 0)) for dia in dias)


@dataclass(frozen=True)
class Renglon:
    """What was deposited in a period for one dependencia, or for all: how much of it nobody has read, and of how much
    the notice was refused.
    """

    dependencia: str
    depositos: int
    sin_leer: int
    rechazados: int


@dataclass(frozen=True)
class Depositos:
    """By the day of their deposit: all, those of them that nobody has read, those whose notice was refused.

    ``sin_leer_en_total`` and ``vencidas_sin_leer``: of all time, the period notwithstanding.
    """

    total: Renglon
    por_dia: PorDia
    sin_leer_por_dia: PorDia
    rechazados_por_dia: PorDia
    por_dependencia: tuple[Renglon, ...]
    sin_leer_en_total: int
    vencidas_sin_leer: int


@dataclass(frozen=True)
class Registro:
    """``por_dia``: casillas opened in the period; ``casillas``: of all time. Of the registrations not over, up to TOPE:
    ``por_resolver`` wait for somebody of the institution, ``en_espera`` for a register to answer; ``en_curso`` are all.
    ``por_resolver_por_dia``: by the day since which they wait.
    """

    por_dia: PorDia
    por_resolver_por_dia: PorDia
    casillas: int
    por_resolver: int
    en_espera: int
    en_curso: int

    @property
    def altas(self) -> int:
        return sum(cuantas for _, cuantas in self.por_dia)


@dataclass(frozen=True)
class Textos:
    """``publicados`` are read by everybody now; ``con_borrador``: have something that waits to be published. Of this
    month: searches of the questions ``en_vano``, and answers that ``no_sirvieron``.
    """

    publicados: int
    con_borrador: int
    en_vano: int
    no_sirvieron: int


@dataclass(frozen=True)
class Operacion:
    """Logins of the institution that may come in, those suspended, and letters not yet sent, up to TOPE."""

    cuentas: int
    suspendidas: int
    cartas: int


def depositos(sitio: Sitio, alcance: Alcance, periodo: Periodo) -> Depositos:
    """What was deposited, seen from within ``alcance``."""
    suyas = dependencias(sitio, alcance)
    claves = [TODAS] if alcance is None else [igualada(d) for d in suyas]
    renglones = (_renglon(sitio, [igualada(d)], d, periodo) for d in suyas)
    return Depositos(
        total=_renglon(sitio, claves, "", periodo),
        por_dia=_de_todas(sitio, claves, TODAS, TODAS, periodo),
        sin_leer_por_dia=_de_todas(sitio, claves, SIN_LEER, TODAS, periodo),
        rechazados_por_dia=_de_todas(sitio, claves, TODAS, RECHAZADO, periodo),
        por_dependencia=tuple(sorted((r for r in renglones if r.depositos), key=lambda r: -r.depositos)),
        sin_leer_en_total=_suma(sitio, claves, SIN_LEER, TODAS, None),
        vencidas_sin_leer=_suma(sitio, claves, VENCIDA_SIN_LEER, TODAS, None),
    )


def _renglon(sitio: Sitio, claves: Iterable[str], nombre: str, periodo: Periodo) -> Renglon:
    sumas = ((TODAS, TODAS), (SIN_LEER, TODAS), (TODAS, RECHAZADO))
    return Renglon(nombre, *(_suma(sitio, claves, *de, periodo) for de in sumas))


def _suma(sitio: Sitio, claves: Iterable[str], situacion: str, aviso: str, periodo: Periodo | None) -> int:
    tramo = (periodo.desde.toordinal(), periodo.hasta.toordinal()) if periodo else ()
    conjuntos = (sitio.seguimiento.conjuntos.get((clave, situacion, aviso)) for clave in claves)
    return sum(conjunto.cuantos(*tramo) for conjunto in conjuntos if conjunto is not None)


def _de_todas(sitio: Sitio, claves: Iterable[str], situacion: str, aviso: str, periodo: Periodo) -> PorDia:
    cuentas: list[dict[int, int]] = [_por_dia(sitio, clave, situacion, aviso, periodo) for clave in claves]
    return periodo.llenar(reduce(_sumar, cuentas, {}))


def _por_dia(sitio: Sitio, clave: str, situacion: str, aviso: str, periodo: Periodo) -> dict[int, int]:
    conjunto = sitio.seguimiento.conjuntos.get((clave, situacion, aviso))
    return conjunto.por_dia(periodo.desde.toordinal(), periodo.hasta.toordinal()) if conjunto is not None else {}


def _sumar(unas: dict[int, int], otras: dict[int, int]) -> dict[int, int]:
    return {dia: unas.get(dia, 0) + otras.get(dia, 0) for dia in {*unas, *otras}}


def registro(sitio: Sitio, periodo: Periodo) -> Registro:
    """Who came to have a casilla. Registrations under way go with their day, or are resolved: few to look at."""
    solicitudes = list(islice(sitio.solicitudes.values(), TOPE))
    vivas = [solicitud.estado for solicitud in solicitudes]
    esperan = (solicitud for solicitud in solicitudes if solicitud.estado == _POR_RESOLVER)
    desde = Counter(dia_en_lima(solicitud.cuando(_POR_RESOLVER)).toordinal() for solicitud in esperan)
    altas = sitio.altas.por_dia(periodo.desde.toordinal(), periodo.hasta.toordinal())
    return Registro(
        por_dia=periodo.llenar(altas),
        por_resolver_por_dia=periodo.llenar(desde),
        casillas=len(sitio.casillas),
        por_resolver=vivas.count(_POR_RESOLVER),
        en_espera=vivas.count(_EN_ESPERA),
        en_curso=sum(1 for estado in vivas if estado not in _TERMINADAS),
    )


def textos(sitio: Sitio, ahora: datetime) -> Textos:
    """The institution's texts that are not in the bin."""
    todos = [texto for clase in ("texto", "carta", "pregunta", "norma") for texto in de_clase(sitio, clase)]
    este_mes = uso.resumen(sitio, [uso.mes_de(ahora)])
    return Textos(
        publicados=sum(1 for texto in todos if texto.publico_en(ahora)),
        con_borrador=sum(1 for texto in todos if texto.borrador is not None),
        en_vano=este_mes.sin_guardar + sum(veces for _, veces in este_mes.busquedas),
        no_sirvieron=sum(voto.no for voto in este_mes.votos),
    )


def operacion(sitio: Sitio) -> Operacion:
    """What whoever keeps the module looks after."""
    suspendidas = sum(1 for cuenta in sitio.funcionarios.values() if cuenta.suspendido)
    en_salida = (numero for arbol in sitio.salida.arboles for numero in arbol)
    cartas = sum(1 for _ in islice(en_salida, TOPE))
    return Operacion(len(sitio.funcionarios) - suspendidas, suspendidas, cartas)
