"""What is left when somebody tries in vain to come in to the institution's side: of an account that exists, an entry.

Of a name that does not exist nothing is kept, since it may be a password typed into the wrong box; but as much is
done to the store, so that no answer comes sooner. How many there can be is bounded by the waits (``casilla.limites``).
"""

import logging
from datetime import datetime, timedelta
from functools import partial

from casilla.resources.sitio import Sitio
from casilla.services.auditoria import asentar
from casilla.services.horas import duracion

log = logging.getLogger(__name__)

# Who tries is not known: that is what failed. No user name has a blank.
SIN_IDENTIFICAR = "sin identificar"


def dejar_rastro(
    sitio: Sitio,
    nombre: str,
    fallo: str,
    *,
    actor: str,
    direccion: str,
    ahora: datetime,
    secreto: bytes,
    minutos: int,
) -> bool:
    """Of a failure: ``fallo``, which factor; ``minutos`` for which the account must wait now, 0 for none.

    False when there is no account of that name, and then it is in the log only, without the name.
    """
    if nombre not in sitio.funcionarios:
        log.warning("ingreso al módulo con un usuario que no existe, desde %s", direccion)
        sitio.auditoria.reescribir()
        return False
    de_el = partial(
        asentar, sitio, sobre=f"cuentas/{nombre}", actor=actor, direccion=direccion, ahora=ahora, secreto=secreto
    )
    de_el("intento-fallido", despues=f"Falló: {fallo}")
    if minutos:
        de_el("bloquear-intentos", despues=f"Espera: {duracion(timedelta(minutes=minutos))}")
    return True
