"""Every kind of page of the institution's side that somebody reaches from its first one, following the links.

``poblado`` gives the world what those pages are about: drafts, a bulk, texts in every state, somebody suspended.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from pyramid.traversal import traverse

from casilla.resources.contenido import Redaccion
from casilla.resources.sitio import Sitio
from casilla.services import administrados, borradores, calendario, lotes, papelera, publicacion
from casilla.services.correspondencia import rechazada
from casilla.services.horas import dia_en_lima
from casilla.services.lectura import anular
from tests import lotes as muestras
from tests import mundo
from tests.services.test_borradores import DATOS

MODULO = "/admin"
# What an address asks makes another kind of page by its name, and these by their value too.
_DICHOS = ("clase",)
# A letter as it is mailed, which is no page of the module.
_CARTA = "carta"


def recorrer(sitio: Sitio, rol: str, abrir: Callable[[str], Iterable[str]]) -> list[str]:
    """Open one page of each kind; ``abrir`` takes its address and returns the links on it. Returns what was opened."""
    abiertas: dict[Any, str] = {}
    por_abrir = [MODULO, *sueltas(sitio, rol)]
    while por_abrir:
        direccion = por_abrir.pop(0)
        clase = _clase(sitio, direccion)
        if clase in abiertas or _CARTA in clase:
            continue
        abiertas[clase] = direccion
        por_abrir += list(_del_modulo(direccion, abrir(direccion)))
    return list(abiertas.values())


def fichas(accion: str) -> str:
    """The page that a button of a list opens, of the address where it leaves its entry."""
    return accion.replace("/consultar", "", 1)


def _del_modulo(desde: str, enlaces: Iterable[str]) -> Iterator[str]:
    """Those below /admin, from the root, without what is only a place of the page."""
    for enlace in enlaces:
        partes = urlsplit(urljoin(f"http://localhost{desde}", enlace))
        if partes.netloc == "localhost" and f"{partes.path}/".startswith(f"{MODULO}/"):
            yield partes.path + (f"?{partes.query}" if partes.query else "")


def _clase(sitio: Sitio, direccion: str) -> Any:
    """What this page has in common with others of its kind: what it is of, its view, and what is asked of it."""
    partes = urlsplit(direccion)
    hallado = traverse(sitio, unquote(partes.path))
    objeto = getattr(hallado["context"], "objeto", None)
    preguntas = sorted((n, v if n in _DICHOS else "") for n, v in parse_qsl(partes.query))
    que_es = [getattr(objeto, atributo, "") for atributo in ("clase", "estado", "suspendido")]
    return type(hallado["context"]), hallado["view_name"], len(hallado["subpath"]), repr(que_es), repr(preguntas)


def poblar(sitio: Sitio, ahora: datetime) -> None:
    """What the pages of each section are about, in the states that they tell apart."""
    _notificaciones(sitio, ahora)
    _en_preparacion(sitio, ahora)
    _contenidos(sitio, ahora)
    administrados.suspender(
        sitio, sitio.usuarios[mundo.TOMAS], motivo="Lo pidió por escrito", actor="registro", ahora=ahora
    )
    mundo.funcionario(sitio, "ausente", ("contenido",))
    sitio.funcionarios["ausente"].suspendido = True
    dia = next(dia for n in (13, 14, 15) if (dia := date(ahora.year + 1, 5, n)).weekday() < 5)
    calendario.no_laborable(sitio, dia, "Día de prueba", "D. S. N.° 000-2026", actor="administrador", ahora=ahora)


def sueltas(sitio: Sitio, rol: str) -> list[str]:
    """Pages that no link leads to: one asks for somebody by their document; an auditor comes by the audit."""
    personas = [f"personas/{sitio.personas[documento].casilla.__name__}" for documento in (mundo.ROSA, mundo.TOMAS)]
    return [f"{MODULO}/{camino}" for camino in personas] if rol in ("registro", "auditor") else []


def _notificaciones(sitio: Sitio, ahora: datetime) -> None:
    devuelta, mala = (mundo.deposito(sitio, mundo.NUSTA, n, ahora=ahora, anexos=1) for n in (71, 72))
    anular(sitio, mala, actor="notificador", ahora=ahora, motivo="Se notificó a quien no correspondía")
    lugar = next(lugar for lugar, carta in sitio.salida if carta.sobre is devuelta)
    rechazada(sitio, lugar, ahora, "550 5.1.1 <nusta@correo.example>: user unknown")
    mundo.al_dia(sitio, dia_en_lima(ahora))


def _en_preparacion(sitio: Sitio, ahora: datetime) -> None:
    listo = borradores.preparar(sitio, "notificador", mundo.ROSA, ahora)
    borradores.anotar(listo, DATOS, sitio.funcionarios["notificador"], ahora)
    anexo = mundo.archivo(sitio, b"hola", "anexo.txt", "text/plain")
    borradores.adjuntar(sitio, listo, mundo.archivo(sitio, mundo.pdf()), (anexo,))
    tabla = mundo.archivo(sitio, muestras.tabla(muestras.filas(3)), "enero.csv", "text/csv")
    lotes.traer(
        sitio, "notificador", tabla, mundo.archivo(sitio, muestras.paquete(), "enero.zip", "application/zip"), ahora
    )


def _contenidos(sitio: Sitio, ahora: datetime) -> None:
    for nombre in ("en-borrador", "publicada", "programada", "archivada", "eliminada"):
        redaccion = Redaccion(titulo=f"¿Una pregunta {nombre}?", cuerpo="Una respuesta.", categoria="Registro")
        contenido = publicacion.crear(sitio, "pregunta", nombre, redaccion, "contenido", ahora)
        if nombre != "en-borrador":
            desde = ahora + timedelta(days=2) if nombre == "programada" else None
            publicacion.publicar(contenido, "contenido", ahora, desde=desde)
    for nombre in ("publicada", "terminos"):
        contenido = sitio.contenidos[nombre]
        redaccion = contenido.redaccion
        cambiada = redaccion._replace(cuerpo=f"{redaccion.cuerpo}\n\nOtro párrafo.", cambios="- Otro párrafo.")
        publicacion.redactar(contenido, cambiada, "contenido", ahora)
    publicacion.archivar(sitio.contenidos["archivada"], "contenido", ahora)
    papelera.eliminar(sitio.contenidos["eliminada"], "contenido", ahora)
