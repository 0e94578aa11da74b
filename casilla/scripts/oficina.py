"""The staff of the demonstration: one login for each role, ready to come in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pyotp import TOTP

from casilla.permissions import ROLES
from casilla.resources.funcionario import Funcionario
from casilla.resources.sitio import Sitio
from casilla.scripts.entorno import ahora
from casilla.scripts.muestras import dependencias
from casilla.scripts.rastro import rastrear
from casilla.scripts.vecinos import CLAVE
from casilla.services import funcionarios, personal
from casilla.services.auditoria import cambios
from casilla.services.factor import comprobar_factor, respaldos_libres, semilla_de

_ACTOR = "demo"
_MUESTRA = 3


@dataclass(frozen=True)
class Puesto:
    """What a visitor types to come in as ``usuario``: instead of the code of an authenticator, one of ``respaldos``."""

    usuario: str
    semilla: str
    respaldos: tuple[str, ...]


def emplear(sitio: Sitio, secreto: bytes, costo: int) -> None:
    """Make the logins that are missing; one whose recovery codes are spent gets another second factor."""
    for rol in ROLES:
        if rol not in sitio.funcionarios:
            _crear(sitio, rol, secreto, costo)
        elif not respaldos_libres(sitio.funcionarios[rol], secreto):
            personal.restablecer_factor(sitio, sitio.funcionarios[rol], actor=_ACTOR, ahora=ahora())
            _registrar(sitio.funcionarios[rol], secreto, ahora())
            rastrear(sitio, secreto, "restablecer-factor", f"cuentas/{rol}")


def puestos(sitio: Sitio, secreto: bytes) -> Iterator[Puesto]:
    for rol in ROLES:
        uno = sitio.funcionarios[rol]
        libres = respaldos_libres(uno, secreto)[:_MUESTRA]
        yield Puesto(rol, semilla_de(uno, secreto), tuple(libres))


def _crear(sitio: Sitio, rol: str, secreto: bytes, costo: int) -> None:
    temporal = funcionarios.crear(
        sitio,
        rol,
        nombres=f"{rol.upper()} DE DEMOSTRACIÓN",
        correo=f"{rol}@institucion.example",
        roles=(rol,),
        dependencias=dependencias(),
        secreto=secreto,
        ahora=ahora(),
        costo=costo,
    )
    uno = sitio.funcionarios[rol]
    funcionarios.cambiar_clave(uno, temporal, CLAVE, costo=costo)
    _registrar(uno, secreto, ahora())
    uno.anotar("creada", _ACTOR, ahora())
    rastrear(sitio, secreto, "crear", f"cuentas/{rol}", despues=cambios({}, personal.descripcion(uno))[1])


def _registrar(uno: Funcionario, secreto: bytes, cuando: datetime) -> None:
    """Enrol an authenticator, as the person does at the first login. Its code of now is thereby spent."""
    codigo = TOTP(semilla_de(uno, secreto)).at(cuando)
    comprobar_factor(uno, codigo, secreto=secreto, ahora=cuando)
