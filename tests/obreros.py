"""Real obreros, each in a process of its own, that may be killed at any moment."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from random import Random
from time import sleep
from typing import Any

# Beats for each row that is deposited; a row that is looked at takes one, and there are some for each job.
LATIDOS = 2
# A round. It beats whenever the obrero looks at its clock, and says when it has beaten so often, with the seconds that
# a row takes; if it is not killed before the next row ends, it waits for that. The clock is ahead by more than a turn
# for each who died before, so that nobody need wait.
_PROCESO = r"""
import json, re, signal, sys
from datetime import UTC, datetime, timedelta
from threading import Event
from time import monotonic
from casilla.resources.almacen import abrir
from casilla.scripts.obrero import Obrero

uri, ajustes, muertes, latidos, por_fila = sys.argv[1:]
dados, empezo = 0, monotonic()

def reloj():
    global dados
    dados += 1
    if dados == float(latidos):
        print((monotonic() - empezo) / dados * int(por_fila), flush=True)
    if dados > float(latidos) + int(por_fila):
        signal.pause()
    return datetime.now(UTC) + timedelta(minutes=3 * int(muertes))

db = abrir(uri)
print(*Obrero(db, json.loads(ajustes), reloj=reloj).ronda(Event()))
db.close()
print(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1])
"""


@dataclass
class Obreros:
    """One after the other at the store ``uri``. ``muertes``: how many were killed.

    ``memoria``: the most that one who lived to the end has held, in KiB.
    """

    uri: str
    ajustes: Mapping[str, Any]
    azar: Random
    muertes: int = 0
    memoria: int = 0

    def obrar(self) -> str:
        """A whole round; returns what became of the jobs."""
        with self._empezar() as proceso:
            dicho, memoria = proceso.stdout.read().splitlines()
        self.memoria = max(self.memoria, int(memoria))
        return dicho

    def morir(self, latidos: int) -> None:
        """A round that SIGKILL ends after so many beats and a part of a row."""
        with self._empezar(latidos) as proceso:
            sleep(self.azar.random() * float(proceso.stdout.readline()))
            proceso.kill()
        self.muertes += 1

    def depositar(self, filas: int, muertes: int) -> str:
        """Rounds until a bulk is deposited: in each of so many equal parts of it somebody dies at some moment."""
        cortes = [0, *(int((n + self.azar.random()) * filas / muertes) for n in range(muertes))]
        for desde, hasta in pairwise(cortes):
            self.morir(LATIDOS * (hasta - desde) + 1)
        return self.obrar()

    def _empezar(self, latidos: float = inf) -> Any:
        dichos = json.dumps({clave: valor for clave, valor in self.ajustes.items() if isinstance(valor, str)})
        numeros = map(str, (self.muertes, latidos, LATIDOS))
        return subprocess.Popen(
            [sys.executable, "-c", _PROCESO, self.uri, dichos, *numeros], stdout=subprocess.PIPE, text=True
        )
