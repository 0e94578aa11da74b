"""From a letter to the bytes that travel (RFC 5322), the same ones however often they are made.

pyramid_mailer makes the parts. Its own road on to the wire (repoze.sendmail) leaves bare line feeds, which strict
servers refuse, and the modern policy of the standard library loses or adds spaces when it folds a long subject
(seen on Python 3.11); so the headers are encoded here with `email.header`, and written with CRLF.
"""

import re
from copy import copy
from datetime import datetime
from email.header import Header
from email.policy import compat32
from email.utils import format_datetime, formataddr
from hashlib import sha256

from pyramid_mailer.message import Message

from casilla.services.horas import en_lima

POLITICA = compat32.clone(linesep="\r\n", cte_type="7bit")

# One plain address. Addresses outside ASCII need SMTPUTF8, which few mailboxes in use accept.
DIRECCION = re.compile(r"[!#-'*+\-./0-9=?A-Z^_`a-z{|}~]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
CON_NOMBRE = re.compile(r'"?(?P<nombre>[^<>"]*?)"? *<(?P<direccion>[^<>]*)>')
MESSAGE_ID = re.compile(r"<[!#-'*+\-./0-9=?A-Z^_`a-z{|}~]+@[A-Za-z0-9.-]+>")


def a_bytes(message: Message, *, message_id: str, remitente: str, fecha: datetime) -> bytes:
    """The whole letter with CRLF line ends: mixed(alternative(text, html), attachments), only ASCII bytes.

    message_id: "<something@host>", chosen once for each letter and kept, so that a second delivery is recognised.
    remitente: "address" or "Name <address>". fecha: aware. Raises ValueError for an address or an id that no header
    may carry.
    """
    if len(message_id) > 250 or not MESSAGE_ID.fullmatch(message_id):
        raise ValueError(f"not a Message-Id: {message_id!r}")
    carta = copy(message)
    carta.sender = direccion(remitente)
    carta.recipients = [direccion(para) for para in message.recipients]
    carta.extra_headers = dict(message.extra_headers) | {
        "Message-Id": message_id,
        "Date": format_datetime(en_lima(fecha)),
        "Auto-Submitted": "auto-generated",
    }
    correo = carta.to_message()  # refuses line breaks in any header
    correo.replace_header("From", _con_nombre(remitente))
    correo.replace_header("Subject", _codificado("Subject", carta.subject))
    for n, parte in enumerate(correo.walk()):
        if parte.is_multipart():
            parte.set_boundary(f"=_{n}_{sha256(message_id.encode()).hexdigest()[:32]}")
    return bytes(correo.as_bytes(policy=POLITICA))


def direccion(texto: str) -> str:
    """The bare address of "a@b.pe" or of "Name <a@b.pe>". Raises ValueError for what is not one address in ASCII."""
    solo = _nombre_y_direccion(texto)[1]
    if len(solo) > 254 or not DIRECCION.fullmatch(solo) or not texto.isprintable():
        raise ValueError(f"no es una dirección de correo: {texto!r}")
    return solo


def _nombre_y_direccion(texto: str) -> tuple[str, str]:
    partes = CON_NOMBRE.fullmatch(texto)
    return (partes["nombre"], partes["direccion"]) if partes else ("", texto)


def _con_nombre(remitente: str) -> str:
    nombre, solo = _nombre_y_direccion(remitente)
    return formataddr((nombre, solo)) if nombre.isascii() else f"{_codificado('From', nombre)} <{solo}>"


def _codificado(cabecera: str, texto: str) -> str:
    """A header's value in encoded words (RFC 2047) where it needs them, folded."""
    return Header(texto, "us-ascii" if texto.isascii() else "utf-8", header_name=cabecera).encode()
