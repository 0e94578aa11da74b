"""What the institution says to everybody: drafts, their publication now or on a day, what is in force, and its end.

A version is in force from its own time on, which is compared with the clock whenever it is read: nothing has to happen
at that time for it to be true. The state of the history catches up with the next act.
"""

import re
from datetime import datetime
from itertools import chain, count
from typing import NoReturn

from casilla.resources.contenido import Contenido, Redaccion, Version
from casilla.resources.sitio import Sitio
from casilla.services.palabras import plegar
from casilla.workflow import CONTENIDO

# What is created, archived and deleted by people; the program itself asks for every other text by its name.
LIBRES = ("pregunta", "norma")
# Pages of the section, which no text may hide.
_OCUPADOS = ("crear", "papelera", "categoria", "uso")
RELOJ = "programa"


class NoSePuede(Exception):
    """The act cannot be done with the text as it is; the words say why, in Spanish."""


def publicados(sitio: Sitio, clase: str, ahora: datetime) -> list[Contenido]:
    """The texts of a class that everybody may read, in their order."""
    return [contenido for contenido in de_clase(sitio, clase) if contenido.publico_en(ahora)]


def de_clase(sitio: Sitio, clase: str) -> list[Contenido]:
    """All of a class but what lies in the bin, in their order."""
    hallados = (c for c in sitio.contenidos.values() if c.clase == clase and c.eliminado_en is None)
    return sorted(hallados, key=lambda contenido: contenido.orden)


def crear(sitio: Sitio, clase: str, nombre: str, redaccion: Redaccion, actor: str, ahora: datetime) -> Contenido:
    """A new text, as a draft, behind all others. Raises NoSePuede when there is one of that name."""
    if nombre in sitio.contenidos:
        raise NoSePuede(f"Ya hay un contenido con el nombre «{nombre}»")
    orden = max((contenido.orden for contenido in sitio.contenidos.values()), default=0) + 1
    contenido = sitio.contenidos[nombre] = Contenido(clase, orden)
    contenido.comenzar(actor, ahora)
    contenido.borrador = tuple(redaccion)
    return contenido


def nombre_libre(sitio: Sitio, titulo: str) -> str:
    """An address for a new text, from its title: letters, digits and hyphens, used by no other text or page."""
    base = re.sub(r"[^a-z0-9]+", "-", plegar(titulo)).strip("-")[:60].strip("-") or "contenido"
    candidatos = chain((base,), (f"{base}-{n}" for n in count(2)))
    return next(c for c in candidatos if c not in sitio.contenidos and c not in _OCUPADOS)


def redactar(contenido: Contenido, redaccion: Redaccion, actor: str, ahora: datetime) -> bool:
    """Keep the draft; what is in force stays. Returns whether anything is new. Raises NoSePuede."""
    _exigir_editable(contenido, ahora)
    if redaccion == contenido.redaccion:
        return False
    contenido.borrador = tuple(redaccion)
    contenido.anotar("redactado", actor, ahora)
    return True


def descartar(contenido: Contenido, actor: str, ahora: datetime) -> None:
    """Forget the draft: what was published stays. Raises NoSePuede when there is nothing to go back to."""
    if contenido.borrador is None or not contenido.versiones:
        raise NoSePuede("No hay un borrador que se pueda descartar")
    contenido.borrador = None
    contenido.anotar("descartado", actor, ahora)


def restaurar(contenido: Contenido, numero: int, actor: str, ahora: datetime) -> None:
    """Make a version the draft again, to be looked at and published. Raises NoSePuede."""
    _exigir_editable(contenido, ahora)
    contenido.borrador = tuple(version_numero(contenido, numero).redaccion._replace(cambios=""))
    contenido.anotar("restaurado", actor, ahora, str(numero))


def version_numero(contenido: Contenido, numero: int) -> Version:
    """Raises LookupError when there is none."""
    for version in contenido.versiones:
        if version[0] == numero:
            return Version(*version)
    raise LookupError(numero)


def publicar(contenido: Contenido, actor: str, ahora: datetime, *, desde: datetime | None = None) -> None:
    """Put the draft in force, at once or from ``desde`` on; an archived text without a draft comes back as it was.

    A wording equal to the one in force makes no version: nobody should be asked to accept the same again. Raises
    NoSePuede when another version is still to come, or ``desde`` is past.
    """
    _exigir_editable(contenido, ahora)
    if desde is not None and desde <= ahora:
        raise NoSePuede("La fecha y hora de publicación ya pasó")
    _poner_al_dia(contenido, ahora)
    redaccion = contenido.redaccion
    if _es_nueva(contenido, redaccion) or (desde and contenido.estado != "publicado"):
        titulo, cuerpo, *resto = redaccion
        contenido.agregar_version(titulo, cuerpo, desde or ahora, *resto)
        contenido.anotar("programada" if desde else "version", actor, ahora, str(contenido.ultima.numero))
    contenido.borrador = None
    if desde is None and CONTENIDO.permite(contenido.estado, "publicar"):
        contenido.pasar("publicar", actor, ahora)


def _es_nueva(contenido: Contenido, redaccion: Redaccion) -> bool:
    return not contenido.versiones or contenido.ultima.redaccion[:2] + contenido.ultima.redaccion[3:] != (
        redaccion[:2] + redaccion[3:]
    )


def publicar_version(
    sitio: Sitio, nombre: str, titulo: str, cuerpo: str, ahora: datetime, actor: str, cambios: str = ""
) -> None:
    """Write a new wording of the text and put it in force at once. Raises KeyError when there is no such text."""
    contenido = sitio.contenidos[nombre]
    nueva = contenido.redaccion._replace(titulo=titulo, cuerpo=cuerpo)
    if nueva != contenido.redaccion:
        redactar(contenido, nueva._replace(cambios=cambios), actor, ahora)
    publicar(contenido, actor, ahora)


def cancelar(contenido: Contenido, actor: str, ahora: datetime) -> None:
    """Take back a version that is not in force yet: it is a draft again. Raises NoSePuede when there is none."""
    programada = contenido.programada(ahora)
    if programada is None:
        raise NoSePuede("No hay ninguna publicación programada")
    contenido.versiones = contenido.versiones[:-1]
    contenido.borrador = tuple(programada.redaccion)
    contenido.anotar("cancelada", actor, ahora, str(programada.numero))


def archivar(contenido: Contenido, actor: str, ahora: datetime) -> None:
    """Take a text away from everybody, with its history. Raises NoSePuede, TransicionInvalida."""
    exigir_libre(contenido)
    _exigir_editable(contenido, ahora)
    _poner_al_dia(contenido, ahora)
    contenido.pasar("archivar", actor, ahora)


def exigir_libre(contenido: Contenido) -> None:
    """Raises NoSePuede for what the program needs."""
    if contenido.clase not in LIBRES:
        raise NoSePuede("Este texto siempre debe estar: el sistema lo usa. Puede publicar otra versión.")


def _exigir_editable(contenido: Contenido, ahora: datetime) -> None:
    if contenido.eliminado_en is not None:
        _negar("está en la papelera: recupérelo primero")
    if contenido.programada(ahora):
        _negar("tiene una versión programada: cancele primero esa publicación")


def _negar(porque: str) -> NoReturn:
    raise NoSePuede(f"El contenido {porque}")


def _poner_al_dia(contenido: Contenido, ahora: datetime) -> None:
    """Let the history tell of a version that came into force by itself."""
    if contenido.estado != contenido.estado_en(ahora):
        archivado = contenido.cuando("archivado")
        cuando = min(v[4] for v in contenido.versiones if archivado is None or v[4] > archivado)
        contenido.pasar("publicar", RELOJ, cuando)
