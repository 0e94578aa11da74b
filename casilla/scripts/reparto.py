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

from casilla.mail.redaccion import NoCorresponde, message_id, redactar
from casilla.mail.sobre import a_bytes
from casilla.mail.transporte import NoEntregada, Rechazada, SinConexion, Transporte, transporte
from casilla.request import leer_secreto
from casilla.resources.salida import Carta
from casilla.resources.sitio import Sitio
from casilla.scripts.entorno import Hacer, ahora, sesion, sitio_de
from casilla.services import correspondencia
from casilla.services.registro import vencer
from casilla.services.resumen import preparar

log = logging.getLogger(__name__)

Lugar = tuple[int, int]
Anotar = Callable[[Sitio, Lugar, datetime, str], None]


@dataclass
class Cartero:
    """Who carries the letters of one store. Not for two threads at once.

    ``url``: the setting ``casilla.url``. ``reloj`` tells the time, aware.
    """

    nombre: ClassVar = "cartero"

    db: DB
    transporte: Transporte
    url: str
    secreto: bytes = field(repr=False)
    reloj: Callable[[], datetime] = ahora

    @classmethod
    def desde_ajustes(cls, ajustes: Mapping[str, Any], db: DB) -> "Cartero":
        """Raises ValueError, naming the setting that is missing or wrong."""
        return cls(db, transporte(ajustes), ajustes["casilla.url"], leer_secreto(dict(ajustes)))

    def ronda(self, parar: Event) -> Iterator[str]:
        """Carry the letters whose time has come, up to a hundred, until ``parar``; yields the fate of each.

        Raises NoListo, and SinConexion when there is no server: the letters stay as they were.
        """
        with sesion(self.db) as hacer, self.transporte:
            lugares = hacer(lambda raiz: correspondencia.por_enviar(sitio_de(raiz), self.reloj()))
            for lugar in lugares:
                if parar.is_set():
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
            mensaje, para = hacer(partial(self._redactar, lugar))
        except NoCorresponde as motivo:
            return correspondencia.descartada, str(motivo)
        except (OSError, POSError, TransientError) as error:
            _lamentar(lugar, "no se pudo leer", error)
            return correspondencia.pospuesta, f"no se pudo leer del almacén: {type(error).__name__}"
        except Exception as error:
            _lamentar(lugar, "no se pudo redactar", error)
            return correspondencia.rechazada, f"no se pudo redactar: {type(error).__name__}: {error}"
        try:
            return correspondencia.entregada, self.transporte.entregar(mensaje, self.transporte.remitente, para)
        except SinConexion:
            raise
        except NoEntregada as error:
            return correspondencia.pospuesta, error.palabras
        except Rechazada as error:
            return correspondencia.rechazada, str(error)

    def _redactar(self, lugar: Lugar, raiz: Mapping[str, Any]) -> tuple[bytes, str]:
        sitio = sitio_de(raiz)
        carta = sitio.salida.carta(lugar)
        if carta is None:
            raise NoCorresponde("ya salió")
        mensaje = redactar(carta, publica=self._publica, secreto=self.secreto, institucion=sitio.institucion)
        return self._a_bytes(carta, mensaje), carta.para

    def _a_bytes(self, carta: Carta, mensaje: Any) -> bytes:
        return a_bytes(
            mensaje,
            message_id=message_id(carta, self.url, self.secreto),
            remitente=self.transporte.remitente,
            fecha=carta.creada_en,
        )

    def _publica(self, *camino: str) -> str:
        return "/".join((self.url, *camino))


def _lamentar(lugar: Lugar, que: str, error: Exception) -> None:
    """Without the error's words, which may carry an address: they are kept beside the letter."""
    log.error("carta %s: %s: %s\n%s", lugar, que, type(error).__name__, "".join(format_tb(error.__traceback__)))
