"""What somebody had typed when their session ended: kept through the login, and put back into its box (WCAG 2.2.5).

It travels in the login's own form and then in the new session's cookie, never in the store. Passwords are not kept. Nor
is anything that another site's page sent: it would stand in the box as if the person had typed it.
"""

from urllib.parse import parse_qsl, urlencode

from pyramid.request import Request

# The pages of the account with a box for text; a test holds this list against them.
CON_TEXTO = ("telefono", "correo", "correo-adicional", "confirmar")
NUNCA = ("csrf_token", "clave", "usuario")
# Characters: a cookie holds 4096 bytes, the session's own among them.
MAXIMO = 1500
_CLAVE = "escrito"


def enviado(request: Request) -> str:
    """What a POST brought that is worth keeping, as in an address; empty when there is nothing."""
    camino = request.path_info.strip("/").split("/")
    if request.method != "POST" or len(camino) != 2 or camino[0] != "cuenta" or camino[1] not in CON_TEXTO:
        return ""
    if request.headers.get("Origin", request.host_url) != request.host_url:
        return ""
    campos = [(campo, valor) for campo, valor in request.POST.items() if campo not in NUNCA and isinstance(valor, str)]
    texto = urlencode(campos)
    return texto if len(texto) <= MAXIMO else ""


def conservar(request: Request, camino: str, texto: str) -> None:
    """Keep it in the session, for the page at ``camino``."""
    if texto and len(texto) <= MAXIMO:
        request.session[_CLAVE] = [camino, texto]


def escrito(request: Request) -> dict[str, str]:
    """What is to be put back into this page's boxes, by field; once, and only when the page is looked at."""
    camino, texto = request.session.get(_CLAVE, ("", ""))
    if request.method != "GET" or camino != request.path:
        return {}
    del request.session[_CLAVE]
    return dict(parse_qsl(texto))
