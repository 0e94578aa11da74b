"""Who writes down the searches in vain: once a minute, in one transaction, and again when it could not."""

from pathlib import Path
from threading import Event
from typing import Any

import pytest
from ZODB import DB

from casilla import main
from casilla.buscadas import Buscadas
from casilla.request import NoListo
from casilla.scripts.anotador import Anotador, _despedir
from casilla.services.fundacion import RAIZ
from casilla.services.uso import mes_de, resumen
from tests import mundo
from tests.almacenes import copiar


def busquedas(db: DB) -> tuple[tuple[str, int], ...]:
    with db.transaction() as conexion:
        sitio = conexion.root()[RAIZ]
        return resumen(sitio, list(sitio.uso.meses)).busquedas


def test_one_transaction_writes_all_and_none_nothing(base_de_datos: DB) -> None:
    buscadas = Buscadas()
    anotador = Anotador(base_de_datos, buscadas, lambda: mundo.ENERO)
    for buscado in ("multa", "tasa", "multa"):
        buscadas.anotar(buscado)
    assert list(anotador.ronda(Event())) == []

    anotador.limpiar()
    escrito = base_de_datos.lastTransaction()
    anotador.limpiar()

    assert busquedas(base_de_datos) == (("multa", 2), ("tasa", 1))
    assert base_de_datos.lastTransaction() == escrito
    with base_de_datos.transaction() as conexion:
        assert list(conexion.root()[RAIZ].uso.meses) == [mes_de(mundo.ENERO)]


def test_while_the_store_is_not_ready_nothing_is_lost() -> None:
    buscadas = Buscadas()
    buscadas.anotar("multa")
    vacia = DB(None)

    with pytest.raises(NoListo):
        Anotador(vacia, buscadas).limpiar()

    vacia.close()
    assert buscadas.tomar().busquedas == {"multa": 1}


def test_two_processes_add_up(base_de_datos: DB) -> None:
    unas, otras = Buscadas(), Buscadas()
    for buscadas in (unas, otras):
        buscadas.anotar("multa")
        Anotador(base_de_datos, buscadas).limpiar()

    assert busquedas(base_de_datos) == (("multa", 2),)


def test_a_web_server_counts_unless_told_and_loses_nothing_at_its_end(
    ajustes: dict[str, Any], mundo_guardado: Path, tmp_path: Path
) -> None:
    uri = mundo.carpeta_vacia(copiar(mundo_guardado, tmp_path / "almacen"))
    sin_decir = {clave: valor for clave, valor in ajustes.items() if clave != "casilla.busquedas"}
    registro = main({}, **{**sin_decir, "zodbconn.uri": uri}).registry
    db = registro._zodb_databases[""]
    registro.buscadas.anotar("multa")

    _despedir(registro.anotador, Anotador(db, registro.buscadas))

    assert busquedas(db) == (("multa", 1),)
    db.close()
