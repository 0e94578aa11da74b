"""What senders may follow: a feed that never skips an event, also under concurrent writes."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from struct import Struct
from struct import error as error_de_struct

from casilla.resources.fragmentos import FRAGMENTOS
from casilla.resources.notificacion import Notificacion
from casilla.resources.sitio import Sitio

# A cursor is one position per log: logs never read are left out.
_POSICION = Struct(">BQ")


class CursorInvalido(Exception):
    """Not a cursor that this feed gave."""


@dataclass(frozen=True)
class Evento:
    """``id`` is unique and stable; ``tipo`` as depositado, leido, anulado, aviso-enviado, aviso-rechazado."""

    id: str
    tipo: str
    notificacion: str
    cuando: datetime


def registrar_evento(sitio: Sitio, tipo: str, notificacion: Notificacion, ahora: datetime) -> None:
    """Append to the log of the notification: its own events are always in order."""
    sitio.eventos.agregar(notificacion.codigo, (tipo, notificacion.codigo, ahora))


def eventos_desde(sitio: Sitio, cursor: str, limite: int) -> tuple[list[Evento], str]:
    """The next events after ``cursor`` (empty = from the beginning) and the cursor to go on from.

    Raises CursorInvalido. Logs are read in turn; within the answer events are in order of time.
    """
    posiciones = _leer_cursor(cursor)
    eventos: list[Evento] = []
    for n in range(FRAGMENTOS):
        nuevos = sitio.eventos.desde(n, posiciones.get(n, 0), limite - len(eventos))
        if nuevos:
            eventos += [Evento(f"{n}-{numero}", *entrada) for numero, entrada in nuevos]
            posiciones[n] = nuevos[-1][0]
        if len(eventos) == limite:
            break
    return sorted(eventos, key=lambda e: e.cuando), _escribir_cursor(posiciones)


def _leer_cursor(cursor: str) -> dict[int, int]:
    try:
        posiciones = dict(_POSICION.iter_unpack(urlsafe_b64decode(cursor.encode("ascii"))))
    except (ValueError, error_de_struct) as motivo:
        raise CursorInvalido(cursor) from motivo
    if any(n >= FRAGMENTOS for n in posiciones):
        raise CursorInvalido(cursor)
    return posiciones


def _escribir_cursor(posiciones: dict[int, int]) -> str:
    return urlsafe_b64encode(b"".join(_POSICION.pack(*p) for p in sorted(posiciones.items()))).decode()
