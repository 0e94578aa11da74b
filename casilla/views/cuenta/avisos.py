"""Which notices somebody gets, by which ways, and a test of them. The one to the registered address stays."""

from typing import Any

from pyramid.request import Request
from pyramid.response import Response

from casilla.gateways.sms import AJUSTE
from casilla.resources.cuenta import Cuenta
from casilla.services.cuenta import (
    CasillaCerrada,
    SinCelular,
    YaProbado,
    pedir_discretos,
    pedir_sms,
    probar_avisos,
    quitar_adicional,
)
from casilla.services.resumen import cancelar, suscribir
from casilla.views.cuenta.pagina import CERRADA, ir, pagina

PRUEBA = "Enviamos un aviso de prueba. Si no llega en unos minutos, revise su correo no deseado."
DISCRETOS = "Los avisos ya no dirán de qué documento se trata ni llevarán la constancia."
COMPLETOS = "Los avisos dirán el tipo y el número del documento y llevarán la constancia."
SIN_SMS = "Ya no recibirá mensajes de texto."


@pagina("avisos", request_method="GET", renderer="casilla:templates/cuenta_avisos.pt")
def avisos(context: Cuenta, request: Request) -> dict[str, Any]:
    cuenta = request.identity.cuenta
    return {
        "persona_notificada": cuenta.persona,
        "cerrada": cuenta.persona.casilla.cerrada_en is not None,
        "resumen": cuenta.__name__ in request.sitio.resumenes,
        "hay_sms": _hay_sms(request),
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


@pagina("aviso-sms", request_method="POST")
def sms(context: Cuenta, request: Request) -> Response:
    """``quiero=si`` begins it, if the institution sends text messages; anything else ends it."""
    quiere = request.POST.get("quiero") == "si" and _hay_sms(request)
    try:
        pedir_sms(request.identity.cuenta, quiere, request.ahora)
    except CasillaCerrada:
        return ir(request, "avisos", CERRADA, "aviso")
    except SinCelular:
        return ir(request, "avisos", "Su teléfono no es un celular del Perú: cámbielo en «Mi cuenta».", "aviso")
    celular = request.identity.cuenta.persona.celular.removeprefix("+51")
    return ir(request, "avisos", f"Recibirá un mensaje de texto al {celular}." if quiere else SIN_SMS)


@pagina("avisos-discretos", request_method="POST")
def discretos(context: Cuenta, request: Request) -> Response:
    """``quiero=si`` leaves the document out of the letters, anything else names it again."""
    quiere = request.POST.get("quiero") == "si"
    pedir_discretos(request.identity.cuenta, quiere, request.ahora)
    return ir(request, "avisos", DISCRETOS if quiere else COMPLETOS)


def _hay_sms(request: Request) -> bool:
    """Whether the institution has somebody who carries text messages."""
    return bool(request.registry.settings.get(AJUSTE))


@pagina("probar-avisos", request_method="POST")
def probar(context: Cuenta, request: Request) -> Response:
    try:
        probar_avisos(request.sitio, request.identity.cuenta, request.ahora)
    except YaProbado:
        return ir(request, "avisos", "Ya enviamos un aviso de prueba hace menos de 5 minutos.", "aviso")
    except CasillaCerrada:
        return ir(request, "avisos", CERRADA, "aviso")
    return ir(request, "avisos", PRUEBA)
