"""Closing a casilla, because its owner wants so ("dar de baja") or by the institution (``administrados``).

What was deposited stays valid and can still be read; nothing more is deposited. A deposit and a closing that meet
conflict (``deposito`` reads the casilla as current), so that no deposit slips in behind the paper that attests it.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from casilla.resources.adjunto import Adjunto, guardar
from casilla.resources.casilla import Casilla, Fila
from casilla.resources.sitio import Sitio
from casilla.resources.usuario import Usuario
from casilla.services.acceso import AccesoNegado
from casilla.services.claves import coincide
from casilla.services.correspondencia import CASILLA_CERRADA, encolar
from casilla.services.cuenta import exigir_abierta
from casilla.services.documentos import Archivo
from casilla.services.resumen import cancelar

Imprimir = Callable[[Usuario], Archivo]
"""Writes the constancia of the request to a new file, flushed to disk."""


def sin_leer(casilla: Casilla) -> Iterator[Fila]:
    """What its owner has not opened yet, newest first."""
    return map(casilla.fila, reversed(casilla.pendientes.numeros.keys()))


def con_plazo(casilla: Casilla, hoy: date) -> Iterator[Fila]:
    """What was opened and whose term still runs, newest first."""
    for fila in map(casilla.fila, reversed(casilla.leidos.numeros.keys())):
        if fila.vence is not None and fila.vence >= hoy and not fila.anulado:
            yield fila


def cerrar(sitio: Sitio, usuario: Usuario, clave: str, *, ahora: datetime, costo: int, imprimir: Imprimir) -> None:
    """Close the casilla of this user, with a constancia of the request that is kept and mailed.

    Raises AccesoNegado when the password is wrong, CasillaCerrada the second time.
    """
    exigir_abierta(usuario)
    if not coincide(clave, usuario.clave, costo):
        raise AccesoNegado
    clausurar(sitio, usuario, ahora=ahora, imprimir=imprimir)
    encolar(sitio, CASILLA_CERRADA, usuario.persona.correo, usuario, ahora)


def clausurar(sitio: Sitio, usuario: Usuario, *, ahora: datetime, imprimir: Imprimir) -> None:
    """The closing itself, whoever wants it: the constancia is kept, and what was promised is called off."""
    usuario.persona.casilla.cerrada_en = ahora
    papel = imprimir(usuario)
    blob = guardar(papel.ruta, sitio._p_jar)
    usuario.cierre = Adjunto(papel.nombre, papel.tipo, papel.tamano, papel.huella, papel.paginas, blob)
    usuario.por_confirmar = ()
    cancelar(sitio, usuario)
