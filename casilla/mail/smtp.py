"""Letters over SMTP (RFC 5321), with TLS (RFC 3207, RFC 8314) and a password that is never in an ini."""

import os
import smtplib
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from pyramid.settings import asbool

from casilla.mail.entrega import NoEntregada, Rechazada, SinConexion, remitente_de
from casilla.mail.hoja import una_linea
from casilla.mail.sobre import direccion

ESPERA = 60.0  # seconds for each answer; a server that scans what it takes is slow, and a resend would be a duplicate
CLAVE_EN_ENTORNO = "CASILLA_MAIL_PASSWORD"
PUERTOS = {None: 25, "starttls": 587, "tls": 465}

# 5xx answers that speak of the conversation or of our account: they pass once our settings are mended.
NO_POR_LA_CARTA = {502, 503, 504, 530, 535, 538}
DEMASIADO_GRANDE = 552


@dataclass
class Smtp:
    """A mail server. Not for two threads at once.

    seguridad: None, 'starttls' or 'tls' (from the first byte); the certificate must be good for `host`, signed by an
    authority of the system or by those in the file `ca_archivo`. espera: seconds for each answer.
    """

    host: str
    remitente: str
    port: int = 25
    seguridad: str | None = None
    ca_archivo: str | None = None
    usuario: str | None = None
    clave: str = field(default="", repr=False)
    espera: float = ESPERA
    _en_lote: bool = field(default=False, init=False, repr=False)
    _smtp: smtplib.SMTP | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        if self.usuario and not self.seguridad:
            raise ValueError("mail.username: hace falta mail.tls o mail.ssl, la clave no viaja en claro")
        try:
            self._contexto = ssl.create_default_context(cafile=self.ca_archivo)
        except OSError as error:
            raise ValueError(f"mail.ca_archivo: {self.ca_archivo}: {error}") from None

    @classmethod
    def desde_ajustes(cls, settings: Mapping[str, str]) -> Self:
        """Read `mail.host`, `mail.port`, `mail.tls` (STARTTLS) or `mail.ssl`, `mail.ca_archivo`, `mail.username`,
        `mail.password_archivo` (or the variable CASILLA_MAIL_PASSWORD) and `mail.default_sender`.
        """
        seguridad = (
            "tls" if asbool(settings.get("mail.ssl")) else "starttls" if asbool(settings.get("mail.tls")) else None
        )
        usuario = settings.get("mail.username") or None
        if not settings.get("mail.host"):
            raise ValueError("mail.host: falta el servidor de correo")
        return cls(
            host=settings["mail.host"],
            remitente=remitente_de(settings),
            port=_puerto(settings.get("mail.port")) or PUERTOS[seguridad],
            seguridad=seguridad,
            ca_archivo=settings.get("mail.ca_archivo") or None,
            usuario=usuario,
            clave=_clave(settings) if usuario else "",
        )

    def __enter__(self) -> Self:
        self._en_lote = True
        return self

    def __exit__(self, tipo: type | None, error: BaseException | None, rastro: TracebackType | None) -> None:
        self._en_lote = False
        self._despedirse()

    def entregar(self, mensaje: bytes, remitente: str, para: str) -> str:
        """Hand over one letter; the server's own words come back, as "250 2.0.0 Ok: queued as 12345"."""
        try:
            de, a = direccion(remitente), direccion(para)
        except ValueError as error:
            raise Rechazada(553, str(error)) from None
        smtp = self._abierta()
        try:
            return _conversar(smtp, mensaje, de, a)
        except OSError as error:  # smtplib's own errors are OSErrors too
            self._soltar()
            if isinstance(error, smtplib.SMTPDataError):
                raise _negativa(error.smtp_code, error.smtp_error) from error
            raise NoEntregada(_palabras(error)) from error
        finally:
            if not self._en_lote:
                self._despedirse()

    def _abierta(self) -> smtplib.SMTP:
        """The connection of the batch, cleaned by RSET, or a new one if there is none or the server closed it."""
        if self._smtp is not None:
            with suppress(OSError):
                if self._smtp.rset()[0] == 250:
                    return self._smtp
            self._soltar()
        try:
            self._smtp = self._conectar()
        except (OSError, ValueError) as error:  # ValueError: a password or host that is not ASCII
            raise SinConexion(f"{self.host}:{self.port}: {_palabras(error)}") from error
        return self._smtp

    def _conectar(self) -> smtplib.SMTP:
        smtp = self.saludar(self.espera)
        try:
            if self.usuario:
                smtp.login(self.usuario, self.clave)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def saludar(self, espera: float) -> smtplib.SMTP:
        """Connect, with TLS if it is asked for, and EHLO; no login. espera: seconds for each answer. Raises OSError."""
        if self.seguridad == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=espera, context=self._contexto)
        else:
            smtp = smtplib.SMTP(self.host, self.port, timeout=espera)
        try:
            if self.seguridad == "starttls":
                smtp.starttls(context=self._contexto)
            smtp.ehlo_or_helo_if_needed()
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _despedirse(self) -> None:
        if self._smtp is not None:
            with suppress(OSError):
                self._smtp.quit()
        self._soltar()

    def _soltar(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None


def _conversar(smtp: smtplib.SMTP, mensaje: bytes, de: str, a: str) -> str:
    codigo, palabras = smtp.mail(de, [f"size={len(mensaje)}"] if smtp.has_extn("size") else [])
    if codigo != 250:
        # About our own address, so not for good, unless the letter does not fit.
        raise (
            _negativa(codigo, palabras)
            if codigo == DEMASIADO_GRANDE
            else NoEntregada(f"{codigo} {_palabras(palabras)}")
        )
    codigo, palabras = smtp.rcpt(a)
    if codigo not in (250, 251):
        raise _negativa(codigo, palabras)
    codigo, palabras = smtp.data(mensaje)
    if codigo != 250:
        raise _negativa(codigo, palabras)
    return f"{codigo} {_palabras(palabras)}"


def _negativa(codigo: int, palabras: bytes | str) -> Exception:
    """The exception for an answer of the server that is not the hoped one."""
    if 500 <= codigo < 600 and codigo not in NO_POR_LA_CARTA:
        return Rechazada(codigo, _palabras(palabras))
    return NoEntregada(f"{codigo} {_palabras(palabras)}")


def _palabras(dicho: bytes | str | Exception) -> str:
    """At most 500 characters on one line, to be kept beside the letter and shown."""
    if isinstance(dicho, smtplib.SMTPResponseException):
        return f"{dicho.smtp_code} {_palabras(dicho.smtp_error)}"
    if isinstance(dicho, Exception):
        dicho = str(dicho) or type(dicho).__name__
    texto = dicho.decode("utf-8", "replace") if isinstance(dicho, bytes) else dicho
    return una_linea(texto)[:500]


def _puerto(texto: str | None) -> int | None:
    if not texto:
        return None
    if not texto.isdecimal() or not 0 < int(texto) < 65536:
        raise ValueError(f"mail.port: {texto!r} no es un puerto")
    return int(texto)


def _clave(settings: Mapping[str, str]) -> str:
    archivo = settings.get("mail.password_archivo")
    try:
        clave = Path(archivo).read_text("utf-8").strip() if archivo else os.environ.get(CLAVE_EN_ENTORNO, "")
    except (OSError, ValueError) as error:
        raise ValueError(f"mail.password_archivo: no se puede leer {archivo} como texto UTF-8") from error
    if not clave:
        raise ValueError(f"mail.username: falta la clave, en mail.password_archivo o en {CLAVE_EN_ENTORNO}")
    return clave
