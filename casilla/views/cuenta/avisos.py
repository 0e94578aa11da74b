"""Which notices somebody gets, by which ways, and a test of them. The one to the registered address stays."""

from typing import Any

from pyramid.request import Request
from pyramid.response import Response

from casilla.resources.cuenta import Cuenta
from casilla.services.cuenta import CasillaCerrada, YaProbado, probar_avisos, quitar_adicional
from casilla.services.resumen import cancelar, suscribir
from casilla.views.cuenta.pagina import CERRADA, ir, pagina

PRUEBA = "Enviamos un aviso de prueba. Si no llega en unos minutos, revise su correo no deseado."


@pagina("avisos", request_method="GET", renderer="casilla:templates/cuenta_avisos.pt")
def avisos(context: Cuenta, request: Request) -> dict[str, Any]:
    cuenta = request.identity.cuenta
    return {
        "persona_notificada": cuenta.persona,
        "cerrada": cuenta.persona.casilla.cerrada_en is not None,
        "resumen": cuenta.__name__ in request.sitio.resumenes,
    }


@pagina("quitar-adicional", request_method="POST")
def quitar(context: Cuenta, request: Request) -> Response:
    quitar_adicional(request.identity.cuenta)
    return ir(request, "avisos", "Los avisos ya no llegarán al correo adicional.")


@pagina("resumen-diario", request_method="POST")
def resumen(context: Cuenta, request: Request) -> Response:
    """``quiero=si`` begins it, anything else ends it."""
    if request.POST.get("quiero") != "si":
        cancelar(request.sitio, request.identity.cuenta)
        return ir(request, "avisos", "Ya no recibirá el resumen diario.")
    try:
        suscribir(request.sitio, request.identity.cuenta, request.ahora)
    except CasillaCerrada:
        return ir(request, "avisos", CERRADA, "aviso")
    return ir(request, "avisos", "Recibirá un resumen cada mañana, si tiene algo sin leer.")


@pagina("probar-avisos", request_method="POST")
def probar(context: Cuenta, request: Request) -> Response:
    try:
        probar_avisos(request.sitio, request.identity.cuenta, request.ahora)
    except YaProbado:
        return ir(request, "avisos", "Ya enviamos un aviso de prueba hace menos de 5 minutos.", "aviso")
    except CasillaCerrada:
        return ir(request, "avisos", CERRADA, "aviso")
    return ir(request, "avisos", PRUEBA)
