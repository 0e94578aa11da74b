"""Who a person is: names, identity document, sex."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import colander
from stdnum.pe import cui as dni_con_cui

from casilla.fields.basicos import caja, compactar, exigir, largo, nodo, radios

DNI = "1"
MAXIMO_NOMBRE = 60
SIGNOS_DE_NOMBRE = frozenset(" '’´`-.")


def nombre_propio(titulo: str, falta: str, *, autocomplete: str = "", **otros: Any) -> colander.SchemaNode:
    """A name: up to 60 letters of the Latin script with their accents, spaces, apostrophes, hyphens and dots."""
    atributos = {"autocomplete": autocomplete} if autocomplete else {}
    otros.setdefault("widget", caja("medio", spellcheck="false", **atributos))
    con_letras = exigir(lambda valor: any(map(_letra, valor)), f"{titulo}: escriba al menos una letra")
    return nodo(titulo, falta, largo(titulo, MAXIMO_NOMBRE), _solo_letras(titulo), con_letras, **otros)


def _solo_letras(titulo: str) -> Any:
    def validar(este: colander.SchemaNode, valor: str) -> None:
        extrano = next((c for c in valor if not (_letra(c) or c in SIGNOS_DE_NOMBRE)), None)
        if extrano:
            palabra = f"«{extrano}»" if extrano.isprintable() else "el carácter que no se ve"
            raise colander.Invalid(este, f"{titulo}: use solo letras, espacios, apóstrofos y guiones; quite {palabra}")

    return validar


def _letra(caracter: str) -> bool:
    return caracter.isalpha() and unicodedata.name(caracter, "").startswith("LATIN ")


def _mayusculas(valor: Any) -> Any:
    compacto = compactar(valor)
    return compacto.upper() if isinstance(compacto, str) else compacto


def numero_documento(
    titulo: str = "Número de documento", falta: str = "Escriba su número de documento", **otros: Any
) -> colander.SchemaNode:
    """The number of a document in capitals, without separators. ``comprobar_documento`` judges it by its type."""
    otros.setdefault("widget", caja("corto", autocapitalize="characters", spellcheck="false"))
    formato = exigir(
        re.compile("[A-Z0-9]{8,12}").fullmatch, f"{titulo}: escriba de 8 a 12 números o letras, sin otros signos"
    )
    return nodo(titulo, falta, formato, preparador=_mayusculas, **otros)


def cui(titulo: str = "CUI", **otros: Any) -> colander.SchemaNode:
    """The check character after a DNI's number: a digit, or a letter on old cards; ``''`` for documents without it."""
    otros.setdefault("widget", caja("corto", autocapitalize="characters", spellcheck="false"))
    otros.setdefault("missing", "")
    formato = exigir(re.compile("[A-K0-9]").fullmatch, f"{titulo}: escriba solo el carácter que va después del guion")
    return nodo(titulo, "", formato, preparador=_mayusculas, **otros)


def comprobar_documento(valores: Mapping[str, Any], error: colander.Invalid, *, dni: str = DNI) -> None:
    """For ``Esquema.cruzar`` where fields are ``tipo``, ``numero`` and ``cui``: what holds if ``tipo`` is a DNI."""
    if valores.get("tipo") != dni or "numero" not in valores:
        return
    numero, caracter = valores["numero"], valores.get("cui")
    if not re.fullmatch("[0-9]{8}", numero):
        error["numero"] = "El número de DNI tiene 8 cifras; el carácter que va después del guion se escribe en CUI"
    elif caracter == "":
        error["cui"] = "Escriba el CUI de su DNI"
    elif caracter and not dni_con_cui.is_valid(numero + caracter):
        error["cui"] = "El CUI no corresponde al número de DNI: revise ambos en su tarjeta"


def sexo(
    titulo: str = "Sexo", falta: str = "Elija el sexo que figura en su documento", **otros: Any
) -> colander.SchemaNode:
    """``'F'`` or ``'M'``, as on the DNI."""
    return radios(titulo, falta, (("F", "Femenino"), ("M", "Masculino")), **otros)
