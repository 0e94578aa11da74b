"""The State's interoperability platform (PIDE): the wire shared by the services behind it.

It is slow on bad days and silent on worse ones, so a question has one deadline for everything (name look-up,
connecting, the answer's last byte), and an answer has a largest size.
"""

import json
import logging
import re
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore, Thread
from time import monotonic
from typing import Any, Self

import requests
from urllib3.exceptions import HTTPError
from urllib3.exceptions import TimeoutError as HTTPTimeout

from casilla.gateways.protocolo import Ajustes, DatosPersona, NoResponde

MAXIMO = 1024 * 1024
"""Bytes of an answer. RENIEC's, which carries a photograph, has some tens of thousands."""

A_LA_VEZ = 16
"""Questions to one service that may be waiting, so that a service that hangs cannot eat our threads one by one."""

log = logging.getLogger(__name__)

# Both write whole addresses, and Migraciones' address carries the number of somebody's document.
logging.getLogger("urllib3.connection").setLevel(logging.ERROR)
logging.getLogger("urllib3.connectionpool").setLevel(logging.ERROR)


@dataclass(frozen=True)
class Linea:
    """The way to one service: its name, its address without query, and how many seconds we wait."""

    servicio: str
    url: str
    espera: float
    _turnos: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(A_LA_VEZ), repr=False, compare=False)

    @classmethod
    def desde_ajustes(cls, settings: Ajustes, servicio: str, clave: str, por_omision: str) -> Self:
        """``clave``: the setting with the address. Raises ValueError, naming the setting."""
        url = str(settings.get(clave) or por_omision).strip()
        if not re.fullmatch(r"https?://[^\s?#]+", url):
            raise ValueError(f"{clave}: se espera una dirección http o https sin parámetros")
        return cls(servicio, url, _espera(settings))

    def preguntar(self, metodo: str, consulta: Mapping[str, str], cuerpo: Any = None) -> Any:
        """The answer's JSON, of whatever shape. Raises NoResponde.

        It is raised outside the handlers: what requests says of a failure holds the address, and with it the query.
        """
        try:
            return json.loads(self._a_tiempo(lambda: self._traer(metodo, consulta, cuerpo)))
        except NoResponde as error:
            motivo = error.motivo
        except (TimeoutError, requests.Timeout, HTTPTimeout):
            motivo = f"pasaron {self.espera:g} segundos sin una respuesta completa"
        except requests.exceptions.SSLError:
            motivo = "no ofrece una conexión segura en la que confiar (TLS o su certificado)"
        except (requests.RequestException, HTTPError):
            motivo = "no se pudo conectar, o la conexión se cortó"
        except (ValueError, RecursionError):
            motivo = "su respuesta no es JSON"
        raise self.fallo(motivo)

    def persona(self, datos: Mapping[str, Any], *campos: str) -> DatosPersona:
        """Whom it found; ``campos``: its words for nombres, apellido paterno and materno. Raises NoResponde."""
        nombres, paterno, materno = (texto(datos.get(campo)) for campo in campos)
        if not (nombres or paterno or materno):
            raise self.fallo("dice que halló a la persona y no da su nombre")
        return DatosPersona(nombres, paterno, materno)

    def fallo(self, motivo: str) -> NoResponde:
        """What to raise, already told to the operator."""
        log.warning("%s no responde: %s", self.servicio, motivo)
        return NoResponde(self.servicio, motivo)

    def _a_tiempo(self, tarea: Callable[[], bytes]) -> bytes:
        """Does it in a thread of its own, because the time-outs of sockets begin anew with each byte that drips in."""
        if not self._turnos.acquire(blocking=False):
            raise NoResponde(self.servicio, f"hay {A_LA_VEZ} consultas a las que no ha contestado")
        futuro: Future[bytes] = Future()

        def correr() -> None:
            try:
                futuro.set_result(tarea())
            except Exception as error:
                futuro.set_exception(error)
            finally:
                self._turnos.release()

        Thread(target=correr, name=f"pide-{self.servicio}", daemon=True).start()
        return futuro.result(self.espera)

    def _traer(self, metodo: str, consulta: Mapping[str, str], cuerpo: Any) -> bytes:
        hasta = monotonic() + self.espera
        with requests.request(
            metodo,
            self.url,
            params=consulta,
            json=cuerpo,
            # Compressed, a small answer could unfold into a huge one.
            headers={"Accept": "application/json", "Accept-Encoding": "identity"},
            timeout=(self.espera, self.espera),
            # A redirect would carry the password elsewhere.
            allow_redirects=False,
            stream=True,
        ) as respuesta:
            if respuesta.status_code != 200:
                raise NoResponde(self.servicio, f"contestó con el estado HTTP {respuesta.status_code}")
            contenido = bytearray()
            # read1, because it returns with what there is, so that the deadline is looked at while bytes drip in.
            while trozo := respuesta.raw.read1(MAXIMO, decode_content=False):
                contenido += trozo
                if len(contenido) > MAXIMO:
                    raise NoResponde(self.servicio, "su respuesta es demasiado grande")
                if monotonic() > hasta:
                    raise TimeoutError
            return bytes(contenido)


def parte(cuerpo: Any, campo: str) -> dict[str, Any]:
    """The object that carries ``campo``, within however many envelopes; an empty one when there is none."""
    pendientes = [cuerpo]
    for objeto in pendientes:
        if isinstance(objeto, dict):
            if campo in objeto:
                return objeto
            pendientes.extend(objeto.values())
    return {}


def texto(valor: Any) -> str:
    """A value without the spaces that PIDE pads it with; "" for what is not text: null, or an object for it."""
    return valor.strip() if isinstance(valor, str) else ""


def exigido(settings: Ajustes, clave: str, forma: str, descripcion: str) -> str:
    """A setting that must be there and match ``forma``. Raises ValueError, naming the setting and not its value."""
    valor = str(settings.get(clave) or "").strip()
    if not valor:
        raise ValueError(f"falta el ajuste {clave}: {descripcion}")
    if not re.fullmatch(forma, valor):
        raise ValueError(f"{clave}: se espera {descripcion}")
    return valor


def clave_de_archivo(settings: Ajustes, clave: str) -> str:
    """The password in the file that a setting names. Raises ValueError, naming the setting."""
    archivo = Path(exigido(settings, clave, r".+", "el archivo con la contraseña del servicio"))
    try:
        contrasena = archivo.read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        # "from None", because a decoding error carries what it could not decode.
        raise ValueError(f"{clave}: no se puede leer {archivo} como texto UTF-8") from None
    if not contrasena:
        raise ValueError(f"{clave}: {archivo} está vacío")
    return contrasena


def _espera(settings: Ajustes) -> float:
    """Seconds. A minute at the most: somebody is looking at the screen meanwhile."""
    try:
        espera = float(settings.get("casilla.pide.espera", 5))
    except (TypeError, ValueError):
        espera = 0
    if not 0 < espera <= 60:
        raise ValueError("casilla.pide.espera: se espera un número de segundos mayor que 0 y no mayor que 60")
    return espera
