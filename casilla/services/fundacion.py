"""The beginning of a store: the root, the institution and its texts."""

import json
from collections.abc import MutableMapping
from datetime import datetime
from typing import Any

from casilla import evolve
from casilla.evolve.semillas import CARPETA, sembrar
from casilla.resources.institucion import Institucion
from casilla.resources.sitio import Sitio

RAIZ = "casilla"


class YaIniciado(Exception):
    """There is a site in the store already; nothing was changed."""


def fundar(raiz: MutableMapping[str, Any], ahora: datetime) -> Sitio:
    """Begin the site in an empty store (``raiz``: ZODB's root object). Raises YaIniciado."""
    if RAIZ in raiz:
        raise YaIniciado
    sitio = raiz[RAIZ] = Sitio(institucion_inicial())
    sitio.pasos = evolve.pasos()
    list(sembrar(sitio, ahora))
    return sitio


def institucion_inicial() -> Institucion:
    """The institution as the package knows it before anybody edits it; also for pages shown while the store is away."""
    return Institucion(**json.loads((CARPETA / "institucion.json").read_text("utf-8")))
