"""The pieces that the institution's texts are shown in, the same for the citizen and for whoever previews them.

Their templates are the macros of ``piezas.pt``.
"""

from dataclasses import dataclass
from typing import Any

from pyramid.request import Request

from casilla.resources.contenido import Redaccion, Version
from casilla.services.documentos import peso
from casilla.services.horas import fecha_larga
from casilla.views.texto import en_html, rellenar


@dataclass(frozen=True)
class Pregunta:
    """A question with its answer in HTML."""

    ancla: str
    titulo: str
    html: str

    @classmethod
    def de(cls, nombre: str, texto: Redaccion | Version, request: Request) -> "Pregunta":
        institucion = request.institucion
        html = en_html(texto.cuerpo, institucion, nivel=4, base=request.script_name)
        return cls(nombre, rellenar(texto.titulo, institucion), html)


@dataclass(frozen=True)
class Norma:
    """A norm; ``url`` of its PDF, empty when it has none."""

    ancla: str
    titulo: str
    html: str
    tipo: str
    emisor: str
    fecha: str
    url: str
    detalle: str

    @classmethod
    def de(cls, nombre: str, texto: Redaccion | Version, request: Request, url: str = "") -> "Norma":
        institucion, documento = request.institucion, texto.documento
        return cls(
            nombre,
            rellenar(texto.titulo, institucion),
            en_html(texto.cuerpo, institucion, nivel=3, base=request.script_name),
            _tipo_y_numero(texto),
            texto.emisor,
            fecha_larga(texto.fecha) if texto.fecha else "",
            (url or f"{request.script_name}/normativas/{nombre}.pdf") if documento else "",
            f"PDF, {peso(documento.tamano)}" if documento else "",
        )


def _tipo_y_numero(norma: Redaccion | Version) -> str:
    """As "Directiva N.° 001-2026"; the type alone where the name says the number already."""
    dicho = not norma.numero_norma or norma.numero_norma in norma.titulo
    return norma.tipo if dicho else f"{norma.tipo} N.° {norma.numero_norma}"


@dataclass(frozen=True)
class Legal:
    """A text with a page of its own: which version, since when, what is new in it, and all of it in HTML."""

    titulo: str
    numero: int
    publicada: str
    cambios: str
    cuerpo: str

    @classmethod
    def de(cls, texto: Redaccion | Version, numero: int, publicada: Any, request: Request) -> "Legal":
        """``publicada``: the day or time from which it is in force."""
        institucion, base = request.institucion, request.script_name
        return cls(
            rellenar(texto.titulo, institucion),
            numero,
            fecha_larga(publicada),
            en_html(texto.cambios, institucion, nivel=3, base=base),
            en_html(texto.cuerpo, institucion, base=base),
        )
