"""The way out, and the change of password (guide, screen 12)."""

from collections.abc import Mapping
from typing import Any

import colander
import deform
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from casilla import fields
from casilla.forms import Boton, Esquema, Formulario
from casilla.limites import DebeEsperar
from casilla.permissions import Permiso
from casilla.resources.sitio import Sitio
from casilla.services.acceso import AccesoNegado, cambiar_clave, cerrar_sesion
from casilla.views.caminos import a_la_casilla
from casilla.views.sesion import abrir


class EsquemaCambio(Esquema):
    usuario = fields.usuario_fijo()
    antigua = fields.clave("Clave Antigua", "Escriba su clave antigua")
    nueva = fields.clave_nueva("Clave Nueva", "Escriba su clave nueva", description=fields.POLITICA_DE_CLAVE + ".")
    repetida = fields.repetir_clave("nueva", "Repetir Clave Nueva")

    def cruzar(self, valores: Mapping[str, Any], error: colander.Invalid) -> None:
        if "nueva" in valores and valores["nueva"] == valores.get("antigua"):
            error["nueva"] = "La clave nueva debe ser distinta de la antigua"


@view_config(context=Sitio, name="salir", request_method="POST", permission=Permiso.USAR_CUENTA)
def salir(context: Sitio, request: Request) -> HTTPSeeOther:
    cerrar_sesion(request.identity.cuenta, request.session["sesion"])
    request.session.invalidate()
    request.session.flash("Cerró su sesión.")
    return HTTPSeeOther(request.script_name + "/")


@view_config(
    context=Sitio,
    name="cambiar-clave",
    request_method=("GET", "POST"),
    permission=Permiso.USAR_CUENTA,
    renderer="casilla:templates/cambiar_clave.pt",
)
def cambiar(context: Sitio, request: Request) -> Any:
    formulario = _formulario(request)
    if request.method == "POST":
        try:
            datos = formulario.validate(request.POST.items())
            return _cambiar(context, request, datos["antigua"], datos["nueva"])
        except deform.ValidationFailure:
            pass
        except AccesoNegado:
            formulario.marcar("La clave antigua no es correcta", "antigua")
        except DebeEsperar as espera:
            formulario.marcar(str(espera), "antigua")
    return {"formulario": formulario, "temporal": request.identity.temporal}


def _formulario(request: Request) -> Formulario:
    cuenta = request.identity.cuenta
    botones: list[str | Boton] = ["Enviar"]
    if not cuenta.temporal:
        botones.append(Boton("Regresar", href=request.resource_url(cuenta.persona.casilla)))
    return Formulario(EsquemaCambio(), request, botones=botones, datos={"usuario": cuenta.__name__})


def _cambiar(sitio: Sitio, request: Request, antigua: str, nueva: str) -> HTTPSeeOther:
    """Raises AccesoNegado; DebeEsperar, because a session left open must not serve to guess the password."""
    cuenta, costo = request.identity.cuenta, request.registry.settings["casilla.bcrypt_costo"]
    with request.limites.intento(AccesoNegado, "cambio", request.remote_addr, cuenta.__name__):
        cambiar_clave(sitio, cuenta, antigua, nueva, ahora=request.ahora, costo=costo)
    abrir(request, cuenta)
    request.session.flash("Su contraseña cambió.")
    return a_la_casilla(request, cuenta)
