"""The disaster: many deposit without pause while the server is killed again and again."""

import os
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from queue import SimpleQueue
from threading import Event, Lock, Semaphore
from time import sleep
from typing import Any

from casilla.resources.notificacion import Notificacion
from casilla.resources.sitio import Sitio
from tests import mundo
from tests.api.sgd import Sgd, notificacion
from tests.faults.servidor import Respuesta, Servidor, SinRespuesta, documento, hasta
from tests.mail.conftest import Buzones
from tests.stories.test_deposito_y_lectura import en_paralelo

# Set it to the one that a failure printed, and the server dies at the same moments.
SEMILLA = int(os.environ.get("CASILLA_SEMILLA") or random.SystemRandom().randrange(1 << 32))
MUERTES = 5
CLIENTES = 4
NUESTROS = "muerte-"
# The server keeps a short body in memory and a long one in a file.
LARGOS = (20_000, 20_000, 20_000, 700_000)
DESTINATARIOS = (mundo.ROSA, mundo.NUSTA, mundo.ROSA, mundo.TOMAS, mundo.ABIGAIL)


@dataclass
class Envio:
    """A deposit that somebody wants to make: when it was first sent and last answered, and what was heard."""

    n: int
    documento: bytes
    anexos: tuple[tuple[str, bytes], ...]
    desde: datetime = field(default_factory=lambda: datetime.now(UTC))
    contestado: Any = None
    respuestas: list[Respuesta] = field(default_factory=list)
    cortes: int = 0

    @property
    def clave(self) -> str:
        return f"{NUESTROS}{self.n}"

    @property
    def destinatario(self) -> str:
        return DESTINATARIOS[self.n % len(DESTINATARIOS)]

    @property
    def codigo(self) -> str:
        return self.respuestas[0].json["codigo"]

    @property
    def huellas(self) -> list[str]:
        """As answered."""
        dichas = self.respuestas[0].json["huellas"]
        return [dichas["documento"], *dichas["anexos"]]

    def por(self, sgd: Sgd) -> Respuesta:
        """Send it."""
        tipo, numero = self.destinatario.split("-")
        datos = notificacion(
            **{"destinatario.tipo_documento": tipo, "destinatario.numero": numero, "documento.numero": self.clave}
        )
        return sgd.depositar(self.documento, datos, self.clave, self.anexos)


class Clientes:
    """Who deposits without pause. One in three deposits is sent by two of them at once, with the same key."""

    def __init__(self, servidor: Servidor) -> None:
        self.servidor = servidor
        self.envios: list[Envio] = []
        self.basta = Event()
        self._numeros = count()
        self._cola: SimpleQueue[Envio] = SimpleQueue()
        self._turno = Lock()
        self._contestados = Semaphore(0)

    def trabajar(self) -> None:
        with self.servidor.conexion() as conexion:
            sgd = Sgd(conexion)
            while not self.basta.is_set():
                envio = self._siguiente()
                respuesta = hasta(lambda envio=envio: self._intentar(sgd, envio), f"nadie contestó a {envio.clave}", 60)
                assert respuesta.status_int in (200, 201), respuesta
                envio.contestado = datetime.now(UTC)
                envio.respuestas.append(respuesta)
                self._contestados.release()

    def esperar(self, respuestas: int) -> None:
        """Until so many answers more have come."""
        for _ in range(respuestas):
            assert self._contestados.acquire(timeout=60), "ya nadie recibe respuesta"

    def _siguiente(self) -> Envio:
        with self._turno:
            if self._cola.empty():
                n = next(self._numeros)
                anexos = ((f"anexo {n}.txt", f"anexo de {n}".encode()),) if n % 4 == 0 else ()
                self.envios.append(Envio(n, documento(LARGOS[n % len(LARGOS)], str(n)), anexos))
                for _ in range(2 if n % 3 == 0 else 1):
                    self._cola.put(self.envios[-1])
            return self._cola.get()

    def _intentar(self, sgd: Sgd, envio: Envio) -> Respuesta | None:
        """None when the server died on the way, or before: the same will be sent again with the same key."""
        try:
            return envio.por(sgd)
        except ConnectionRefusedError:
            return None
        except SinRespuesta:
            envio.cortes += 1
            return None


class Seguidor:
    """The SGD that follows the feed while all this goes on, each time from where it was."""

    def __init__(self, servidor: Servidor) -> None:
        self.servidor = servidor
        self.eventos: list[dict[str, str]] = []
        self.basta = Event()
        self._cursor = ""

    def trabajar(self) -> None:
        with self.servidor.conexion() as conexion:
            while not self.basta.wait(0.1):
                try:
                    self.leer(Sgd(conexion))
                except SinRespuesta:
                    continue

    def leer(self, sgd: Sgd) -> None:
        """To the end of the feed."""
        while nuevos := (hoja := sgd.get(f"/eventos?limite=100&desde={self._cursor}").json)["eventos"]:
            self.eventos += nuevos
            self._cursor = hoja["siguiente"]


@dataclass
class Desastre:
    """What is left of it: the server dead, what the clients heard, what the mail server got."""

    servidor: Servidor
    envios: list[Envio]
    seguidor: Seguidor
    correo: Buzones
    muertes: int

    def propias(self, sitio: Sitio) -> dict[str, Notificacion]:
        """By idempotency key; the world had others before."""
        return {n.numero: n for _, n in sitio.registro.items() if n.numero.startswith(NUESTROS)}

    @contextmanager
    def en_marcha(self) -> Iterator[Sgd]:
        """The server once more, and somebody to ask it."""
        self.servidor.iniciar()
        with self.servidor.conexion() as conexion:
            yield Sgd(conexion)
        self.muertes += 1
        self.servidor.matar()


def desastre(servidor: Servidor, correo: Buzones) -> Desastre:
    """Make it happen. At the end the server is dead, and no client waits for an answer."""
    clientes, seguidor = Clientes(servidor), Seguidor(servidor)
    servidor.iniciar()
    en_paralelo(
        [clientes.trabajar] * CLIENTES + [seguidor.trabajar, lambda: _matar_muchas_veces(servidor, clientes, seguidor)]
    )
    servidor.matar()
    return Desastre(servidor, clientes.envios, seguidor, correo, MUERTES + 1)


def _matar_muchas_veces(servidor: Servidor, clientes: Clientes, seguidor: Seguidor) -> None:
    azar = random.Random(SEMILLA)
    try:
        for _ in range(MUERTES):
            clientes.esperar(azar.randint(12, 40))
            sleep(azar.uniform(0, 0.05))
            servidor.matar()
            servidor.iniciar()
    finally:
        clientes.basta.set()
        seguidor.basta.set()


def veces(n: Notificacion, destino: str) -> int:
    """How often the history of the notification says this of its letter."""
    return Counter(hecho for hecho, *_ in n.historia)[f"aviso-deposito:{destino}"]
