"""Text, choices and acceptance: what the other fields are made of.

Text is cleaned before it is judged, because phones and PDF files paste what nobody sees.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

import colander
from deform.widget import CheckboxWidget, HiddenWidget, RadioChoiceWidget, SelectWidget, TextAreaWidget, TextInputWidget

Preparador = Callable[[Any], Any]
Validador = Callable[[colander.SchemaNode, Any], None]
Pares = Sequence[tuple[str, str]]


def limpiar(valor: Any) -> Any:
    """One line in NFC with single spaces and none at the ends, no format characters; null when nothing is left."""
    return re.sub(r"\s+", " ", visible(valor)).strip() or colander.null if isinstance(valor, str) else valor


def limpiar_parrafo(valor: Any) -> Any:
    """As ``limpiar``, but lines (ended by ``\\n``) and runs of spaces stay."""
    return visible(valor).replace("\r\n", "\n").strip() or colander.null if isinstance(valor, str) else valor


def compactar(valor: Any) -> Any:
    """For numbers and codes: no spaces, hyphens, dots or brackets at all. Null when nothing is left."""
    return visible(re.sub(r"[\s().\-‐‑–—/]", "", valor)) or colander.null if isinstance(valor, str) else valor


def visible(cadena: str) -> str:
    """NFC, without the format characters that nobody typed: zero-width joiners, marks of direction, soft hyphens."""
    return unicodedata.normalize("NFC", "".join(c for c in cadena if unicodedata.category(c) != "Cf"))


def exigir(condicion: Callable[[Any], object], palabras: str) -> Validador:
    """A validator that says ``palabras`` of a value for which ``condicion`` is false."""

    def validar(nodo: colander.SchemaNode, valor: Any) -> None:
        if not condicion(valor):
            raise colander.Invalid(nodo, palabras)

    return validar


def imprimible(titulo: str) -> Validador:
    """Refuses control, private and unassigned characters; line breaks and tabs may stay."""
    return exigir(
        lambda valor: not any(unicodedata.category(c)[0] == "C" and c not in "\n\t" for c in valor),
        f"{titulo}: hay caracteres que no se pueden guardar; bórrelos y escriba de nuevo",
    )


def largo(titulo: str, maximo: int) -> Validador:
    return exigir(lambda valor: len(valor) <= maximo, f"{titulo}: escriba {maximo} caracteres como máximo")


def nodo(
    titulo: str, falta: str, *validadores: Validador, preparador: Preparador = limpiar, **otros: Any
) -> colander.SchemaNode:
    """A node of text. Its validators run in order up to the first complaint: two about one box are one too many."""

    def validar(este: colander.SchemaNode, valor: Any) -> None:
        for validador in validadores:
            validador(este, valor)

    otros.setdefault("widget", caja())
    return colander.SchemaNode(
        colander.String(), title=titulo, missing_msg=falta, preparer=preparador, validator=validar, **otros
    )


def caja(clase: str | None = None, **atributos: str) -> TextInputWidget:
    """A text box with HTML attributes; ``clase`` is its width, "corto" or "medio"."""
    return TextInputWidget(css_class=clase, attributes=atributos)


def texto(titulo: str, falta: str, *, maximo: int = 200, **otros: Any) -> colander.SchemaNode:
    """One line of free text."""
    return nodo(titulo, falta, largo(titulo, maximo), imprimible(titulo), **otros)


def parrafo(titulo: str, falta: str, *, maximo: int = 4000, **otros: Any) -> colander.SchemaNode:
    """Free text of several lines."""
    otros.setdefault("widget", TextAreaWidget(rows=8))
    return nodo(titulo, falta, largo(titulo, maximo), imprimible(titulo), preparador=limpiar_parrafo, **otros)


def oculto(maximo: int = 2000) -> colander.SchemaNode:
    """Text that travels with the form unseen; ``''`` when it is missing."""
    return texto("", "", maximo=maximo, missing="", widget=HiddenWidget())


def codigo_validacion(
    titulo: str = "Clave de validación", falta: str = "Escriba la clave de validación", **otros: Any
) -> colander.SchemaNode:
    """The code of a letter, in one box where it can be pasted; spaces and hyphens don't count, case stays."""
    otros.setdefault(
        "widget",
        caja("corto", autocomplete="one-time-code", inputmode="text", autocapitalize="none", spellcheck="false"),
    )
    return nodo(titulo, falta, largo(titulo, 20), imprimible(titulo), preparador=compactar, **otros)


def opciones(
    titulo: str, falta: str, pares: Pares, *, vacia: str = "Elija una opción", **otros: Any
) -> colander.SchemaNode:
    """One of ``pares`` (value, words) from a drop-down list that starts with nothing chosen."""
    otros.setdefault("widget", SelectWidget(values=[("", vacia), *pares], css_class="medio"))
    return nodo(titulo, falta, _una_de(falta, pares), **otros)


def radios(titulo: str, falta: str, pares: Pares, **otros: Any) -> colander.SchemaNode:
    """One of ``pares`` (value, words), all in sight."""
    otros.setdefault("widget", RadioChoiceWidget(values=list(pares)))
    return nodo(titulo, falta, _una_de(falta, pares), **otros)


def _una_de(falta: str, pares: Pares) -> Validador:
    return exigir({valor for valor, _ in pares}.__contains__, falta)


def aceptacion(frase: str, falta: str, **otros: Any) -> colander.SchemaNode:
    """A box that must be ticked, with its whole sentence as label."""
    aceptada = exigir(bool, falta)
    return colander.SchemaNode(
        colander.Boolean(), title=frase, missing_msg=falta, widget=CheckboxWidget(), validator=aceptada, **otros
    )


def repetir(igual_a: str, titulo: str, falta: str, distinto: str, **otros: Any) -> colander.SchemaNode:
    """A second box for the datum ``igual_a``: ``casilla.forms.Esquema`` compares, says ``distinto``, drops this one."""
    return nodo(titulo, falta, igual_a=igual_a, distinto=distinto, **otros)
