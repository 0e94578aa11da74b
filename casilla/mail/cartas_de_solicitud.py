"""The letters about a registration that somebody of the institution reviews, pure functions as those in ``cartas``.

They go to an address that nobody has proved to read yet: they tell nothing of what was declared.
"""

from datetime import date, datetime

from pyramid_mailer.message import Message

from casilla.mail.cartas import Institucion, Palabras, momento, segun
from casilla.mail.hoja import boton, datos, una_linea
from casilla.services import correspondencia as c
from casilla.services.horas import fecha_con_dia
from casilla.services.plantillas import palabras_iniciales


def en_revision(
    *, para: str, cuando: datetime, hasta: date, institucion: Institucion, palabras: Palabras = palabras_iniciales
) -> Message:
    """The receipt: when it was asked for, and the last day on which an answer is promised."""
    campos = {"cuando": momento(cuando), "hasta": fecha_con_dia(hasta)}
    return segun(palabras, c.SOLICITUD_EN_REVISION, para, institucion, {}, **campos)


def autorizada(
    *,
    para: str,
    codigo: str,
    enlace: str,
    vence: datetime,
    institucion: Institucion,
    palabras: Palabras = palabras_iniciales,
) -> Message:
    """The good news, with the code that proves that the address is read by who typed it."""
    bloques = {
        "codigo": datos(("El código de validación del correo electrónico es", codigo)),
        "enlace": boton("Validar Correo", enlace),
    }
    return segun(palabras, c.SOLICITUD_AUTORIZADA, para, institucion, bloques, vence=momento(vence))


def denegada(
    *, para: str, motivo: str, enlace: str, institucion: Institucion, palabras: Palabras = palabras_iniciales
) -> Message:
    """Why not, and where to begin again."""
    bloques = {"enlace": boton("Crear una Casilla Electrónica", enlace)}
    return segun(palabras, c.SOLICITUD_DENEGADA, para, institucion, bloques, motivo=una_linea(motivo))
