"""Searches that found nothing, counted in the memory of this process until a worker writes them down.

A search is a GET, which writes nothing; ``scripts/anotador.py`` does, once a minute: why so,
docs/decisiones/025-uso-de-las-preguntas.md.
"""

from collections import Counter
from collections.abc import Mapping
from threading import Lock
from typing import Any, NamedTuple

from pyramid.config import Configurator

from casilla.services.uso import guardables

# Different searches between two writings; what a stranger may make this memory hold.
_CABIDA = 100


class Tanda(NamedTuple):
    """``busquedas``: folded words → how often; ``sin_guardar``: how many whose words were not kept."""

    busquedas: Counter[str]
    sin_guardar: int

    def __bool__(self) -> bool:
        return bool(self.busquedas or self.sin_guardar)


class Buscadas:
    """What was searched for in vain since it was last taken. For any number of threads."""

    def __init__(self) -> None:
        self._cerrojo = Lock()
        self._busquedas: Counter[str] = Counter()
        self._sin_guardar = 0

    def anotar(self, buscado: str) -> None:
        """One search, as it was typed."""
        palabras = guardables(buscado)
        with self._cerrojo:
            if palabras and (palabras in self._busquedas or len(self._busquedas) < _CABIDA):
                self._busquedas[palabras] += 1
            else:
                self._sin_guardar += 1

    def tomar(self) -> Tanda:
        """All that there is, which is then no longer here."""
        with self._cerrojo:
            tanda = Tanda(self._busquedas, self._sin_guardar)
            self._busquedas, self._sin_guardar = Counter(), 0
        return tanda

    def devolver(self, tanda: Tanda) -> None:
        """What could not be written down, for the next time."""
        with self._cerrojo:
            self._busquedas += tanda.busquedas
            self._sin_guardar += tanda.sin_guardar


def se_cuentan(ajustes: Mapping[str, Any]) -> bool:
    """Whether ``casilla.busquedas`` is "contar" (unless told) and not "no". Raises ValueError."""
    dicho = ajustes.get("casilla.busquedas") or "contar"
    if dicho not in ("contar", "no"):
        raise ValueError(f"casilla.busquedas: {dicho!r} no es contar ni no")
    return dicho == "contar"


def includeme(config: Configurator) -> None:
    """``request.buscadas``: None where the institution does not count them."""
    config.registry.buscadas = Buscadas() if se_cuentan(config.get_settings()) else None
    config.add_request_method(lambda request: request.registry.buscadas, "buscadas", property=True)
