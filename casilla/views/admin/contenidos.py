"""The institution's texts by class, in their order; and the bin."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from casilla.evolve.semillas import SEMBRADOR
from casilla.permissions import Permiso
from casilla.resources.administracion import FichaContenido, SeccionContenidos
from casilla.resources.contenido import Contenido
from casilla.services.horas import fecha_hora
from casilla.services.orden import mover, mover_categoria, por_categoria
from casilla.services.palabras import limpiar, plegar
from casilla.services.papelera import VIGENCIA, en_papelera
from casilla.services.publicacion import LIBRES, RELOJ, de_clase
from casilla.views.admin.dos_a_la_vez import huella, lo_hizo
from casilla.views.admin.pagina import auditar, direccion
from casilla.views.contenidos import SIN_CATEGORIA

# Name, words for all of them and for one.
CLASES = {
    "pregunta": ("Preguntas frecuentes", "Pregunta frecuente"),
    "norma": ("Normativas", "Norma"),
    "texto": ("Textos de páginas y constancia", "Texto"),
    "carta": ("Cartas", "Carta"),
}
ESTADOS = {"borrador": "Borrador", "publicado": "Publicado", "archivado": "Archivado"}
_PASOS = {"subir": -1, "bajar": 1}


@dataclass(frozen=True)
class Renglon:
    """A text as the list shows it."""

    nombre: str
    url: str
    titulo: str
    estado: str
    detalle: str
    cambio: str
    borrado: str

    @classmethod
    def de(cls, contenido: Contenido, request: Request) -> "Renglon":
        redaccion = contenido.redaccion
        _, actor, cuando, _ = contenido.historia[-1]
        return cls(
            contenido.__name__,
            direccion(request, "contenidos", contenido.__name__),
            titulo_de(contenido),
            estado(contenido, request),
            " ".join(filter(None, (redaccion.tipo, redaccion.numero_norma))) or redaccion.categoria,
            f"{fecha_hora(cuando)}, por {quien(actor)}",
            fecha_hora(contenido.eliminado_en + VIGENCIA) if contenido.eliminado_en else "",
        )


def quien(actor: str) -> str:
    """Whoever did it, for people: what nobody did, the program did."""
    return "el sistema" if actor in (SEMBRADOR, RELOJ) else actor


def titulo_de(contenido: Contenido) -> str:
    return contenido.redaccion.titulo


def estado(contenido: Contenido, request: Request) -> str:
    """In words, with what is under way."""
    ahora, palabras = request.ahora, [ESTADOS[contenido.estado_en(request.ahora)]]
    if contenido.publico_en(ahora):
        palabras.append(f"versión {contenido.vigente_en(ahora).numero}")
    if contenido.borrador and contenido.versiones:
        palabras.append("con un borrador sin publicar")
    if programada := contenido.programada(ahora):
        palabras.append(f"versión {programada.numero} programada para el {fecha_hora(programada.publicada_en)}")
    return ", ".join(palabras)


def puede(request: Request, lugar: SeccionContenidos | FichaContenido) -> bool:
    return bool(request.has_permission(Permiso.GESTIONAR_CONTENIDOS, lugar))


@view_config(
    context=SeccionContenidos,
    request_method="GET",
    permission=Permiso.VER_CONTENIDOS,
    renderer="casilla:templates/admin_contenidos.pt",
)
def listar(context: SeccionContenidos, request: Request) -> Any:
    """Those of one class; with ``?q=`` and ``?estado=``, only those with these words and in this state."""
    clase = request.GET.get("clase", "pregunta")
    if clase not in CLASES:
        raise HTTPNotFound
    q, elegido = limpiar(request.GET.get("q", ""), 100), request.GET.get("estado", "")
    todos = de_clase(context.sitio, clase)
    hallados = [c for c in todos if _tiene(c, q, elegido, request)]
    gestiona, filtra = puede(request, context), bool(q or elegido in ESTADOS)
    return {
        "titulo": f"Contenidos: {CLASES[clase][0]}",
        "clase": clase,
        "clases": [(n, titulo, f"{request.path}?{urlencode({'clase': n})}") for n, (titulo, _) in CLASES.items()],
        "grupos": _grupos(hallados, clase, request),
        "q": q,
        "estados": [("", "Todos", elegido not in ESTADOS), *((n, t, n == elegido) for n, t in ESTADOS.items())],
        "cuenta": f"{len(hallados)} de {len(todos)}" if filtra else "",
        "crear": f"{direccion(request, 'contenidos', 'crear')}?clase={clase}" if gestiona and clase in LIBRES else "",
        "ordenable": gestiona and clase in LIBRES and not filtra,
        "orden": marca_del_orden(todos),
        "papelera": direccion(request, "contenidos", "papelera"),
        "uso": direccion(request, "contenidos", "uso"),
        "mover_categoria": direccion(request, "contenidos", "categoria"),
    }


def marca_del_orden(contenidos: list[Contenido]) -> str:
    """Of the list from which something is moved: what is one step up depends on it."""
    return huella({"orden": [contenido.__name__ for contenido in contenidos]})


def _ya_movida(request: Request, clase: str) -> HTTPSeeOther | None:
    """For who moves something in a list that somebody else has ordered meanwhile: nothing is moved."""
    if request.POST.get("orden") == marca_del_orden(de_clase(request.sitio, clase)):
        return None
    fue = lo_hizo(request, "contenidos", *_PASOS)
    request.session.flash(f"El orden cambió mientras usted miraba la lista y no se movió nada. {fue}", "aviso")
    return _a_la_lista(request, clase)


def _tiene(contenido: Contenido, q: str, estado: str, request: Request) -> bool:
    if estado in ESTADOS and contenido.estado_en(request.ahora) != estado:
        return False
    redaccion = contenido.redaccion
    letras = plegar(" ".join((redaccion.titulo, redaccion.cuerpo, redaccion.tipo, redaccion.numero_norma)))
    return all(palabra in letras for palabra in plegar(q).split())


def _grupos(contenidos: list[Contenido], clase: str, request: Request) -> list[tuple[str, str, list[Renglon]]]:
    """Category, its words, and its texts; one without words for what has no categories."""
    if clase != "pregunta":
        return [("", "", [Renglon.de(c, request) for c in contenidos])] if contenidos else []
    return [
        (categoria, categoria or SIN_CATEGORIA, [Renglon.de(c, request) for c in suyos])
        for categoria, suyos in por_categoria(contenidos, request.ahora).items()
    ]


@view_config(context=FichaContenido, name="mover", request_method="POST", permission=Permiso.GESTIONAR_CONTENIDOS)
def mover_uno(context: FichaContenido, request: Request) -> HTTPSeeOther:
    contenido, hacia = context.objeto, request.POST.get("hacia", "")
    if contenido.clase not in LIBRES or hacia not in _PASOS or contenido.eliminado_en:
        raise HTTPNotFound
    if respuesta := _ya_movida(request, contenido.clase):
        return respuesta
    if mover(request.sitio, contenido, _PASOS[hacia], request.ahora):
        auditar(request, hacia, context.entrada)
        request.session.flash(f"«{titulo_de(contenido)}» {'subió' if hacia == 'subir' else 'bajó'} un lugar.")
    return _a_la_lista(request, contenido.clase, f"#{context.__name__}")


@view_config(
    context=SeccionContenidos, name="categoria", request_method="POST", permission=Permiso.GESTIONAR_CONTENIDOS
)
def mover_una_categoria(context: SeccionContenidos, request: Request) -> HTTPSeeOther:
    categoria, hacia = request.POST.get("categoria", ""), request.POST.get("hacia", "")
    if hacia not in _PASOS:
        raise HTTPNotFound
    if respuesta := _ya_movida(request, "pregunta"):
        return respuesta
    try:
        movida = mover_categoria(context.sitio, "pregunta", categoria, _PASOS[hacia], request.ahora)
    except ValueError:
        raise HTTPNotFound from None
    if movida:
        auditar(request, hacia, "contenidos", despues=f"Categoría: {categoria}")
        palabras = "subió" if hacia == "subir" else "bajó"
        request.session.flash(f"La categoría «{categoria or SIN_CATEGORIA}» {palabras} un lugar.")
    return _a_la_lista(request, "pregunta")


def _a_la_lista(request: Request, clase: str, ancla: str = "") -> HTTPSeeOther:
    return HTTPSeeOther(f"{direccion(request, 'contenidos')}?clase={clase}{ancla}")


@view_config(
    context=SeccionContenidos,
    name="papelera",
    request_method="GET",
    permission=Permiso.VER_CONTENIDOS,
    renderer="casilla:templates/admin_papelera.pt",
)
def papelera(context: SeccionContenidos, request: Request) -> Any:
    return {
        "renglones": [(CLASES[c.clase][1], Renglon.de(c, request)) for c in en_papelera(context.sitio)],
        "dias": VIGENCIA.days,
        "puede": puede(request, context),
        "lista": direccion(request, "contenidos"),
    }
