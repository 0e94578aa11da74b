"""The letters of the system, each a pure function of facts that returns a Message and sends nothing.

Words: the guide of the institution (points 9, 11, 13 and 16). A letter about a notification says no more than the type
and number of its document: what it is about may concern violence or childhood, and a mailbox is often shared.
The words are the institution's (``palabras``), by default the package's; links, codes and small print are made here.
No letter has a sender yet: `sobre.a_bytes` writes it, and it is always the office, never a person.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from pyramid_mailer.message import Attachment, Message

from casilla.mail.hoja import Bloque, Hoja, boton, datos, parrafo, una_linea
from casilla.resources.contenido import Redaccion
from casilla.services import correspondencia as c
from casilla.services.horas import fecha_con_dia, fecha_hora
from casilla.services.plantillas import (
    AVISO_DISCRETO,
    DE_LA_INSTITUCION,
    bloque,
    palabras_iniciales,
    parrafos,
    rellenar,
)

ASUNTO_MAXIMO = 150  # characters; a longer subject is cut by mail programmes anyway
NOMBRE_MAXIMO = 80  # characters of a file name, its end: encoded it still fits a line of 998 bytes (RFC 5322, 2.1.1)

Palabras = Callable[[str], Redaccion]
"""How a letter is worded, by its name."""
CON_CONSTANCIA = "Adjuntamos la Constancia de notificación electrónica, que también queda en su casilla."
SIN_DETALLE = (
    "Como usted lo pidió, este aviso no dice de qué documento se trata ni lleva adjuntos. La Constancia de "
    "notificación electrónica está en su casilla."
)


class Institucion(Protocol):
    """What a letter needs to know of the institution that signs it."""

    nombre: str
    sistema: str
    oficina: str
    direccion: str
    telefono: str
    anexo: str
    correo: str
    horario: str


def validacion_correo(
    *,
    para: str,
    codigo: str,
    enlace: str,
    vence: datetime,
    institucion: Institucion,
    palabras: Palabras = palabras_iniciales,
) -> Message:
    """The code that proves that the address is read by who typed it (guide, point 9)."""
    bloques = {
        "codigo": datos(("El código de validación del correo electrónico es", codigo)),
        "enlace": boton("Validar Correo", enlace),
    }
    return segun(palabras, c.VALIDACION_CORREO, para, institucion, bloques, vence=momento(vence))


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
    """User name and temporary password of a new casilla (guide, point 11)."""
    bloques = {
        "enlace": boton("Casilla Ciudadana", enlace),
        "credenciales": datos(("Usuario", usuario), ("Contraseña", clave)),
    }
    return segun(palabras, c.CREDENCIALES, para, institucion, bloques, vence=momento(vence))


def aviso_deposito(
    *,
    para: str,
    nombres: str,
    tipo: str,
    numero: str,
    enlace: str,
    depositado_en: datetime,
    computo_desde: date,
    vence: date | None,
    constancia: bytes,
    nombre_constancia: str,
    discreto: bool = False,
    institucion: Institucion,
    palabras: Palabras = palabras_iniciales,
) -> Message:
    """A document was deposited; its constancia goes with the letter (guide, point 16; num. 5.6 of Ley 31736).

    ``discreto``: its reader asked that neither the document be named nor its constancia sent.
    """
    hechos = [
        *([] if discreto else [("Documento", f"{tipo} {numero}")]),
        ("Fecha y hora de depósito", fecha_hora(depositado_en)),
        ("Inicio del cómputo de plazos", fecha_con_dia(computo_desde)),
    ]
    if vence is not None:
        hechos.append(("Último día del plazo", fecha_con_dia(vence)))
    bloques = {"hechos": datos(*hechos), "enlace": boton("Ver la notificación", enlace)}
    if discreto:
        return segun(palabras, AVISO_DISCRETO, para, institucion, bloques, nombres=nombres)
    campos = {"nombres": nombres, "tipo": tipo, "numero": numero}
    carta = segun(palabras, c.AVISO_DEPOSITO, para, institucion, bloques, **campos)
    carta.attach(Attachment(una_linea(nombre_constancia)[-NOMBRE_MAXIMO:], "application/pdf", constancia))
    return carta


def ya_tiene_casilla(
    *,
    para: str,
    enlace_ingreso: str,
    enlace_recuperar: str,
    institucion: Institucion,
    palabras: Palabras = palabras_iniciales,
) -> Message:
    """The answer to a second registration: told to the owner by mail, never to whoever sits at the screen."""
    bloques = {
        "enlace_ingreso": boton("Iniciar sesión", enlace_ingreso),
        "enlace_recuperar": boton("Recuperar mi contraseña", enlace_recuperar),
    }
    return segun(palabras, c.YA_TIENE_CASILLA, para, institucion, bloques)


def recuperacion_clave(
    *, para: str, enlace: str, vence: datetime, institucion: Institucion, palabras: Palabras = palabras_iniciales
) -> Message:
    """The link to choose a new password (guide, point 13)."""
    bloques = {"enlace": boton("Ingrese aquí", enlace)}
    return segun(palabras, c.RECUPERACION_CLAVE, para, institucion, bloques, vence=momento(vence))


def clave_cambiada(
    *, para: str, cuando: datetime, institucion: Institucion, palabras: Palabras = palabras_iniciales
) -> Message:
    """The password was changed. Without links: a copy of this letter is what a thief of passwords would send."""
    return segun(palabras, c.CLAVE_CAMBIADA, para, institucion, {}, cuando=momento(cuando))


def momento(cuando: datetime) -> str:
    """As letters say a time."""
    return f"{fecha_hora(cuando)} (hora de Lima)"


def segun(
    palabras: Palabras,
    carta: str,
    para: str,
    institucion: Institucion,
    bloques: Mapping[str, Bloque | Sequence[Bloque]],
    **campos: str,
) -> Message:
    """The letter in the institution's words, with its fields and blocks filled in.

    A block that they do not place stands at the end: no letter leaves without its link or its code.
    """
    titulo, cuerpo, *_ = palabras(carta)
    valores = {campo: getattr(institucion, campo, "") for campo in DE_LA_INSTITUCION}
    valores |= {"institucion": institucion.nombre, **campos}
    puestos: list[Bloque] = []
    restantes = dict(bloques)
    for texto in parrafos(cuerpo):
        propio = restantes.pop(bloque(texto) or "", None)
        puestos += [parrafo(rellenar(texto, valores))] if propio is None else _lista(propio)
    for propio in restantes.values():
        puestos += _lista(propio)
    return componer(para, rellenar(titulo, valores), institucion, *puestos)


def _lista(propio: Bloque | Sequence[Bloque]) -> Sequence[Bloque]:
    return (propio,) if isinstance(propio, Bloque) else propio


def componer(para: str, titulo: str, institucion: Institucion, *cuerpo: Bloque) -> Message:
    """The letter with this title, which is its subject too, between the letterhead and the signature."""
    hoja = Hoja(
        cabecera=una_linea(f"PERÚ | {institucion.nombre}"),
        titulo=una_linea(titulo),
        cuerpo=cuerpo,
        firma=tuple(map(una_linea, ("Atentamente,", institucion.oficina, institucion.nombre, institucion.direccion))),
        avisos=tuple(map(una_linea, _avisos(institucion))),
    )
    return Message(
        subject=hoja.titulo[:ASUNTO_MAXIMO],
        recipients=[para],
        body=_parte(hoja.en_texto(), "plain"),
        html=_parte(hoja.en_html(), "html"),
        extra_headers={"Content-Language": "es-PE"},
    )


def _avisos(institucion: Institucion) -> tuple[str, ...]:
    return (
        "La información contenida en este e-mail es confidencial, privilegiada y está dirigida exclusivamente a su "
        "destinatario, en consecuencia, solo puede ser utilizada por aquel. Si usted recibió este mensaje por "
        f"error por favor proceda a comunicarlo al correo electrónico {institucion.correo} y elimínelo. Cualquier "
        "retención o uso total o parcial no autorizado de este mensaje está estrictamente prohibido y sancionado.",
        "Esta dirección de correo electrónico es utilizada únicamente para enviar información, por lo que "
        "agradecemos no responder o enviar consultas.",
        "Para la atención de consultas sobre la Casilla Electrónica, comunicarse con el número "
        f"{institucion.telefono}, Anexo {institucion.anexo} ({institucion.horario}).",
    )


def _parte(texto: str, subtipo: str) -> Attachment:
    """A body in UTF-8: left alone, pyramid_mailer would choose ISO-8859-1 for Spanish."""
    return Attachment(
        content_type=f"text/{subtipo}; charset=utf-8",
        data=texto,
        disposition="inline",
        transfer_encoding="quoted-printable",
    )
