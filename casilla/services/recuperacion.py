"""A password forgotten: a link by mail that serves once to choose another (guide, screen 13).

A stranger must not learn here who has a casilla: whatever was asked, a letter is promised and the same things are
written. The one about nobody is dropped by the cartero.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from typing import Literal

from casilla.resources.sitio import Sitio
from casilla.resources.usuario import Usuario
from casilla.services.acceso import establecer_clave
from casilla.services.correcciones import CorreoPorConfirmar, pendiente
from casilla.services.correspondencia import RECUPERACION_CLAVE, RECUPERACION_EN_ESPERA, encolar
from casilla.services.secretos import sello_recuperacion

VIDA = timedelta(days=2)
# Whoever asks in somebody else's name again and again must not fill that person's mailbox.
ENTRE_PEDIDOS = timedelta(minutes=5)
# An old link, opened again and again, asks for a new one by itself.
ENTRE_RENOVACIONES = timedelta(hours=1)

Estado = Literal["vigente", "vencido", "reemplazado", "usado"]


class EnlaceInutil(Exception):
    """The link does not open the door: it is not ours, or not in the state that the act needs."""


@dataclass(frozen=True)
class Enlace:
    """A link that was ours to give; ``numero`` is the time at which it was promised, in microseconds."""

    usuario: Usuario
    numero: int

    def estado(self, ahora: datetime) -> Estado:
        """``usado`` also when the password changed otherwise since; ``vencido`` when no newer link serves either."""
        hasta = self.usuario.recuperacion_hasta
        if hasta is None:
            return "usado"
        if ahora >= hasta:
            return "vencido"
        return "vigente" if self.numero == self.usuario.recuperacion else "reemplazado"


def pedir(sitio: Sitio, documento: str, correo: str, *, ahora: datetime) -> None:
    """Promise a link to the owner of this document (``TIPO-NUMERO``), if this is the address that they registered."""
    usuario = sitio.usuarios.get(documento)
    if usuario is None or usuario.persona.correo != correo.lower() or _callar(usuario, ahora):
        usuario = nadie()
    _enviar(sitio, usuario, correo.lower(), ahora)


def renovar(sitio: Sitio, enlace: Enlace, *, ahora: datetime) -> bool:
    """Another link instead of one whose time is over, or that a newer one replaced; False when one left an hour ago.

    Raises EnlaceInutil for a link that still serves, and for one that was used.
    """
    if enlace.estado(ahora) not in ("vencido", "reemplazado"):
        raise EnlaceInutil
    if _reciente(enlace.usuario, ahora, ENTRE_RENOVACIONES):
        return False
    _enviar(sitio, enlace.usuario, enlace.usuario.persona.correo, ahora)
    return True


def enviar_enlace(sitio: Sitio, usuario: Usuario, *, ahora: datetime) -> None:
    """Promise a link to the registered address, because the institution was asked for it. Raises CorreoPorConfirmar."""
    correccion = pendiente(usuario, ahora)
    if correccion:
        raise CorreoPorConfirmar(correccion.hasta)
    _enviar(sitio, usuario, usuario.persona.correo, ahora)


def enviado_en(usuario: Usuario) -> datetime:
    """When the last link was promised."""
    return datetime.fromtimestamp(usuario.recuperacion / 1_000_000, UTC)


def direccion(secreto: bytes, usuario: Usuario) -> str:
    """The address, below ``casilla.url``, of the user's last link. It names the casilla, never the person."""
    casilla = usuario.persona.casilla.__name__
    sello = sello_recuperacion(secreto, casilla, usuario.recuperacion)
    return f"recuperar?enlace={casilla}.{usuario.recuperacion}.{sello}"


def abrir(sitio: Sitio, ficha: str, secreto: bytes) -> Enlace:
    """The link that an address carried. Raises EnlaceInutil unless we made it."""
    casilla, _, resto = ficha.partition(".")
    numero, _, sello = resto.partition(".")
    if casilla not in sitio.casillas or not (numero.isascii() and numero.isdigit()) or len(numero) > 18:
        raise EnlaceInutil
    if not compare_digest(sello.encode(), sello_recuperacion(secreto, casilla, int(numero)).encode()):
        raise EnlaceInutil
    return Enlace(sitio.usuarios[sitio.casillas[casilla].persona.documento], int(numero))


def usar(sitio: Sitio, enlace: Enlace, clave: str, *, ahora: datetime, costo: int) -> None:
    """Choose the new password: the link is spent, every session ends, and a letter says so. Raises EnlaceInutil."""
    if enlace.estado(ahora) != "vigente":
        raise EnlaceInutil
    establecer_clave(sitio, enlace.usuario, clave, ahora=ahora, costo=costo)


def _callar(usuario: Usuario, ahora: datetime) -> bool:
    """Whether a link has just left; or nobody can say when one may: address in doubt, access suspended."""
    correccion = pendiente(usuario, ahora)
    return _reciente(usuario, ahora, ENTRE_PEDIDOS) or (correccion is not None and correccion.hasta is None)


def _reciente(usuario: Usuario, ahora: datetime, espera: timedelta) -> bool:
    return usuario.recuperacion_hasta is not None and ahora < enviado_en(usuario) + espera


def nadie() -> Usuario:
    """Whom a letter is about that must not leave: it goes from the store when the letter goes."""
    nadie = Usuario(None)
    nadie.__name__ = "nadie"
    return nadie


def _enviar(sitio: Sitio, usuario: Usuario, correo: str, ahora: datetime) -> None:
    """To an address that staff have just put there, what goes now is a letter that says when the link comes."""
    correccion = pendiente(usuario, ahora)
    desde = correccion.hasta if correccion else None
    usuario.recuperacion = int(ahora.timestamp() * 1_000_000)
    usuario.recuperacion_hasta = (desde or ahora) + VIDA
    encolar(sitio, RECUPERACION_CLAVE, correo, usuario, ahora, usuario.recuperacion, desde=desde)
    if desde:
        encolar(sitio, RECUPERACION_EN_ESPERA, correo, usuario, ahora, usuario.recuperacion)
