"""``python -m tests.bench.seguimiento [ROWS …]``: each search of the follow-up board, in indexes of these sizes.

The index is built by its own class out of notifications that are made as they go, in batches; the
rest of the store is empty, for no search looks at it. Cold: nothing in the connection's cache; warm: asked again.
"""

import random
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from types import SimpleNamespace
from typing import Any

from ZODB import DB

from casilla.resources.almacen import abrir
from casilla.resources.notificacion import Notificacion
from casilla.resources.sitio import Sitio
from casilla.services.bandeja import Lugar
from casilla.services.consulta_de_depositos import Consulta
from casilla.services.depositos import Seleccion, pagina
from casilla.services.fundacion import RAIZ, fundar
from tests import mundo

TAMANOS = (10_000, 1_000_000)
OFICINAS = [f"DIRECCIÓN GENERAL FICTICIA N.° {n:02}" for n in range(30)]
HOY = datetime(2026, 11, 1, 15, tzinfo=UTC)
DIAS = 730
POR_PERSONA = 20
VECES = 30
# More than its worker takes at once, and more objects in memory, or five million would take the whole day.
TANDA = 5_000
OBJETOS = 150_000


def notificaciones(cuantas: int) -> Iterator[Notificacion]:
    """Of two years up to HOY: half read, one in a hundred annulled, one in fifty refused by the mail server."""
    azar = random.Random(cuantas)
    for n in range(cuantas):
        cuando = HOY - timedelta(days=DIAS) * ((cuantas - n) / cuantas)
        hecha = Notificacion(
            codigo=f"{azar.getrandbits(80):020X}",
            expediente=f"OGT{n:012}",
            tipo="CARTA",
            numero=f"{n // 30 % (cuantas // 60) + 1:06}-{cuando.year}-OF{n % 30:02}",
            asunto="Respuesta a su solicitud de acceso a la información",
            dependencia=OFICINAS[n % 30],
            depositado_en=cuando,
            vence=(cuando + timedelta(days=21)).date() if n % 3 else None,
        )
        hecha.__parent__ = SimpleNamespace(__name__=_casilla(n % (cuantas // POR_PERSONA)))
        hecha.comenzar("sgd", cuando)
        hecha.anotar(f"aviso-deposito:{'rechazado' if n % 50 == 7 else 'enviado'}", "cartero", cuando)
        if azar.random() < 0.5:
            hecha.pasar("leer", "1-4", cuando)
        if n % 100 == 3:
            hecha.pasar("anular", "sgd", cuando)
        yield hecha


def _casilla(n: int) -> str:
    return f"casilla-{n:08}"


def construir(db: DB, cuantas: int) -> float:
    """Seconds of processor that it took."""
    with db.transaction() as conexion:
        fundar(conexion.root(), HOY)
    comienzo = process_time()
    todas = notificaciones(cuantas)
    como_siempre = db.getCacheSize()
    db.setCacheSize(OBJETOS)
    while tanda := list(islice(todas, TANDA)):
        with db.transaction() as conexion:
            for una in tanda:
                conexion.root()[RAIZ].seguimiento.poner(una)
    hechas = 1
    while hechas:
        with db.transaction() as conexion:
            hechas = conexion.root()[RAIZ].seguimiento.vencer(HOY.date(), TANDA)
    db.setCacheSize(como_siempre)
    return process_time() - comienzo


Busqueda = Callable[[Sitio], Any]


def busqueda(lugar: Lugar | None = None, alcance: Any = None, **filtros: str) -> Busqueda:
    def buscar(sitio: Sitio) -> Any:
        consulta = Consulta.leer(filtros)
        return pagina(sitio, Seleccion(sitio, consulta, alcance, HOY.date()), lugar or Lugar(), 25)

    return buscar


def busquedas(sitio: Sitio) -> dict[str, Busqueda]:
    """By what they are called in docs/rendimiento.md."""
    medio = sorted(islice(sitio.seguimiento.filas.keys(min=sitio.seguimiento.filas.minKey()), 5_000))[-1]
    return {
        "first page": busqueda(),
        "last page": busqueda(Lugar(ultima=True)),
        "a page in between": busqueda(Lugar(antes=medio, pagina=3)),
        "oldest first": busqueda(orden="antiguas"),
        "a dependencia": busqueda(dependencia=OFICINAS[4]),
        "a dependencia, unread, notice refused": busqueda(
            dependencia=OFICINAS[7], estado="depositado", aviso="rechazado"
        ),
        "a notifier of three dependencias, unread": busqueda(alcance=OFICINAS[:3], estado="depositado"),
        "unread for 30 days or more": busqueda(dias="30"),
        "unread and overdue": busqueda(estado="vencida-sin-leer"),
        "a year, annulled": busqueda(desde="1/11/2024", hasta="31/10/2025", estado="anulado"),
        "a month of last year, annulled (4 of 10,000)": busqueda(
            desde="1/10/2025", hasta="31/10/2025", estado="anulado"
        ),
        "an expediente": busqueda(expediente=f"OGT{5:012}"),
        "a number, 9-2025 (30 have it)": busqueda(numero="9-2025"),
        "a person (20 notifications)": busqueda(persona=_casilla(3)),
        "a person, unread, since a day": busqueda(persona=_casilla(3), estado="depositado", desde="1/1/2025"),
    }


def medir(db: DB, buscar: Busqueda) -> tuple[float, float, int]:
    """Milliseconds of processor cold and warm, the best ones, and the objects that a cold one loads.

    The clock would tell of whoever else uses the machine; nothing waits for the disk, whose pages are in memory.
    """
    frias, tibias = [], []
    with db.transaction() as conexion:
        for _ in range(VECES):
            conexion.cacheMinimize()
            conexion.getTransferCounts(True)
            frias.append(_milisegundos(buscar, conexion))
            cargados, _ = conexion.getTransferCounts()
            tibias.append(_milisegundos(buscar, conexion))
    return min(frias), min(tibias), cargados


def _milisegundos(buscar: Busqueda, conexion: Any) -> float:
    comienzo = process_time()
    buscar(conexion.root()[RAIZ])
    return (process_time() - comienzo) * 1000


def principal(tamanos: list[int]) -> None:
    medidas: dict[str, list[tuple[float, float, int]]] = {}
    for cuantas in tamanos:
        with TemporaryDirectory() as carpeta:
            db = abrir(mundo.carpeta_vacia(Path(carpeta)))
            segundos = construir(db, cuantas)
            escrito = (Path(carpeta) / "Data.fs").stat().st_size / cuantas
            db.pack()
            queda = (Path(carpeta) / "Data.fs").stat().st_size / cuantas
            por_una = 1000 * segundos / cuantas
            print(f"{cuantas:,}: {por_una:.2f} ms y {escrito:,.0f} bytes por notificación; compacto, {queda:,.0f}")
            with db.transaction() as conexion:
                todas = busquedas(conexion.root()[RAIZ])
            for nombre, buscar in todas.items():
                medidas.setdefault(nombre, []).append(medir(db, buscar))
                print(nombre, medidas[nombre][-1], flush=True)
            db.close()
    for nombre, filas in medidas.items():
        celdas = [f"{fria:.2f} / {tibia:.2f} | {objetos}" for fria, tibia, objetos in filas]
        razones = [f"{fila[0] / filas[0][0]:.1f}" for fila in filas[1:]]
        print(f"| {nombre} | {' | '.join(celdas + razones)} |")


if __name__ == "__main__":
    principal([int(n) for n in sys.argv[1:]] or [*TAMANOS])
