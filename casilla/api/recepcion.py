"""Reading a deposit's multipart body: once, in order, straight to disk."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from multipart import MultipartSegment
from pyramid.request import Request

from casilla.gateways.clamd import Clamd
from casilla.services.documentos import Archivo, DemasiadoGrande, como_anexo, como_documento, recibir, sin_virus
from casilla.services.sobres import DatosInvalidos
from casilla.subidas import MultipartIlegible, nombre_limpio
from casilla.subidas import partes as partes_de

MAXIMO_DATOS = 64 * 1024
# Boundaries and headers of the parts, beside the files themselves.
_HOLGURA = 1 << 20


@dataclass(frozen=True)
class Envio:
    """What came: the parsed JSON, the document and the annexes, already on disk."""

    datos: Any
    documento: Archivo
    anexos: tuple[Archivo, ...]


@dataclass
class _Partes:
    """What has come so far."""

    datos: Any = None
    documento: Archivo | None = None
    anexos: list[Archivo] = field(default_factory=list)


@contextmanager
def envio_de(request: Request, carpeta: str) -> Iterator[Envio]:
    """The deposit that the request carries; whatever of it was not moved into the store is removed at the end.

    Raises DatosInvalidos, DemasiadoGrande, DocumentoInvalido, TipoNoAdmitido, and what ``sin_virus`` does.
    """
    partes = _Partes()
    try:
        _leer(request, partes, carpeta)
        yield _examinado(partes, request.antivirus)
    finally:
        for archivo in (partes.documento, *partes.anexos):
            if archivo:
                archivo.ruta.unlink(missing_ok=True)


def _leer(request: Request, partes: _Partes, carpeta: str) -> None:
    ajustes = request.registry.settings
    maximo, maximo_anexos = ajustes["casilla.max_documento"], ajustes["casilla.max_anexos_total"]
    if (request.content_length or 0) > maximo + maximo_anexos + _HOLGURA:
        raise DemasiadoGrande("el envío")
    try:
        for parte, trozos in partes_de(request):
            if parte.name == "notificacion":
                _exigir_primera(partes.datos, "notificacion")
                partes.datos = _json(trozos)
            elif parte.name == "documento":
                _exigir_primera(partes.documento, "documento")
                partes.documento = _recibir(parte, trozos, "documento", carpeta, maximo)
            elif parte.name == "anexo":
                resto = maximo_anexos - sum(a.tamano for a in partes.anexos)
                partes.anexos.append(_recibir(parte, trozos, "anexo", carpeta, resto))
            else:
                raise DatosInvalidos((parte.name, "esta parte no se conoce"))
    except MultipartIlegible as error:
        raise DatosInvalidos((error.donde, error.motivo)) from error


def _exigir_primera(anterior: Any, parte: str) -> None:
    if anterior is not None:
        raise DatosInvalidos((parte, "esta parte viene más de una vez"))


def _json(trozos: Iterator[bytes]) -> Any:
    texto = b""
    for trozo in trozos:
        texto += trozo
        if len(texto) > MAXIMO_DATOS:
            raise DatosInvalidos(("notificacion", f"supera {MAXIMO_DATOS} bytes"))
    try:
        return json.loads(texto.decode("utf-8"), object_pairs_hook=_sin_repetir)
    except (ValueError, RecursionError) as error:
        raise DatosInvalidos(("notificacion", "no es JSON en UTF-8")) from error


def _sin_repetir(pares: list[tuple[str, Any]]) -> dict[str, Any]:
    """Which of two values was meant is not for us to guess."""
    nombres = [nombre for nombre, _ in pares]
    for nombre in nombres:
        if nombres.count(nombre) > 1:
            raise DatosInvalidos((nombre[:100], "este campo viene más de una vez"))
    return dict(pares)


def _recibir(parte: MultipartSegment, trozos: Iterator[bytes], campo: str, carpeta: str, maximo: int) -> Archivo:
    nombre = nombre_limpio(parte.filename or f"{campo}.pdf")
    if not nombre:
        raise DatosInvalidos((campo, "el nombre del archivo no es válido"))
    return recibir(trozos, nombre, "", carpeta=carpeta, maximo=maximo)


def _examinado(partes: _Partes, antivirus: Clamd | None) -> Envio:
    """Everything is there, and is what it says."""
    documento = partes.documento
    if partes.datos is None or documento is None:
        partes_vistas = {"notificacion": partes.datos, "documento": documento}
        raise DatosInvalidos(
            *((nombre, "falta esta parte") for nombre, valor in partes_vistas.items() if valor is None)
        )
    examinados = (como_documento(documento), *map(como_anexo, partes.anexos))
    documento, *anexos = (sin_virus(archivo, antivirus) for archivo in examinados)
    return Envio(partes.datos, documento, tuple(anexos))
