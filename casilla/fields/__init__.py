"""The data that more than one form asks for: what is accepted, how it is kept, what is said when it is wrong.

Most functions return a ``colander.SchemaNode``; ``falta`` is what a person reads when the box is empty, and ``**otros``
goes to the node: ``description`` (the hint under the label), ``grupo`` (the fieldset it stands in, see
``casilla.forms``), ``missing`` (the value of what may be left empty).
"""

from pyramid.config import Configurator

from casilla.fields.archivos import anexos, archivo, pdf
from casilla.fields.basicos import aceptacion, codigo_validacion, oculto, opciones, parrafo, radios, repetir, texto
from casilla.fields.claves import POLITICA_DE_CLAVE, clave, clave_nueva, repetir_clave, usuario_fijo
from casilla.fields.contacto import correo, repetir_correo, telefono
from casilla.fields.distritos import distrito
from casilla.fields.empresas import razon_social, ruc
from casilla.fields.fechas import comprobar_emision, fecha, fecha_emision, fecha_nacimiento
from casilla.fields.personas import comprobar_documento, cui, nombre_propio, numero_documento, sexo

__all__ = [
    "POLITICA_DE_CLAVE",
    "aceptacion",
    "anexos",
    "archivo",
    "clave",
    "clave_nueva",
    "codigo_validacion",
    "comprobar_documento",
    "comprobar_emision",
    "correo",
    "cui",
    "distrito",
    "fecha",
    "fecha_emision",
    "fecha_nacimiento",
    "nombre_propio",
    "numero_documento",
    "oculto",
    "opciones",
    "parrafo",
    "pdf",
    "radios",
    "razon_social",
    "repetir",
    "repetir_clave",
    "repetir_correo",
    "ruc",
    "sexo",
    "telefono",
    "texto",
    "usuario_fijo",
]


def includeme(config: Configurator) -> None:
    """Spanish for what colander and deform say themselves. Ours wins over theirs, which are incomplete."""
    config.add_translation_dirs("colander:locale", "deform:locale")
    config.add_translation_dirs("casilla:locale", override=True)
