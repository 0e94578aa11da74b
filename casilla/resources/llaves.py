"""The keys by which a notification is found exactly, among all of the store."""

import re
from collections.abc import Iterator


def llave_de_expediente(texto: str) -> str:
    """Capitals, blanks and hyphens do not matter."""
    return f"expediente {''.join(_partes(texto))}"


def llave_de_casilla(nombre: str) -> str:
    """Of the recipient's casilla, by its opaque name."""
    return f"casilla {nombre}"


def llave_de_numero(texto: str) -> str:
    """Of a document's number. Leading zeros do not matter either: "9-2025" is "000009 - 2025"."""
    return f"numero {'-'.join(parte.lstrip('0') or '0' for parte in _partes(texto))}"


def llaves(expediente: str, numero: str, casilla: str) -> set[str]:
    """All of a notification; by its number, also beginnings of that."""
    numeros = {llave_de_numero(comienzo) for comienzo in _comienzos(_partes(numero))}
    return {llave_de_expediente(expediente), llave_de_casilla(casilla), *numeros}


def _comienzos(partes: list[str]) -> Iterator[str]:
    """Of "OFICIO 000009-2025-OGTI": all of it, "000009", "000009-2025" and "000009-2025-OGTI"."""
    yield "-".join(partes)
    desde = next((n for n, parte in enumerate(partes) if parte[0].isdigit()), 0)
    for hasta in range(desde + 1, min(desde + 3, len(partes)) + 1):
        yield "-".join(partes[desde:hasta])


def _partes(texto: str) -> list[str]:
    return re.findall(r"[^\W_]+", texto.casefold())
