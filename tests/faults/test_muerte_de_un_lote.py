"""The process that does a bulk is killed, again and again: in the end each row was deposited, once."""

from collections import Counter
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest

from casilla.resources.sitio import Sitio
from casilla.services.lotes import DEPOSITO, encargar_trabajo
from casilla.services.verificacion import hallazgos
from tests import mundo
from tests.almacenes import en_archivo
from tests.faults.desastre import SEMILLA
from tests.lotes import PDF, en_el_almacen, filas, traer
from tests.obreros import Obreros

CASILLAS = (mundo.ROSA, mundo.NUSTA, mundo.ABIGAIL)


def las_filas(cuantas: int) -> list[dict[str, str]]:
    """For each casilla in turn, each row with a file of its own."""
    numeros = [casilla.removeprefix("1-") for casilla in CASILLAS]
    return [
        {**fila, "numero_documento": numeros[n % len(numeros)], "archivo": f"{n}.pdf"}
        for n, fila in enumerate(filas(cuantas))
    ]


def papel(fila: dict[str, str]) -> bytes:
    """The document of a row, which no other has."""
    return PDF + f"%{fila['numero']}\n".encode()


def pedir_que_se_notifique(sitio: Sitio) -> None:
    encargar_trabajo(sitio, next(sitio.lotes.de("notificador")), DEPOSITO, datetime.now(UTC))


def comprobar(sitio: Sitio, todas: list[dict[str, str]]) -> None:
    lote = next(sitio.lotes.de("notificador"))
    assert list(lote.hechas) == list(range(2, len(todas) + 2))
    codigos = list(lote.hechas.values())
    for fila, codigo in zip(todas, codigos, strict=True):
        notificacion = sitio.registro[codigo]
        assert notificacion.numero == fila["numero"]
        assert notificacion.documento.huella == sha256(papel(fila)).hexdigest()
        assert notificacion.__parent__.persona.numero == fila["numero_documento"]
    casillas = [sitio.personas[casilla].casilla for casilla in CASILLAS]
    assert sorted(n.codigo for casilla in casillas for n in casilla if n.tipo == "OFICIO") == sorted(codigos)
    avisos = Counter(carta.sobre.codigo for _, carta in sitio.salida if carta.clase == "aviso-deposito")
    assert [avisos[codigo] for codigo in codigos] == [1] * len(todas)
    assert [asiento.acto for asiento in sitio.auditoria].count("terminar-lote") == 1
    assert [hallado for tramo in hallazgos(sitio) for hallado in tramo] == []


@pytest.mark.timeout(1200)
@pytest.mark.parametrize(("cuantas", "muertes"), [(60, 6), (10_000, 12)])
def test_killed_and_resumed_each_row_is_deposited_once(
    mundo_guardado: Path, tmp_path: Path, ajustes: dict[str, Any], cuantas: int, muertes: int
) -> None:
    print(f"to see it again: CASILLA_SEMILLA={SEMILLA}")
    todas = las_filas(cuantas)
    with en_archivo(mundo_guardado, tmp_path) as uri:
        obreros = Obreros(uri, ajustes, Random(SEMILLA))
        en_el_almacen(uri, lambda sitio: traer(sitio, todas, {fila["archivo"]: papel(fila) for fila in todas}))
        obreros.morir(obreros.azar.randrange(1, cuantas))  # while it is looked at
        assert obreros.obrar() == "terminado"
        en_el_almacen(uri, pedir_que_se_notifique)
        assert obreros.depositar(cuantas, muertes) == "terminado"
        en_el_almacen(uri, lambda sitio: comprobar(sitio, todas))
