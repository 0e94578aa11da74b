"""The first page of the account: who one is here, how one is reached, and where one is logged in."""

from dataclasses import dataclass
from typing import Any

from pyramid.request import Request
from pyramid.response import Response

from casilla import fields
from casilla.forms import Boton, Esquema, Formulario
from casilla.printing.certificacion import NOMBRES_DE_DOCUMENTO
from casilla.resources.cuenta import Cuenta
from casilla.services.acceso import cerrar_otras_sesiones, cerrar_sesion
from casilla.services.administrados import hechos_de_la_institucion
from casilla.services.cuenta import cambiar_telefono, pedido
from casilla.services.horas import fecha_hora
from casilla.services.rebotes import Rebote
from casilla.views.cuenta.pagina import direccion, ir, pagina
from casilla.views.escrito import escrito


@dataclass(frozen=True)
class Sesion:
    """An open session as it is shown."""

    nombre: str
    desde: str
    direccion: str
    esta: bool


class EsquemaTelefono(Esquema):
    telefono = fields.telefono()


@pagina("", request_method="GET", renderer="casilla:templates/cuenta.pt")
def ver(context: Cuenta, request: Request) -> dict[str, Any]:
    cuenta, persona = request.identity.cuenta, request.identity.cuenta.persona
    espera = pedido(cuenta)
    return {
        "usuario": cuenta,
        "persona_notificada": persona,
        "rebote": Rebote.de(persona),
        "documento": f"{NOMBRES_DE_DOCUMENTO[persona.tipo_documento]} {persona.numero}",
        "telefono": persona.telefono.removeprefix("+51"),
        "por_confirmar": espera if espera and espera.vivo(request.ahora) else None,
        "acceso_anterior": cuenta.acceso_anterior and fecha_hora(cuenta.acceso_anterior),
        "abierta_en": fecha_hora(persona.casilla.abierta_en),
        "cerrada_en": persona.casilla.cerrada_en and fecha_hora(persona.casilla.cerrada_en),
        "sesiones": _sesiones(request),
        "de_la_institucion": [
            (fecha_hora(cuando), palabras, motivo) for cuando, palabras, motivo in hechos_de_la_institucion(cuenta)
        ],
    }


def _sesiones(request: Request) -> list[Sesion]:
    """This one first, then the newest."""
    abiertas = sorted(request.identity.cuenta.sesiones.items(), key=lambda par: par[1][0], reverse=True)
    esta = request.session["sesion"]
    return sorted(
        (Sesion(nombre, fecha_hora(desde), red or "", nombre == esta) for nombre, (desde, red) in abiertas),
        key=lambda sesion: not sesion.esta,
    )


@pagina("sesiones", request_method="POST")
def cerrar_sesiones(context: Cuenta, request: Request) -> Response:
    """One of the others, or all of them; this one has its own way out."""
    cuenta, nombre = request.identity.cuenta, request.POST.get("sesion")
    if "todas" in request.POST:
        cerrar_otras_sesiones(cuenta, request.session["sesion"])
        return ir(request, palabras="Cerramos sus otras sesiones.")
    if isinstance(nombre, str) and nombre != request.session["sesion"]:
        cerrar_sesion(cuenta, nombre)
    return ir(request, palabras="Cerramos esa sesión.")


@pagina("telefono", request_method=("GET", "POST"), renderer="casilla:templates/cuenta_telefono.pt")
def telefono(context: Cuenta, request: Request) -> Any:
    cuenta = request.identity.cuenta
    formulario = Formulario(
        EsquemaTelefono(),
        request,
        botones=("Guardar", Boton("Regresar", href=direccion(request))),
        datos={"telefono": cuenta.persona.telefono.removeprefix("+51"), **escrito(request)},
    )
    datos = formulario.validos(request)
    if datos is None:
        return {"formulario": formulario}
    cambiar_telefono(cuenta, datos["telefono"], request.ahora)
    return ir(request, palabras="Su teléfono cambió.")
