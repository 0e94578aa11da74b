"""Texts that the institution writes: terms, privacy policy, wording of the constancia, questions, norms."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any, NamedTuple

from persistent import Persistent

from casilla.resources.historia import ConHistoria
from casilla.workflow import CONTENIDO


class Version(NamedTuple):
    """A published wording; ``huella`` is the SHA-256 of title and body, which an acceptance keeps.

    ``cambios`` tells the readers of the version before what is new in this one; often empty.
    """

    numero: int
    titulo: str
    cuerpo: str
    huella: str
    publicada_en: datetime
    cambios: str = ""


class Contenido(ConHistoria, Persistent):
    """A text with all its published versions, the last one in force. The body is Markdown.

    ``clase``: "texto" (named: terminos, privacidad, constancia …), "pregunta" or "norma"; ``orden`` among its class.
    A question has a ``categoria``; a norm a ``tipo`` ("Ley", "Decreto Supremo" …), its ``emisor``, its ``fecha`` and
    perhaps its ``documento``, the Adjunto with its PDF.
    """

    flujo = CONTENIDO

    __name__ = ""
    __parent__: Any = None
    clase = "texto"
    orden = 0
    categoria = ""
    tipo = ""
    emisor = ""
    fecha: date | None = None
    documento: Any = None
    versiones: tuple[Any, ...] = ()

    def __init__(self, clase: str, orden: int = 0) -> None:
        self.__name__ = ""
        self.__parent__ = None
        self.clase = clase
        self.orden = orden
        self.categoria = ""
        self.tipo = ""
        self.emisor = ""
        self.fecha = None
        self.documento = None
        self.versiones = ()
        self.historia = ()

    @property
    def vigente(self) -> Version:
        """The version in force; LookupError when none was ever published."""
        return Version(*self.versiones[-1])

    def agregar_version(self, titulo: str, cuerpo: str, ahora: datetime, cambios: str = "") -> None:
        self.versiones += ((len(self.versiones) + 1, titulo, cuerpo, huella_de(titulo, cuerpo), ahora, cambios),)


def huella_de(titulo: str, cuerpo: str) -> str:
    """SHA-256, in hexadecimal, of a wording."""
    return sha256(f"{titulo}\n{cuerpo}".encode()).hexdigest()
