"""The keys by which the institution's systems deposit: the same acts as ``casilla clave-api``."""

import re
from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPBadRequest, HTTPNotFound
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.view import view_config

from casilla import fields
from casilla.fields.basicos import caja, exigir, nodo
from casilla.forms import Boton, Esquema, Formulario
from casilla.permissions import Permiso
from casilla.resources.administracion import SeccionClaves
from casilla.services import claves_api
from casilla.services.horas import fecha_hora
from casilla.views.admin.dos_a_la_vez import lo_hizo
from casilla.views.admin.pagina import FORMULARIO, auditar, direccion, ir

_ID = re.compile("[0-9a-f]{8}")


class EsquemaDeClaveApi(Esquema):
    """``id``: so that a page sent twice makes one key."""

    id = fields.oculto()
    remitente = nodo(
        "Nombre del sistema",
        "Escriba el nombre del sistema",
        exigir(claves_api.NOMBRE.fullmatch, f"Nombre del sistema: {claves_api.PALABRAS_DEL_NOMBRE}"),
        description="Queda escrito en cada depósito. Para cambiar la clave de un sistema, use el nombre que ya tiene.",
        widget=caja("medio", autocomplete="off", autocapitalize="none", spellcheck="false"),
    )


@dataclass(frozen=True)
class Clave:
    """A key as the list shows it; nobody knows its secret any more."""

    remitente: str
    id: str
    desde: str
    hasta: str
    revocar: str


@view_config(
    context=SeccionClaves,
    request_method="GET",
    permission=Permiso.VER_CLAVES,
    renderer="casilla:templates/admin_claves.pt",
)
def listar(context: SeccionClaves, request: Request) -> Any:
    puede = request.has_permission(Permiso.GESTIONAR_CLAVES, context)
    claves = [
        _clave(request, nombre, emitida) for nombre in context.sitio.claves for emitida in _emitidas(context, nombre)
    ]
    return {
        "claves": sorted(claves, key=lambda clave: (bool(clave.hasta), clave.remitente)),
        "crear": direccion(request, "claves", "crear") if puede else "",
        "puede": puede,
    }


def _emitidas(context: SeccionClaves, nombre: str) -> tuple[Any, ...]:
    """The newest first."""
    return context.sitio.claves[nombre].emitidas[::-1]


def _clave(request: Request, remitente: str, emitida: tuple[Any, ...]) -> Clave:
    id_, _, desde, hasta = emitida
    revocar = f"{direccion(request, 'claves', 'revocar', remitente)}/{id_}"
    return Clave(remitente, id_, fecha_hora(desde), fecha_hora(hasta) if hasta else "", revocar)


@view_config(
    context=SeccionClaves,
    name="crear",
    request_method=("GET", "POST"),
    permission=Permiso.GESTIONAR_CLAVES,
    renderer=FORMULARIO,
)
def crear(context: SeccionClaves, request: Request) -> Any:
    regreso = direccion(request, "claves")
    botones = (Boton("Crear clave"), Boton("Regresar", href=regreso))
    formulario = Formulario(EsquemaDeClaveApi(), request, botones=botones, datos={"id": claves_api.id_nuevo()})
    datos = formulario.validos(request)
    if datos is not None:
        if not _usado(context, datos["id"]):
            return _mostrar(request, datos)
        formulario.marcar("Esa clave ya se creó y no se puede volver a mostrar. Si no la copió, revóquela y cree otra.")
        formulario["id"].cstruct = claves_api.id_nuevo()
    return {
        "formulario": formulario,
        "titulo": "Crear clave del SGD",
        "seccion": "claves",
        "volver": (regreso, "Claves del SGD"),
        "parrafos": (
            "La verá una sola vez. Las claves que el sistema ya tenía siguen sirviendo, para que pueda cambiar sin "
            "cortes: revoque la anterior cuando la nueva esté en uso.",
        ),
    }


def _usado(context: SeccionClaves, id_: str) -> bool:
    return any(emitida[0] == id_ for nombre in context.sitio.claves for emitida in _emitidas(context, nombre))


def _mostrar(request: Request, datos: dict[str, Any]) -> Any:
    """Make the key and show it in the answer itself: it is kept nowhere, not even until the next page."""
    if not _ID.fullmatch(datos["id"]):
        raise HTTPBadRequest
    remitente, secreto = datos["remitente"], claves_api.secreto_nuevo()
    claves_api.emitir(request.sitio, remitente, datos["id"], secreto, request.ahora)
    auditar(request, "crear-clave", f"claves/{remitente}", despues=f"Clave {datos['id']}")
    valores = {"remitente": remitente, "clave": f"{remitente}.{secreto}", "lista": direccion(request, "claves")}
    return render_to_response("casilla:templates/admin_clave_creada.pt", valores, request, response=request.response)


@view_config(
    context=SeccionClaves,
    name="revocar",
    request_method=("GET", "POST"),
    permission=Permiso.GESTIONAR_CLAVES,
    renderer=FORMULARIO,
)
def revocar(context: SeccionClaves, request: Request) -> Any:
    """``/admin/claves/revocar/REMITENTE/ID``; asked before it is done, because it cannot be undone."""
    remitente, id_ = _nombrada(context, request)
    regreso = direccion(request, "claves")
    botones = (Boton("Revocar la clave"), Boton("Regresar", href=regreso))
    if request.method == "POST":
        if not claves_api.revocar(request.sitio, remitente, request.ahora, id_):
            fue = lo_hizo(request, f"claves/{remitente}", "revocar-clave")
            return ir(request, "claves", palabras=f"La clave {id_} ya estaba revocada. {fue}", cola="aviso")
        auditar(request, "revocar-clave", f"claves/{remitente}", antes=f"Clave {id_}")
        return ir(request, "claves", palabras=f"La clave {id_} de {remitente} ya no sirve.")
    return {
        "formulario": Formulario(Esquema(), request, botones=botones),
        "titulo": f"Revocar la clave {id_} de {remitente}",
        "seccion": "claves",
        "volver": (regreso, "Claves del SGD"),
        "parrafos": (
            "Deja de servir en el acto y para siempre. Si el sistema todavía la usa, no podrá depositar hasta que le "
            "dé otra.",
        ),
    }


def _nombrada(context: SeccionClaves, request: Request) -> tuple[str, str]:
    """Raises HTTPNotFound when there is no such key."""
    if len(request.subpath) == 2:
        remitente, id_ = request.subpath
        if remitente in context.sitio.claves and any(e[0] == id_ for e in _emitidas(context, remitente)):
            return remitente, id_
    raise HTTPNotFound
