"""The institution's logins: made, recognised by two factors, changed. The trace of it is left by whoever does it."""

import hmac
import re
from datetime import datetime

import pyotp

from casilla.permissions import ROLES
from casilla.resources.asiento import AsientoOcupado
from casilla.resources.funcionario import Funcionario
from casilla.resources.sitio import Sitio
from casilla.services.acceso import VIDA_TEMPORAL, AccesoNegado, ClaveTemporalVencida, cerrar_otras_sesiones
from casilla.services.claves import cifrar, coincide
from casilla.services.secretos import clave_temporal, codigos_de_respaldo, semilla_del_factor

NOMBRE = re.compile(r"[a-z][a-z0-9.-]{2,30}")
_PASO = 30


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
        raise DatosInvalidos(
            "El nombre de usuario lleva de 3 a 31 letras minúsculas sin tilde, números, puntos o guiones, y empieza "
            "con una letra"
        )
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
    clave = clave_temporal(secreto, f"funcionario:{funcionario.__name__}", funcionario.emision)
    funcionario.clave = cifrar(clave, costo)
    funcionario.temporal_hasta = ahora + VIDA_TEMPORAL
    cerrar_otras_sesiones(funcionario, None)
    return clave


def cambiar_clave(funcionario: Funcionario, antigua: str, nueva: str, *, costo: int) -> None:
    """Put one's own password; every session ends. Raises AccesoNegado when ``antigua`` is not the present one."""
    if not coincide(antigua, funcionario.clave, costo):
        raise AccesoNegado
    funcionario.clave = cifrar(nueva, costo)
    funcionario.temporal_hasta = None
    cerrar_otras_sesiones(funcionario, None)


def comprobar(sitio: Sitio, nombre: str, clave: str, *, ahora: datetime, costo: int) -> Funcionario:
    """The first factor. Takes as long whoever is named.

    Raises AccesoNegado, also for whoever is suspended; ClaveTemporalVencida.
    """
    funcionario = sitio.funcionarios.get(nombre.strip().lower())
    conocida = coincide(clave, funcionario.clave if funcionario else "", costo)
    if not conocida or funcionario is None or funcionario.suspendido:
        raise AccesoNegado
    if funcionario.temporal_hasta and funcionario.temporal_hasta < ahora:
        raise ClaveTemporalVencida(funcionario.__name__)
    return funcionario


def suspender(funcionario: Funcionario) -> None:
    """They come in no more, and are out at once."""
    funcionario.suspendido = True
    cerrar_otras_sesiones(funcionario, None)


def rehabilitar(funcionario: Funcionario) -> None:
    funcionario.suspendido = False


def empezar_factor(funcionario: Funcionario) -> None:
    """Another seed, to be enrolled anew at the next login; the old one and its recovery codes serve no more."""
    funcionario.factor += 1
    funcionario.factor_en = None
    funcionario.ultimo_paso = 0
    funcionario.respaldos = ()
    cerrar_otras_sesiones(funcionario, None)


def direccion_del_factor(funcionario: Funcionario, secreto: bytes, emisor: str) -> str:
    """The ``otpauth:`` address that an authenticator program reads from a QR code."""
    semilla = semilla_del_factor(secreto, funcionario.__name__, funcionario.factor)
    return pyotp.TOTP(semilla).provisioning_uri(name=funcionario.__name__, issuer_name=emisor)


def comprobar_factor(funcionario: Funcionario, tecleado: str, *, secreto: bytes, ahora: datetime) -> None:
    """The second factor: a code of the authenticator, or a recovery code. Each serves once. Raises AccesoNegado.

    A clock may be one step of 30 seconds off (RFC 6238, 5.2).
    """
    signos = "".join(filter(str.isalnum, tecleado)).upper()
    if signos.isdecimal() and len(signos) == 6:
        _comprobar_codigo(funcionario, signos, secreto, ahora)
    else:
        _comprobar_respaldo(funcionario, signos, secreto)
    funcionario.factor_en = funcionario.factor_en or ahora


def _comprobar_codigo(funcionario: Funcionario, codigo: str, secreto: bytes, ahora: datetime) -> None:
    totp = pyotp.TOTP(semilla_del_factor(secreto, funcionario.__name__, funcionario.factor))
    actual = int(ahora.timestamp()) // _PASO
    for paso in (actual - 1, actual, actual + 1):
        if paso > funcionario.ultimo_paso and hmac.compare_digest(totp.generate_otp(paso), codigo):
            funcionario.ultimo_paso = paso
            return
    raise AccesoNegado


def _comprobar_respaldo(funcionario: Funcionario, codigo: str, secreto: bytes) -> None:
    """Only of a factor that was confirmed: whoever enrols has to show that the authenticator works."""
    if funcionario.factor_en is None:
        raise AccesoNegado
    codigos = codigos_de_respaldo(secreto, funcionario.__name__, funcionario.factor)
    for n, bueno in enumerate(codigos):
        if n not in funcionario.respaldos and hmac.compare_digest(bueno.encode(), codigo.encode()):
            funcionario.respaldos += (n,)
            return
    raise AccesoNegado
