"""The small forms of a registration, and what the two long ones share."""

from collections.abc import Mapping
from typing import Any

from casilla import fields
from casilla.forms import Esquema

CONTACTO = "Contacto"


class EsquemaTipo(Esquema):
    tipo = fields.radios(
        "¿Para quién es la casilla?",
        "Elija para quién es la casilla",
        (("natural", "Persona Natural"), ("juridica", "Persona Jurídica")),
    )


class EsquemaCodigo(Esquema):
    codigo = fields.codigo_validacion(
        description="Son 6 letras y números. Da igual si escribe mayúsculas, espacios o guiones."
    )


class EsquemaCorreo(Esquema):
    correo = fields.correo()
    repetir_correo = fields.repetir_correo()


def nacional(guardados: Mapping[str, Any]) -> str:
    """The telephone as people of the country write it; the form reads it back as the same number."""
    return str(guardados["telefono"].removeprefix("+51"))
