"""The process that deposits a bulk is killed, again and again: in the end each row was deposited, once."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import sleep
from typing import Any

import pytest

from casilla.resources.almacen import abrir
from casilla.resources.sitio import Sitio
from casilla.services.lotes import DEPOSITO, encargar_trabajo
from casilla.services.verificacion import hallazgos
from tests import mundo
from tests.almacenes import en_archivo
from tests.faults.servidor import hasta
from tests.lotes import en, filas, obrar, traer

CUANTAS = 60
MUERTES = 4
# A real obrero in a process of its own. Its clock is ahead by a turn for each who died, so that it need not wait.
PROCESO = """
import json, sys
from datetime import UTC, datetime, timedelta
from threading import Event
from casilla.resources.almacen import abrir
from casilla.scripts.obrero import Obrero
adelanto = timedelta(minutes=3 * int(sys.argv[3]))
list(Obrero(abrir(sys.argv[1]), json.loads(sys.argv[2]), reloj=lambda: datetime.now(UTC) + adelanto).ronda(Event()))
"""


@pytest.fixture
def uri(mundo_guardado: Path, tmp_path: Path, ajustes: dict[str, Any]) -> Iterator[str]:
    """A store with a bulk that was looked at and is to be deposited."""
    with en_archivo(mundo_guardado, tmp_path) as uri:
        db = abrir(uri)
        en(db, lambda sitio: traer(sitio, filas(CUANTAS)))
        assert obrar(db, ajustes) == ["terminado"]
        en(db, lambda s: encargar_trabajo(s, next(s.lotes.de("notificador")), DEPOSITO, datetime.now(UTC)))
        db.close()
        yield uri


def hechas(uri: str) -> int:
    db = abrir(f"{uri}&read_only=1")
    try:
        return en(db, lambda sitio: len(next(sitio.lotes.de("notificador")).hechas))
    finally:
        db.close()


def test_killed_and_resumed_each_row_is_deposited_once(uri: str, ajustes: dict[str, Any], tmp_path: Path) -> None:
    azar = Random(5)
    dichos = json.dumps({clave: valor for clave, valor in ajustes.items() if isinstance(valor, str)})
    antes = 0
    for muerte in range(MUERTES):
        proceso = subprocess.Popen([sys.executable, "-c", PROCESO, uri, dichos, str(muerte)])
        try:
            hasta(lambda antes=antes: hechas(uri) > antes, "el obrero no avanzó", segundos=60)
            sleep(azar.random() / 20)
        finally:
            proceso.kill()
            proceso.wait(10)
        antes = hechas(uri)
    assert antes < CUANTAS, "terminó antes de que lo mataran: hace falta un lote mayor"

    db = abrir(uri)
    tarde = timedelta(minutes=3 * MUERTES)
    assert obrar(db, ajustes, reloj=lambda: datetime.now(UTC) + tarde) == ["terminado"]

    def comprobar(sitio: Sitio) -> None:
        lote = next(sitio.lotes.de("notificador"))
        assert list(lote.hechas) == list(range(2, CUANTAS + 2))
        casilla = sitio.personas[mundo.ROSA].casilla
        numeros = sorted(n.numero for n in casilla if n.tipo == "OFICIO")
        assert numeros == [fila["numero"] for fila in filas(CUANTAS)]
        assert len(set(lote.hechas.values())) == CUANTAS
        avisos = [carta.sobre.codigo for _, carta in sitio.salida if carta.clase == "aviso-deposito"]
        assert sorted(avisos.count(codigo) for codigo in lote.hechas.values()) == [1] * CUANTAS
        assert [a.acto for a in sitio.auditoria].count("terminar-lote") == 1
        assert [hallado for tramo in hallazgos(sitio) for hallado in tramo] == []

    en(db, comprobar)
    db.close()
