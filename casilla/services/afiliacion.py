"""Giving a casilla: a person, a user and a mailbox enter the tree together."""

from datetime import datetime, timedelta

from casilla.resources.casilla import Casilla
from casilla.resources.persona import Persona
from casilla.resources.sitio import Sitio
from casilla.resources.usuario import Usuario
from casilla.services.acceso import emitir_clave_temporal
from casilla.services.codigos import codigo_nuevo
from casilla.services.correspondencia import YA_TIENE_CASILLA, encolar

# Whoever types somebody else's number again and again must not fill that person's mailbox.
_ENTRE_AVISOS = timedelta(days=1)


class YaAfiliado(Exception):
    """The document or the mail address has a casilla already."""


def duenos(sitio: Sitio, documento: str, correo: str) -> list[Persona]:
    """Who has a casilla with this document, or with this mail address: nobody, one, or two people."""
    halladas = (sitio.personas.get(documento), sitio.personas.por_correo(correo))
    return list({persona.documento: persona for persona in halladas if persona}.values())


def afiliar(sitio: Sitio, persona: Persona, *, secreto: bytes, ahora: datetime, costo: int) -> Casilla:
    """Open a casilla for the person and promise the letter with the credentials.

    Raises YaAfiliado when the document or the address is taken; then nothing has changed.
    """
    if duenos(sitio, persona.documento, persona.correo):
        raise YaAfiliado(persona.documento)
    sitio.personas[persona.documento] = persona
    persona.casilla = Casilla(persona, ahora)
    sitio.casillas[codigo_nuevo(65).lower()] = persona.casilla
    sitio.altas.contar(ahora)
    usuario = sitio.usuarios[persona.documento] = Usuario(persona)
    emitir_clave_temporal(sitio, usuario, secreto=secreto, ahora=ahora, costo=costo)
    return persona.casilla


def avisar_que_ya_tiene(sitio: Sitio, persona: Persona, ahora: datetime) -> None:
    """Promise the owner a letter that says so, at most one a day."""
    usuario = sitio.usuarios[persona.documento]
    avisos = (cuando for hecho, _, cuando, _ in reversed(usuario.historia) if hecho == f"{YA_TIENE_CASILLA}:en-cola")
    ultimo = next(avisos, None)
    if ultimo is None or ahora - ultimo >= _ENTRE_AVISOS:
        encolar(sitio, YA_TIENE_CASILLA, persona.correo, usuario, ahora)
