"""Somebody tried password after password: the owner is told, and a stranger does not learn whether there is one."""

from datetime import datetime, timedelta

from casilla.resources.sitio import Sitio
from casilla.resources.usuario import Usuario
from casilla.services.acceso import buscar_usuario
from casilla.services.correspondencia import INTENTOS_FALLIDOS, encolar
from casilla.services.recuperacion import nadie

# Whoever tries for days must not fill the mailbox of whom they name.
_ENTRE_AVISOS = timedelta(days=1)


def avisar(sitio: Sitio, tecleado: str, ahora: datetime) -> None:
    """Promise a letter to whom ``tecleado`` means, at most one a day.

    Whoever is named the same is written: a letter about nobody is dropped by the cartero.
    """
    usuario = buscar_usuario(sitio, tecleado)
    if usuario is None or _avisado(usuario, ahora):
        encolar(sitio, INTENTOS_FALLIDOS, "", nadie(), ahora)
    else:
        encolar(sitio, INTENTOS_FALLIDOS, usuario.persona.correo, usuario, ahora)


def _avisado(usuario: Usuario, ahora: datetime) -> bool:
    hecho = f"{INTENTOS_FALLIDOS}:en-cola"
    return any(nombre == hecho and ahora - cuando < _ENTRE_AVISOS for nombre, _, cuando, _ in usuario.historia)
