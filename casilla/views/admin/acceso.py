"""Coming in to the institution's side by two factors, and going out. Citizens have a door of their own."""

import time
from collections.abc import Mapping
from typing import Any

import colander
from pyramid.httpexceptions import HTTPNoContent, HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from casilla import fields
from casilla.fields.basicos import caja
from casilla.forms import Boton, Esquema, Formulario
from casilla.limites import DebeEsperar
from casilla.permissions import Permiso
from casilla.resources.administracion import Administracion
from casilla.resources.funcionario import Funcionario
from casilla.services.acceso import AccesoNegado, ClaveTemporalVencida, cerrar_sesion
from casilla.services.factor import comprobar_factor, sal_nueva
from casilla.services.funcionarios import cambiar_clave, comprobar
from casilla.services.secretos import codigos_de_respaldo
from casilla.views.admin.autenticador import autenticador
from casilla.views.admin.dos_a_la_vez import huella
from casilla.views.admin.intentos import intento
from casilla.views.admin.pagina import auditar, direccion, ir
from casilla.views.caminos import propio
from casilla.views.sesion import abrir_de_funcionario

# Seconds between the first factor and the second.
_ENTRE_FACTORES = 300


class EsquemaIngreso(Esquema):
    usuario = fields.texto(
        "Usuario",
        "Escriba su usuario",
        maximo=60,
        widget=caja(autocomplete="username", autocapitalize="none", spellcheck="false"),
    )
    clave = fields.clave("Contraseña", "Escriba su contraseña")


class EsquemaCodigo(Esquema):
    codigo = fields.texto(
        "Código",
        "Escriba el código",
        maximo=20,
        widget=caja("corto", autocomplete="one-time-code", autocapitalize="characters", spellcheck="false"),
    )


class EsquemaCambio(Esquema):
    usuario = fields.usuario_fijo()
    antigua = fields.clave("Clave actual", "Escriba su clave actual")
    nueva = fields.clave_nueva("Clave nueva", "Escriba su clave nueva", description=fields.POLITICA_DE_CLAVE + ".")
    repetida = fields.repetir_clave("nueva", "Repita la clave nueva")

    def cruzar(self, valores: Mapping[str, Any], error: colander.Invalid) -> None:
        if "nueva" in valores and valores["nueva"] == valores.get("antigua"):
            error["nueva"] = "La clave nueva debe ser distinta de la actual"


def pagina(nombre: str, permiso: Permiso = Permiso.PUBLICO, **opciones: Any) -> Any:
    return view_config(context=Administracion, name=nombre, permission=permiso, **opciones)


@pagina("entrar", request_method=("GET", "POST"), renderer="casilla:templates/admin_entrar.pt")
def entrar(context: Administracion, request: Request) -> Any:
    """The first factor."""
    if request.identity:
        return ir(request)
    formulario = Formulario(EsquemaIngreso(), request, botones=("Continuar",))
    datos = formulario.validos(request)
    if datos is None:
        return {"formulario": formulario, "inactividad": request.GET.get("motivo") == "inactividad"}
    costo, nombre = request.registry.settings["casilla.bcrypt_costo"], datos["usuario"].strip().lower()
    try:
        with intento(request, "ingreso-admin", nombre):
            funcionario = comprobar(request.sitio, nombre, datos["clave"], ahora=request.ahora, costo=costo)
    except AccesoNegado:
        formulario.marcar("Usuario o contraseña incorrectos. Revise ambos y vuelva a intentarlo.")
    except DebeEsperar as espera:
        formulario.marcar(str(espera))
    except ClaveTemporalVencida:
        formulario.marcar("Su contraseña temporal venció. Pida otra a quien administra las cuentas.")
    else:
        request.session.invalidate()
        _reconocer(request, funcionario)
        return ir(request, "codigo")
    return {"formulario": formulario, "inactividad": False}


@pagina("codigo", request_method=("GET", "POST"), renderer="casilla:templates/admin_codigo.pt")
def codigo(context: Administracion, request: Request) -> Any:
    """The second factor; who has none yet enrols an authenticator here."""
    funcionario, destino, sal = _reconocido(request)
    if funcionario is None:
        return ir(request, "entrar")
    formulario = Formulario(
        EsquemaCodigo(), request, botones=("Entrar", Boton("Regresar", href=direccion(request, "entrar")))
    )
    datos = formulario.validos(request)
    if datos and _factor(request, formulario, funcionario, datos["codigo"], sal):
        return (
            ir(request, "respaldos") if "respaldos" in request.session else HTTPSeeOther(destino or direccion(request))
        )
    nuevo = None if funcionario.factor_en else autenticador(request, funcionario.__name__, funcionario.factor, sal)
    return {"formulario": formulario, "nuevo": nuevo}


def _reconocer(request: Request, funcionario: Funcionario) -> None:
    """Remember who showed the first factor, and with which nonce they are shown an authenticator to enrol, if any."""
    destino = propio(request.GET.get("next"))
    hechos = [funcionario.__name__, int(time.time()), destino, _de_hoy(funcionario), sal_nueva()]
    request.session["reconocido"] = hechos


def _reconocido(request: Request) -> tuple[Funcionario | None, str | None, str]:
    """Who showed the first factor in this browser a moment ago, where they were going, and their nonce."""
    nombre, cuando, destino, de_entonces, sal = request.session.get("reconocido", (None, 0, None, "", ""))
    funcionario = request.sitio.funcionarios.get(nombre) if nombre else None
    if funcionario is None or funcionario.suspendido or time.time() - cuando > _ENTRE_FACTORES:
        return None, None, ""
    return (funcionario, destino, sal) if _de_hoy(funcionario) == de_entonces else (None, None, "")


def _de_hoy(funcionario: Funcionario) -> str:
    """A mark of the present password: with another, the first factor is to be shown anew."""
    return huella({"clave": funcionario.clave})


def _factor(request: Request, formulario: Formulario, funcionario: Funcionario, tecleado: str, sal: str) -> bool:
    """Open the session; False when the code will not do, and then the form says so."""
    nuevo = funcionario.factor_en is None
    try:
        with intento(request, "factor", funcionario.__name__):
            cual = comprobar_factor(funcionario, tecleado, secreto=request.secreto, ahora=request.ahora, sal=sal)
    except AccesoNegado:
        formulario.marcar("El código no es correcto o ya se usó. Espere el siguiente y escríbalo.", "codigo")
        return False
    except DebeEsperar as espera:
        formulario.marcar(str(espera), "codigo")
        return False
    abrir_de_funcionario(request, funcionario, f"Segundo factor: {cual}")
    if nuevo:
        request.session["respaldos"] = True
    return True


@pagina("respaldos", Permiso.USAR_MODULO, request_method="GET", renderer="casilla:templates/admin_respaldos.pt")
def respaldos(context: Administracion, request: Request) -> Any:
    """The recovery codes, shown once, right after an authenticator was enrolled."""
    if not request.session.pop("respaldos", False):
        raise HTTPNotFound
    cuenta = request.identity.cuenta
    return {"codigos": codigos_de_respaldo(request.secreto, cuenta.__name__, cuenta.factor)}


@pagina(
    "cambiar-clave",
    Permiso.USAR_MODULO,
    request_method=("GET", "POST"),
    renderer="casilla:templates/admin_clave.pt",
)
def clave(context: Administracion, request: Request) -> Any:
    cuenta, temporal = request.identity.cuenta, request.identity.temporal
    formulario = Formulario(EsquemaCambio(), request, botones=("Guardar",), datos={"usuario": cuenta.__name__})
    datos = formulario.validos(request)
    if datos is None:
        return {"formulario": formulario, "temporal": temporal}
    try:
        with intento(request, "cambio", cuenta.__name__, f"admin:{cuenta.__name__}"):
            cambiar_clave(
                cuenta, datos["antigua"], datos["nueva"], costo=request.registry.settings["casilla.bcrypt_costo"]
            )
    except AccesoNegado:
        formulario.marcar("La clave actual no es correcta", "antigua")
    except DebeEsperar as espera:
        formulario.marcar(str(espera), "antigua")
    else:
        auditar(request, "cambiar-clave", f"cuentas/{cuenta.__name__}")
        abrir_de_funcionario(request, cuenta, "Sesión nueva: cambió su contraseña")
        return ir(request, palabras="Su contraseña cambió.")
    return {"formulario": formulario, "temporal": temporal}


@pagina("salir", Permiso.USAR_MODULO, request_method="POST")
def salir(context: Administracion, request: Request) -> HTTPSeeOther:
    cerrar_sesion(request.identity.cuenta, request.session["sesion"])
    auditar(request, "salir", f"cuentas/{request.identity.usuario}")
    request.session.invalidate()
    return ir(request, "entrar", palabras="Cerró su sesión.")


@pagina("sesion", Permiso.USAR_MODULO, request_method="GET")
def seguir(context: Administracion, request: Request) -> Response:
    """``/admin/sesion/seguir``: that the cookie was read is enough for it to be issued anew."""
    if request.subpath != ("seguir",):
        raise HTTPNotFound
    return HTTPNoContent()
