"""The texts of the package, one file each in ``casilla/semillas``: sown in new stores, and later in old ones."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from casilla.resources.contenido import Contenido, Redaccion
from casilla.resources.sitio import Sitio

CARPETA = files("casilla") / "semillas"
SEMBRADOR = "fundacion"


class Semilla(NamedTuple):
    """A text before it is in a store."""

    clase: str
    nombre: str
    orden: int
    redaccion: Redaccion


@cache
def semillas() -> tuple[Semilla, ...]:
    """All of them. A file is ``clase.nombre.md`` or, where order matters, ``clase.NN-nombre.md``."""
    archivos = sorted((a for a in CARPETA.iterdir() if a.name.endswith(".md")), key=lambda a: a.name)
    return tuple(_leida(archivo.name, archivo.read_text("utf-8"), orden) for orden, archivo in enumerate(archivos))


def _leida(archivo: str, texto: str, orden: int) -> Semilla:
    """First the title; then, until an empty line, its other facts (``categoria: Acceso``); then the body."""
    clase, nombre, _ = archivo.split(".")
    cabeza, _, cuerpo = texto.partition("\n\n")
    titulo, *lineas = cabeza.splitlines()
    hechos = {campo: valor for campo, _, valor in (linea.partition(": ") for linea in lineas)}
    redaccion = Redaccion(titulo.removeprefix("# ").strip(), cuerpo.strip(), **hechos)  # type: ignore[arg-type]
    if "fecha" in hechos:
        redaccion = redaccion._replace(fecha=date.fromisoformat(hechos["fecha"]))
    return Semilla(clase, nombre.lstrip("0123456789-"), orden, redaccion)


def semilla(clase: str, nombre: str) -> Redaccion:
    """The words that the package has for a text. Raises LookupError."""
    for una in semillas():
        if (una.clase, una.nombre) == (clase, nombre):
            return una.redaccion
    raise LookupError(f"{clase} {nombre}")


def sembrar(sitio: Sitio, ahora: datetime) -> Iterator[str]:
    """Publish those whose name the store does not have; yields their names."""
    for clase, nombre, orden, redaccion in semillas():
        if nombre not in sitio.contenidos:
            contenido = sitio.contenidos[nombre] = Contenido(clase, orden)
            contenido.comenzar(SEMBRADOR, ahora)
            titulo, cuerpo, *resto = redaccion
            contenido.agregar_version(titulo, cuerpo, ahora, *resto)
            contenido.pasar("publicar", SEMBRADOR, ahora)
            yield nombre
