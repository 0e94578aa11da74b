"""The daily summary: a letter each morning to whoever asked for it, while something in their casilla is unread.

It comes beside the notices, which nobody can turn off. The turns of a day are given in small transactions, each of
which moves the folder's mark: whoever dies, and however many work at it, nobody has two turns on one day.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from casilla.resources.casilla import Casilla, Fila
from casilla.resources.resumen import Suscripcion
from casilla.resources.sitio import Sitio
from casilla.resources.usuario import Usuario
from casilla.services.correspondencia import RESUMEN_DIARIO, encolar
from casilla.services.cuenta import exigir_abierta
from casilla.services.horas import dia_en_lima, en_lima

# When a day's turns may begin, in Lima. A morning that nobody worked is left out: at night a summary says what was.
DESDE, HASTA = time(7), time(12)
# Turns in one transaction.
TANDA = 100
# Rows that a letter shows of each list, and rows of a tray that are looked at for a term that ends within SE_ACERCA.
MUESTRA, MIRADAS = 20, 500
SE_ACERCA = timedelta(days=7)


def suscribir(sitio: Sitio, usuario: Usuario, ahora: datetime) -> None:
    """From the next morning on. A second time changes nothing. Raises CasillaCerrada."""
    exigir_abierta(usuario)
    if usuario.__name__ not in sitio.resumenes:
        sitio.resumenes[usuario.__name__] = Suscripcion(usuario, ahora)


def cancelar(sitio: Sitio, usuario: Usuario) -> None:
    """No more of them, nor one that waits to be sent."""
    if usuario.__name__ in sitio.resumenes:
        del sitio.resumenes[usuario.__name__]


def preparar(sitio: Sitio, ahora: datetime) -> bool:
    """Give the next turns of the day, if it is morning, and promise the letters; returns whether others wait."""
    resumenes, hoy = sitio.resumenes, dia_en_lima(ahora)
    if resumenes.dia != hoy:
        if not (len(resumenes) and DESDE <= en_lima(ahora).time() < HASTA):
            return False
        resumenes.dia, resumenes.hasta = hoy, ""
    if resumenes.hasta is None:
        return False
    turnos = resumenes.siguientes(resumenes.hasta, TANDA)
    for suscripcion in turnos:
        if len(suscripcion.usuario.persona.casilla.pendientes):
            encolar(
                sitio, RESUMEN_DIARIO, suscripcion.usuario.persona.correo, suscripcion, ahora, numero=hoy.toordinal()
            )
    resumenes.hasta = turnos[-1].__name__ if len(turnos) == TANDA else None
    return resumenes.hasta is not None


def vigente(suscripcion: Suscripcion, numero: int) -> bool:
    """Whether a letter with this number is still wanted: not after its day, nor when its reader wants no more."""
    resumenes = suscripcion.__parent__
    return resumenes is not None and resumenes.dia is not None and resumenes.dia.toordinal() == numero


@dataclass(frozen=True)
class Resumen:
    """``sin_leer``: how many; ``nuevas``: the newest of them; ``por_vencer``: read or not, the next to end first."""

    sin_leer: int
    nuevas: tuple[Fila, ...]
    por_vencer: tuple[Fila, ...]


def resumen(casilla: Casilla, hoy: date) -> Resumen:
    """As the casilla stands. Its cost does not grow with the casilla: old rows, beyond MIRADAS, are not looked at."""
    bandejas = [
        [casilla.fila(numero) for numero in bandeja.desde_arriba(None, MIRADAS)]
        for bandeja in (casilla.pendientes, casilla.leidos)
    ]
    cercanas = [
        (fila.vence, fila)
        for filas in bandejas
        for fila in filas
        if fila.vence is not None and not fila.anulado and hoy <= fila.vence <= hoy + SE_ACERCA
    ]
    por_vencer = (fila for _, fila in sorted(cercanas, key=lambda cercana: cercana[0]))
    return Resumen(len(casilla.pendientes), tuple(bandejas[0][:MUESTRA]), tuple(islice(por_vencer, MUESTRA)))
