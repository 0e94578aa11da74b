"""Where letters go: the registered address, an additional one for notices, and the code for either."""

from contextlib import suppress
from typing import Any

from pyramid.request import Request
from pyramid.response import Response

from casilla import fields, limites
from casilla.forms import Boton, Esquema, Formulario
from casilla.resources.cuenta import Cuenta
from casilla.services.acceso import AccesoNegado
from casilla.services.cuenta import (
    CasillaCerrada,
    ParaQue,
    confirmar_correo,
    desistir,
    pedido,
    pedir_correo,
)
from casilla.services.horas import hora
from casilla.services.validacion import CodigoErrado, CodigoMuerto
from casilla.views.cuenta.pagina import CERRADA, con_clave, direccion, ir, pagina
from casilla.views.escrito import escrito

CAMBIADO = {
    "correo": "Su correo cambió. Desde ahora los avisos llegan al nuevo.",
    "adicional": "Desde ahora los avisos llegan también a ese correo.",
}


class EsquemaCorreo(Esquema):
    correo = fields.correo("Correo nuevo", "Escriba el correo nuevo")
    repetir_correo = fields.repetir_correo(titulo="Repetir correo nuevo")
    usuario = fields.usuario_fijo()
    clave = fields.clave(
        "Contraseña", "Escriba su contraseña", description="La de su casilla, para saber que es usted quien lo pide."
    )


class EsquemaCodigo(Esquema):
    codigo = fields.codigo_validacion(
        "Código",
        "Escriba el código",
        description="Son 6 letras y números. Da igual si escribe mayúsculas, espacios o guiones.",
    )


@pagina("correo", request_method=("GET", "POST"), renderer="casilla:templates/cuenta_correo.pt")
def correo(context: Cuenta, request: Request) -> Any:
    return _pedir(request, "correo", "")


@pagina("correo-adicional", request_method=("GET", "POST"), renderer="casilla:templates/cuenta_correo.pt")
def adicional(context: Cuenta, request: Request) -> Any:
    return _pedir(request, "adicional", "avisos")


def _pedir(request: Request, para_que: ParaQue, regreso: str) -> Any:
    botones = ("Continuar", Boton("Regresar", href=direccion(request, regreso)))
    propios = {"usuario": request.identity.usuario, **escrito(request)}
    formulario = Formulario(EsquemaCorreo(), request, botones=botones, datos=propios)
    datos = formulario.validos(request)
    if datos is not None:
        with suppress(_NoPedido):
            return _enviar_codigo(request, formulario, para_que, datos)
    return {"formulario": formulario, "para_que": para_que, "actual": request.identity.cuenta.persona.correo}


class _NoPedido(Exception):
    """The form says why."""


def _enviar_codigo(request: Request, formulario: Formulario, para_que: ParaQue, datos: dict[str, Any]) -> Response:
    cuenta, costo = request.identity.cuenta, request.registry.settings["casilla.bcrypt_costo"]
    try:
        request.limites.contar("envio", request.remote_addr, datos["correo"])
        with con_clave(request):
            pedir_correo(
                request.sitio, cuenta, para_que, datos["correo"], datos["clave"], ahora=request.ahora, costo=costo
            )
        return ir(request, "confirmar")
    except AccesoNegado:
        formulario.marcar("La contraseña no es correcta", "clave")
    except limites.DebeEsperar as espera:
        formulario.marcar(str(espera))
    except CasillaCerrada:
        formulario.marcar(CERRADA)
    raise _NoPedido


@pagina("confirmar", request_method=("GET", "POST"), renderer="casilla:templates/cuenta_confirmar.pt")
def confirmar(context: Cuenta, request: Request) -> Any:
    cuenta = request.identity.cuenta
    espera = pedido(cuenta)
    if espera is None:
        return ir(request)
    botones = ("Confirmar", Boton("Dejarlo como estaba", "dejar"))
    formulario = Formulario(EsquemaCodigo(), request, botones=botones, datos=escrito(request))
    if "dejar" in request.POST:
        desistir(cuenta)
        return ir(request, palabras="El correo quedó como estaba.")
    datos = formulario.validos(request)
    hecho = _confirmado(request, formulario, datos["codigo"]) if datos else None
    if hecho:
        return ir(request, "" if hecho == "correo" else "avisos", CAMBIADO[hecho])
    otro = direccion(request, "correo" if espera.para_que == "correo" else "correo-adicional")
    return {"formulario": formulario, "correo": espera.correo, "vence": hora(espera.hasta), "otro": otro}


def _confirmado(request: Request, formulario: Formulario, codigo: str) -> ParaQue | None:
    """For what the address is used from now on; None when the code is not right, and then the form says why."""
    cuenta, secreto = request.identity.cuenta, request.secreto
    try:
        return confirmar_correo(request.sitio, cuenta, codigo, secreto=secreto, ahora=request.ahora)
    except CodigoErrado as error:
        formulario.marcar(_errado(error.quedan), "codigo")
    except CodigoMuerto:
        formulario.marcar("Este código ya no sirve: venció o se probó demasiadas veces. Pida otro", "codigo")
    except CasillaCerrada:
        formulario.marcar(CERRADA)
    return None


def _errado(quedan: int) -> str:
    if not quedan:
        return "El código no es correcto y ya no se puede probar más. Pida otro"
    return f"El código no es correcto; {'le queda 1 intento' if quedan == 1 else f'le quedan {quedan} intentos'}"
