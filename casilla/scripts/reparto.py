"""Carrying a letter: it is taken, written, handed over and its fate noted.

Two short transactions, and nothing held while the mail server thinks. Whoever dies between handing a letter over and
noting it leaves it taken; when that turn is over it is sent again, with the same Message-Id.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from threading import Event
from traceback import format_tb
from typing import Any, ClassVar

from transaction.interfaces import TransientError
from ZODB import DB
from ZODB.POSException import POSError

from casilla.gateways import mensajero
from casilla.gateways.protocolo import NoResponde
from casilla.gateways.sms import Mensajero, NoAceptado
from casilla.mail import mensajes
from casilla.mail.redaccion import NoCorresponde, message_id, redactar
from casilla.mail.sobre import a_bytes
from casilla.mail.transporte import NoEntregada, Rechazada, SinConexion, Transporte, transporte
from casilla.request import leer_secreto
from casilla.resources.salida import Carta
from casilla.resources.sitio import Sitio
from casilla.scripts.entorno import Hacer, ahora, sesion, sitio_de
from casilla.services import correspondencia
from casilla.services.plantillas import palabras_de
from casilla.services.registro import vencer
from casilla.services.resumen import preparar

log = logging.getLogger(__name__)

Lugar = tuple[int, int]
Anotar = Callable[[Sitio, Lugar, datetime, str], None]
Entregar = Callable[[], str]
"""Hands over what was written, and returns the words of who took it."""


@dataclass
class Cartero:
    """Who carries the letters of one store. Not for two threads at once.

    ``url``: the setting ``casilla.url``. ``reloj`` tells the time, aware. ``mensajero``: who carries text messages,
    None when nobody does.
    """

    nombre: ClassVar = "cartero"

    db: DB
    transporte: Transporte
    url: str
    secreto: bytes = field(repr=False)
    reloj: Callable[[], datetime] = ahora
    mensajero: Mensajero | None = None
    _callado: bool = field(default=False, init=False, repr=False)

    @classmethod
    def desde_ajustes(cls, ajustes: Mapping[str, Any], db: DB) -> "Cartero":
        """Raises ValueError, naming the setting that is missing or wrong."""
        via, secreto = transporte(ajustes), leer_secreto(dict(ajustes))
        return cls(db, via, ajustes["casilla.url"], secreto, mensajero=mensajero(ajustes))

    def ronda(self, parar: Event) -> Iterator[str]:
        """Carry the letters whose time has come, up to a hundred, until ``parar``; yields the fate of each.

        Raises NoListo, and SinConexion when there is no server: the letters stay as they were. Text messages are the
        last of a round, and one that their carrier leaves unanswered ends it.
        """
        self._callado = False
        with sesion(self.db) as hacer, self.transporte:
            lugares = hacer(lambda raiz: correspondencia.por_enviar(sitio_de(raiz), self.reloj()))
            for lugar in lugares:
                if parar.is_set() or self._callado:
                    return
                yield self.repartir(hacer, lugar)

    def limpiar(self) -> None:
        """The registrations that were begun and left go, with what they told; each morning come the summaries."""
        with sesion(self.db) as hacer:
            hacer(lambda raiz: vencer(sitio_de(raiz), self.reloj()))
            while hacer(lambda raiz: preparar(sitio_de(raiz), self.reloj())):
                pass

    def repartir(self, hacer: Hacer, lugar: Lugar) -> str:
        """One letter: take it, write and send it, note its fate and return its name. Raises SinConexion."""
        if not hacer(partial(self._tomar, lugar)):
            return "ajena"
        error: SinConexion | None = None
        try:
            anotar, palabras = self._llevar(hacer, lugar)
        except SinConexion as sin_conexion:
            anotar, palabras, error = correspondencia.soltar, sin_conexion.palabras, sin_conexion
        hacer(lambda raiz: anotar(sitio_de(raiz), lugar, self.reloj(), palabras))
        if error:
            raise error
        return anotar.__name__

    def _tomar(self, lugar: Lugar, raiz: Mapping[str, Any]) -> bool:
        return correspondencia.tomar(sitio_de(raiz), lugar, self.reloj()) is not None

    def _llevar(self, hacer: Hacer, lugar: Lugar) -> tuple[Anotar, str]:
        """What to note of the letter, and the words: the mail server's, or ours about why it did not leave."""
        try:
            entregar: Entregar = hacer(partial(self._redactar, lugar))
        except NoCorresponde as motivo:
            return correspondencia.descartada, str(motivo)
        except (OSError, POSError, TransientError) as error:
            _lamentar(lugar, "no se pudo leer", error)
            return correspondencia.pospuesta, f"no se pudo leer del almacén: {type(error).__name__}"
        except Exception as error:
            _lamentar(lugar, "no se pudo redactar", error)
            return correspondencia.rechazada, f"no se pudo redactar: {type(error).__name__}: {error}"
        try:
            return correspondencia.entregada, entregar()
        except SinConexion:
            raise
        except NoEntregada as error:
            return correspondencia.pospuesta, error.palabras
        except NoResponde as error:
            self._callado = True
            return correspondencia.pospuesta, error.motivo
        except (Rechazada, NoAceptado) as error:
            return correspondencia.rechazada, str(error)

    def _redactar(self, lugar: Lugar, raiz: Mapping[str, Any]) -> Entregar:
        """All that touches the store is done here; what comes back only speaks to who carries it."""
        sitio = sitio_de(raiz)
        carta = sitio.salida.carta(lugar)
        if carta is None:
            raise NoCorresponde("ya salió")
        nombre = message_id(carta, self.url, self.secreto)
        if carta.clase in correspondencia.MENSAJES:
            return self._por_sms(carta, sitio, nombre.strip("<>"))
        mensaje = redactar(
            carta,
            publica=self._publica,
            secreto=self.secreto,
            institucion=sitio.institucion,
            palabras=partial(palabras_de, sitio, carta.creada_en),
        )
        remitente = self.transporte.remitente
        octetos = a_bytes(mensaje, message_id=nombre, remitente=remitente, fecha=carta.creada_en)
        return partial(self.transporte.entregar, octetos, remitente, carta.para)

    def _por_sms(self, carta: Carta, sitio: Sitio, referencia: str) -> Entregar:
        if self.mensajero is None:
            raise NoCorresponde("ya no hay quien envíe mensajes de texto")
        texto = mensajes.mensaje(carta, publica=self._publica, institucion=sitio.institucion)
        return partial(self.mensajero.enviar, carta.para, texto, referencia)

    def _publica(self, *camino: str) -> str:
        return "/".join((self.url, *camino))


def _lamentar(lugar: Lugar, que: str, error: Exception) -> None:
    """Without the error's words, which may carry an address: they are kept beside the letter."""
    log.error("carta %s: %s: %s\n%s", lugar, que, type(error).__name__, "".join(format_tb(error.__traceback__)))
