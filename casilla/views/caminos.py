"""Where to send a browser: into the casilla, to the login, back to where it was going."""

from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request

from casilla.resources.usuario import Usuario


def propio(camino: str | None) -> str | None:
    """The path, if it leads nowhere but into this site; None for ``//evil``, ``https:evil`` and the like.

    Browsers read a backslash as a slash and skip tabs and line ends (WHATWG URL, 4.4), so none of them may pass. Ours
    are quoted, hence printable ASCII.
    """
    if not camino or not camino.startswith("/") or camino.startswith("//"):
        return None
    return camino if camino.isascii() and camino.isprintable() and "\\" not in camino and " " not in camino else None


def a_la_casilla(request: Request, usuario: Usuario) -> HTTPSeeOther:
    """Where the person was going, or else to their tray; before anything else, to change a temporary password."""
    destino = propio(request.GET.get("next"))
    if usuario.temporal:
        return al_cambio_de_clave(request, destino)
    return HTTPSeeOther(destino or request.resource_url(usuario.persona.casilla))


def al_cambio_de_clave(request: Request, destino: str | None) -> HTTPSeeOther:
    return HTTPSeeOther(_con_destino(request, "/cambiar-clave", destino))


def al_texto_por_aceptar(request: Request, destino: str | None) -> HTTPSeeOther:
    return HTTPSeeOther(_con_destino(request, "/aceptar", destino))


def al_ingreso(request: Request, destino: str | None) -> HTTPSeeOther:
    return HTTPSeeOther(_con_destino(request, "/", destino))


def al_ingreso_del_modulo(request: Request, destino: str | None) -> HTTPSeeOther:
    return HTTPSeeOther(_con_destino(request, "/admin/entrar", destino))


def al_cambio_de_clave_del_modulo(request: Request) -> HTTPSeeOther:
    return HTTPSeeOther(f"{request.script_name}/admin/cambiar-clave")


def _con_destino(request: Request, camino: str, destino: str | None) -> str:
    return request.script_name + camino + ("?" + urlencode({"next": destino}) if destino else "")
