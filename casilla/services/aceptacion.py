"""Accepting the institution's texts: which wording, when, from where (guide, screens 4, 5); again when it changes."""

from datetime import datetime

from casilla.resources.contenido import Contenido, Version
from casilla.resources.persona import Persona
from casilla.resources.sitio import Sitio
from casilla.resources.solicitud import Solicitud

TERMINOS, PRIVACIDAD = "terminos", "privacidad"


def por_aceptar(sitio: Sitio, persona: Persona, desde: datetime) -> tuple[str, ...]:
    """The texts that the person must accept before their casilla opens, in a session that began at ``desde``.

    What is published while somebody is at work is asked of them at their next login.
    """
    aceptadas = {huella for _, _, huella, *_ in persona.aceptaciones}
    textos = (TERMINOS, PRIVACIDAD)
    return tuple(texto for texto in textos if not aceptadas & _exigibles(sitio.contenidos[texto], desde))


def _exigibles(contenido: Contenido, desde: datetime) -> set[str]:
    """The wordings of which one must have been accepted: that in force then, or any since."""
    versiones = [Version(*version) for version in contenido.versiones]
    publicadas = sum(version.publicada_en <= desde for version in versiones)
    return {version.huella for version in versiones[max(publicadas - 1, 0) :]}


def aceptar(sitio: Sitio, quien: Persona | Solicitud, texto: str, *, ahora: datetime, direccion: str) -> None:
    """Keep that the version in force was accepted; to accept the same again changes nothing."""
    version = sitio.contenidos[texto].en_uso(ahora)
    if not any(huella == version.huella for _, _, huella, *_ in quien.aceptaciones):
        quien.aceptaciones += ((texto, version.numero, version.huella, ahora, direccion),)
