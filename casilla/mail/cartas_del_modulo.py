"""The letters to the institution's own people, each a pure function as those in ``cartas``."""

from datetime import datetime

from pyramid_mailer.message import Message

from casilla.mail.cartas import Institucion, Palabras, momento, segun
from casilla.mail.hoja import boton, datos, una_linea
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


def cambio_en_el_modulo(
    *,
    para: str,
    usuario: str,
    hecho: str,
    cuando: datetime,
    institucion: Institucion,
    palabras: Palabras = palabras_iniciales,
) -> Message:
    """What was done with the account of somebody who works for the institution. Without links."""
    campos = {"usuario": usuario, "hecho": una_linea(hecho).rstrip("."), "cuando": momento(cuando)}
    return segun(palabras, c.CAMBIO_EN_EL_MODULO, para, institucion, {}, **campos)
