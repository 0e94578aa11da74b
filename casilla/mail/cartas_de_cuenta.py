"""The letters about what people do with their account by themselves, each a pure function as those in ``cartas``."""

from datetime import datetime

from pyramid_mailer.message import Attachment, Message

from casilla.mail.cartas import NOMBRE_MAXIMO, Institucion, Palabras, momento, segun
from casilla.mail.hoja import boton, datos, una_linea
from casilla.services import correspondencia as c
from casilla.services.plantillas import palabras_iniciales


def codigo_correo(
    *, para: str, codigo: str, vence: datetime, institucion: Institucion, palabras: Palabras = palabras_iniciales
) -> Message:
    """The code that proves that a new address is read by whoever asked for it. No link: they wait at a page for it."""
    bloques = {"codigo": datos(("El código para confirmarla es", codigo))}
    return segun(palabras, c.CODIGO_CORREO, para, institucion, bloques, vence=momento(vence))


def correo_cambiado(
    *, para: str, cuando: datetime, institucion: Institucion, palabras: Palabras = palabras_iniciales
) -> Message:
    """To the old address, as the last letter that it gets. Without links, as ``clave_cambiada``."""
    return segun(palabras, c.CORREO_CAMBIADO, para, institucion, {}, cuando=momento(cuando))


def correo_corregido(
    *,
    para: str,
    cuando: datetime,
    hasta: datetime,
    motivo: str,
    institucion: Institucion,
    palabras: Palabras = palabras_iniciales,
) -> Message:
    """To the address that staff took out: what to do if nobody asked for it, and until when. Without links."""
    campos = {"cuando": momento(cuando), "hasta": momento(hasta), "motivo": una_linea(motivo)}
    return segun(palabras, c.CORREO_CORREGIDO, para, institucion, {}, **campos)


def recuperacion_en_espera(
    *,
    para: str,
    desde: datetime,
    corregido: datetime,
    institucion: Institucion,
    palabras: Palabras = palabras_iniciales,
) -> Message:
    """To the address that staff put there: when the link that was asked for comes, and why not now. Without links."""
    campos = {"desde": momento(desde), "corregido": momento(corregido)}
    return segun(palabras, c.RECUPERACION_EN_ESPERA, para, institucion, {}, **campos)


def intentos_fallidos(
    *, para: str, cuando: datetime, institucion: Institucion, palabras: Palabras = palabras_iniciales
) -> Message:
    """Somebody tried wrong passwords until they had to wait. Without links, as ``clave_cambiada``."""
    return segun(palabras, c.INTENTOS_FALLIDOS, para, institucion, {}, cuando=momento(cuando))


def cambio_de_la_institucion(
    *,
    para: str,
    hecho: str,
    cuando: datetime,
    motivo: str,
    constancia: tuple[str, bytes] | None,
    institucion: Institucion,
    palabras: Palabras = palabras_iniciales,
) -> Message:
    """What the institution did to the account and why; ``constancia``: name and bytes of its paper, if it closed it."""
    carta = segun(
        palabras,
        c.CAMBIO_DE_LA_INSTITUCION,
        para,
        institucion,
        {},
        hecho=hecho,
        cuando=momento(cuando),
        motivo=una_linea(motivo),
    )
    if constancia:
        nombre, papel = constancia
        carta.attach(Attachment(una_linea(nombre)[-NOMBRE_MAXIMO:], "application/pdf", papel))
    return carta


def aviso_prueba(
    *, para: str, enlace: str, institucion: Institucion, palabras: Palabras = palabras_iniciales
) -> Message:
    """As the notice of a deposit would come, but of none."""
    bloques = {"enlace": boton("Casilla Ciudadana", enlace)}
    return segun(palabras, c.AVISO_PRUEBA, para, institucion, bloques)


def casilla_cerrada(
    *,
    para: str,
    cuando: datetime,
    enlace: str,
    constancia: bytes,
    nombre_constancia: str,
    institucion: Institucion,
    palabras: Palabras = palabras_iniciales,
) -> Message:
    """The casilla was closed at its owner's request; the constancia of that goes with the letter."""
    bloques = {"enlace": boton("Casilla Ciudadana", enlace)}
    carta = segun(palabras, c.CASILLA_CERRADA, para, institucion, bloques, cuando=momento(cuando))
    carta.attach(Attachment(una_linea(nombre_constancia)[-NOMBRE_MAXIMO:], "application/pdf", constancia))
    return carta
