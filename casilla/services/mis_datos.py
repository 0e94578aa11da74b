"""Everything that is kept about a person, for that person: as JSON, and in a ZIP with the files themselves.

Both are written to a file and never whole in memory; the same facts give the same bytes. What was not opened yet is
told without its document: taking that away unread would be a way around the reading that is attested.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from typing import IO, Any
from zipfile import ZIP_STORED, ZipFile

from casilla.resources.adjunto import Adjunto
from casilla.resources.casilla import Casilla
from casilla.resources.notificacion import Notificacion
from casilla.resources.usuario import Usuario
from casilla.services.paquete import TROZO, entrada, meter, nombre_de_descarga, visibles

DATOS, MANIFIESTO = "mis-datos.json", "MANIFIESTO-SHA256.txt"
_DE_PERSONA = (
    *("tipo_documento", "numero", "nombres", "apellido_paterno", "apellido_materno", "fecha_nacimiento", "sexo"),
    *("razon_social", "ubigeo"),
    *("telefono", "correo", "correo_adicional", "fecha_emision", "cui", "verificado_por", "verificado_en"),
    *("verificados", "declarados", "avisos", "avisos_sms", "avisos_discretos"),
)
_DE_NOTIFICACION = (
    *("codigo", "estado", "expediente", "fecha_expediente", "tipo", "numero", "asunto", "fecha", "dependencia"),
    *("firmado_por", "elaborado_por", "fecha_emision", "plazo", "depositado_en", "computo_desde", "vence"),
)
# Notifications after which what was loaded and not changed may leave the memory.
_TANDA = 100


def escribir_json(usuario: Usuario, ahora: datetime, destino: IO[bytes]) -> None:
    """The data as one JSON object in UTF-8, a notification a line; times in ISO 8601 with their offset."""
    cabeza = _llano(_de_usuario(usuario, ahora))
    destino.write(json.dumps(cabeza, ensure_ascii=False, indent=1)[:-2].encode() + b',\n "notificaciones": [')
    coma = b"\n"
    for notificacion in _por_tandas(usuario.persona.casilla):
        destino.write(coma + json.dumps(_llano(_de_notificacion(notificacion)), ensure_ascii=False).encode())
        coma = b",\n"
    destino.write(b"\n]}\n")


def empaquetar_todo(usuario: Usuario, ahora: datetime, destino: IO[bytes], datos: IO[bytes]) -> None:
    """A ZIP: the data (``datos`` is a file to write them to first), each notification in a folder, and a manifest.

    The manifest is as ``sha256sum`` writes it, and ``sha256sum -c`` checks it.
    """
    huellas: list[tuple[str, str]] = []
    with ZipFile(destino, "w", ZIP_STORED) as paquete:
        escribir_json(usuario, ahora, datos)
        huellas.append((DATOS, _copiar(paquete, datos, ahora)))
        for nombre, fecha, adjunto in _archivos(usuario):
            meter(paquete, nombre, fecha, adjunto)
            huellas.append((nombre, adjunto.huella))
        texto = "".join(f"{huella}  {nombre}\n" for nombre, huella in huellas).encode()
        paquete.writestr(entrada(MANIFIESTO, ahora, len(texto)), texto)


def _copiar(paquete: ZipFile, datos: IO[bytes], ahora: datetime) -> str:
    huella, tamano = sha256(), datos.tell()
    datos.seek(0)
    with paquete.open(entrada(DATOS, ahora, tamano), "w") as salida:
        while trozo := datos.read(TROZO):
            huella.update(trozo)
            salida.write(trozo)
    return huella.hexdigest()


def _archivos(usuario: Usuario) -> Iterator[tuple[str, datetime, Adjunto]]:
    """Each file with its name in the ZIP; the code in the folder's name sets two documents of one number apart."""
    for notificacion in _por_tandas(usuario.persona.casilla):
        carpeta = nombre_de_descarga(notificacion, notificacion.documento).removesuffix(".pdf")
        for adjunto in visibles(notificacion):
            nombre = f"{carpeta}_{notificacion.codigo}/{nombre_de_descarga(notificacion, adjunto)}"
            yield nombre, notificacion.depositado_en, adjunto
    if usuario.cierre is not None:
        yield usuario.cierre.nombre, usuario.persona.casilla.cerrada_en, usuario.cierre


def _por_tandas(casilla: Casilla) -> Iterator[Notificacion]:
    for n, notificacion in enumerate(casilla, 1):
        yield notificacion
        if n % _TANDA == 0:
            casilla._p_jar.cacheGC()


def _de_usuario(usuario: Usuario, ahora: datetime) -> dict[str, Any]:
    persona, casilla = usuario.persona, usuario.persona.casilla
    return {
        "obtenido_en": ahora,
        "usuario": usuario.__name__,
        "persona": {campo: getattr(persona, campo) for campo in _DE_PERSONA},
        "aceptaciones": [
            {"texto": texto, "version": version, "sha256": huella, "cuando": cuando, "direccion": direccion}
            for texto, version, huella, cuando, direccion in persona.aceptaciones
        ],
        "casilla": {"abierta_en": casilla.abierta_en, "cerrada_en": casilla.cerrada_en},
        "ultimo_acceso": usuario.ultimo_acceso,
        "sesiones": [{"desde": desde, "direccion": direccion} for desde, direccion in usuario.sesiones.values()],
        "historia": _de_historia(usuario.historia),
    }


def _de_notificacion(notificacion: Notificacion) -> dict[str, Any]:
    return {
        **{campo: getattr(notificacion, campo) for campo in _DE_NOTIFICACION},
        "archivos": [
            {"nombre": a.nombre, "tipo": a.tipo, "bytes": a.tamano, "sha256": a.huella} for a in notificacion.archivos
        ],
        "historia": _de_historia(notificacion.historia),
    }


def _de_historia(historia: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [{"hecho": hecho, "quien": actor, "cuando": cuando} for hecho, actor, cuando, _ in historia]


def _llano(valor: Any) -> Any:
    """As JSON says it."""
    match valor:
        case dict():
            return {clave: _llano(uno) for clave, uno in valor.items()}
        case list() | tuple():
            return [_llano(uno) for uno in valor]
        case date():
            return valor.isoformat()
    return valor
