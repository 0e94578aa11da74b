"""The notifications that a Consulta asks for, page by page, among all of the store: by key, and never by offset.

Without an expediente, a number or a person, it walks one set in order of time and counts by numbers that are kept: the
same with ten notifications or with millions. With one, it walks those that have that key.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from heapq import merge
from itertools import islice

from casilla.permissions import igualada
from casilla.resources.conjunto import Conjunto, primero
from casilla.resources.funcionario import Funcionario
from casilla.resources.llaves import llave_de_casilla, llave_de_expediente, llave_de_numero
from casilla.resources.persona import Persona
from casilla.resources.seguimiento import TODAS, Fila, Seguimiento
from casilla.resources.sitio import Sitio
from casilla.services.acceso import buscar_usuario
from casilla.services.bandeja import Lugar, PaginaInexistente, cual
from casilla.services.consulta_de_depositos import ANTIGUAS, Consulta

# The keys in order of how few have them.
_LLAVES = {"expediente": llave_de_expediente, "persona": llave_de_casilla, "numero": llave_de_numero}
# So many that have a key are counted, and no more.
TOPE = 10_000
_RESPIRO = 1_000
_MAYOR = (1 << 63) - 1

# Of which dependencias somebody may know; None: of all.
Alcance = Collection[str] | None
_Recorrido = Callable[[int, int], Iterator[int]]


def alcance_de(funcionario: Funcionario) -> Alcance:
    """An auditor may know of all; a notifier, of their own dependencias; nobody else of any."""
    if "auditor" in funcionario.roles:
        return None
    return funcionario.dependencias if "notificador" in funcionario.roles else ()


@dataclass(frozen=True)
class Pagina:
    """Rows with their numbers, in order; where one goes on from here, None at either end.

    ``cuantas`` on all pages and ``total`` pages: at least so many, if not ``exacta``.
    """

    filas: tuple[tuple[int, Fila], ...]
    numero: int
    total: int
    anterior: Lugar | None
    siguiente: Lugar | None
    cuantas: int
    exacta: bool


class Seleccion:
    """The notifications that a Consulta asks for, seen from within ``alcance``. ``hoy`` is the day in Lima."""

    def __init__(self, sitio: Sitio, consulta: Consulta, alcance: Alcance, hoy: date) -> None:
        self._seguimiento: Seguimiento = sitio.seguimiento
        self._conjuntos = list(_conjuntos(sitio.seguimiento, consulta, alcance))
        aplicados = consulta.aplicados
        self._llaves = [llave(consulta.valor(n)) for n, llave in _LLAVES.items() if n in aplicados]
        self._dias = consulta.dias(hoy)
        desde, hasta = self._dias
        self._desde = 0 if desde is None else primero(desde)
        self._hasta = _MAYOR if hasta is None else primero(hasta + 1) - 1
        self._antiguas = consulta.orden == ANTIGUAS

    def cuenta(self) -> tuple[int, bool]:
        """How many there are, and whether exactly so many or, having a key, more than TOPE."""
        if not self._llaves:
            return sum(conjunto.cuantos(*self._dias) for conjunto in self._conjuntos), True
        cuantas = sum(1 for _ in islice(self, TOPE + 1))
        return min(cuantas, TOPE), cuantas <= TOPE

    def __iter__(self) -> Iterator[int]:
        """Their numbers, in order."""
        return self.despues(None)

    def despues(self, numero: int | None) -> Iterator[int]:
        """Those that stand behind that number in the order; all for None."""
        return self._hacia(numero, arriba=self._antiguas)

    def antes(self, numero: int | None) -> Iterator[int]:
        """Those that stand before that number, beginning at it and going back; from the end for None."""
        return self._hacia(numero, arriba=not self._antiguas)

    def _hacia(self, numero: int | None, *, arriba: bool) -> Iterator[int]:
        if arriba:
            return self._recorrer(self._desde if numero is None else max(self._desde, numero + 1), self._hasta, True)
        return self._recorrer(self._desde, self._hasta if numero is None else min(self._hasta, numero - 1), False)

    def _recorrer(self, desde: int, hasta: int, arriba: bool) -> Iterator[int]:
        if desde > hasta:
            return iter(())
        if not self._llaves:
            recorridos = [c.hacia_arriba if arriba else c.hacia_abajo for c in self._conjuntos]
            return merge(*(recorrer(desde, hasta) for recorrer in recorridos), reverse=not arriba)
        indice = self._seguimiento
        recorrer = indice.hacia_arriba if arriba else indice.hacia_abajo
        return filter(self._cumple, recorrer(self._llaves[0], desde, hasta))

    def _cumple(self, numero: int) -> bool:
        """What has the first key may still lack another, or be in none of the sets."""
        return all((llave, -numero) in self._seguimiento.llaves for llave in self._llaves[1:]) and any(
            numero in conjunto for conjunto in self._conjuntos
        )

    def por_dia(self) -> dict[date, int]:
        """How many of each day of deposit, without a key and between two days; days without any left out."""
        desde, hasta = self._dias
        cuentas: dict[date, int] = {}
        for conjunto in self._conjuntos:
            for uno, cuantas in conjunto.por_dia(desde, hasta).items():
                cuentas[date.fromordinal(uno)] = cuentas.get(date.fromordinal(uno), 0) + cuantas
        return dict(sorted(cuentas.items()))


def _conjuntos(indice: Seguimiento, consulta: Consulta, alcance: Alcance) -> Iterator[Conjunto]:
    """None overlaps another."""
    aviso = consulta.valor("aviso") if "aviso" in consulta.aplicados else TODAS
    for dependencia in _dependencias(consulta.valor("dependencia"), alcance):
        conjunto = indice.conjuntos.get((dependencia, consulta.situacion, aviso))
        if conjunto is not None:
            yield conjunto


def _dependencias(pedida: str, alcance: Alcance) -> list[str]:
    suyas = None if alcance is None else sorted({igualada(dependencia) for dependencia in alcance} - {TODAS})
    if pedida:
        return [igualada(pedida)] if suyas is None or igualada(pedida) in suyas else []
    return [TODAS] if suyas is None else suyas


def dependencias(sitio: Sitio, alcance: Alcance) -> list[str]:
    """Those that have notified anything, as they are written, in order; only those of ``alcance``."""
    conocidas = sitio.seguimiento.dependencias
    visibles = conocidas.keys() if alcance is None else {igualada(d) for d in alcance} & set(conocidas.keys())
    return sorted(conocidas[nombre] for nombre in visibles)


def pagina(sitio: Sitio, seleccion: Seleccion, lugar: Lugar, por_pagina: int) -> Pagina:
    """The page that lies there. Raises PaginaInexistente for an empty one that is not the first."""
    cuantas, exacta = seleccion.cuenta()
    total = max(1, -(-cuantas // por_pagina))
    numeros = _numeros(seleccion, lugar, por_pagina, cuantas - (total - 1) * por_pagina if exacta else por_pagina)
    if not numeros:
        if lugar != Lugar():
            raise PaginaInexistente
        return Pagina((), 1, 1, None, None, 0, True)
    hay_antes = next(seleccion.antes(numeros[0]), None) is not None
    hay_despues = next(seleccion.despues(numeros[-1]), None) is not None
    numero = cual(total if lugar.ultima else lugar.pagina, total, hay_antes, hay_despues)
    return Pagina(
        tuple((n, sitio.seguimiento.fila(n)) for n in numeros),
        numero,
        total,
        Lugar(despues=numeros[0], pagina=max(1, numero - 1)) if hay_antes else None,
        Lugar(antes=numeros[-1], pagina=numero + 1) if hay_despues else None,
        cuantas,
        exacta,
    )


def _numeros(seleccion: Seleccion, lugar: Lugar, por_pagina: int, en_la_ultima: int) -> list[int]:
    if lugar.ultima:
        return list(islice(seleccion.antes(None), en_la_ultima))[::-1]
    if lugar.despues:
        return list(islice(seleccion.antes(lugar.despues), por_pagina))[::-1]
    return list(islice(seleccion.despues(lugar.antes), por_pagina))


def filas(sitio: Sitio, seleccion: Seleccion) -> Iterator[tuple[int, Fila]]:
    """All rows with their numbers, in order, with little of them in memory at a time."""
    for leidas, numero in enumerate(seleccion, 1):
        yield numero, sitio.seguimiento.fila(numero)
        if leidas % _RESPIRO == 0 and sitio._p_jar is not None:
            sitio._p_jar.cacheGC()


def persona_de(sitio: Sitio, tecleado: str) -> Persona | None:
    """Whose document was typed, "1-40000001" or "40000001"; None when they have no casilla."""
    usuario = None if "@" in tecleado else buscar_usuario(sitio, tecleado)
    return usuario.persona if usuario else None
