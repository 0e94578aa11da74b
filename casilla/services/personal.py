"""The institution's logins as they are administered: who may come in and what for. Whose it is gets a letter.

The trace of it is left by whoever does it.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from casilla.permissions import notificador
from casilla.resources.funcionario import Funcionario
from casilla.resources.sitio import Sitio
from casilla.services import funcionarios
from casilla.services.correspondencia import CAMBIO_EN_EL_MODULO, CREDENCIALES_MODULO, encolar
from casilla.services.factor import empezar_factor
from casilla.services.funcionarios import DatosInvalidos
from casilla.services.palabras import plegar

ULTIMO = (
    "Es la última cuenta con el rol administrador que puede entrar: sin ella nadie podría administrar. "
    "Dé antes ese rol a otra"
)

# What was done, as the letter about it says; in braces, what the history tells of it.
HECHOS = {
    "editada": "se editó. {}",
    "suspendida": "se suspendió y ya no puede entrar. Motivo: {}",
    "rehabilitada": "se rehabilitó y puede entrar otra vez",
    "clave-restablecida": "se le dio otra contraseña temporal y la anterior ya no sirve",
    "factor-restablecido": "se restableció su segundo factor y registrará otro la próxima vez que entre",
}


def dependencias_de(texto: str) -> tuple[str, ...]:
    """The dependencias typed one per line, each once whatever its capitals and blanks."""
    return _cada_una(" ".join(linea.split()) for linea in texto.splitlines())


def dependencias_conocidas(sitio: Sitio) -> list[str]:
    """Those that have notified, as the SGD writes them, and those for which somebody is to notify."""
    de_cuentas = (dependencia for f in sitio.funcionarios.values() for dependencia in f.dependencias)
    return sorted(_cada_una((*sitio.seguimiento.dependencias.values(), *de_cuentas)), key=plegar)


def _cada_una(dependencias: Iterable[str]) -> tuple[str, ...]:
    """Once each, as ``permissions.notificador`` compares them."""
    vistas: dict[str, str] = {}
    for dependencia in filter(None, dependencias):
        vistas.setdefault(notificador(dependencia), dependencia)
    return tuple(vistas.values())


def descripcion(funcionario: Funcionario) -> dict[str, str]:
    """What an administrator decides about a login, by label: for the audit, and to tell whether it changed."""
    return {
        "Nombres": funcionario.nombres,
        "Correo": funcionario.correo,
        "Roles": ", ".join(funcionario.roles),
        "Dependencias": "; ".join(funcionario.dependencias),
        "Estado": "suspendida" if funcionario.suspendido else "activa",
    }


def editar(
    sitio: Sitio,
    funcionario: Funcionario,
    *,
    nombres: str,
    correo: str,
    roles: Iterable[str],
    dependencias: tuple[str, ...],
    actor: str,
    ahora: datetime,
) -> None:
    """Raises DatosInvalidos, and then nothing has changed. What they may do changes at once, sessions stay."""
    roles = tuple(roles)
    if "administrador" not in roles:
        _cuidar_al_ultimo(sitio, funcionario)
    antes, de_antes = descripcion(funcionario), funcionario.correo
    funcionarios.asignar(funcionario, roles, dependencias)
    funcionario.nombres, funcionario.correo = nombres, correo
    if distinto := _distintos(antes, descripcion(funcionario)):
        _anotar(sitio, funcionario, "editada", actor, ahora, distinto, de_antes)


def _distintos(antes: Mapping[str, str], despues: Mapping[str, str]) -> str:
    return ". ".join(
        f"{rotulo}: {despues[rotulo] or 'ninguna'}" for rotulo in despues if antes[rotulo] != despues[rotulo]
    )


def suspender(sitio: Sitio, funcionario: Funcionario, *, motivo: str, actor: str, ahora: datetime) -> None:
    """They are out at once. Raises DatosInvalidos: nobody locks themselves out, nor the last who could let them in."""
    if funcionario.__name__ == actor:
        raise DatosInvalidos("Nadie puede suspender su propia cuenta: pídalo a otra persona que administre")
    if funcionario.suspendido:
        raise DatosInvalidos("La cuenta ya está suspendida")
    _cuidar_al_ultimo(sitio, funcionario)
    funcionarios.suspender(funcionario)
    _anotar(sitio, funcionario, "suspendida", actor, ahora, motivo)


def rehabilitar(sitio: Sitio, funcionario: Funcionario, *, actor: str, ahora: datetime) -> None:
    """Raises DatosInvalidos."""
    if not funcionario.suspendido:
        raise DatosInvalidos("La cuenta no está suspendida")
    funcionarios.rehabilitar(funcionario)
    _anotar(sitio, funcionario, "rehabilitada", actor, ahora)


def restablecer_clave(
    sitio: Sitio, funcionario: Funcionario, *, actor: str, secreto: bytes, ahora: datetime, costo: int
) -> str:
    """A new temporary password, returned; every session ends."""
    clave = funcionarios.renovar_clave(funcionario, secreto=secreto, ahora=ahora, costo=costo)
    _anotar(sitio, funcionario, "clave-restablecida", actor, ahora)
    return clave


def restablecer_factor(sitio: Sitio, funcionario: Funcionario, *, actor: str, ahora: datetime) -> None:
    """The authenticator and the recovery codes serve no more; another is enrolled at the next login."""
    empezar_factor(funcionario)
    _anotar(sitio, funcionario, "factor-restablecido", actor, ahora)


def enviar_clave(sitio: Sitio, funcionario: Funcionario, ahora: datetime) -> None:
    """Promise the letter that carries the temporary password, so that nobody but its reader knows it."""
    encolar(sitio, CREDENCIALES_MODULO, funcionario.correo, funcionario, ahora, funcionario.emision)


def _anotar(
    sitio: Sitio,
    funcionario: Funcionario,
    hecho: str,
    actor: str,
    ahora: datetime,
    detalle: str = "",
    de_antes: str = "",
) -> None:
    """The fact, and a letter about it, which finds it by its place in the history; also to the address of before."""
    lugar = len(funcionario.historia)
    funcionario.anotar(hecho, actor, ahora, detalle)
    for correo in dict.fromkeys(filter(None, (de_antes, funcionario.correo))):
        encolar(sitio, CAMBIO_EN_EL_MODULO, correo, funcionario, ahora, lugar)


def _cuidar_al_ultimo(sitio: Sitio, funcionario: Funcionario) -> None:
    """Raises DatosInvalidos when without them nobody could administer.

    Two who take the role from one another at once both leave an entry in the audit: a conflict, and the second is
    asked again.
    """
    if "administrador" not in funcionario.roles or funcionario.suspendido:
        return
    if not any(
        otro is not funcionario and not otro.suspendido and "administrador" in otro.roles
        for otro in sitio.funcionarios.values()
    ):
        raise DatosInvalidos(ULTIMO)
