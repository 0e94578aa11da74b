"""One's own account on the institution's side: where one is logged in, and another second factor."""

import time
from dataclasses import dataclass
from typing import Any

from pyramid.request import Request
from pyramid.response import Response

from casilla import fields
from casilla.forms import Boton, Esquema, Formulario
from casilla.limites import DebeEsperar
from casilla.permissions import Permiso
from casilla.resources.administracion import Administracion
from casilla.services.acceso import AccesoNegado, cerrar_otras_sesiones, cerrar_sesion
from casilla.services.claves import coincide
from casilla.services.factor import renovar_factor, respaldos_libres, sal_nueva
from casilla.services.horas import fecha_hora
from casilla.views.admin.acceso import EsquemaCodigo, pagina
from casilla.views.admin.autenticador import autenticador
from casilla.views.admin.intentos import intento
from casilla.views.admin.pagina import FORMULARIO, auditar, direccion, ir
from casilla.views.admin.palabras import rol_dicho
from casilla.views.sesion import abrir_de_funcionario

# Seconds between the password and the code of the new authenticator.
_PARA_REGISTRAR = 600


class EsquemaDeClave(Esquema):
    usuario = fields.usuario_fijo()
    clave = fields.clave("Contraseña", "Escriba su contraseña", description="Para saber que es usted quien lo pide.")


@dataclass(frozen=True)
class Sesion:
    """An open session as it is shown."""

    nombre: str
    desde: str
    direccion: str
    esta: bool


@pagina("mi-cuenta", Permiso.VER_TABLERO, request_method="GET", renderer="casilla:templates/admin_mi_cuenta.pt")
def ver(context: Administracion, request: Request) -> Any:
    cuenta = request.identity.cuenta
    return {
        "cuenta": cuenta,
        "roles": ", ".join(map(rol_dicho, cuenta.roles)),
        "factor_en": fecha_hora(cuenta.factor_en),
        "respaldos": len(respaldos_libres(cuenta, request.secreto)),
        "acceso_anterior": cuenta.acceso_anterior and fecha_hora(cuenta.acceso_anterior),
        "sesiones": _sesiones(request),
    }


def _sesiones(request: Request) -> list[Sesion]:
    """This one first, then the newest."""
    esta = request.session["sesion"]
    abiertas = sorted(request.identity.cuenta.sesiones.items(), key=lambda par: par[1][0], reverse=True)
    todas = [Sesion(nombre, fecha_hora(desde), red or "", nombre == esta) for nombre, (desde, red) in abiertas]
    return sorted(todas, key=lambda sesion: not sesion.esta)


@pagina("mis-sesiones", Permiso.VER_TABLERO, request_method="POST")
def cerrar_sesiones(context: Administracion, request: Request) -> Response:
    """One of the others, or all of them; this one has its own way out."""
    cuenta, nombre = request.identity.cuenta, request.POST.get("sesion")
    palabras = "Cerramos esa sesión."
    if "todas" in request.POST:
        cerrar_otras_sesiones(cuenta, request.session["sesion"])
        palabras = "Sus otras sesiones están cerradas."
    elif isinstance(nombre, str) and nombre != request.session["sesion"]:
        cerrar_sesion(cuenta, nombre)
    auditar(request, "cerrar-sesiones", f"cuentas/{cuenta.__name__}")
    return ir(request, "mi-cuenta", palabras=palabras)


@pagina("nuevo-factor", Permiso.VER_TABLERO, request_method=("GET", "POST"), renderer=FORMULARIO)
def pedir_factor(context: Administracion, request: Request) -> Any:
    """The password first: a session left open must not show what the next authenticator will know."""
    cuenta, regreso = request.identity.cuenta, direccion(request, "mi-cuenta")
    botones = ("Continuar", Boton("Regresar", href=regreso))
    formulario = Formulario(EsquemaDeClave(), request, botones=botones, datos={"usuario": cuenta.__name__})
    datos = formulario.validos(request)
    if datos is not None and _es_suya(request, formulario, datos["clave"]):
        request.session["registro_de_factor"] = [int(time.time()), sal_nueva()]
        return ir(request, "registrar-factor")
    return {
        "formulario": formulario,
        "titulo": "Cambiar su segundo factor",
        "seccion": "mi-cuenta",
        "volver": (regreso, "Mi cuenta"),
        "parrafos": (
            "Hágalo si cambia de teléfono o se le acaban los códigos de respaldo. El que tiene sirve hasta que "
            "registre el nuevo.",
        ),
    }


def _es_suya(request: Request, formulario: Formulario, clave: str) -> bool:
    """Whether the password is theirs; else the form says so."""
    cuenta, costo = request.identity.cuenta, request.registry.settings["casilla.bcrypt_costo"]
    try:
        with intento(request, "cambio", cuenta.__name__, f"admin:{cuenta.__name__}"):
            if not coincide(clave, cuenta.clave, costo):
                raise AccesoNegado("contraseña")
    except AccesoNegado:
        formulario.marcar("La contraseña no es correcta", "clave")
    except DebeEsperar as espera:
        formulario.marcar(str(espera), "clave")
    return not formulario.error


@pagina(
    "registrar-factor",
    Permiso.VER_TABLERO,
    request_method=("GET", "POST"),
    renderer="casilla:templates/admin_codigo.pt",
)
def registrar_factor(context: Administracion, request: Request) -> Any:
    """The next seed, taken when a code of it was shown. Then come new recovery codes."""
    cuando, sal = request.session.get("registro_de_factor", (0, ""))
    if time.time() - cuando > _PARA_REGISTRAR:
        return ir(request, "nuevo-factor")
    cuenta = request.identity.cuenta
    botones = ("Registrar", Boton("Dejarlo como está", href=direccion(request, "mi-cuenta")))
    formulario = Formulario(EsquemaCodigo(), request, botones=botones)
    datos = formulario.validos(request)
    if datos is not None and _registrado(request, formulario, datos["codigo"], sal):
        return ir(request, "respaldos", palabras="Su segundo factor cambió. El anterior ya no sirve.")
    nuevo = autenticador(request, cuenta.__name__, cuenta.factor + 1, sal)
    return {"formulario": formulario, "nuevo": nuevo, "renueva": True}


def _registrado(request: Request, formulario: Formulario, tecleado: str, sal: str) -> bool:
    cuenta = request.identity.cuenta
    try:
        with intento(request, "factor", cuenta.__name__):
            renovar_factor(cuenta, tecleado, sal=sal, secreto=request.secreto, ahora=request.ahora)
    except AccesoNegado:
        formulario.marcar("El código no es correcto. Espere el siguiente y escríbalo.", "codigo")
    except DebeEsperar as espera:
        formulario.marcar(str(espera), "codigo")
    else:
        auditar(request, "renovar-factor", f"cuentas/{cuenta.__name__}")
        abrir_de_funcionario(request, cuenta, "Sesión nueva: cambió su segundo factor")
        request.session["respaldos"] = True
    return not formulario.error
