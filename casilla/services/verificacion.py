"""Whether the store agrees with itself: people and mailboxes, registers, outbox, and every file with its digest."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from hashlib import file_digest, sha256
from typing import Any

from ZODB.POSException import POSError

from casilla.resources.adjunto import Adjunto
from casilla.resources.casilla import Casilla
from casilla.resources.contenido import Contenido, Version
from casilla.resources.fragmentos import FRAGMENTOS
from casilla.resources.notificacion import Notificacion
from casilla.resources.persona import Persona
from casilla.resources.sitio import Sitio
from casilla.resources.trabajo import Trabajo
from casilla.services.correspondencia import AVISO_DEPOSITO

_CON_INDICE = ("personas", "solicitudes", "trabajos", "seguimiento", "altas")
_CARPETAS = ("personas", "usuarios", "casillas", "solicitudes", "contenidos", "claves", "trabajos", "interrupciones")


def tramos(sitio: Sitio) -> int:
    """How many lists ``hallazgos`` yields."""
    return len(_CARPETAS) + len(_CON_INDICE) + len(sitio.casillas) + FRAGMENTOS + 1


def hallazgos(sitio: Sitio) -> Iterator[list[str]]:
    """What is wrong, stretch by stretch, in Spanish; empty lists when all is well.

    Reads the whole store, files included.
    """
    for nombre in _CARPETAS:
        yield _sin_tropezar(nombre, _de_carpeta, sitio, nombre)
    for nombre in _CON_INDICE:
        yield _sin_tropezar(nombre, getattr(sitio, nombre).diferencias)
    en_cola = set(_anunciadas_en_cola(sitio))
    for casilla in sitio.casillas.values():
        yield _sin_tropezar(f"casilla {casilla.__name__}", _de_casilla, sitio, casilla, en_cola)
    conjuntos = {nombre: _Conjunto() for nombre in ("registro", "recibidos", "eventos")}
    for n in range(FRAGMENTOS):
        yield _sin_tropezar(f"fragmento {n}", _de_fragmento, sitio, n, conjuntos)
        sitio._p_jar.cacheGC()
    registro = conjuntos["registro"]
    yield [
        f"{nombre}: no tiene las mismas notificaciones que el registro ({conjunto.cuantos} de {registro.cuantos})"
        for nombre, conjunto in conjuntos.items()
        if conjunto != registro
    ]


def con_diferencias(sitio: Sitio) -> Iterator[str]:
    """Where an index does not say what its objects say: names for ``rehacer``."""
    yield from (nombre for nombre in _CON_INDICE if getattr(sitio, nombre).diferencias())
    yield from (f"casillas/{nombre}" for nombre in sitio.casillas if sitio.casillas[nombre].diferencias())


def rehacer(sitio: Sitio, donde: str) -> None:
    """Make an index anew from its objects."""
    carpeta, _, nombre = donde.partition("/")
    dueno = getattr(sitio, carpeta)
    (dueno[nombre] if nombre else dueno).rehacer()


class _Conjunto:
    """A set of codes, known by how many they are and the sum of their hashes: millions of them take no memory."""

    def __init__(self) -> None:
        self.cuantos = self.suma = 0

    def agregar(self, codigo: str) -> None:
        self.cuantos += 1
        self.suma += int.from_bytes(sha256(codigo.encode()).digest())

    def __eq__(self, otro: object) -> bool:
        return isinstance(otro, _Conjunto) and (self.cuantos, self.suma) == (otro.cuantos, otro.suma)


def _sin_tropezar(donde: str, revisar: Callable[..., Iterable[str]], *que: Any) -> list[str]:
    """A part that is missing or spoilt is a finding, and the rest is looked at all the same."""
    try:
        return list(revisar(*que))
    except (POSError, LookupError, AttributeError, TypeError, ValueError) as error:
        return [f"{donde}: no se puede leer ({type(error).__name__}: {error})"]


def _anunciadas_en_cola(sitio: Sitio) -> Iterator[str]:
    for _, carta in sitio.salida:
        with suppress(POSError):  # a spoilt letter is found where its fragment is looked at
            if carta.clase == AVISO_DEPOSITO:
                yield carta.sobre.codigo


def _de_carpeta(sitio: Sitio, nombre: str) -> Iterator[str]:
    carpeta, cuantos = getattr(sitio, nombre), 0
    for clave in carpeta:
        cuantos += 1
        hijo = carpeta[clave]
        if hijo.__name__ != clave or hijo.__parent__ is not carpeta:
            yield f"{nombre}: {clave} no está en su lugar"
        if isinstance(hijo, Persona):
            yield from _de_persona(sitio, hijo)
        elif isinstance(hijo, Trabajo) and hijo.resultado is not None:
            yield from _de_archivo(f"trabajos: {clave}", hijo.resultado)
        elif isinstance(hijo, Contenido):
            for version in (Version(*v) for v in hijo.versiones if Version(*v).documento):
                yield from _de_archivo(f"contenidos: {clave}, versión {version.numero}", version.documento)
    if cuantos != len(carpeta):
        yield f"{nombre}: hay {cuantos} y la cuenta dice {len(carpeta)}"


def _de_persona(sitio: Sitio, persona: Persona) -> Iterator[str]:
    usuario = sitio.usuarios.get(persona.documento)
    if usuario is None or usuario.persona is not persona:
        yield f"personas: {persona.documento} no tiene su usuario"
    elif persona.casilla.cerrada_en and usuario.cierre is None:
        yield f"personas: {persona.documento} cerró su casilla y le falta la constancia"
    elif usuario.cierre is not None:
        yield from _de_archivo(f"personas: {persona.documento}: constancia de cierre", usuario.cierre)
    if persona.casilla.persona is not persona or sitio.casillas.get(persona.casilla.__name__) is not persona.casilla:
        yield f"personas: {persona.documento} no tiene su casilla"


def _de_casilla(sitio: Sitio, casilla: Casilla, en_cola: set[str]) -> Iterator[str]:
    yield from casilla.diferencias()
    for notificacion in casilla:
        yield from _sin_tropezar(f"notificación {notificacion.codigo}", _de_notificacion, sitio, notificacion, en_cola)
        sitio._p_jar.cacheGC()


def _de_notificacion(sitio: Sitio, n: Notificacion, en_cola: set[str]) -> Iterator[str]:
    if sitio.registro.get(n.codigo) is not n:
        yield f"notificación {n.codigo}: no está en el registro"
    if n.codigo not in en_cola and not any(n.cuando(f"{AVISO_DEPOSITO}:{fin}") for fin in ("enviado", "rechazado")):
        yield f"notificación {n.codigo}: su aviso no salió ni está en cola"
    if n.documento is None or n.constancia is None:
        yield f"notificación {n.codigo}: le falta el documento o la constancia"
        return
    for archivo in n.archivos:
        yield from _de_archivo(f"notificación {n.codigo}: {archivo.__name__}", archivo)


def _de_archivo(donde: str, archivo: Adjunto) -> Iterator[str]:
    try:
        with archivo.abrir() as contenido:
            huella = file_digest(contenido, "sha256").hexdigest()  # type: ignore[arg-type]
    except (OSError, POSError) as error:
        yield f"{donde}: falta su archivo ({type(error).__name__})"
        return
    if huella != archivo.huella:
        yield f"{donde}: su archivo no es el que se depositó (otra huella SHA-256)"


def _de_fragmento(sitio: Sitio, n: int, conjuntos: dict[str, _Conjunto]) -> Iterator[str]:
    """One of the 64 parts of each register, log and outbox."""
    for codigo, notificacion in sitio.registro.arboles[n].items():
        conjuntos["registro"].agregar(codigo)
        if notificacion.codigo != codigo or not _sentada(sitio, notificacion):
            yield f"registro: {codigo} no está en ninguna casilla"
    for notificacion in sitio.recibidos.arboles[n].values():
        conjuntos["recibidos"].agregar(notificacion.codigo)
    for tipo, codigo, _ in sitio.eventos.arboles[n].values():
        if tipo == "depositado":
            conjuntos["eventos"].agregar(codigo)
        if sitio.registro.get(codigo) is None:
            yield f"eventos: hay uno de {codigo}, que no está en el registro"
    for carta in sitio.salida.arboles[n].values():
        yield from _de_carta(sitio, carta)


def _sentada(sitio: Sitio, n: Notificacion) -> bool:
    casilla = n.__parent__
    return sitio.casillas.get(casilla.__name__) is casilla and casilla[n.__name__] is n


def _de_carta(sitio: Sitio, carta: Any) -> Iterator[str]:
    if carta.clase == AVISO_DEPOSITO and sitio.registro.get(carta.sobre.codigo) is not carta.sobre:
        yield f"salida: una carta anuncia {carta.sobre.codigo}, que no está en el registro"
    elif not carta.sobre.__name__:
        yield f"salida: una carta de clase {carta.clase} no tiene de qué hablar"
