"""The process that makes a long list is killed: the next one makes it, and nobody is offered half a file."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from ZODB import DB

from casilla.resources.almacen import abrir
from casilla.resources.sitio import Sitio
from casilla.scripts.obrero import Obrero
from casilla.services.exportaciones import Pedido, pedir
from casilla.services.filtros import Consulta, Orden
from casilla.services.fundacion import RAIZ
from casilla.services.trabajos import TURNO
from casilla.services.verificacion import hallazgos
from tests import mundo
from tests.almacenes import en_archivo
from tests.faults.servidor import hasta
from tests.printing.test_listado import de_csv, de_excel

CUANTAS = 60
ALGUNAS = 3_000
"""Bytes that the store grows by while a few rows are written, of some hundreds each."""
LECTORES = {"csv": de_csv, "xlsx": lambda archivo: [[valor for _, valor in fila] for fila in de_excel(archivo)[4:]]}
# A real obrero that is slow enough to be caught at it: a row a step, a rest after each.
PROCESO = """
import sys
from threading import Event
from casilla.resources.almacen import abrir
from casilla.scripts import exportacion
from casilla.scripts.obrero import Obrero
exportacion.TANDA = exportacion.AVISO = 1
list(Obrero(abrir(sys.argv[1]), {}, respiro=0.05).ronda(Event()))
"""


@pytest.fixture
def uri(mundo_guardado: Path, tmp_path: Path) -> Iterator[str]:
    with en_archivo(mundo_guardado, tmp_path) as uri:
        db = abrir(uri)
        with db.transaction() as conexion:
            for n in range(CUANTAS):
                mundo.deposito(conexion.root()[RAIZ], mundo.TOMAS, n, asunto=f"Asunto {n:03}")
        db.close()
        yield uri


def encargar(uri: str, formato: str) -> str:
    db = abrir(uri)
    with db.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        casilla = sitio.personas[mundo.TOMAS].casilla
        pedido = Pedido("pendientes", formato, Consulta(orden=Orden("asunto", False)))
        nombre = pedir(sitio, casilla, mundo.TOMAS, pedido, cuantas=CUANTAS, ahora=datetime.now(UTC)).__name__
    db.close()
    return nombre


def matar_a_medias(uri: str, temporales: Path) -> None:
    """Let an obrero begin, and kill it some rows later (SIGKILL)."""
    proceso = subprocess.Popen([sys.executable, "-c", PROCESO, uri])
    almacen = temporales.parents[1] / "Data.fs"
    try:
        hasta(lambda: any(temporales.glob("trabajo-*")), "el obrero no empezó")
        empezado = almacen.stat().st_size
        hasta(lambda: almacen.stat().st_size > empezado + ALGUNAS, "el obrero no avanza")
        assert proceso.poll() is None, "terminó antes de que lo mataran"
    finally:
        proceso.kill()
        proceso.wait(60)


def obrar(db: DB, mas_tarde: timedelta) -> list[str]:
    return list(Obrero(db, {}, reloj=lambda: datetime.now(UTC) + mas_tarde).ronda(Event()))


def en(db: DB, acto: Any) -> Any:
    with db.transaction() as conexion:
        return acto(conexion.root()[RAIZ])


@pytest.mark.parametrize("formato", LECTORES)
def test_a_list_whose_maker_was_killed_is_made_by_the_next_one(uri: str, tmp_path: Path, formato: str) -> None:
    nombre, temporales = encargar(uri, formato), tmp_path / "almacen" / "blobs" / "tmp"
    for _ in range(2):
        matar_a_medias(uri, temporales)
        sobran = list(temporales.glob("trabajo-*"))
        db = abrir(uri)
        estado, hechas, resultado = en(db, lambda s: _visto(s, nombre))
        assert (estado, resultado, len(sobran)) == ("en-curso", None, 1)
        assert 0 < hechas < CUANTAS, "se ve hasta dónde había llegado"
        assert obrar(db, timedelta(seconds=1)) == [], "todavía es el turno del que murió"
        en(db, lambda s: setattr(s.trabajos[nombre], "tomado_hasta", datetime.now(UTC)))
        db.close()

    db = abrir(uri)
    assert obrar(db, TURNO) == ["terminado"]
    archivo = en(db, lambda s: s.trabajos[nombre].resultado.bytes())
    _, *filas = LECTORES[formato](archivo)
    assert [fila[1] for fila in filas] == [f"Asunto {n:03}" for n in range(CUANTAS)]
    assert list(temporales.glob("trabajo-*")) == []
    assert [hallado for tramo in en(db, lambda s: list(hallazgos(s))) for hallado in tramo] == []
    db.close()


def _visto(sitio: Sitio, nombre: str) -> tuple[str, int, Any]:
    trabajo = sitio.trabajos[nombre]
    return trabajo.estado, trabajo.hechas, trabajo.resultado
