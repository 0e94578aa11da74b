"""A text exactly as it will be read, before anybody reads it: by the pieces that the public pages are made of."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from casilla.mail.muestras import muestra
from casilla.permissions import Permiso
from casilla.printing.muestra import constancia_de_muestra
from casilla.resources.administracion import FichaContenido
from casilla.resources.contenido import Contenido, Redaccion
from casilla.services.plantillas import parrafos
from casilla.services.publicacion import version_numero
from casilla.views.admin.contenido import BORRADOR, de_la_ficha, pedida
from casilla.views.contenidos import SIN_CATEGORIA
from casilla.views.piezas import Legal, Norma, Pregunta

# A letter has its styles inside, as mail programmes want them; here nothing else of it may run or load.
_CSP_DE_CARTA = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; form-action 'none'; sandbox"


def vista(nombre: str, **opciones: Any) -> Any:
    return view_config(
        context=FichaContenido,
        name=nombre,
        request_method="GET",
        permission=Permiso.VER_CONTENIDOS,
        http_cache=0,
        **opciones,
    )


@vista("previa", renderer="casilla:templates/admin_previa.pt")
def previa(context: FichaContenido, request: Request) -> Any:
    """The draft or, with ``?version=N``, a version."""
    contenido, cual = context.objeto, request.GET.get("version", BORRADOR)
    redaccion = pedida(contenido, cual)
    return {
        **de_la_ficha(contenido, request),
        "cual": f"La versión {cual}" if cual != BORRADOR else "El borrador" if contenido.borrador else "Lo último",
        "consulta": f"?version={cual}",
        "forma": "constancia" if contenido.__name__ == "constancia" else contenido.clase,
        **_pieza(contenido, redaccion, cual, request),
    }


def _pieza(contenido: Contenido, redaccion: Redaccion, cual: str, request: Request) -> dict[str, Any]:
    nombre = contenido.__name__
    if contenido.clase == "pregunta":
        categoria = redaccion.categoria or SIN_CATEGORIA
        return {"pregunta": Pregunta.de(nombre, redaccion, request), "categoria": categoria}
    if contenido.clase == "norma":
        url = f"{de_la_ficha(contenido, request)['aqui']}/documento?version={cual}"
        return {"normas": [Norma.de(nombre, redaccion, request, url)]}
    if contenido.clase == "carta":
        carta = muestra(nombre, redaccion, request.institucion, request.publica(""))
        return {"asunto": carta.subject, "carta": [p.split("\n") for p in parrafos(carta.body.data)]}
    if nombre in ("constancia", "plazo"):
        return {"parrafos": parrafos(redaccion.cuerpo), "legal": None}
    return {"legal": _legal(contenido, redaccion, cual, request), "parrafos": ()}


def _legal(contenido: Contenido, redaccion: Redaccion, cual: str, request: Request) -> Legal:
    """A draft is numbered and dated as it would be if it were published now."""
    if cual != BORRADOR or not contenido.borrador:
        version = contenido.ultima if cual == BORRADOR else version_numero(contenido, int(cual))
        return Legal.de(version, version.numero, version.publicada_en, request)
    return Legal.de(redaccion, len(contenido.versiones) + 1, request.ahora, request)


@vista("carta")
def carta(context: FichaContenido, request: Request) -> Response:
    """The letter with its format, as mail programmes show it."""
    if context.objeto.clase != "carta":
        raise HTTPNotFound
    redaccion = pedida(context.objeto, request.GET.get("version"))
    mensaje = muestra(context.__name__, redaccion, request.institucion, request.publica(""))
    respuesta = Response(mensaje.html.data, content_type="text/html", charset="utf-8")
    respuesta.headers["Content-Security-Policy"] = _CSP_DE_CARTA
    return respuesta


@vista("constancia")
def constancia(context: FichaContenido, request: Request) -> Response:
    """The real paper, with facts of nobody's."""
    if context.__name__ != "constancia":
        raise HTTPNotFound
    redaccion, url = pedida(context.objeto, request.GET.get("version")), request.publica("verificar")
    papel = constancia_de_muestra(redaccion.cuerpo, request.institucion, request.ahora, url)
    return Response(
        papel, content_type="application/pdf", content_disposition='inline; filename="constancia-de-muestra.pdf"'
    )
