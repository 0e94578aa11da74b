"""What the institution says to everybody: publishing its texts and norms, and finding those that are published."""

from datetime import date, datetime

from casilla.resources.adjunto import Adjunto, guardar
from casilla.resources.contenido import Contenido, huella_de
from casilla.resources.sitio import Sitio
from casilla.services.documentos import Archivo
from casilla.workflow import CONTENIDO

NORMA = "norma"


class OtraClase(Exception):
    """The name is that of a text that is no norm."""


def publicados(sitio: Sitio, clase: str) -> list[Contenido]:
    """The texts of a class that everybody may read, in their order."""
    halladas = (c for c in sitio.contenidos.values() if c.clase == clase and c.estado == "publicado")
    return sorted(halladas, key=lambda contenido: contenido.orden)


def publicar_version(
    sitio: Sitio, nombre: str, titulo: str, cuerpo: str, ahora: datetime, actor: str, cambios: str = ""
) -> None:
    """Put a new wording of the text in force; ``cambios``: what is new in it, for whoever accepted the one before.

    A wording equal to the one in force changes nothing: nobody should be asked to accept the same again. Raises
    KeyError when there is no text with this name.
    """
    _renovar(sitio.contenidos[nombre], titulo, cuerpo, ahora, actor, cambios)


def publicar_norma(
    sitio: Sitio,
    nombre: str,
    titulo: str,
    resumen: str,
    *,
    tipo: str,
    emisor: str,
    fecha: date,
    ahora: datetime,
    actor: str,
    archivo: Archivo | None = None,
) -> Contenido:
    """Publish a norm, new or known by this name; ``archivo``: its PDF, without which the one it had stays.

    Raises OtraClase when the name is another text's.
    """
    norma = sitio.contenidos.get(nombre) or _norma_nueva(sitio, nombre, ahora, actor)
    if norma.clase != NORMA:
        raise OtraClase(nombre)
    norma.tipo, norma.emisor, norma.fecha = tipo, emisor, fecha
    if archivo:
        blob = guardar(archivo.ruta, sitio._p_jar)
        norma.documento = Adjunto(archivo.nombre, archivo.tipo, archivo.tamano, archivo.huella, archivo.paginas, blob)
        norma.anotar("documento", actor, ahora, archivo.huella)
    _renovar(norma, titulo, resumen, ahora, actor, "")
    return norma


def _norma_nueva(sitio: Sitio, nombre: str, ahora: datetime, actor: str) -> Contenido:
    """Behind all others."""
    orden = max((contenido.orden for contenido in sitio.contenidos.values()), default=0) + 1
    norma = sitio.contenidos[nombre] = Contenido(NORMA, orden)
    norma.comenzar(actor, ahora)
    return norma


def _renovar(contenido: Contenido, titulo: str, cuerpo: str, ahora: datetime, actor: str, cambios: str) -> None:
    if not contenido.versiones or contenido.vigente.huella != huella_de(titulo, cuerpo):
        contenido.agregar_version(titulo, cuerpo, ahora, cambios)
        contenido.anotar("version", actor, ahora, str(contenido.vigente.numero))
    if CONTENIDO.permite(contenido.estado, "publicar"):
        contenido.pasar("publicar", actor, ahora)
