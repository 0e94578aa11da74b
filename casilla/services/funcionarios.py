"""The institution's logins: made, recognised by their password, changed. The trace is left by whoever does it."""

import re
from datetime import datetime

from casilla.permissions import ROLES
from casilla.resources.asiento import AsientoOcupado
from casilla.resources.funcionario import Funcionario
from casilla.resources.sitio import Sitio
from casilla.services import secretos
from casilla.services.acceso import VIDA_TEMPORAL, AccesoNegado, ClaveTemporalVencida, cerrar_otras_sesiones
from casilla.services.claves import cifrar, coincide

NOMBRE = re.compile(r"[a-z][a-z0-9.-]{2,30}")
NOMBRE_EN_PALABRAS = (
    "El nombre de usuario lleva de 3 a 31 letras minúsculas sin tilde, cifras, puntos o guiones, y empieza con una "
    "letra"
)
# Addresses of the section where each login has its own.
_RESERVADOS = ("crear",)


class DatosInvalidos(Exception):
    """What was asked cannot be; the text says why, in Spanish."""


def crear(
    sitio: Sitio,
    nombre: str,
    *,
    nombres: str,
    correo: str,
    roles: tuple[str, ...],
    dependencias: tuple[str, ...] = (),
    secreto: bytes,
    ahora: datetime,
    costo: int,
) -> str:
    """Make a login and return its temporary password. Raises DatosInvalidos, and then nothing has changed."""
    if not NOMBRE.fullmatch(nombre):
        raise DatosInvalidos(NOMBRE_EN_PALABRAS)
    if nombre in _RESERVADOS:
        raise DatosInvalidos(f"El nombre de usuario no puede ser {nombre}")
    funcionario = Funcionario(nombres, correo)
    asignar(funcionario, roles, dependencias)
    funcionario.factor = 1
    try:
        sitio.funcionarios[nombre] = funcionario
    except AsientoOcupado as error:
        raise DatosInvalidos(f"El usuario {nombre} ya existe") from error
    return renovar_clave(funcionario, secreto=secreto, ahora=ahora, costo=costo)


def asignar(funcionario: Funcionario, roles: tuple[str, ...], dependencias: tuple[str, ...]) -> None:
    """Give these roles and no others. Raises DatosInvalidos."""
    if not roles or not set(roles) <= set(ROLES):
        raise DatosInvalidos(f"Elija al menos un rol entre {', '.join(ROLES)}")
    if "notificador" in roles and not dependencias:
        raise DatosInvalidos("Diga para qué dependencias notifica")
    funcionario.roles = tuple(nombre for nombre in ROLES if nombre in roles)
    funcionario.dependencias = dependencias if "notificador" in roles else ()


def renovar_clave(funcionario: Funcionario, *, secreto: bytes, ahora: datetime, costo: int) -> str:
    """A new temporary password, returned; every session ends."""
    funcionario.emision += 1
    clave = clave_temporal(secreto, funcionario)
    funcionario.clave = cifrar(clave, costo)
    funcionario.temporal_hasta = ahora + VIDA_TEMPORAL
    cerrar_otras_sesiones(funcionario, None)
    return clave


def clave_temporal(secreto: bytes, funcionario: Funcionario) -> str:
    """The temporary password that was issued last; it serves while ``funcionario.temporal``."""
    return secretos.clave_temporal(secreto, f"funcionario:{funcionario.__name__}", funcionario.emision)


def cambiar_clave(funcionario: Funcionario, antigua: str, nueva: str, *, costo: int) -> None:
    """Put one's own password; every session ends. Raises AccesoNegado when ``antigua`` is not the present one."""
    if not coincide(antigua, funcionario.clave, costo):
        raise AccesoNegado("contraseña")
    funcionario.clave = cifrar(nueva, costo)
    funcionario.temporal_hasta = None
    cerrar_otras_sesiones(funcionario, None)


def comprobar(sitio: Sitio, nombre: str, clave: str, *, ahora: datetime, costo: int) -> Funcionario:
    """The first factor. Takes as long whoever is named.

    Raises AccesoNegado, also for whoever is suspended, with what failed, which is for the audit and not for the
    person; ClaveTemporalVencida.
    """
    funcionario = sitio.funcionarios.get(nombre.strip().lower())
    conocida = coincide(clave, funcionario.clave if funcionario else "", costo)
    if not conocida or funcionario is None:
        raise AccesoNegado("contraseña")
    if funcionario.suspendido:
        raise AccesoNegado("ninguno: la cuenta está suspendida")
    if funcionario.temporal_hasta and funcionario.temporal_hasta < ahora:
        raise ClaveTemporalVencida(funcionario.__name__)
    return funcionario


def suspender(funcionario: Funcionario) -> None:
    """They come in no more, and are out at once."""
    funcionario.suspendido = True
    cerrar_otras_sesiones(funcionario, None)


def rehabilitar(funcionario: Funcionario) -> None:
    funcionario.suspendido = False
