"""The figures of a run: a table for people, JSON for machines. Every figure stands beside the bare limit of its run."""

import json
import os
import platform
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.carga import Medicion, mejor


@dataclass(frozen=True)
class Meta:
    """What a figure should reach, in words, and whether it does."""

    palabras: str
    cumple: bool

    def __str__(self) -> str:
        return f"{self.palabras}: {'sí' if self.cumple else 'NO'}"


@dataclass
class Figura:
    """One thing measured, in as many rounds as there are; ``limite``: the name of the bare figure that bounds it."""

    nombre: str
    limite: str = ""
    megas: float = 0.0  # of each answer, where the figure is MB/s
    espera: tuple[int, ...] = (200,)
    rondas: list[Medicion] = field(default_factory=list)
    reintentos: int = 0

    @property
    def mejor(self) -> Medicion:
        return mejor(self.rondas)

    @property
    def por_segundo(self) -> float:
        """Answers, or MB."""
        return self.mejor.por_segundo * (self.megas or 1)

    @property
    def errores(self) -> int:
        """Answers other than those awaited, in all rounds."""
        return sum(n for ronda in self.rondas for estado, n in ronda.estados.items() if estado not in self.espera)


class Informe:
    """Figures by name, in the order in which they were measured."""

    def __init__(self) -> None:
        self.figuras: dict[str, Figura] = {}
        self.datos: dict[str, float] = {}

    def agregar(self, nombre: str, medicion: Medicion, reintentos: int = 0, **detalles: Any) -> Figura:
        figura = self.figuras.setdefault(nombre, Figura(nombre, **detalles))
        figura.rondas.append(medicion)
        figura.reintentos += reintentos
        return figura

    def p50(self, nombre: str) -> float:
        return self.figuras[nombre].mejor.percentil(50)

    def razon(self, figura: Figura) -> tuple[float, float] | None:
        """Speed and median as parts and multiples of the bare limit."""
        if figura.limite not in self.figuras:
            return None
        limite = self.figuras[figura.limite]
        return figura.por_segundo / limite.por_segundo, figura.mejor.percentil(50) / limite.mejor.percentil(50)

    def tabla(self) -> Iterator[str]:
        yield f"{'':48}{'por s':>9}{'p50 ms':>9}{'p90':>8}{'p99':>8}{'× límite':>10}{'p50 ×':>8}  otras respuestas"
        for figura in self.figuras.values():
            yield _renglon(figura, self.razon(figura))
        yield ""
        for nombre, dato in self.datos.items():
            yield f"{nombre:48}{dato:9,.0f}"

    def json(self, metas: list[Meta]) -> dict[str, Any]:
        return {
            "maquina": _maquina(),
            "figuras": [_como_json(figura, self.razon(figura)) for figura in self.figuras.values()],
            "datos": self.datos,
            "metas": [{"meta": meta.palabras, "cumple": meta.cumple} for meta in metas],
        }


def _renglon(figura: Figura, razon: tuple[float, float] | None) -> str:
    medicion = figura.mejor
    unidad = " MB" if figura.megas else "   "
    latencias = "".join(f"{medicion.percentil(p):{8 + (p == 50)}.2f}" for p in (50, 90, 99))
    razones = f"{razon[0]:10.2f}{razon[1]:8.1f}" if razon else " " * 18
    extras = [f"{n} {que}" for n, que in ((figura.errores, "malas"), (figura.reintentos, "repetidas")) if n]
    return f"{figura.nombre:48}{figura.por_segundo:6,.0f}{unidad}{latencias}{razones}  {', '.join(extras)}".rstrip()


def _como_json(figura: Figura, razon: tuple[float, float] | None) -> dict[str, Any]:
    return {
        "figura": figura.nombre,
        "limite": figura.limite or None,
        "razon": razon and {"por_segundo": razon[0], "p50": razon[1]},
        "reintentos": figura.reintentos,
        "rondas": [
            {
                "por_segundo": m.por_segundo,
                "megas_por_segundo": m.por_segundo * figura.megas or None,
                "ms": {f"p{p}": m.percentil(p) for p in (50, 90, 99)},
                "estados": m.estados,
            }
            for m in figura.rondas
        ],
    }


def _maquina() -> dict[str, Any]:
    version = ["git", "-C", str(Path(__file__).parent), "describe", "--always", "--dirty"]
    return {
        "cuando": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": subprocess.run(version, capture_output=True, text=True).stdout.strip(),
        "nucleos": os.cpu_count(),
        "carga": os.getloadavg()[0],
        "python": platform.python_version(),
    }


def escribir(ruta: Path, contenido: dict[str, Any]) -> None:
    ruta.write_text(json.dumps(contenido, ensure_ascii=False, indent=1), encoding="utf-8")


def metas(informe: Informe, exigencias: list[tuple[str, Callable[[Informe], bool]]]) -> Iterator[Meta]:
    """Those whose figures were measured."""
    for palabras, exigencia in exigencias:
        with suppress(KeyError):
            yield Meta(palabras, exigencia(informe))
