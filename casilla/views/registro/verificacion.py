"""Is the mail address read by who typed it: the code, another code, another address, and the letter's link."""

from datetime import datetime, timedelta
from math import ceil
from typing import Any

import deform
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from casilla import limites
from casilla.forms import Boton, Formulario
from casilla.permissions import Permiso
from casilla.resources.solicitud import Solicitud, Solicitudes
from casilla.services.acceso import VIDA_TEMPORAL
from casilla.services.dominios import sugerencia
from casilla.services.horas import dia_en_lima, fecha_hora, fecha_larga, hora
from casilla.services.registro import vencida
from casilla.services.validacion import (
    MAX_ENVIOS,
    CodigoErrado,
    CodigoMuerto,
    DebeEsperar,
    SinMasEnvios,
    codigo_vivo,
    corregir_correo,
    reenviar,
    textos_aceptados,
    validar,
)
from casilla.views.registro.esquemas import EsquemaCodigo, EsquemaCorreo
from casilla.views.registro.pasos import FIN, contar, direccion, ir, pagina, plazo, posicion
from casilla.views.texto import rellenar
from casilla.workflow import TransicionInvalida

ENVIADAS = "Se envió un mensaje con las credenciales de acceso a su correo electrónico"
SIN_ENVIOS = "Ya le enviamos todos los códigos que admite un registro. Si ninguno sirve, empiece otro registro."
PASO = "verificacion"


@pagina(PASO, request_method=("GET", "POST"), renderer="casilla:templates/registro_verificacion.pt")
def verificacion(context: Solicitud, request: Request) -> Any:
    formulario = Formulario(EsquemaCodigo(), request, botones=("Validar",))
    if request.method == "POST" and _aprueba(context, request, formulario):
        return ir(request, context, FIN)
    return {
        "formulario": formulario,
        "paso": posicion(PASO),
        "correo": context.correo,
        "quiso_decir": sugerencia(context.correo),
        "vivo": codigo_vivo(context, request.ahora),
        "codigo_vence": _cuando(context.codigo_hasta or request.ahora, request.ahora),
        "enviado": hora(context.enviado_en or request.ahora),
        "sin_envios": SIN_ENVIOS if context.envios >= MAX_ENVIOS else "",
        "vence": plazo(context),
        "reenviar": direccion(request, context, "reenviar"),
        "cambiar": direccion(request, context, "correo"),
        "regreso": direccion(request, context, "datos"),
    }


@pagina("reenviar", paso=PASO, request_method="POST")
def otro(context: Solicitud, request: Request) -> HTTPSeeOther:
    try:
        contar(request, "envio", context.correo)
        reenviar(request.sitio, context, request.ahora)
        request.session.flash(f"Enviamos otro código a {context.correo}. El anterior ya no sirve.")
    except DebeEsperar as espera:
        segundos = ceil((espera.desde - request.ahora).total_seconds())
        request.session.flash(f"El código puede estar en camino: espere {segundos} segundos para pedir otro.", "aviso")
    except SinMasEnvios:
        request.session.flash(SIN_ENVIOS, "aviso")
    except limites.DebeEsperar as espera:
        request.session.flash(_muchos(espera), "aviso")
    return ir(request, context, PASO)


@pagina("correo", paso=PASO, request_method=("GET", "POST"), renderer="casilla:templates/registro_correo.pt")
def correo(context: Solicitud, request: Request) -> Any:
    regreso = Boton("Regresar", href=direccion(request, context, PASO))
    formulario = Formulario(EsquemaCorreo(), request, botones=("Continuar", regreso))
    if request.method == "POST":
        try:
            nuevo = formulario.validate(request.POST.items())["correo"]
            contar(request, "envio", nuevo)
            corregir_correo(request.sitio, context, nuevo, request.ahora)
            return ir(request, context, PASO)
        except SinMasEnvios:
            formulario.marcar(SIN_ENVIOS)
        except limites.DebeEsperar as espera:
            formulario.marcar(_muchos(espera))
        except deform.ValidationFailure:
            pass
    return {"formulario": formulario, "correo": context.correo, "paso": posicion(PASO)}


@pagina(FIN, request_method="GET", renderer="casilla:templates/registro_listo.pt")
def listo(context: Solicitud, request: Request) -> dict[str, Any]:
    """To be printed or kept: when it ended, which texts were accepted, and what follows."""
    return {
        "enviadas": ENVIADAS,
        "terminado": fecha_hora(context.cuando("aprobada") or request.ahora),
        "horas": VIDA_TEMPORAL // timedelta(hours=1),
        "textos": [(texto, _titulo(texto, request), version) for texto, version in textos_aceptados(context).items()],
    }


def _titulo(texto: str, request: Request) -> str:
    titulo = request.sitio.contenidos[texto].vigente_en(request.ahora).titulo
    return rellenar(titulo, request.institucion)


@view_config(
    context=Solicitudes,
    name="validar",
    request_method=("GET", "POST"),
    permission=Permiso.PUBLICO,
    renderer="casilla:templates/registro_validar.pt",
)
def enlace(context: Solicitudes, request: Request) -> Any:
    """The letter's "Validar Correo", on whatever device. Merely opening it, as mail scanners do, validates nothing."""
    datos = {"codigo": request.GET.get("codigo", "")[:20]}
    formulario = Formulario(EsquemaCodigo(), request, botones=("Validar",), datos=datos, accion=request.path_qs)
    if request.method == "POST":
        solicitud = context.get(request.GET.get("solicitud", ""))
        if solicitud is None or vencida(solicitud, request.ahora):
            formulario.marcar("El enlace ya no sirve: el registro venció o se borró. Empiece un registro nuevo")
        elif _aprueba(solicitud, request, formulario):
            return _al_ingreso(request)
    return {"formulario": formulario}


def _aprueba(solicitud: Solicitud, request: Request, formulario: Formulario) -> bool:
    """Whether the code is right; else the form says what is wrong."""
    try:
        codigo = formulario.validate(request.POST.items())["codigo"]
        costo = request.registry.settings["casilla.bcrypt_costo"]
        validar(request.sitio, solicitud, codigo, secreto=request.secreto, ahora=request.ahora, costo=costo)
        return True
    except CodigoErrado as error:
        formulario.marcar(_errado(error.quedan), "codigo")
    except (CodigoMuerto, TransicionInvalida):
        formulario.marcar("Este código ya no sirve: venció o se probó demasiadas veces. Pida otro", "codigo")
    except deform.ValidationFailure:
        pass
    return False


def _cuando(momento: datetime, ahora: datetime) -> str:
    """As "10:11", and on another day "10:11 del 24 de enero de 2026"."""
    otro_dia = dia_en_lima(momento) != dia_en_lima(ahora)
    return f"{hora(momento)} del {fecha_larga(momento)}" if otro_dia else hora(momento)


def _errado(quedan: int) -> str:
    if not quedan:
        return "El código no es correcto y ya no se puede probar más. Pida otro"
    plural = "le quedan {} intentos" if quedan > 1 else "le queda {} intento"
    return f"El código no es correcto: revise el último mensaje que le enviamos; {plural.format(quedan)}"


def _muchos(espera: limites.DebeEsperar) -> str:
    return f"Se enviaron muchos códigos a ese correo o desde su conexión. Espere {espera.minutos} min para pedir otro."


def _al_ingreso(request: Request) -> HTTPSeeOther:
    request.session.flash(ENVIADAS)
    return HTTPSeeOther(request.script_name + "/")
