"""The institution's logins: made, recognised by two factors, changed. The trace of it is left by whoever does it."""

import hmac
import re
from datetime import datetime

import pyotp

from casilla.permissions import ROLES
from casilla.resources.asiento import AsientoOcupado
from casilla.resources.funcionario import Funcionario
from casilla.resources.sitio import Sitio
from casilla.services import secretos
from casilla.services.acceso import VIDA_TEMPORAL, AccesoNegado, ClaveTemporalVencida, cerrar_otras_sesiones
from casilla.services.claves import cifrar, coincide
from casilla.services.secretos import codigos_de_respaldo, semilla_del_factor

NOMBRE = re.compile(r"[a-z][a-z0-9.-]{2,30}")
NOMBRE_EN_PALABRAS = (
    "El nombre de usuario lleva de 3 a 31 letras minúsculas sin tilde, cifras, puntos o guiones, y empieza con una "
    "letra"
)
# Addresses of the section where each login has its own.
_RESERVADOS = ("crear",)
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


def renovar_factor(funcionario: Funcionario, tecleado: str, *, secreto: bytes, ahora: datetime) -> None:
    """Take the next seed, of which the person shows a code; until then the old one serves, and nothing is kept.

    Every session ends. Raises AccesoNegado.
    """
    paso = _paso_de(funcionario, funcionario.factor + 1, _signos(tecleado), secreto, ahora, desde=0)
    empezar_factor(funcionario)
    funcionario.factor_en, funcionario.ultimo_paso = ahora, paso


def direccion_del_factor(semilla: str, nombre: str, emisor: str) -> str:
    """The ``otpauth:`` address that an authenticator program reads from a QR code."""
    return pyotp.TOTP(semilla).provisioning_uri(name=nombre, issuer_name=emisor)


def comprobar_factor(funcionario: Funcionario, tecleado: str, *, secreto: bytes, ahora: datetime) -> None:
    """The second factor: a code of the authenticator, or a recovery code. Each serves once. Raises AccesoNegado.

    A clock may be one step of 30 seconds off (RFC 6238, 5.2).
    """
    signos = _signos(tecleado)
    if signos.isdecimal() and len(signos) == 6:
        desde = funcionario.ultimo_paso
        funcionario.ultimo_paso = _paso_de(funcionario, funcionario.factor, signos, secreto, ahora, desde=desde)
    else:
        _comprobar_respaldo(funcionario, signos, secreto)
    funcionario.factor_en = funcionario.factor_en or ahora


def respaldos_libres(funcionario: Funcionario, secreto: bytes) -> list[str]:
    """The recovery codes that were not used yet."""
    codigos = codigos_de_respaldo(secreto, funcionario.__name__, funcionario.factor)
    return [codigo for n, codigo in enumerate(codigos) if n not in funcionario.respaldos]


def _signos(tecleado: str) -> str:
    return "".join(filter(str.isalnum, tecleado)).upper()


def _paso_de(funcionario: Funcionario, factor: int, codigo: str, secreto: bytes, ahora: datetime, *, desde: int) -> int:
    """The time step after ``desde`` whose code this is. Raises AccesoNegado."""
    totp = pyotp.TOTP(semilla_del_factor(secreto, funcionario.__name__, factor))
    actual = int(ahora.timestamp()) // _PASO
    for paso in (actual - 1, actual, actual + 1):
        if paso > desde and hmac.compare_digest(totp.generate_otp(paso).encode(), codigo.encode()):
            return paso
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
