"""The institution's own data, as they are edited."""

from collections.abc import Mapping
from datetime import datetime

from casilla.resources.institucion import Institucion

# Each datum with its label.
RECUADROS = {
    "nombre": "Nombre de la institución",
    "sigla": "Sigla",
    "sistema": "Nombre del sistema",
    "oficina": "Oficina a cargo",
    "direccion": "Dirección",
    "telefono": "Teléfono",
    "anexo": "Anexo",
    "correo": "Correo de contacto",
    "horario": "Horario de atención",
}


def datos_de(institucion: Institucion) -> dict[str, str]:
    """By label."""
    return {rotulo: getattr(institucion, campo) for campo, rotulo in RECUADROS.items()}


def editar(institucion: Institucion, datos: Mapping[str, str], ahora: datetime) -> bool:
    """Take these (by name of the attribute); False when they are what there was, and then nothing is written."""
    distintos = {campo: valor for campo, valor in datos.items() if getattr(institucion, campo) != valor}
    if distintos:
        antes = tuple((campo, getattr(institucion, campo)) for campo in RECUADROS)
        institucion.anteriores += ((ahora, antes),)
    for campo, valor in distintos.items():
        setattr(institucion, campo, valor)
    return bool(distintos)
