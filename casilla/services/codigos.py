"""Codes that people read, type and compare."""

from secrets import token_bytes

# Crockford's base 32: no I, L, O, U, so that nobody takes one sign for another.
ALFABETO = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CONFUSIONES = str.maketrans("ILO", "110", " -")


def codigo_nuevo(bits: int = 80) -> str:
    """A random code, 5 bits a sign: 16 signs for 80 bits."""
    numero = int.from_bytes(token_bytes(bits // 8 + 1))
    return "".join(ALFABETO[(numero >> (5 * i)) & 31] for i in range(bits // 5))


def normalizar(tecleado: str) -> str:
    """What somebody typed, as the code that it means: case, spaces, hyphens and look-alikes do not matter."""
    return tecleado.upper().translate(_CONFUSIONES)


def en_grupos(codigo: str) -> str:
    """In groups of four, as paper shows it."""
    return "-".join(codigo[i : i + 4] for i in range(0, len(codigo), 4))
