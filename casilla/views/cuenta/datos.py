"""What is kept about a person, to be taken away: as data, or as everything with its documents."""

from tempfile import TemporaryFile
from typing import IO, Any

from pyramid.request import Request
from pyramid.response import Response

from casilla.limites import DebeEsperar
from casilla.resources.cuenta import Cuenta
from casilla.services.horas import dia_en_lima
from casilla.services.mis_datos import empaquetar_todo, escribir_json
from casilla.views.cuenta.pagina import ir, pagina
from casilla.views.descargas import RespuestaDeArchivo


@pagina("datos", request_method="GET", renderer="casilla:templates/cuenta_datos.pt")
def ver(context: Cuenta, request: Request) -> dict[str, Any]:
    casilla = request.identity.cuenta.persona.casilla
    return {"sin_leer": len(casilla.pendientes), "todas": len(casilla.pendientes) + len(casilla.leidos)}


@pagina("mis-datos.json", request_method="GET")
def en_json(context: Cuenta, request: Request) -> Response:
    archivo = _temporal(request)
    escribir_json(request.identity.cuenta, request.ahora, archivo)
    return _respuesta(request, archivo, "json", "application/json")


@pagina("mis-datos.zip", request_method="GET")
def en_zip(context: Cuenta, request: Request) -> Response:
    """Counted, because it may copy gigabytes."""
    try:
        request.limites.contar("mis-datos", None, request.identity.usuario)
    except DebeEsperar as espera:
        return ir(request, "datos", f"Ya descargó el ZIP varias veces. Espere {espera.cuanto} para otra.", "aviso")
    archivo = _temporal(request)
    with _temporal(request) as datos:
        empaquetar_todo(request.identity.cuenta, request.ahora, archivo, datos)
    return _respuesta(request, archivo, "zip", "application/zip")


def _temporal(request: Request) -> IO[bytes]:
    return TemporaryFile(dir=request.sitio.carpeta_temporal)


def _respuesta(request: Request, archivo: IO[bytes], extension: str, tipo: str) -> Response:
    tamano = archivo.tell()
    archivo.seek(0)
    return RespuestaDeArchivo(
        request,
        archivo,
        nombre=f"mis-datos-{dia_en_lima(request.ahora)}.{extension}",
        tipo=tipo,
        tamano=tamano,
        etag=f"{request.identity.usuario}-{request.ahora.timestamp()}",
        fecha=request.ahora,
    )
