"""How a bulk is getting on, in words, and what may be done with it now."""

from dataclasses import dataclass

from pyramid.request import Request

from casilla.resources.lote import Lote
from casilla.resources.trabajo import Trabajo
from casilla.services.cifras import miles
from casilla.services.horas import hora
from casilla.services.lotes import DEPOSITO, pendientes

_ANTIVIRUS = "el antivirus no responde"


@dataclass(frozen=True)
class Marcha:
    """``palabras``: where it stands. ``porcentaje``: None unless something is being done.

    ``puede``: what is offered, of "detener", "revisar", "notificar" (for the first time) and "seguir".
    """

    palabras: str
    puede: tuple[str, ...]
    porcentaje: int | None = None
    revisado: bool = False
    terminado: bool = False


def marcha(lote: Lote, request: Request) -> Marcha:
    trabajo = request.sitio.trabajos.get(lote.trabajo)
    if trabajo is None:  # it is forgotten a month after its end
        return _despues(lote, "Terminado.")
    if trabajo.pendiente:
        return _pendiente(lote, trabajo, request)
    return _deposito(lote, trabajo) if trabajo.clase == DEPOSITO else _revision(lote, trabajo)


def _pendiente(lote: Lote, trabajo: Trabajo, request: Request) -> Marcha:
    depositando = trabajo.clase == DEPOSITO
    if trabajo.estado == "en-curso":
        que = "Notificando" if depositando else "Revisando"
        palabras = f"{que}. Van {miles(trabajo.hechas)} de {miles(trabajo.total)} filas."
    elif trabajo.proximo is not None and trabajo.proximo > request.ahora:
        que = _ANTIVIRUS if _calla_el_antivirus(trabajo) else "hubo un problema"
        palabras = f"{que.capitalize()}. Se intentará otra vez a las {hora(trabajo.proximo)}."
    else:
        palabras = "En espera: empezará en unos momentos."
    porcentaje = 100 * trabajo.hechas // max(trabajo.total, 1) if trabajo.estado == "en-curso" else None
    return Marcha(palabras, ("detener",), porcentaje, revisado=depositando)


def _revision(lote: Lote, trabajo: Trabajo) -> Marcha:
    if trabajo.estado == "terminado":
        faltan = pendientes(lote)
        return Marcha(
            f"Revisado. {_filas(faltan)} sin errores y {miles(len(lote.errores))} con errores, de {miles(lote.filas)}.",
            ("notificar",) if faltan else (),
            revisado=True,
        )
    if trabajo.estado == "cancelado":
        return Marcha("Se detuvo la revisión.", ("revisar",))
    return Marcha(f"No se pudo revisar: {_motivo(trabajo)}.", ("revisar",))


def _deposito(lote: Lote, trabajo: Trabajo) -> Marcha:
    if trabajo.estado == "terminado":
        return _despues(lote, f"Terminado. {_notificadas(lote)}.")
    if trabajo.estado == "cancelado":
        return _despues(lote, f"Se detuvo. {_notificadas(lote)}; ninguna dos veces.")
    return _despues(lote, f"Se interrumpió ({_motivo(trabajo)}). {_notificadas(lote)}; ninguna dos veces.")


def _despues(lote: Lote, palabras: str) -> Marcha:
    faltan = pendientes(lote) > 0
    return Marcha(palabras, ("seguir",) if faltan else (), revisado=True, terminado=not faltan)


def _notificadas(lote: Lote) -> str:
    hechas = len(lote.hechas)
    return f"{'Se notificó' if hechas == 1 else 'Se notificaron'} {_filas(hechas)} de {miles(lote.filas)}"


def _filas(n: int) -> str:
    return "1 fila" if n == 1 else f"{miles(n)} filas"


def _motivo(trabajo: Trabajo) -> str:
    """Why it could not be done: in the words of who knew, else where to ask."""
    if _calla_el_antivirus(trabajo):
        return _ANTIVIRUS
    dicho = trabajo.historia[-1][3]
    return dicho if " " in dicho else "hubo un problema nuestro; avise a quien administra el sistema"


def _calla_el_antivirus(trabajo: Trabajo) -> bool:
    return bool(trabajo.historia[-1][3] == "NoResponde")
