"""The beginning of a store: the root, the institution and its texts."""

import json
from collections.abc import MutableMapping
from datetime import date, datetime
from importlib.resources import files
from typing import Any

from casilla import evolve
from casilla.resources.contenido import Contenido
from casilla.resources.institucion import Institucion
from casilla.resources.sitio import Sitio

RAIZ = "casilla"
_SEMILLAS = files("casilla") / "semillas"


class YaIniciado(Exception):
    """There is a site in the store already; nothing was changed."""


def fundar(raiz: MutableMapping[str, Any], ahora: datetime) -> Sitio:
    """Begin the site in an empty store (``raiz``: ZODB's root object). Raises YaIniciado."""
    if RAIZ in raiz:
        raise YaIniciado
    sitio = raiz[RAIZ] = Sitio(institucion_inicial())
    sitio.pasos = evolve.pasos()
    for orden, archivo in enumerate(sorted(_SEMILLAS.iterdir(), key=lambda a: a.name)):
        if archivo.name.endswith(".md"):
            _sembrar(sitio, archivo.name.removesuffix(".md"), archivo.read_text("utf-8"), orden, ahora)
    return sitio


def institucion_inicial() -> Institucion:
    """The institution as the package knows it before anybody edits it; also for pages shown while the store is away."""
    return Institucion(**json.loads((_SEMILLAS / "institucion.json").read_text("utf-8")))


def _sembrar(sitio: Sitio, nombre: str, texto: str, orden: int, ahora: datetime) -> None:
    """A seed is ``clase.nombre.md`` or, where order matters, ``clase.NN-nombre.md``.

    The first line is the title; then, until an empty line, its other facts (``categoria: Acceso``); then the body.
    """
    clase, nombre = nombre.split(".")
    cabeza, _, cuerpo = texto.partition("\n\n")
    titulo, *hechos = cabeza.splitlines()
    contenido = sitio.contenidos[nombre.lstrip("0123456789-")] = Contenido(clase, orden)
    for campo, _, valor in (hecho.partition(": ") for hecho in hechos):
        setattr(contenido, campo, date.fromisoformat(valor) if campo == "fecha" else valor)
    contenido.comenzar("fundacion", ahora)
    contenido.agregar_version(titulo.removeprefix("# ").strip(), cuerpo.strip(), ahora)
    contenido.pasar("publicar", "fundacion", ahora)
