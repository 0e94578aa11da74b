"""The bin of texts: what is deleted is out of sight at once, and can be had back for thirty days."""

from datetime import datetime, timedelta

from casilla.resources.contenido import Contenido
from casilla.resources.sitio import Sitio
from casilla.services.publicacion import NoSePuede, exigir_libre

VIGENCIA = timedelta(days=30)


def eliminar(contenido: Contenido, actor: str, ahora: datetime) -> None:
    """Raises NoSePuede for what the program needs, and for what lies there already."""
    exigir_libre(contenido)
    if contenido.eliminado_en is not None:
        raise NoSePuede("El contenido ya está en la papelera")
    contenido.eliminado_en = ahora
    contenido.anotar("eliminado", actor, ahora)


def recuperar(contenido: Contenido, actor: str, ahora: datetime) -> None:
    """Put it back as it was. Raises NoSePuede when it does not lie there."""
    if contenido.eliminado_en is None:
        raise NoSePuede("El contenido no está en la papelera")
    contenido.eliminado_en = None
    contenido.anotar("recuperado", actor, ahora)


def en_papelera(sitio: Sitio) -> list[Contenido]:
    """Those deleted last come first."""
    return sorted((c for c in sitio.contenidos.values() if c.eliminado_en), key=lambda c: c.eliminado_en, reverse=True)


def vaciar(sitio: Sitio, ahora: datetime) -> None:
    """What has lain there for thirty days goes; the audit keeps that it was there, and who deleted it."""
    for contenido in en_papelera(sitio):
        if contenido.eliminado_en and contenido.eliminado_en <= ahora - VIGENCIA:
            del sitio.contenidos[contenido.__name__]
