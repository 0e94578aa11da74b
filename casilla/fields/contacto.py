"""How to reach a person: telephone and e-mail."""

import re
from typing import Any

import colander

from casilla.fields.basicos import caja, compactar, exigir, limpiar, nodo, repetir

PERU = "+51"
# A mobile is a 9 and eight digits; a fixed line has eight with its area code, 1 for Lima or two digits from 41 to 84.
NACIONAL = re.compile(r"9[0-9]{8}|[1-8][0-9]{7}")
E164 = re.compile(r"\+[1-9][0-9]{7,14}")
ETIQUETA = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
BUZON = re.compile(
    rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@(?:{ETIQUETA}\.)+[A-Za-z][A-Za-z0-9-]{{0,61}}[A-Za-z0-9]"
)
MAXIMO_CORREO = 254  # RFC 5321, section 4.5.3.1.3, less the angle brackets


def telefono(
    titulo: str = "Teléfono/Celular", falta: str = "Escriba su teléfono o celular", **otros: Any
) -> colander.SchemaNode:
    """A number in E.164 ("+51987654321"), typed with or without +51, spaces, hyphens and the area code's 0."""
    otros.setdefault("widget", caja("medio", type="tel", inputmode="tel", autocomplete="tel"))
    formato = exigir(E164.fullmatch, f"{titulo}: escriba un número como 987 654 321, o 01 626 1600 si es fijo")
    return nodo(titulo, falta, formato, preparador=_e164, **otros)


def _e164(valor: Any) -> Any:
    """What can't be a number stays as typed, for the validator to refuse."""
    compacto = compactar(valor)
    if not isinstance(compacto, str):
        return compacto
    numero = "+" + compacto[2:] if compacto.startswith("00") else compacto
    if numero.startswith("+") and not numero.startswith(PERU):
        return numero
    nacional = numero.removeprefix(PERU)
    if len(nacional) == 11:
        nacional = nacional.removeprefix(PERU[1:])
    nacional = nacional.removeprefix("0")
    return PERU + nacional if NACIONAL.fullmatch(nacional) else compacto.replace("+", "")


def correo(
    titulo: str = "Correo Electrónico", falta: str = "Escriba su correo electrónico", **otros: Any
) -> colander.SchemaNode:
    """An address of at most 254 characters, its domain in lower case. What stands before the @ is left as typed."""
    otros.setdefault("widget", _caja_de_correo())
    formato = exigir(_es_correo, f"{titulo}: escriba una dirección como nombre@ejemplo.com")
    return nodo(titulo, falta, formato, preparador=normalizar_correo, **otros)


def repetir_correo(
    igual_a: str = "correo", titulo: str = "Repetir Correo Electrónico", **otros: Any
) -> colander.SchemaNode:
    """The second box for the address ``igual_a``; pasting is allowed."""
    otros.setdefault("widget", _caja_de_correo())
    falta, distinto = "Escriba otra vez su correo electrónico", "Los correos electrónicos no coinciden: revise los dos"
    return repetir(igual_a, titulo, falta, distinto, preparador=normalizar_correo, **otros)


def normalizar_correo(valor: Any) -> Any:
    """Trimmed, without invisible characters, the domain in lower case."""
    limpio = limpiar(valor)
    if not isinstance(limpio, str):
        return limpio
    buzon, arroba, dominio = limpio.rpartition("@")
    return buzon + arroba + dominio.lower()


def _es_correo(valor: str) -> bool:
    buzon = valor.partition("@")[0]
    bien_puesto = not (buzon.startswith(".") or buzon.endswith(".") or ".." in buzon)
    return len(valor) <= MAXIMO_CORREO and bien_puesto and bool(BUZON.fullmatch(valor))


def _caja_de_correo() -> Any:
    return caja(type="email", autocomplete="email", spellcheck="false", autocapitalize="none")
