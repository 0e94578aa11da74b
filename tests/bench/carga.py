"""Many clients at once, each in a process of its own, and how long their requests took."""

import gc
import multiprocessing
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

Paso = Callable[[], int]

# Steps of each client before the clock starts.
CALENTAMIENTO = 20


@dataclass(frozen=True)
class Medicion:
    """What happened in one run: latencies in seconds in rising order, answers by status, how many a second."""

    latencias: tuple[float, ...]
    estados: Counter[int]
    por_segundo: float

    def percentil(self, p: float) -> float:
        """In milliseconds."""
        return self.latencias[min(len(self.latencias) - 1, int(len(self.latencias) * p / 100))] * 1000


def cargar(escenario: Callable[..., Paso], argumentos: Sequence[tuple[Any, ...]], segundos: float) -> Medicion:
    """One client process for each of ``argumentos``: ``escenario(*argumentos)`` gives the step that it repeats."""
    contexto = multiprocessing.get_context("spawn")
    barrera = contexto.Barrier(len(argumentos))
    tubos = [contexto.Pipe(duplex=False) for _ in argumentos]
    procesos = [
        contexto.Process(target=_trabajar, args=(escenario, suyos, segundos, barrera, salida))
        for suyos, (_, salida) in zip(argumentos, tubos, strict=True)
    ]
    for proceso in procesos:
        proceso.start()
    for _, salida in tubos:
        salida.close()
    partes = [entrada.recv() for entrada, _ in tubos]
    for proceso in procesos:
        proceso.join()
    latencias = sorted(latencia for suyas, _ in partes for latencia in suyas)
    estados = sum((Counter(estados) for _, estados in partes), Counter())
    return Medicion(tuple(latencias), estados, sum(len(suyas) / sum(suyas) for suyas, _ in partes))


def _trabajar(
    escenario: Callable[..., Paso], suyos: tuple[Any, ...], segundos: float, barrera: Any, salida: Any
) -> None:
    paso = escenario(*suyos)
    for _ in range(CALENTAMIENTO):
        paso()
    gc.disable()
    barrera.wait()
    latencias, estados = [], []
    fin = perf_counter() + segundos
    while (antes := perf_counter()) < fin:
        estados.append(paso())
        latencias.append(perf_counter() - antes)
    salida.send((latencias, estados))


def mejor(mediciones: Sequence[Medicion]) -> Medicion:
    """The run whose median is lowest: on a machine that others use too, the one least disturbed."""
    return min(mediciones, key=lambda m: median(m.latencias))
