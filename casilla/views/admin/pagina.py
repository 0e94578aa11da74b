"""What the pages of the institution's side have in common."""

from dataclasses import dataclass

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request

from casilla.permissions import Permiso
from casilla.resources.administracion import Administracion
from casilla.resources.persona import Persona
from casilla.services import auditoria
from casilla.views.casilla import Paginas

# A page with one form; what it needs is said in it.
FORMULARIO = "casilla:templates/admin_formulario.pt"

# Page, words, and who sees it, in the order of the menu; the section comes first. The first is /admin itself.
_MENU = (
    ("", "Tablero", Permiso.VER_TABLERO),
    ("depositos", "Notificaciones", Permiso.VER_DEPOSITOS),
    ("notificar/todas", "En preparación", Permiso.VER_PREPARACION),
    ("lotes/todos", "Lotes", Permiso.VER_PREPARACION),
    ("solicitudes", "Solicitudes", Permiso.VER_SOLICITUDES),
    ("personas", "Personas", Permiso.VER_PERSONAS),
    ("contenidos", "Contenidos", Permiso.VER_CONTENIDOS),
    ("calendario", "Calendario", Permiso.VER_CALENDARIO),
    ("cuentas", "Cuentas", Permiso.VER_CUENTAS),
    ("claves", "Claves del SGD", Permiso.VER_CLAVES),
    ("ajustes", "Ajustes", Permiso.VER_AJUSTES),
    ("auditoria", "Auditoría", Permiso.VER_AUDITORIA),
    ("roles", "Roles", Permiso.VER_TABLERO),
)

# Rows of a list that is shown page by page.
POR_PAGINA = 25
# Entries of their own that a session remembers: so many people and notifications may be open at once.
_RECORDADOS = 50


@dataclass(frozen=True)
class Enlace:
    """An entry of the menu; pages say ``seccion`` with the same word."""

    seccion: str
    rotulo: str
    url: str


def menu_admin(request: Request) -> list[Enlace]:
    """What this person may see; nothing before the password is their own."""
    if request.identity is None or request.identity.temporal:
        return []
    modulo = Administracion(request.sitio)
    return [
        Enlace(pagina.partition("/")[0], rotulo, direccion(request, pagina))
        for pagina, rotulo, permiso in _MENU
        if request.has_permission(permiso, modulo)
    ]


def direccion(request: Request, *camino: str) -> str:
    """The address of a page of the module."""
    return "/".join((f"{request.script_name}/admin", *filter(None, camino)))


def ir(request: Request, *camino: str, palabras: str = "", cola: str = "") -> HTTPSeeOther:
    """To a page of the module, with something to say there."""
    if palabras:
        request.session.flash(palabras, cola)
    return HTTPSeeOther(direccion(request, *camino))


def paginas(request: Request, cuantas: int) -> Paginas:
    """Of a list of so many, POR_PAGINA on each; ``?p=`` says which, the nearest that there is."""
    total = max(1, -(-cuantas // POR_PAGINA))
    pedida = request.GET.get("p", "1")
    numero = min(max(1, int(pedida) if pedida.isdecimal() and len(pedida) < 9 else 1), total)

    def lleva(a: int) -> str | None:
        return f"{request.path}?p={a}" if 1 <= a <= total and a != numero else None

    return Paginas(numero, total, lleva(1), lleva(numero - 1), lleva(numero + 1), lleva(total))


def auditar(request: Request, acto: str, sobre: str, antes: str = "", despues: str = "") -> None:
    """Leave an entry of what this person has just done, in the same transaction; the session remembers which it is."""
    asiento = auditoria.asentar(
        request.sitio,
        acto,
        sobre,
        actor=request.identity.usuario,
        direccion=request.remote_addr,
        ahora=request.ahora,
        secreto=request.secreto,
        antes=antes,
        despues=despues,
    )
    request.session["asientos"] = [asiento.numero, *request.session.get("asientos", ())][:_RECORDADOS]


def auditar_consulta(request: Request, persona: Persona | None) -> None:
    """The same, of who was looked up; a document of nobody's is not kept."""
    if persona is None:
        auditar(request, "consultar", "personas", despues="Nadie con ese documento o ese correo")
    else:
        auditar(request, "consultar", f"personas/{persona.casilla.__name__}")
