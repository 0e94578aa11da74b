"""What the pages of the institution's side have in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any

from persistent import Persistent
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request

from casilla import fields
from casilla.forms import Esquema, Formulario
from casilla.permissions import Permiso
from casilla.resources.administracion import Administracion
from casilla.resources.persona import Persona
from casilla.services import auditoria
from casilla.services.horas import fecha_hora
from casilla.views.admin.comparacion import distintos
from casilla.views.admin.palabras import acto_dicho

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


_OTRA_PERSONA = (
    "Otra persona guardó cambios mientras usted editaba, y los suyos todavía no se guardaron. Compare con lo que "
    "hay ahora, abajo, y guarde otra vez si corresponde."
)
# Entries looked through for who did something a moment ago.
_ATRAS = 2000

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


def marca(objeto: Persistent) -> str:
    """Which writing of the thing a form was made from; it goes along hidden, so that ``cambio_entretanto`` can tell."""
    objeto._p_activate()
    return objeto._p_serial.hex()


def cambio_entretanto(objeto: Persistent, marca_anterior: str) -> bool:
    """Whether somebody else has written the thing since: the second is told, and nothing is lost."""
    return marca(objeto) != marca_anterior


def huella(valores: Mapping[str, object]) -> str:
    """As ``marca``, of a thing that is written for other reasons too: only these values count."""
    return sha256(repr(sorted(valores.items())).encode()).hexdigest()[:32]


def lo_hizo(request: Request, sobre: str, *actos: str) -> str:
    """For who comes second: the last of these acts on it, as "Anuló: mquispe, 23 de enero …"; empty for none lately."""
    for asiento in islice(request.sitio.auditoria.hacia_atras(), _ATRAS):
        if asiento.acto in actos and f"{asiento.sobre}/".startswith(f"{sobre}/"):
            return f"{acto_dicho(asiento.acto)}: {asiento.actor}, {fecha_hora(asiento.cuando)}"
    return ""


def con_marca(esquema: Esquema) -> Esquema:
    """The same form with the hidden box of a mark."""
    marca = fields.oculto()
    marca.name = "marca"
    esquema.add(marca)
    return esquema


def cambiada(formulario: Formulario, datos: Mapping[str, Any] | None, marca: str) -> bool:
    """Whether what was sent is of an earlier mark; then the form tells."""
    if datos is None or datos["marca"] == marca:
        return False
    avisar_del_cambio(formulario, marca)
    return True


def avisar_del_cambio(formulario: Formulario, marca_nueva: str, palabras: str = _OTRA_PERSONA) -> None:
    """Tell the second of two who edited at once. What they typed stays; if they save again, it is knowingly."""
    formulario.marcar(palabras)
    formulario.distintos = distintos(formulario)
    formulario["marca"].cstruct = marca_nueva
