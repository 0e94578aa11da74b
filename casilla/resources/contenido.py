"""Texts that the institution writes: terms, privacy policy, wording of constancia and letters, questions, norms."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any, NamedTuple

from persistent import Persistent

from casilla.resources.historia import ConHistoria
from casilla.workflow import CONTENIDO


class Redaccion(NamedTuple):
    """What somebody wrote, in force or not. ``cuerpo`` is Markdown; of a letter, paragraphs with fields in braces.

    ``cambios`` tells the readers of the version before what is new in this one; often empty. A question has a
    ``categoria``; a norm its ``tipo`` ("Ley", "Decreto Supremo" …), its number, its ``emisor``, its ``fecha`` and
    perhaps its ``documento``, the Adjunto with its PDF.
    """

    titulo: str = ""
    cuerpo: str = ""
    cambios: str = ""
    categoria: str = ""
    tipo: str = ""
    numero_norma: str = ""
    emisor: str = ""
    fecha: date | None = None
    documento: Any = None


class Version(NamedTuple):
    """A published wording, in force from ``publicada_en`` on, which may be still to come.

    ``huella`` is the SHA-256 of title and body, which an acceptance keeps; the rest is as in Redaccion.
    """

    numero: int
    titulo: str
    cuerpo: str
    huella: str
    publicada_en: datetime
    cambios: str = ""
    categoria: str = ""
    tipo: str = ""
    numero_norma: str = ""
    emisor: str = ""
    fecha: date | None = None
    documento: Any = None

    @property
    def redaccion(self) -> Redaccion:
        return Redaccion(self.titulo, self.cuerpo, *self[5:])


class Contenido(ConHistoria, Persistent):
    """A text with all its published versions, and the draft of the next.

    ``clase``: "texto" (named: terminos, privacidad, constancia …), "carta" (named as the letters of
    ``services.correspondencia``), "pregunta" or "norma"; ``orden`` among its class. ``versiones`` and ``borrador`` are
    Version and Redaccion as plain tuples; the last version may be one that is not in force yet. ``eliminado_en``: since
    when it lies in the bin.
    """

    flujo = CONTENIDO

    __name__ = ""
    __parent__: Any = None
    clase = "texto"
    orden = 0
    versiones: tuple[Any, ...] = ()
    borrador: tuple[Any, ...] | None = None
    eliminado_en: datetime | None = None

    def __init__(self, clase: str, orden: int = 0) -> None:
        self.__name__ = ""
        self.__parent__ = None
        self.clase = clase
        self.orden = orden
        self.versiones = ()
        self.borrador = None
        self.eliminado_en = None
        self.historia = ()

    @property
    def ultima(self) -> Version:
        """The last version, in force or still to come; LookupError when there is none."""
        return Version(*self.versiones[-1])

    def vigente_en(self, ahora: datetime) -> Version:
        """The version in force at that time; LookupError when there was none."""
        for version in reversed(self.versiones):
            if version[4] <= ahora:
                return Version(*version)
        raise LookupError(self.__name__)

    def en_uso(self, ahora: datetime) -> Version:
        """The same, of a text that the program cannot do without: before its first version, that one."""
        try:
            return self.vigente_en(ahora)
        except LookupError:
            return Version(*self.versiones[0])

    def programada(self, ahora: datetime) -> Version | None:
        """The version that will come into force."""
        return self.ultima if self.versiones and self.ultima.publicada_en > ahora else None

    def estado_en(self, ahora: datetime) -> str:
        """The state, the versions that came into force by themselves since the last act included."""
        if self.estado != "publicado" and self.versiones:
            archivado = self.cuando("archivado")
            if any(v[4] <= ahora and (archivado is None or v[4] > archivado) for v in self.versiones):
                return "publicado"
        return self.estado

    def publico_en(self, ahora: datetime) -> bool:
        """Whether everybody may read it."""
        return self.eliminado_en is None and self.estado_en(ahora) == "publicado"

    @property
    def redaccion(self) -> Redaccion:
        """What the next version is made from: the draft or, without one, the last version."""
        return Redaccion(*self.borrador) if self.borrador else self.ultima.redaccion._replace(cambios="")

    def agregar_version(self, titulo: str, cuerpo: str, desde: datetime, *resto: Any) -> None:
        """One more, in force from ``desde`` on; ``resto``: what Redaccion has beyond its body."""
        self.versiones += ((len(self.versiones) + 1, titulo, cuerpo, huella_de(titulo, cuerpo), desde, *resto),)


def huella_de(titulo: str, cuerpo: str) -> str:
    """SHA-256, in hexadecimal, of a wording."""
    return sha256(f"{titulo}\n{cuerpo}".encode()).hexdigest()
