"""The jobs of a bulk: to look at its rows, and to deposit those that are right, each in a transaction of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from time import monotonic
from typing import BinaryIO

from casilla.gateways.clamd import Clamd
from casilla.printing.certificacion import certificado
from casilla.request import leer_secreto
from casilla.resources.lote import Lote
from casilla.resources.sitio import Sitio
from casilla.resources.trabajo import Trabajo
from casilla.scripts.faena import Faena, NoSePuede
from casilla.services import trabajos
from casilla.services.auditoria import asentar
from casilla.services.calendario import calendario_al
from casilla.services.documentos import DocumentoInvalido, limite
from casilla.services.lotes import Queja, Taller, depositar_fila
from casilla.services.paquete_de_lote import Paquete
from casilla.services.revision_de_lote import SOBRA, Revision
from casilla.services.tabla_de_lote import FilaDeLote, leer_tabla

# Rows looked at before it is noted what was found, and seconds after which it is noted anyway: a turn must be renewed.
TANDA, PLAZO = 50, 20.0
_SOBRANTES = 20

Examinada = tuple[FilaDeLote, list[Queja], list[Queja]]


def revisar(faena: Faena) -> None:
    """The dry run, from its beginning however often it was begun."""
    with _abierto(faena) as (filas, taller):
        faena.paso(partial(_empezar, len(filas)))
        revision = Revision(taller, Clamd.desde_ajustes(faena.ajustes))
        for hasta, tanda in _tandas(filas, revision):
            faena.paso(partial(_anotar, faena, revision, tanda, hasta))
        usados = [nombre for fila in filas for nombre in (fila.celdas["archivo"], *fila.anexos)]
        sobrantes = taller.paquete.sobrantes(usados)
        if sobrantes:
            faena.paso(partial(_anotar_sobrantes, sobrantes))


def depositar(faena: Faena) -> None:
    """What is right and was not deposited yet, in the order of the table, on from where it was left."""
    with _abierto(faena) as (filas, taller):
        for fila in _por_hacer(faena, filas):
            faena.paso(partial(_depositar, faena, fila, taller))
        faena.paso(partial(_asentar_fin, faena))


@contextmanager
def _abierto(faena: Faena) -> Iterator[tuple[list[FilaDeLote], Taller]]:
    """The table's rows, and the ZIP open: both outlive a transaction."""
    contenido, archivo, carpeta = faena.paso(_abrir)
    documento, anexos = (
        limite(faena.ajustes, "casilla.max_documento"),
        limite(faena.ajustes, "casilla.max_anexos_total"),
    )
    with archivo:
        try:
            filas, paquete = leer_tabla(contenido), Paquete(archivo)
        except DocumentoInvalido as motivo:
            raise NoSePuede(str(motivo)) from motivo
        with paquete:
            yield filas, Taller(paquete, carpeta, documento, anexos)


def _abrir(sitio: Sitio, trabajo: Trabajo) -> tuple[bytes, BinaryIO, str]:
    lote: Lote = trabajo.sobre
    return lote.tabla.bytes(), lote.paquete.abrir(), sitio.carpeta_temporal


def _empezar(filas: int, sitio: Sitio, trabajo: Trabajo) -> None:
    trabajo.sobre.olvidar()
    trabajos.avanzar(trabajo, 0, total=filas)


def _tandas(filas: list[FilaDeLote], revision: Revision) -> Iterator[tuple[int, list[Examinada]]]:
    """Some rows at a time, their files looked at outside of any transaction; and how many that makes in all."""
    tanda: list[Examinada] = []
    desde = monotonic()
    for hasta, fila in enumerate(filas, 1):
        examen = revision.archivos(fila)
        tanda.append((fila, examen.errores, examen.avisos))
        if len(tanda) == TANDA or monotonic() - desde > PLAZO or hasta == len(filas):
            yield hasta, tanda
            tanda, desde = [], monotonic()


def _anotar(
    faena: Faena, revision: Revision, tanda: list[Examinada], hasta: int, sitio: Sitio, trabajo: Trabajo
) -> None:
    lote: Lote = trabajo.sobre
    for fila, errores, avisos in tanda:
        todos = [*revision.datos(sitio, lote, fila, faena.reloj()), *errores]
        if fila.sobran and (todos or any(fila.sobran)):
            todos = [SOBRA]
        if todos:
            lote.errores[fila.numero] = tuple(todos)
        if avisos:
            lote.avisos[fila.numero] = tuple(avisos)
    lote.filas = hasta
    trabajos.avanzar(trabajo, hasta)


def _anotar_sobrantes(sobrantes: list[str], sitio: Sitio, trabajo: Trabajo) -> None:
    mas = f" y {len(sobrantes) - _SOBRANTES} más" if len(sobrantes) > _SOBRANTES else ""
    nombrados = ", ".join(sobrantes[:_SOBRANTES])
    trabajo.sobre.avisos[0] = (("archivo", f"ninguna fila nombra estos archivos del ZIP: {nombrados}{mas}"),)


def _por_hacer(faena: Faena, filas: list[FilaDeLote]) -> list[FilaDeLote]:
    def _(sitio: Sitio, trabajo: Trabajo) -> list[FilaDeLote]:
        lote: Lote = trabajo.sobre
        return [fila for fila in filas if fila.numero not in lote.errores and fila.numero not in lote.hechas]

    return faena.paso(_)


def _depositar(faena: Faena, fila: FilaDeLote, taller: Taller, sitio: Sitio, trabajo: Trabajo) -> None:
    ahora, url = faena.reloj(), faena.ajustes["casilla.url"]
    depositar_fila(
        sitio,
        trabajo.sobre,
        fila,
        taller,
        ahora=ahora,
        calendario=calendario_al(sitio, ahora),
        imprimir=lambda notificacion: certificado(sitio, notificacion, f"{url}/verificar/{notificacion.codigo}"),
    )
    trabajos.avanzar(trabajo, trabajo.hechas + 1, cursor=fila.numero)


def _asentar_fin(faena: Faena, sitio: Sitio, trabajo: Trabajo) -> None:
    """Once, although whoever writes it may die before the job is said to have ended."""
    lote: Lote = trabajo.sobre
    if lote.asentado == trabajo.__name__:
        return
    lote.asentado = trabajo.__name__
    asentar(
        sitio,
        "terminar-lote",
        f"lotes/{lote.__name__}",
        actor=lote.de,
        direccion="",
        ahora=faena.reloj(),
        secreto=leer_secreto(dict(faena.ajustes)),
        despues=f"{len(lote.hechas)} de {lote.filas} filas depositadas",
    )
