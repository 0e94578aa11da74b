"""Reading a deposit's multipart body: once, in order, straight to disk."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header
from pyramid.request import Request

from casilla.api.problemas import DatosInvalidos
from casilla.services.documentos import Archivo, DemasiadoGrande, contar_paginas, recibir, tipo_de_anexo

TROZO = 1 << 18
MAXIMO_DATOS = 64 * 1024
# Boundaries and headers of the parts, beside the files themselves.
_HOLGURA = 1 << 20


@dataclass
class Envio:
    """What came: the parsed JSON, the document and the annexes, already on disk."""

    datos: Any = None
    documento: Archivo | None = None
    anexos: tuple[Archivo, ...] = ()

    @property
    def archivos(self) -> list[Archivo]:
        return [a for a in (self.documento, *self.anexos) if a]


@contextmanager
def envio_de(request: Request, carpeta: str) -> Iterator[Envio]:
    """The deposit that the request carries; whatever of it was not moved into the store is removed at the end.

    Raises DatosInvalidos, DemasiadoGrande, DocumentoInvalido, TipoNoAdmitido.
    """
    envio = Envio()
    try:
        _leer(request, envio, carpeta)
        yield envio
    finally:
        for archivo in envio.archivos:
            archivo.ruta.unlink(missing_ok=True)


def _leer(request: Request, envio: Envio, carpeta: str) -> None:
    ajustes = request.registry.settings
    maximo, maximo_anexos = ajustes["casilla.max_documento"], ajustes["casilla.max_anexos_total"]
    if (request.content_length or 0) > maximo + maximo_anexos + _HOLGURA:
        raise DemasiadoGrande("el envío")
    try:
        eventos = _eventos(request)
        for parte in eventos:
            trozos = iter(lambda: next(eventos), None)  # None closes a part
            if parte.name == "notificacion":
                _exigir_primera(envio.datos, "notificacion")
                envio.datos = _json(trozos)
            elif parte.name == "documento":
                _exigir_primera(envio.documento, "documento")
                envio.documento = _recibir(parte, trozos, "documento", carpeta, maximo)
            elif parte.name == "anexo":
                resto = maximo_anexos - sum(a.tamano for a in envio.anexos)
                envio.anexos += (_recibir(parte, trozos, "anexo", carpeta, resto),)
            else:
                raise DatosInvalidos((parte.name, "esta parte no se conoce"))
    except MultipartError as error:
        raise DatosInvalidos(("cuerpo", f"el multipart/form-data está mal formado: {error}")) from error
    _examinar(envio)


def _eventos(request: Request) -> Iterator[Any]:
    """The parser's events: for each part its head, its pieces, and None."""
    tipo, opciones = parse_options_header(request.headers.get("Content-Type", ""))
    if tipo != "multipart/form-data" or not opciones.get("boundary"):
        raise DatosInvalidos(("Content-Type", "debe ser multipart/form-data con su boundary"))
    # A request that runs again after a conflict finds its body read to the end.
    request.body_file_raw.seek(0)
    with PushMultipartParser(opciones["boundary"], max_segment_count=200, strict=True) as parser:
        while not parser.closed:
            yield from parser.parse(request.body_file_raw.read(TROZO))


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
        return json.loads(texto.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise DatosInvalidos(("notificacion", "no es JSON en UTF-8")) from error


def _recibir(parte: MultipartSegment, trozos: Iterator[bytes], campo: str, carpeta: str, maximo: int) -> Archivo:
    return recibir(trozos, _nombre(parte.filename or f"{campo}.pdf", campo), "", carpeta=carpeta, maximo=maximo)


def _nombre(dicho: str, campo: str) -> str:
    """The bare name of the file: some clients send a whole path."""
    nombre = PureWindowsPath(PurePosixPath(dicho).name).name.strip()
    if not nombre or len(nombre) > 200 or not nombre.isprintable():
        raise DatosInvalidos((campo, "el nombre del archivo no es válido"))
    return nombre


def _examinar(envio: Envio) -> None:
    """Everything is there, and is what it says."""
    faltan = [
        (p, "falta esta parte") for p, v in (("notificacion", envio.datos), ("documento", envio.documento)) if v is None
    ]
    if faltan:
        raise DatosInvalidos(*faltan)
    documento = envio.documento
    envio.documento = replace(documento, tipo="application/pdf", paginas=contar_paginas(documento.ruta))
    envio.anexos = tuple(replace(a, tipo=tipo_de_anexo(a.nombre, a.ruta)) for a in envio.anexos)
