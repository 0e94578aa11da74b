"""``casilla respaldar``: every transaction of the store, documents included, into a folder.

The backup is a FileStorage whatever the store is, so it can be opened and read by itself. A second backup into the same
folder copies only the transactions that came after the first; one that was cut short goes on where it stopped, because
a transaction is there whole or not at all.
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from persistent.timestamp import TimeStamp
from ZODB import DB
from ZODB.blob import copyTransactionsFromTo
from ZODB.utils import p64, u64, z64

from casilla.resources.almacen import resolver
from casilla.scripts.entorno import Entorno, barra, con_entorno, en_el_sitio
from casilla.services import verificacion

SIN_SECRETO = "El secreto no va en el respaldo: guarde aparte el archivo de casilla.secreto_archivo."
CARPETA = click.Path(path_type=Path, file_okay=False)


@click.command(options_metavar="[OPCIONES]")
@click.argument("carpeta", metavar="CARPETA", type=CARPETA)
@click.option("--comprobar", "comprobar_", is_flag=True, help="Después, lee todo el respaldo y dice qué no concuerda.")
@con_entorno
def respaldar(entorno: Entorno, carpeta: Path, comprobar_: bool) -> None:
    """Copiar el almacén, con sus documentos, a CARPETA.

    Puede hacerse mientras el servidor trabaja. Si en CARPETA ya hay un respaldo, se le agrega solo lo nuevo.
    """
    with privado(), entorno.almacen(solo_leer=True) as origen:
        carpeta.mkdir(parents=True, exist_ok=True)
        with closing(respaldo(carpeta)) as destino:
            cuantas = _copiar(origen.storage, destino)
    click.echo(f"Transacciones copiadas: {cuantas}. {SIN_SECRETO}")
    if comprobar_:
        with closing(DB(respaldo(carpeta, solo_leer=True))) as db:
            comprobar(db)


@contextmanager
def privado() -> Iterator[None]:
    """What is made belongs to its owner only."""
    anterior = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(anterior)


def respaldo(carpeta: Path, *, solo_leer: bool = False) -> Any:
    """The backup in that folder, as a storage; without ``solo_leer``, begun when there is none."""
    cola = "&read_only=1" if solo_leer else ""
    fabrica, _ = resolver(f"file://{carpeta.resolve()}/Data.fs?blobstorage_dir={carpeta.resolve()}/blobs{cola}")
    return fabrica()


@dataclass(frozen=True)
class _Nuevas:
    """As a source of transactions, those of a store after the last one that the backup has."""

    almacen: Any
    desde: bytes
    avance: Any

    def iterator(self) -> Iterator[Any]:
        anterior = _segundos(self.desde)
        for transaccion in self.almacen.iterator(p64(u64(self.desde) + 1)):
            yield transaccion
            anterior, previo = _segundos(transaccion.tid), anterior
            self.avance.update(anterior - previo)

    def loadBlob(self, oid: bytes, tid: bytes) -> str:
        return self.almacen.loadBlob(oid, tid)


def _copiar(origen: Any, destino: Any) -> int:
    """How many transactions were copied. Raises click.ClickException when the backup knows more than the store."""
    desde, hasta = destino.lastTransaction(), origen.lastTransaction()
    if desde > hasta:
        raise click.ClickException("el respaldo que hay en la carpeta es de otro almacén, o de uno más reciente")
    with barra(_segundos(hasta) - _segundos(desde), "Respaldando") as avance:
        copyTransactionsFromTo(_Nuevas(origen, desde, avance), destino)
    return sum(1 for _ in destino.iterator(p64(u64(desde) + 1)))


def _segundos(tid: bytes) -> int:
    return int(TimeStamp(tid).timeTime()) if tid != z64 else 0


def comprobar(db: DB) -> None:
    """Raises click.ClickException when something does not agree."""
    with en_el_sitio(db) as hacer:
        halladas = hacer(lambda sitio: [una for tramo in verificacion.hallazgos(sitio) for una in tramo])
    for hallada in halladas:
        click.echo(hallada)
    if halladas:
        raise click.ClickException(f"cosas que no concuerdan: {len(halladas)}")
    click.echo("Todo concuerda.")
