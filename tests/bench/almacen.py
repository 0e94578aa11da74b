"""The store that the benchmarks run on: casillas of 100, 10,000 and 100,000 notifications, filled once and kept.

The acts themselves fill it, some thousands to a transaction. Only the files are shared: two hundred thousand documents
on disk would measure the disk's patience and not the tray.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from casilla.resources.adjunto import guardar
from casilla.resources.almacen import abrir
from casilla.resources.clave_api import ClaveApi
from casilla.resources.sitio import Sitio
from casilla.services import deposito, documentos
from casilla.services.claves_api import huella_de_clave
from casilla.services.correspondencia import entregada
from casilla.services.documentos import Archivo
from casilla.services.fundacion import RAIZ, fundar
from casilla.services.plazos import Calendario
from tests import mundo

LLENAS = {100: "1-50000100", 10_000: "1-50010000", 100_000: "1-50100000"}
VACIAS = tuple(f"1-6000000{n}" for n in range(1, 5))
BYTES = 102_400
_POR_TRANSACCION = 5000
_AL_AZAR = ["QUISPE", "MAMANI", "FLORES", "SANCHEZ", "ROJAS", "HUAMAN", "CASTILLO"]
_CODIGO = Path(__file__).parents[2] / "casilla"


def preparar(carpeta: Path) -> Path:
    """The folder of the filled store; made again when what is stored, or how, has changed."""
    base = carpeta / f"almacen-{_sello()}"
    if not (base / "listo").exists():
        for vieja in carpeta.glob("almacen-*"):
            shutil.rmtree(vieja)
        base.mkdir(parents=True)
        _llenar(base)
        (base / "listo").touch()
    return base


def copia(base: Path, destino: Path) -> Path:
    """A copy that a run may write to."""
    shutil.rmtree(destino, ignore_errors=True)
    shutil.copytree(base, destino, ignore=shutil.ignore_patterns("*.lock", "*.tmp", "listo"))
    return destino


def documento(bytes_: int = BYTES) -> bytes:
    """A PDF of exactly so many bytes: two pages, and an attachment that no compression makes smaller."""
    envoltura = len(mundo.pdf(2, bytes_)) - bytes_
    casi = mundo.pdf(2, bytes_ - envoltura - 256)
    return casi + b"\n" * (bytes_ - len(casi))


def _sello() -> str:
    """Says whether a store on disk is what this code would make."""
    archivos = [Path(__file__), Path(deposito.__file__), *sorted((_CODIGO / "resources").glob("*.py"))]
    return sha256(b"".join(archivo.read_bytes() for archivo in archivos)).hexdigest()[:12]


def _llenar(base: Path) -> None:
    db = abrir(mundo.carpeta_vacia(base))
    with db.transaction() as conexion:
        _poblar(fundar(conexion.root(), datetime.now(UTC)), conexion)
    for cuantas, documento_ in LLENAS.items():
        for desde in range(0, cuantas, _POR_TRANSACCION):
            with db.transaction() as conexion:
                _depositar(conexion.root()[RAIZ], documento_, desde, min(desde + _POR_TRANSACCION, cuantas), cuantas)
    db.pack()
    db.close()
    (base / "Data.fs.old").unlink()
    shutil.rmtree(base / "blobs.old")


def _poblar(sitio: Sitio, conexion: Any) -> None:
    conexion.add(sitio)
    sgd = sitio.claves["sgd"] = ClaveApi()
    sgd.emitir("1", huella_de_clave("clave-de-prueba"), mundo.ENERO)
    for n, quien in enumerate((*LLENAS.values(), *VACIAS)):
        apellidos = {"apellido_paterno": _AL_AZAR[n], "apellido_materno": "DE PRUEBA"}
        mundo.afiliada(sitio, quien, nombres="PERSONA", correo=f"persona{n}@correo.example", **apellidos)
    for lugar, _ in list(sitio.salida):
        sitio.salida.quitar(lugar)


def _depositar(sitio: Sitio, quien: str, desde: int, hasta: int, cuantas: int) -> None:
    """The deposits of two years up to now, announced by letters that have been delivered."""
    ahora = datetime.now(UTC)
    with _un_archivo_para_todas(sitio) as (carta, papel):
        for n in range(desde, hasta):
            cuando = ahora - timedelta(days=730) * (cuantas - n) / cuantas
            deposito.depositar(
                sitio,
                mundo.sobre(quien, n % 10_000, fecha_emision=cuando, fecha=cuando),
                carta,
                (),
                remitente="sgd",
                clave=f"{quien}-{n}",
                ahora=cuando,
                calendario=Calendario(),
                imprimir=lambda _: papel,
            )
    for lugar, _ in list(sitio.salida):
        entregada(sitio, lugar, ahora, "250 2.0.0 Ok")


@contextmanager
def _un_archivo_para_todas(sitio: Sitio) -> Iterator[tuple[Archivo, Archivo]]:
    """A document and a paper whose Blob is the same in every deposit of the block."""
    carta, papel = mundo.archivo(sitio, documento()), mundo.archivo(sitio, mundo.pdf(), "constancia.pdf")
    blobs = {Path(archivo.ruta): guardar(archivo.ruta, sitio._p_jar) for archivo in (carta, papel)}
    documentos.guardar = lambda ruta, jar: blobs[Path(ruta)]
    try:
        yield carta, papel
    finally:
        documentos.guardar = guardar
