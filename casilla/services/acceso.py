"""Coming in: who is meant by what was typed, with which password, and the sessions that follow."""

import re
from datetime import datetime, timedelta
from secrets import token_urlsafe

from casilla.resources.funcionario import Funcionario
from casilla.resources.sitio import Sitio
from casilla.resources.usuario import Usuario
from casilla.services.claves import cifrar, coincide
from casilla.services.correcciones import CorreoPorConfirmar, pendiente
from casilla.services.correspondencia import CLAVE_CAMBIADA, CREDENCIALES, encolar
from casilla.services.secretos import clave_temporal

# A temporary password that travelled by mail must not live long.
VIDA_TEMPORAL = timedelta(hours=48)
_TIPOS = ("1", "4", "8")


class AccesoNegado(Exception):
    """User or password wrong: never says which."""


class AccesoSuspendido(Exception):
    """User and password are right, but the institution suspended the access."""


class ClaveTemporalVencida(Exception):
    """The temporary password was right, but its time is over."""


def buscar_usuario(sitio: Sitio, tecleado: str) -> Usuario | None:
    """Who is meant: ``1-49083411``, ``49083411`` or the mail address; spaces, hyphens and case do not matter."""
    tecleado = re.sub(r"\s", "", tecleado)
    if "@" in tecleado:
        persona = sitio.personas.por_correo(tecleado.lower())
        return sitio.usuarios.get(persona.documento) if persona else None
    numero = "".join(filter(str.isalnum, tecleado)).upper()
    nombres = [f"{tipo}-{numero}" for tipo in _TIPOS] + [f"{numero[:1]}-{numero[1:]}"]
    return next((sitio.usuarios[n] for n in nombres if n in sitio.usuarios), None)


def comprobar(sitio: Sitio, tecleado: str, clave: str, *, ahora: datetime, costo: int) -> Usuario:
    """The user whose password this is. Takes as long whoever is named.

    Raises AccesoNegado; AccesoSuspendido; ClaveTemporalVencida when the password is the temporary one and too old.
    """
    usuario = buscar_usuario(sitio, tecleado)
    if not coincide(clave, usuario.clave if usuario else "", costo) or usuario is None:
        raise AccesoNegado
    if usuario.suspendido:
        raise AccesoSuspendido
    if usuario.temporal_hasta and usuario.temporal_hasta < ahora:
        raise ClaveTemporalVencida(usuario.__name__)
    return usuario


def abrir_sesion(usuario: Usuario | Funcionario, *, ahora: datetime, direccion: str, vida: timedelta) -> str:
    """Begin a session and return its name; sessions whose cookie must have died by now are forgotten."""
    for nombre, (desde, _) in list(usuario.sesiones.items()):
        if desde < ahora - max(vida, timedelta(days=1)):
            del usuario.sesiones[nombre]
    nombre = token_urlsafe(16)
    usuario.sesiones[nombre] = (ahora, direccion)
    usuario.acceso_anterior, usuario.ultimo_acceso = usuario.ultimo_acceso, ahora
    return nombre


def cerrar_sesion(usuario: Usuario | Funcionario, nombre: str) -> None:
    """End a session; one that has ended already stays so."""
    usuario.sesiones.pop(nombre, None)


def emitir_clave_temporal(sitio: Sitio, usuario: Usuario, *, secreto: bytes, ahora: datetime, costo: int) -> None:
    """Give the user a new temporary password and promise the letter that carries it (guide, screen 11).

    Raises CorreoPorConfirmar, and then the old one stays.
    """
    correccion = pendiente(usuario, ahora)
    if correccion:
        raise CorreoPorConfirmar(correccion.hasta)
    usuario.emision += 1
    _poner_clave(usuario, clave_temporal(secreto, usuario.__name__, usuario.emision), costo)
    usuario.temporal_hasta = ahora + VIDA_TEMPORAL
    encolar(sitio, CREDENCIALES, usuario.persona.correo, usuario, ahora, usuario.emision)


def cambiar_clave(sitio: Sitio, usuario: Usuario, antigua: str, nueva: str, *, ahora: datetime, costo: int) -> None:
    """Change the password; every session of the user ends and a letter says so.

    Raises AccesoNegado when ``antigua`` is not the present password.
    """
    if not coincide(antigua, usuario.clave, costo):
        raise AccesoNegado
    establecer_clave(sitio, usuario, nueva, ahora=ahora, costo=costo)


def establecer_clave(sitio: Sitio, usuario: Usuario, nueva: str, *, ahora: datetime, costo: int) -> None:
    """Give the password that the user chose; every session ends and a letter says so."""
    _poner_clave(usuario, nueva, costo)
    cerrar_otras_sesiones(usuario, None)
    encolar(sitio, CLAVE_CAMBIADA, usuario.persona.correo, usuario, ahora)


def _poner_clave(usuario: Usuario, clave: str, costo: int) -> None:
    """With the old password go its haste, if it was a temporary one, and the link to replace it."""
    usuario.clave = cifrar(clave, costo)
    usuario.temporal_hasta = None
    usuario.recuperacion_hasta = None


def cerrar_otras_sesiones(usuario: Usuario | Funcionario, sesion: str | None) -> None:
    """End every session but this one."""
    for nombre in [n for n in usuario.sesiones if n != sesion]:
        del usuario.sesiones[nombre]
