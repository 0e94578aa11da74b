"""Giving a casilla: a person, a user and a mailbox enter the tree together."""

from datetime import datetime

from casilla.resources.casilla import Casilla
from casilla.resources.persona import Persona
from casilla.resources.sitio import Sitio
from casilla.resources.usuario import Usuario
from casilla.services.acceso import emitir_clave_temporal
from casilla.services.codigos import codigo_nuevo


class YaAfiliado(Exception):
    """The document or the mail address has a casilla already."""


def afiliar(sitio: Sitio, persona: Persona, *, secreto: bytes, ahora: datetime, costo: int) -> Casilla:
    """Open a casilla for the person and promise the letter with the credentials.

    Raises YaAfiliado when the document or the address is taken; then nothing has changed.
    """
    if persona.documento in sitio.personas or sitio.personas.por_correo(persona.correo):
        raise YaAfiliado(persona.documento)
    sitio.personas[persona.documento] = persona
    persona.casilla = Casilla(persona, ahora)
    sitio.casillas[codigo_nuevo(65).lower()] = persona.casilla
    usuario = sitio.usuarios[persona.documento] = Usuario(persona)
    emitir_clave_temporal(sitio, usuario, secreto=secreto, ahora=ahora, costo=costo)
    return persona.casilla
