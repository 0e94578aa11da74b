"""How old data becomes new: one small, dated, idempotent module a step, ``sAAAAMMDD_lo_que_hace.py``.

A step has ``evolucionar(sitio)``. The site remembers the names of those it has been through; the application refuses
to serve while one is pending, and ``casilla evolucionar`` runs them in order.
"""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from casilla.resources.sitio import Sitio


@cache
def pasos() -> tuple[str, ...]:
    """The names of all steps, oldest first."""
    return tuple(sorted(m.name for m in iter_modules(__path__) if m.name.startswith("s2")))


def pendientes(sitio: Sitio) -> tuple[str, ...]:
    """The steps that this store has not been through."""
    return tuple(paso for paso in pasos() if paso not in sitio.pasos)


def evolucionar(sitio: Sitio) -> Iterator[str]:
    """Run the pending steps, yielding the name of each when it is done, so that the caller may commit it."""
    for paso in pendientes(sitio):
        import_module(f"{__name__}.{paso}").evolucionar(sitio)
        sitio.pasos += (paso,)
        yield paso
