"""Passwords: boxes that never show a value again, and the policy for a new one."""

import unicodedata
from importlib.resources import files
from typing import Any

import colander
from deform.widget import PasswordWidget

from casilla.fields.basicos import caja, exigir, nodo, repetir, texto

POLITICA_DE_CLAVE = (
    "La contraseña debe tener al menos 8 caracteres, incluyendo al menos una mayúscula, una minúscula y un número"
)
MINIMO = 8
MAXIMO_BYTES = 72  # all that bcrypt reads; its version 5 raises beyond
PALABRAS_COMUNES = frozenset((files("casilla.fields") / "claves_comunes.txt").read_text("utf-8").split())
CIFRAS_POR_LETRAS = str.maketrans("013457@$", "oieastas")


def normalizar(valor: Any) -> Any:
    """NFC, so that a ñ typed on any device is the same ñ. Nothing is trimmed: in a password a space counts."""
    return unicodedata.normalize("NFC", valor) if isinstance(valor, str) else valor


def usuario_fijo() -> colander.SchemaNode:
    """Whose password a form asks for: password managers look for the user name in the same form. It is only shown."""
    fija = caja("form-control-plaintext", autocomplete="username", readonly="readonly")
    return texto("Usuario", "", missing="", widget=fija)


def clave(titulo: str, falta: str, *, autocomplete: str = "current-password", **otros: Any) -> colander.SchemaNode:
    """A password that exists already: any text of at most 72 bytes in UTF-8."""
    corta = exigir(
        lambda valor: len(valor.encode()) <= MAXIMO_BYTES,
        f"{titulo}: es demasiado larga, use {MAXIMO_BYTES} caracteres como máximo",
    )
    otros.setdefault("widget", PasswordWidget(strip=False, attributes={"autocomplete": autocomplete}))
    return nodo(titulo, falta, corta, *otros.pop("validadores", ()), preparador=normalizar, **otros)


def clave_nueva(titulo: str, falta: str = "Escriba su contraseña nueva", **otros: Any) -> colander.SchemaNode:
    """A new password that keeps the guide's policy and is not one of those that everybody tries first."""
    politica = exigir(cumple_politica, POLITICA_DE_CLAVE)
    dificil = exigir(lambda valor: not es_comun(valor), "Esa contraseña es muy usada y fácil de adivinar: elija otra")
    return clave(titulo, falta, autocomplete="new-password", validadores=(politica, dificil), **otros)


def repetir_clave(igual_a: str, titulo: str, **otros: Any) -> colander.SchemaNode:
    """The second box for the new password ``igual_a``."""
    otros.setdefault("widget", PasswordWidget(strip=False, attributes={"autocomplete": "new-password"}))
    falta, distinto = (
        "Escriba otra vez su contraseña nueva",
        "Las contraseñas no coinciden: escriba la misma en los dos recuadros",
    )
    return repetir(igual_a, titulo, falta, distinto, preparador=normalizar, **otros)


def cumple_politica(valor: str) -> bool:
    """At least 8 characters with a capital, a small letter and a digit of any script."""
    return len(valor) >= MINIMO and all(any(map(prueba, valor)) for prueba in (str.isupper, str.islower, str.isdigit))


def es_comun(valor: str) -> bool:
    """Whether nothing but a common word hides in it, as in "P3ru2025!".

    Accents, and the digits and signs at both ends, don't count; digits inside are read as the letters they stand for.
    """
    letras = "".join(c for c in unicodedata.normalize("NFD", valor.casefold()) if not unicodedata.combining(c))
    inicio = next((n for n, c in enumerate(letras) if c.isalpha()), 0)
    fin = len(letras) - next((n for n, c in enumerate(reversed(letras)) if c.isalpha()), 0)
    palabra = letras[inicio:fin]
    return not PALABRAS_COMUNES.isdisjoint((palabra, palabra.translate(CIFRAS_POR_LETRAS)))
