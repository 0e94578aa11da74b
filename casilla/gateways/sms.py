"""Text messages, by whatever provider the institution hires: what is asked of one, and a client for a plain wire.

The wire is ours, for want of a provider's: docs/operacion.md describes it, and a provider who speaks another one gets a
class of its own, with the same two methods.

    POST casilla.sms.url
    Authorization: Bearer CLAVE
    Idempotency-Key: REFERENCIA
    {"para": "+51987654321", "texto": "…", "referencia": "…", "remitente": "…"}

2xx: taken, with ``{"id": "…"}``; 409: it had been taken before; 400, 404, 410, 422: it never will be, with
``{"motivo": "…"}``; anything else, or nothing: not now.
"""

import json
import re
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Protocol, Self

import requests
from urllib3.exceptions import HTTPError

from casilla.gateways.pide import clave_de_archivo, exigido
from casilla.gateways.protocolo import Ajustes, NoResponde

AJUSTE = "casilla.sms"
SERVICIO = "el servicio de mensajes de texto"
MAXIMO = 1 << 16
"""Bytes of an answer."""

_PARA_SIEMPRE = (400, 404, 410, 422)


class NoAceptado(Exception):
    """The message was refused for good, as for a number that does not exist; ``motivo`` in the provider's words."""

    def __init__(self, motivo: str) -> None:
        super().__init__(motivo)
        self.motivo = motivo


class Mensajero(Protocol):
    """Who carries text messages. For one thread at a time."""

    @classmethod
    def desde_ajustes(cls, settings: Ajustes) -> Self:
        """Raises ValueError, naming the setting, for one that is missing or unusable."""
        ...

    def enviar(self, telefono: str, texto: str, referencia: str) -> str:
        """Hand the message over and return the words of who took it. Raises NoAceptado, NoResponde.

        ``telefono`` in E.164; ``referencia`` is the same each time one message is sent, so that it arrives once.
        """
        ...


@dataclass(frozen=True)
class SmsHttp:
    """A provider who takes messages as JSON. ``espera``: seconds for the whole answer."""

    url: str
    clave: str = field(repr=False)
    remitente: str = ""
    espera: float = 10

    @classmethod
    def desde_ajustes(cls, settings: Ajustes) -> Self:
        """Read ``casilla.sms.url``, ``.clave_archivo`` and, if they are there, ``.remitente`` and ``.espera``."""
        con_espera = {"casilla.sms.espera": "10", **settings}
        espera = exigido(con_espera, "casilla.sms.espera", r"[1-9]\d?", "de 1 a 99 segundos")
        return cls(
            exigido(settings, "casilla.sms.url", r"https?://[^\s?#]+", "una dirección http o https sin parámetros"),
            clave_de_archivo(settings, "casilla.sms.clave_archivo"),
            str(settings.get("casilla.sms.remitente") or "").strip(),
            float(espera),
        )

    def enviar(self, telefono: str, texto: str, referencia: str) -> str:
        estado, cuerpo = self._preguntar({"para": telefono, "texto": texto, "referencia": referencia})
        if 200 <= estado < 300:
            return f"{estado} {_dicho(cuerpo, 'id')}".strip()
        if estado == 409:
            return "409 ya lo tenía"
        if estado in _PARA_SIEMPRE:
            raise NoAceptado(f"{estado} {_dicho(cuerpo, 'motivo')}".strip())
        raise NoResponde(SERVICIO, f"contestó con el estado HTTP {estado}")

    def _preguntar(self, mensaje: dict[str, str]) -> tuple[int, bytes]:
        """Raises NoResponde, outside the handler: what requests says of a failure may hold what was sent."""
        try:
            return self._traer(mensaje)
        except requests.Timeout:
            motivo = f"pasaron {self.espera:g} segundos sin una respuesta completa"
        except (requests.RequestException, HTTPError):
            motivo = "no se pudo conectar, o la conexión se cortó"
        raise NoResponde(SERVICIO, motivo)

    def _traer(self, mensaje: dict[str, str]) -> tuple[int, bytes]:
        hasta = monotonic() + self.espera
        with requests.post(
            self.url,
            json=mensaje | ({"remitente": self.remitente} if self.remitente else {}),
            headers={
                "Authorization": f"Bearer {self.clave}",
                "Idempotency-Key": mensaje["referencia"],
                "Accept-Encoding": "identity",
            },
            timeout=self.espera,
            # A redirect would carry the key elsewhere.
            allow_redirects=False,
            stream=True,
        ) as respuesta:
            contenido = bytearray()
            while len(contenido) < MAXIMO and (trozo := respuesta.raw.read1(MAXIMO, decode_content=False)):
                contenido += trozo
                if monotonic() > hasta:
                    raise requests.Timeout
            return respuesta.status_code, bytes(contenido)


def _dicho(cuerpo: bytes, campo: str) -> str:
    """A field of the answer, on one line and not too long; empty when the answer is something else."""
    try:
        dicho: Any = json.loads(cuerpo)
    except (ValueError, RecursionError):
        return ""
    valor = dicho.get(campo) if isinstance(dicho, dict) else None
    return re.sub(r"\s+", " ", str(valor))[:200] if isinstance(valor, str | int) else ""
