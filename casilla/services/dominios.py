"""Slips in the domain of a mail address: "gmial.com" is most likely gmail.com. A question, never a refusal."""

from difflib import get_close_matches

# Where most people in Peru have their mail; and domains that exist though they look like a slip of one of those.
_USUALES = ("gmail.com", "hotmail.com", "outlook.com", "outlook.es", "yahoo.com", "yahoo.es", "icloud.com", "live.com")
_PARECIDOS = frozenset(
    {"mail.com", "email.com", "ymail.com", "gmx.com", "rocketmail.com", "hotmail.es", "yahoo.com.pe"}
)
# As difflib measures: one or two letters changed, missing or swapped.
_PARECIDO = 0.8


def sugerencia(correo: str) -> str | None:
    """The address that was probably meant; None when this one looks right."""
    buzon, _, dominio = correo.rpartition("@")
    dominio = dominio.lower()
    if dominio in _USUALES or dominio in _PARECIDOS:
        return None
    hallados = get_close_matches(dominio, _USUALES, 1, _PARECIDO)
    return f"{buzon}@{hallados[0]}" if hallados else None
