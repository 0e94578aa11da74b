"""Deposits in bulk: brought, looked at row by row, and made row by row, each as if it had come alone.

Looking and depositing are jobs (services.trabajos). A row's key is the bulk's name and the row's number, so that no
interruption, however often it happens, deposits one twice.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from casilla.resources.lote import Lote
from casilla.resources.notificacion import Notificacion
from casilla.resources.sitio import Sitio
from casilla.resources.trabajo import Trabajo
from casilla.services.borradores import DependenciaAjena, anidado, exigir_dependencia
from casilla.services.deposito import DestinatarioSinCasilla, Imprimir, Sobre, depositar, destinatario
from casilla.services.documentos import Archivo, DocumentoInvalido, TipoNoAdmitido, como_anexo, como_documento, guardado
from casilla.services.paquete_de_lote import Paquete
from casilla.services.plazos import Calendario
from casilla.services.sobres import DatosInvalidos, sobre_de
from casilla.services.tabla_de_lote import ANEXOS, ARCHIVO, FilaDeLote, columna_de, dicho_de, motivo_de
from casilla.services.trabajos import encargar

REVISION, DEPOSITO = "revision-de-lote", "deposito-de-lote"
_SIN_CASILLA = "no tiene una casilla abierta"
EN_PAPEL = f"{_SIN_CASILLA}: notifíquele en papel, en el domicilio que figura en el expediente"
MAX_EN_ESPERA = 3

Queja = tuple[str, str]


@dataclass(frozen=True)
class Taller:
    """Where the files of a bulk are taken out: the open ZIP, a folder, and bytes for a document and for all annexes."""

    paquete: Paquete
    carpeta: str
    documento: int
    anexos: int


def traer(sitio: Sitio, de: str, tabla: Archivo, paquete: Archivo, ahora: datetime) -> Lote:
    """Keep a bulk and have it looked at. Raises DemasiadosTrabajos, and then nothing has changed."""
    lote = Lote(de, ahora)
    encargar_trabajo(sitio, lote, REVISION, ahora)
    lote.tabla, lote.paquete = guardado(tabla, sitio), guardado(paquete, sitio)
    sitio.lotes.agregar(lote, ahora)
    return lote


def encargar_trabajo(sitio: Sitio, lote: Lote, clase: str, ahora: datetime) -> Trabajo:
    """Have it looked at (REVISION), or what is right of it and not done yet deposited (DEPOSITO).

    Raises DemasiadosTrabajos.
    """
    total = pendientes(lote) if clase == DEPOSITO else 0
    trabajo = encargar(sitio, clase, lote.de, lote, {}, ahora=ahora, total=total, maximo=MAX_EN_ESPERA)
    lote.trabajo = trabajo.__name__
    return trabajo


def va_en_papel(quejas: Iterable[Queja]) -> bool:
    """Whether, of what is wrong with a row, it is that nobody can be notified there but on paper."""
    return any(motivo.startswith(_SIN_CASILLA) for _, motivo in quejas)


def correctas(lote: Lote) -> int:
    """How many rows nothing is wrong with."""
    return lote.filas - len(lote.errores)


def pendientes(lote: Lote) -> int:
    """How many of them are not deposited yet."""
    return correctas(lote) - len(lote.hechas)


def sobre_de_fila(sitio: Sitio, lote: Lote, fila: FilaDeLote, ahora: datetime) -> Sobre:
    """The envelope of a row, by the rules of every other. Raises DatosInvalidos, whose fields are columns."""
    funcionario = sitio.funcionarios.get(lote.de)
    dicho = dicho_de(fila, funcionario.dependencias if funcionario else ())
    try:
        sobre = sobre_de(anidado(dicho), ahora)
    except DatosInvalidos as error:
        raise DatosInvalidos(*_por_columnas(error.errores, fila)) from error
    quejas = []
    try:
        destinatario(sitio, sobre.destinatario)
    except DestinatarioSinCasilla:
        quejas.append(("numero_documento", EN_PAPEL))
    try:
        exigir_dependencia(funcionario, sobre.dependencia)
    except DependenciaAjena:
        quejas.append(("dependencia", "no es una de sus dependencias"))
    if quejas:
        raise DatosInvalidos(*quejas)
    return sobre


def _por_columnas(errores: tuple[Queja, ...], fila: FilaDeLote) -> Iterator[Queja]:
    for camino, motivo in errores:
        columna = columna_de(camino)
        if columna == "fecha_emision" and not fila.celdas[columna]:
            continue  # it was the document's own date, which is told
        yield columna, motivo_de(columna, motivo, fila)


@contextmanager
def archivos_de(taller: Taller, fila: FilaDeLote) -> Iterator[tuple[Archivo, tuple[Archivo, ...]]]:
    """The document and the annexes of a row, taken out and known to be what they say; gone afterwards unless moved.

    Raises DatosInvalidos, whose fields are columns.
    """
    sacados: list[Archivo] = []
    try:
        sacados.append(sacar(taller, ARCHIVO, fila.celdas[ARCHIVO], taller.documento))
        for nombre in fila.anexos:
            resto = taller.anexos - sum(anexo.tamano for anexo in sacados[1:])
            sacados.append(sacar(taller, ANEXOS, nombre, resto))
        yield sacados[0], tuple(sacados[1:])
    finally:
        for archivo in sacados:
            archivo.ruta.unlink(missing_ok=True)


def sacar(taller: Taller, columna: str, nombre: str, maximo: int) -> Archivo:
    """One file of the ZIP, known to be what a cell of that column must name. Raises DatosInvalidos; then it is gone."""
    if not nombre:
        raise DatosInvalidos((columna, "falta"))
    try:
        archivo = taller.paquete.sacar(nombre, carpeta=taller.carpeta, maximo=maximo)
    except DocumentoInvalido as motivo:
        raise DatosInvalidos((columna, str(motivo))) from motivo
    try:
        return como_documento(archivo) if columna == ARCHIVO else como_anexo(archivo)
    except (DocumentoInvalido, TipoNoAdmitido) as motivo:
        archivo.ruta.unlink()
        raise DatosInvalidos((columna, f"«{nombre}»: {motivo}")) from motivo


def depositar_fila(
    sitio: Sitio,
    lote: Lote,
    fila: FilaDeLote,
    taller: Taller,
    *,
    ahora: datetime,
    calendario: Calendario,
    imprimir: Imprimir,
) -> Notificacion | None:
    """Deposit a row and note its code; None when it cannot be done any more, and then why is noted instead."""
    try:
        sobre = sobre_de_fila(sitio, lote, fila, ahora)
        with archivos_de(taller, fila) as (documento, anexos):
            notificacion, _ = depositar(
                sitio,
                sobre,
                documento,
                anexos,
                remitente=lote.de,
                clave=f"{lote.__name__}#{fila.numero}",
                ahora=ahora,
                calendario=calendario,
                imprimir=imprimir,
            )
    except DatosInvalidos as error:
        lote.errores[fila.numero] = error.errores
        return None
    lote.hechas[fila.numero] = notificacion.codigo
    return notificacion
