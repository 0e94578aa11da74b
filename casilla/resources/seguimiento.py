"""Every notification of the store, indexed for the institution's follow-up board.

One worker writes it, after the fact, from the feed of events: a deposit touches nothing of it, and so never meets it.
docs/decisiones/020-seguimiento.md says what it costs and why it stays flat.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice, product
from typing import Any, NamedTuple

from BTrees.OOBTree import OOBTree, OOTreeSet
from persistent import Persistent

from casilla.permissions import igualada
from casilla.resources import conjunto
from casilla.resources.casilla import Filas
from casilla.resources.conjunto import Conjunto
from casilla.resources.fragmentos import FRAGMENTOS, fragmento
from casilla.resources.llaves import llaves
from casilla.resources.notificacion import Notificacion

VERSION = 1
# In the key of a set: whatever it be.
TODAS = ""
# Beside the states: not annulled, and the last day of its term is over; and of these, those not read.
VENCIDA, VENCIDA_SIN_LEER = "vencida", "vencida-sin-leer"

# How many findings are told: an index that is lost lacks millions.
_BASTAN = 50
# Rows looked at before the connection's cache lets go of what it does not need.
_RESPIRO = 1_000

# Dependencia, state or the like, and fate of the notice, each a value or TODAS.
Clave = tuple[str, str, str]


class Fila(NamedTuple):
    """What the board shows of a notification; stored as a plain tuple behind the number of its version.

    ``casilla`` is the opaque name of the recipient's; ``aviso`` the fate of the notice; ``vencida``: it was found, on a
    day after the last of its term, not annulled.
    """

    codigo: str
    expediente: str
    tipo: str
    numero: str
    asunto: str
    dependencia: str
    casilla: str
    estado: str
    aviso: str
    leida_en: datetime | None
    vence: date | None
    vencida: bool

    @classmethod
    def de(cls, n: Notificacion, vencida: bool) -> "Fila":
        estado, casilla = n.estado, n.__parent__.__name__
        propias = (n.codigo, n.expediente, n.tipo, n.numero, n.asunto, n.dependencia, casilla)
        return cls(*propias, estado, n.aviso, n.cuando("leido"), n.vence, vencida and estado != "anulado")

    @property
    def claves(self) -> set[Clave]:
        """Of the sets that it is in."""
        situaciones = [TODAS, self.estado]
        if self.vencida:
            situaciones += [VENCIDA, VENCIDA_SIN_LEER] if self.estado == "depositado" else [VENCIDA]
        return set(product((TODAS, igualada(self.dependencia)), situaciones, (TODAS, self.aviso)))

    @property
    def llaves(self) -> set[str]:
        return llaves(self.expediente, self.numero, self.casilla)

    @property
    def plazo(self) -> tuple[int, ...]:
        """The last day of its term, while it runs; empty when it has none, or none any more."""
        return (self.vence.toordinal(),) if self.vence and not self.vencida and self.estado != "anulado" else ()


class Seguimiento(Persistent):
    """The index. ``posiciones``: of each log of the feed, the last event that it knows.

    ``filas``: number → Fila; ``conjuntos``: Clave → Conjunto; ``llaves``: pairs of a key and a number, negative so that
    the newest stands first; ``por_vencer``: (last day of the term, number) of those whose term runs; ``por_revisar``:
    codes to be looked at again without an event; ``dependencias``: each as it was first written.
    """

    __name__ = ""
    __parent__: Any = None
    posiciones: tuple[int, ...] = ()
    filas: Any = None
    conjuntos: Any = None
    llaves: Any = None
    por_vencer: Any = None
    por_revisar: Any = None
    dependencias: Any = None

    def __init__(self) -> None:
        self.__name__ = ""
        self.__parent__ = None
        self.por_revisar = OOTreeSet()
        self.rehacer()

    def rehacer(self) -> None:
        """Forget everything: the worker makes it anew, from the first event on."""
        self.posiciones = (0,) * FRAGMENTOS
        self.filas = Filas()
        self.conjuntos = OOBTree()
        self.llaves = OOTreeSet()
        self.por_vencer = OOTreeSet()
        self.dependencias = OOBTree()

    def fila(self, numero: int) -> Fila:
        """Raises KeyError when there is none."""
        return Fila._make(self.filas[numero][1:])

    def numero(self, n: Notificacion) -> int:
        """That it has or, if it is not here yet, is to have."""
        numero = conjunto.numero(n.codigo, n.depositado_en)
        while (otra := self.filas.get(numero)) is not None and otra[1] != n.codigo:
            numero += 1
        return numero

    def poner(self, notificacion: Notificacion) -> None:
        """Say of it what it says now, whatever it said before; as often as one likes."""
        numero = self.numero(notificacion)
        antes = self.fila(numero) if numero in self.filas else None
        self._cambiar(numero, antes, Fila.de(notificacion, antes is not None and antes.vencida))

    def vencer(self, hoy: date, maximo: int) -> int:
        """Mark up to ``maximo`` whose last day is before ``hoy``; returns how many there were."""
        vencidas = [numero for _, numero in islice(self.por_vencer.keys(None, (hoy.toordinal(),)), maximo)]
        for numero in vencidas:
            fila = self.fila(numero)
            self._cambiar(numero, fila, fila._replace(vencida=True))
        return len(vencidas)

    def _cambiar(self, numero: int, antes: Fila | None, ahora: Fila) -> None:
        if antes == ahora:
            return
        viejas, nuevas = antes.claves if antes else set(), ahora.claves
        for clave in viejas - nuevas:
            self.conjuntos[clave].quitar(numero)
        for clave in nuevas - viejas:
            self._conjunto(clave).poner(numero)
        if antes is None:
            self.llaves.update((llave, -numero) for llave in ahora.llaves)
            self.dependencias.setdefault(igualada(ahora.dependencia), ahora.dependencia)
        elif antes.plazo:
            self.por_vencer.remove((*antes.plazo, numero))
        if ahora.plazo:
            self.por_vencer.insert((*ahora.plazo, numero))
        self.filas[numero] = (VERSION, *ahora)

    def _conjunto(self, clave: Clave) -> Conjunto:
        if clave not in self.conjuntos:
            self.conjuntos[clave] = Conjunto()
        return self.conjuntos[clave]

    def hacia_abajo(self, llave: str, desde: int, hasta: int) -> Iterator[int]:
        """The numbers that have that key, newest first, from ``hasta`` down to ``desde``."""
        return (-negativo for _, negativo in self.llaves.keys((llave, -hasta), (llave, -desde)))

    def hacia_arriba(self, llave: str, desde: int, hasta: int) -> Iterator[int]:
        """The same, oldest first."""
        try:
            while (par := self.llaves.maxKey((llave, -desde))) >= (llave, -hasta):
                yield -par[1]
                desde = 1 - par[1]
        except ValueError:
            return

    def diferencias(self) -> list[str]:
        """Where it does not say what the notifications say of which it knows; empty when all is well."""
        return [f"seguimiento: {hallada}" for hallada in islice(self._halladas(), _BASTAN)]

    def _halladas(self) -> Iterator[str]:
        cuentas: Counter[Clave] = Counter()
        con_llave = con_plazo = 0
        for leidas, numero in enumerate(self.filas, 1):
            fila = self.fila(numero)
            cuentas.update(fila.claves)
            con_llave += len(fila.llaves)
            con_plazo += len(fila.plazo)
            yield from self._de_fila(numero, fila)
            if leidas % _RESPIRO == 0:
                self._p_jar.cacheGC()
        for clave in {*cuentas, *self.conjuntos}:
            if clave not in self.conjuntos or not self.conjuntos[clave].concuerda(cuentas[clave]):
                yield f"la cuenta de {clave} no es la de sus filas"
        if (len(self.llaves), len(self.por_vencer)) != (con_llave, con_plazo):
            yield "hay llaves o plazos de más"
        for n in range(FRAGMENTOS):
            yield from self._del_fragmento(n)

    def _de_fila(self, numero: int, fila: Fila) -> Iterator[str]:
        n = self.__parent__.registro.get(fila.codigo)
        if n is None or (fila != Fila.de(n, fila.vencida) and not self._pendiente(fila.codigo)):
            yield f"la fila de {fila.codigo} no dice lo que su notificación"
        if not all(clave in self.conjuntos and numero in self.conjuntos[clave] for clave in fila.claves):
            yield f"{fila.codigo} falta en un conjunto"
        if not all((llave, -numero) in self.llaves for llave in fila.llaves):
            yield f"a {fila.codigo} le falta una llave"
        if fila.plazo and (*fila.plazo, numero) not in self.por_vencer:
            yield f"a {fila.codigo} le falta su plazo"

    def _pendiente(self, codigo: str) -> bool:
        """Whether it is still to be looked at again."""
        n = fragmento(codigo)
        nuevos = self.__parent__.eventos.arboles[n].values(min=self.posiciones[n] + 1)
        return codigo in self.por_revisar or any(suyo == codigo for _, suyo, _ in nuevos)

    def _del_fragmento(self, n: int) -> Iterator[str]:
        for _, codigo, _ in self.__parent__.eventos.arboles[n].values(max=self.posiciones[n]):
            notificacion = self.__parent__.registro.get(codigo)
            if notificacion is not None and self.numero(notificacion) not in self.filas:
                yield f"falta la fila de {codigo}"
