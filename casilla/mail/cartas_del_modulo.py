"""The letters to the institution's own people, each a pure function as those in ``cartas``."""

from datetime import datetime

from pyramid_mailer.message import Message

from casilla.mail.cartas import Institucion, Palabras, momento, segun
from casilla.mail.hoja import boton, datos
from casilla.services import correspondencia as c
from casilla.services.plantillas import palabras_iniciales


def credenciales(
    *,
    para: str,
    usuario: str,
    clave: str,
    enlace: str,
    vence: datetime,
    institucion: Institucion,
    palabras: Palabras = palabras_iniciales,
) -> Message:
    """User name and temporary password of somebody who works for the institution."""
    bloques = {
        "credenciales": datos(("Usuario", usuario), ("Contraseña temporal", clave)),
        "enlace": boton("Entrar al módulo", enlace),
    }
    return segun(palabras, c.CREDENCIALES_MODULO, para, institucion, bloques, vence=momento(vence))
