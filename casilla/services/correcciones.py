"""An address that the institution put in place of another: for some hours, nothing that lets in goes there.

Otherwise one member of staff who corrects an address, and has a link sent to it, would hold somebody's casilla. In that
time whoever reads the old address, who was told, can object; or another member of staff confirms the correction.
"""

from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from casilla.resources.usuario import Usuario
from casilla.services.horas import LIMA, dia_en_lima
from casilla.services.plazos import Calendario

# The fact that keeps until when; it follows that of the correction.
ESPERA = "espera-tras-correccion"


class Correccion(NamedTuple):
    """A correction by staff; stored as a plain tuple, as long as nobody has confirmed or undone it.

    ``anterior``: the last address that is not in doubt; ``quien`` corrected it ``cuando``. Links wait until ``hasta``;
    None while the access is suspended: then the wait begins anew when it is given back. ``cierta``: whether no member
    of staff alone had put ``anterior`` there; an address that only served its time may be that of who means no good.
    """

    anterior: str
    quien: str
    cuando: datetime
    hasta: datetime | None
    cierta: bool = False

    def espera(self, ahora: datetime) -> bool:
        return self.hasta is None or ahora < self.hasta


class CorreoPorConfirmar(Exception):
    """Nothing that lets in goes to that address yet; ``hasta`` as in Correccion."""

    def __init__(self, hasta: datetime | None) -> None:
        super().__init__()
        self.hasta = hasta


def fin_de_la_espera(ahora: datetime, horas: int, calendario: Calendario) -> datetime:
    """So many hours later, without those of days on which nobody answers the telephone; ``ahora`` for none."""
    desde, resto = ahora, timedelta(hours=horas)
    while resto:
        dia = dia_en_lima(desde)
        medianoche = datetime.combine(dia + timedelta(days=1), time(), LIMA)
        contadas = min(resto, medianoche - desde) if calendario.es_habil(dia) else timedelta(0)
        resto -= contadas
        desde = desde + contadas if not resto else medianoche.astimezone(UTC)
    return desde


def de(usuario: Usuario) -> Correccion | None:
    """The last one, unless it was confirmed or undone; its wait may be over."""
    return Correccion(*usuario.correccion) if usuario.correccion else None


def pendiente(usuario: Usuario, ahora: datetime) -> Correccion | None:
    """The correction for which links wait; None when they do not."""
    correccion = de(usuario)
    return correccion if correccion and correccion.espera(ahora) else None


def corregido(usuario: Usuario, anterior: str, actor: str, ahora: datetime, hasta: datetime) -> tuple[str, ...]:
    """The registered address is another since now; the addresses that it takes the place of, () if there is no wait.

    Corrected again while it waits, the address in doubt is not what it goes back to; and back there, if it is
    ``cierta``, the wait is over.
    """
    firme, cierta = _firme(usuario, anterior, ahora)
    vuelve = usuario.persona.correo == firme
    olvidar(usuario)
    if hasta <= ahora or (vuelve and cierta):
        return ()
    firme = anterior if vuelve else firme
    usuario.correccion = tuple(Correccion(firme, actor, ahora, None if usuario.suspendido else hasta, cierta))
    usuario.anotar(ESPERA, actor, ahora, hasta.isoformat())
    return tuple(dict.fromkeys((anterior, firme)))


def _firme(usuario: Usuario, anterior: str, ahora: datetime) -> tuple[str, bool]:
    """The address that is not in doubt while ``anterior`` is being corrected, and whether it is ``cierta``."""
    ultima = de(usuario)
    if ultima and ultima.espera(ahora):
        return ultima.anterior, ultima.cierta
    return anterior, ultima is None


def olvidar(usuario: Usuario) -> None:
    """It was confirmed, undone, or the owner said which is their address: nothing waits any more."""
    usuario.correccion = ()


def detener(usuario: Usuario, ahora: datetime) -> None:
    """The access is being suspended: a wait does not run out meanwhile, and a link that waits for its end dies."""
    correccion = pendiente(usuario, ahora)
    if correccion:
        usuario.correccion = tuple(correccion._replace(hasta=None))
        usuario.recuperacion_hasta = None


def reanudar(usuario: Usuario, hasta: datetime) -> None:
    """The access is given back: a wait that stood still begins anew, until ``hasta``."""
    correccion = de(usuario)
    if correccion and correccion.hasta is None:
        usuario.correccion = tuple(correccion._replace(hasta=hasta))


def correos_que_avisar(usuario: Usuario, ahora: datetime) -> list[str]:
    """Whom to tell what the institution does to the account: while the address is in doubt, the one before it too."""
    correccion = pendiente(usuario, ahora)
    return [usuario.persona.correo, *([correccion.anterior] if correccion else [])]
