"""The letters of the system, each a pure function of facts that returns a Message and sends nothing.

Words: the guide of the institution (points 9, 11, 13 and 16). A letter about a notification says no more than the type
and number of its document: what it is about may concern violence or childhood, and a mailbox is often shared.
No letter has a sender yet: `sobre.a_bytes` writes it, and it is always the office, never a person.
"""

from datetime import date, datetime
from typing import Protocol

from pyramid_mailer.message import Attachment, Message

from casilla.mail.hoja import Bloque, Hoja, boton, datos, parrafo, una_linea
from casilla.services.horas import fecha_con_dia, fecha_hora

ASUNTO_MAXIMO = 150  # characters; a longer subject is cut by mail programmes anyway
NOMBRE_MAXIMO = 80  # characters of a file name, its end: encoded it still fits a line of 998 bytes (RFC 5322, 2.1.1)
SALUDO = "Estimada (o) usuaria (o):"
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


def validacion_correo(*, para: str, codigo: str, enlace: str, vence: datetime, institucion: Institucion) -> Message:
    """The code that proves that the address is read by who typed it (guide, point 9)."""
    return componer(
        para,
        "Validación de Correo Electrónico",
        institucion,
        parrafo(SALUDO),
        datos(("El código de validación del correo electrónico es", codigo)),
        parrafo("El link de verificación directa es el siguiente:"),
        boton("Validar Correo", enlace),
        parrafo(f"El código y el enlace vencen el {momento(vence)}."),
        parrafo("Si usted no pidió una Casilla Electrónica, no haga nada: sin este código el registro no continúa."),
    )


def credenciales(
    *, para: str, usuario: str, clave: str, enlace: str, vence: datetime, institucion: Institucion
) -> Message:
    """User name and temporary password of a new casilla (guide, point 11)."""
    return componer(
        para,
        "Credenciales de Acceso",
        institucion,
        parrafo(SALUDO),
        parrafo("El registro de su solicitud de creación de casilla ha sido aprobado."),
        parrafo("Puede acceder a la casilla electrónica ingresando al siguiente enlace:"),
        boton("Casilla Ciudadana", enlace),
        datos(("Usuario", usuario), ("Contraseña", clave)),
        parrafo(
            f"La contraseña es temporal: vence el {momento(vence)}. "
            "Cuando ingrese por primera vez, el sistema le pedirá que la cambie por una que solo usted conozca."
        ),
    )


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
    carta = componer(
        para,
        "Nueva notificación" if discreto else f"Nueva notificación: {tipo} {numero}",
        institucion,
        parrafo(f"Estimada (o) {nombres}:"),
        parrafo("Tiene una nueva notificación en el buzón de entrada de su Casilla Electrónica."),
        datos(*hechos),
        boton("Ver la notificación", enlace),
        parrafo("Por su seguridad, el documento solo se ve después de iniciar sesión."),
        parrafo(SIN_DETALLE if discreto else CON_CONSTANCIA),
    )
    if discreto:
        return carta
    carta.attach(Attachment(una_linea(nombre_constancia)[-NOMBRE_MAXIMO:], "application/pdf", constancia))
    return carta


def ya_tiene_casilla(*, para: str, enlace_ingreso: str, enlace_recuperar: str, institucion: Institucion) -> Message:
    """The answer to a second registration: told to the owner by mail, never to whoever sits at the screen."""
    return componer(
        para,
        "Usted ya tiene una Casilla Electrónica",
        institucion,
        parrafo(SALUDO),
        parrafo(
            "Alguien, quizá usted, pidió registrar otra vez una Casilla Electrónica con sus datos. "
            "Usted ya tiene una y sigue siendo la misma: no hemos creado otra ni cambiado su contraseña."
        ),
        boton("Iniciar sesión", enlace_ingreso),
        parrafo("Si no recuerda su contraseña, puede cambiarla aquí:"),
        boton("Recuperar mi contraseña", enlace_recuperar),
        parrafo("Si no fue usted, no necesita hacer nada: quien lo pidió no ha visto ninguno de sus datos."),
    )


def recuperacion_clave(*, para: str, enlace: str, vence: datetime, institucion: Institucion) -> Message:
    """The link to choose a new password (guide, point 13)."""
    return componer(
        para,
        "Recuperación de contraseña",
        institucion,
        parrafo(SALUDO),
        parrafo("Recibimos un pedido para cambiar la contraseña de su Casilla Electrónica. Para elegir una nueva:"),
        boton("Ingrese aquí", enlace),
        parrafo(f"El enlace sirve una sola vez y vence el {momento(vence)}."),
        parrafo("Si usted no lo pidió, no haga nada: su contraseña sigue siendo la misma."),
    )


def clave_cambiada(*, para: str, cuando: datetime, institucion: Institucion) -> Message:
    """The password was changed. Without links: a copy of this letter is what a thief of passwords would send."""
    return componer(
        para,
        "Su contraseña cambió",
        institucion,
        parrafo(SALUDO),
        parrafo(f"La contraseña de su Casilla Electrónica cambió el {momento(cuando)}."),
        parrafo("Si fue usted, no necesita hacer nada."),
        si_no_fue(institucion),
    )


def si_no_fue(institucion: Institucion) -> Bloque:
    """Whom to call, at the end of a letter about a change that its reader did not make."""
    return parrafo(
        f"Si no fue usted, comuníquese cuanto antes con el número {institucion.telefono}, "
        f"Anexo {institucion.anexo} ({institucion.horario})."
    )


def momento(cuando: datetime) -> str:
    """As letters say a time."""
    return f"{fecha_hora(cuando)} (hora de Lima)"


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
