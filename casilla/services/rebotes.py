"""Notices that a mail server refused: why, in words that help whoever owns the mailbox to mend it.

A server answers with a code (RFC 5321, 4.2) and, most of them, with an enhanced one (RFC 3463, 3): its second and third
numbers say what was wrong. The words behind are the server's own, often English, and are kept as they came.
"""

import re
from dataclasses import dataclass

from casilla.resources.persona import Persona

_CODIGO = re.compile(r"([45]\d\d)\b(?:[ -][45]\.(\d)\.(\d{1,3})\b)?")

# By the enhanced code, the whole one before its class.
_POR_DETALLE = {
    "1.1": "Esa dirección no existe: quizá está mal escrita o la cerraron.",
    "1.2": "Lo que sigue a la @ no existe: quizá la dirección está mal escrita.",
    "1.10": "Lo que sigue a la @ no recibe correo: quizá la dirección está mal escrita.",
    "2.1": "Ese buzón está desactivado.",
    "2.2": "Ese buzón está lleno.",
    "2.3": "Ese buzón no acepta mensajes con un archivo adjunto de este tamaño.",
    "4.4": "No hallamos el servidor de correo de esa dirección: quizá está mal escrita.",
}
_POR_CLASE = {
    "1": "Esa dirección no sirve para recibir correo: quizá está mal escrita.",
    "2": "Ese buzón no está recibiendo mensajes.",
    "3": "El servidor de ese correo no está recibiendo mensajes.",
    "4": "No se pudo llegar al servidor de ese correo.",
    "7": "El servidor de ese correo bloqueó el aviso con sus reglas de seguridad o contra el correo no deseado.",
}
# By the plain code, for servers that give no other.
_POR_CODIGO = {
    "550": _POR_DETALLE["1.1"],
    "551": _POR_DETALLE["1.1"],
    "552": _POR_DETALLE["2.2"],
    "553": _POR_CLASE["1"],
    "554": _POR_CLASE["7"],
}
_INSISTIMOS = "El servidor de ese correo no recibió el aviso, aunque lo intentamos durante 5 días."
_NUESTRO = "No pudimos preparar el aviso: el problema es nuestro, no de su correo."
_OTRO = "El servidor de ese correo rechazó el aviso."


@dataclass(frozen=True)
class Rebote:
    """A refusal as its owner is told: of which address, why in a sentence, and the server's own words, if any."""

    correo: str
    motivo: str
    del_servidor: str

    @classmethod
    def de(cls, persona: Persona) -> "Rebote | None":
        """The refusal of the last notice to their registered address; None when it was accepted."""
        if persona.avisos != "rechazado":
            return None
        return cls(enmascarado(persona.correo), motivo(persona.motivo_avisos), _del_servidor(persona.motivo_avisos))


def motivo(palabras: str) -> str:
    """Why, from what the history keeps: "550 5.1.1 no such user", or words of our own side, which carry no code."""
    codigo = _CODIGO.match(palabras)
    if codigo:
        return _por_codigo(*codigo.groups())
    if palabras.startswith("no se pudo"):
        return _NUESTRO
    return _INSISTIMOS if palabras else _OTRO


def _del_servidor(palabras: str) -> str:
    return palabras if _CODIGO.match(palabras) else ""


def _por_codigo(codigo: str, clase: str | None, detalle: str | None) -> str:
    hallado = _POR_DETALLE.get(f"{clase}.{detalle}") or _POR_CLASE.get(clase or "")
    return hallado or (_INSISTIMOS if codigo.startswith("4") else _POR_CODIGO.get(codigo, _OTRO))


def enmascarado(correo: str) -> str:
    """As "r•••@correo.example": enough for its owner, little for whoever looks over the shoulder."""
    buzon, _, dominio = correo.rpartition("@")
    return f"{buzon[:1]}•••@{dominio}"
