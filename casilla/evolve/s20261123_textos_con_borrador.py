"""What was kept once for each text is kept with each version; letters get the words that the package has for them."""

from datetime import UTC, datetime
from typing import Any

from casilla.evolve.semillas import sembrar
from casilla.resources.contenido import Contenido, Version
from casilla.resources.sitio import Sitio

_DE_ANTES = {"categoria": "", "tipo": "", "emisor": "", "fecha": None, "documento": None}


def evolucionar(sitio: Sitio) -> None:
    for contenido in list(sitio.contenidos.values()):
        _pasar_a_las_versiones(contenido)
    # In force since the store began, for letters promised before today say the same.
    fundada = min(
        (v[4] for c in sitio.contenidos.values() for v in c.versiones), default=datetime(2026, 1, 1, tzinfo=UTC)
    )
    list(sembrar(sitio, fundada))


def _pasar_a_las_versiones(contenido: Contenido) -> None:
    contenido._p_activate()
    guardado: dict[str, Any] = contenido.__dict__
    if not guardado.keys() & _DE_ANTES.keys():
        return
    hechos = {campo: guardado.pop(campo, vacio) for campo, vacio in _DE_ANTES.items()}
    contenido.versiones = tuple(tuple(Version(*version)._replace(**hechos)) for version in contenido.versiones)
