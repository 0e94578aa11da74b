"""The second factor of the institution's people: a code of an authenticator (RFC 6238), or a recovery code.

Seeds and recovery codes are made from the secret each time and kept nowhere. Until an enrolment is confirmed its seed
is made from a nonce too (``sal``), which only the session to which it was shown knows: who saw an earlier showing that
was left does not know the seed of the one that was confirmed.
"""

import hmac
from datetime import datetime
from secrets import token_hex

import pyotp

from casilla.resources.funcionario import Funcionario
from casilla.services.acceso import AccesoNegado, cerrar_otras_sesiones
from casilla.services.secretos import codigos_de_respaldo, semilla_del_factor

# Seconds for which a code is shown.
_PASO = 30

# By which factor somebody came in, or what failed: in words, for the audit.
APLICACION = "código de la aplicación"
RESPALDO = "código de respaldo"


def sal_nueva() -> str:
    """The nonce of an enrolment that is about to be shown: 128 bits in hexadecimal."""
    return token_hex(16)


def semilla_de(funcionario: Funcionario, secreto: bytes) -> str:
    """The seed of the enrolment that they confirmed."""
    return semilla_del_factor(secreto, funcionario.__name__, funcionario.factor, funcionario.sal)


def direccion_del_factor(semilla: str, nombre: str, emisor: str) -> str:
    """The ``otpauth:`` address that an authenticator program reads from a QR code."""
    return pyotp.TOTP(semilla).provisioning_uri(name=nombre, issuer_name=emisor)


def empezar_factor(funcionario: Funcionario) -> None:
    """Another seed, to be enrolled anew at the next login; the old one and its recovery codes serve no more."""
    funcionario.factor += 1
    funcionario.factor_en = None
    funcionario.sal = ""
    funcionario.ultimo_paso = 0
    funcionario.respaldos = ()
    cerrar_otras_sesiones(funcionario, None)


def renovar_factor(funcionario: Funcionario, tecleado: str, *, sal: str, secreto: bytes, ahora: datetime) -> None:
    """Take the next seed, of which the person shows a code; until then the old one serves, and nothing is kept.

    Every session ends. Raises AccesoNegado.
    """
    semilla = semilla_del_factor(secreto, funcionario.__name__, funcionario.factor + 1, sal)
    paso = _paso_de(semilla, _signos(tecleado), ahora, desde=0)
    empezar_factor(funcionario)
    _confirmar(funcionario, sal, paso, ahora)


def comprobar_factor(funcionario: Funcionario, tecleado: str, *, secreto: bytes, ahora: datetime, sal: str = "") -> str:
    """The second factor: a code of the authenticator, or a recovery code. Each serves once.

    ``sal``: of the enrolment that was shown, for who has none yet. Returns in words, for the audit, by which factor.
    Raises AccesoNegado. A clock may be one step of 30 seconds off (RFC 6238, 5.2).
    """
    signos = _signos(tecleado)
    if funcionario.factor_en is None:
        return _registrar(funcionario, signos, sal, secreto, ahora)
    if signos.isdecimal() and len(signos) == 6:
        funcionario.ultimo_paso = _paso_de(semilla_de(funcionario, secreto), signos, ahora, funcionario.ultimo_paso)
        return APLICACION
    _gastar_respaldo(funcionario, signos, secreto)
    return f"{RESPALDO}; sin usar: {len(respaldos_libres(funcionario, secreto))}"


def respaldos_libres(funcionario: Funcionario, secreto: bytes) -> list[str]:
    """The recovery codes that were not used yet."""
    codigos = codigos_de_respaldo(secreto, funcionario.__name__, funcionario.factor)
    return [codigo for n, codigo in enumerate(codigos) if n not in funcionario.respaldos]


def _registrar(funcionario: Funcionario, signos: str, sal: str, secreto: bytes, ahora: datetime) -> str:
    """Whoever enrols has to show that the authenticator works: no recovery code will do."""
    semilla = semilla_del_factor(secreto, funcionario.__name__, funcionario.factor, sal)
    _confirmar(funcionario, sal, _paso_de(semilla, signos, ahora, desde=0), ahora)
    return f"{APLICACION}, registrada ahora"


def _confirmar(funcionario: Funcionario, sal: str, paso: int, ahora: datetime) -> None:
    funcionario.factor_en, funcionario.sal, funcionario.ultimo_paso = ahora, sal, paso


def _signos(tecleado: str) -> str:
    return "".join(filter(str.isalnum, tecleado)).upper()


def _paso_de(semilla: str, codigo: str, ahora: datetime, desde: int) -> int:
    """The time step after ``desde`` whose code this is. Raises AccesoNegado."""
    totp = pyotp.TOTP(semilla)
    actual = int(ahora.timestamp()) // _PASO
    for paso in (actual - 1, actual, actual + 1):
        if paso > desde and hmac.compare_digest(totp.generate_otp(paso).encode(), codigo.encode()):
            return paso
    raise AccesoNegado(APLICACION)


def _gastar_respaldo(funcionario: Funcionario, codigo: str, secreto: bytes) -> None:
    codigos = codigos_de_respaldo(secreto, funcionario.__name__, funcionario.factor)
    for n, bueno in enumerate(codigos):
        if n not in funcionario.respaldos and hmac.compare_digest(bueno.encode(), codigo.encode()):
            funcionario.respaldos += (n,)
            return
    raise AccesoNegado(RESPALDO)
