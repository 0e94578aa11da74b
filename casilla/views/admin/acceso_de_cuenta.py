"""Whether and how one of the institution's people comes in: suspended, reinstated, another password, another factor."""

from typing import Any

from pyramid.request import Request

from casilla.forms import Boton, Esquema, Formulario
from casilla.resources.administracion import FichaCuenta
from casilla.resources.funcionario import Funcionario
from casilla.services import personal
from casilla.services.funcionarios import DatosInvalidos
from casilla.views.admin.cuenta import acto, pagina_de_cuenta
from casilla.views.admin.cuentas import entregar
from casilla.views.admin.formularios_de_cuenta import CORREO, EsquemaDeMotivo, formulario_de_entrega
from casilla.views.admin.pagina import auditar, direccion, ir, validos


@acto("suspender", request_method=("GET", "POST"))
def suspender(context: FichaCuenta, request: Request) -> Any:
    funcionario = context.objeto
    formulario = _formulario(request, funcionario, EsquemaDeMotivo(), "Suspender la cuenta")
    datos = validos(formulario, request) if request.method == "POST" else None
    if datos is not None:
        quien = {"actor": request.identity.usuario, "ahora": request.ahora}
        try:
            personal.suspender(request.sitio, funcionario, motivo=datos["motivo"], **quien)
        except DatosInvalidos as error:
            formulario.marcar(str(error))
        else:
            auditar(request, "suspender", f"cuentas/{funcionario.__name__}", "", despues=f"Motivo: {datos['motivo']}")
            return ir(request, "cuentas", funcionario.__name__, palabras="La cuenta está suspendida.")
    return pagina_de_cuenta(
        request,
        funcionario,
        "Suspender la cuenta",
        formulario,
        "La persona sale del módulo en el acto y no podrá entrar. Lo que hizo se conserva, y la cuenta se puede "
        "rehabilitar.",
    )


@acto("rehabilitar", request_method=("GET", "POST"))
def rehabilitar(context: FichaCuenta, request: Request) -> Any:
    funcionario = context.objeto
    formulario = _formulario(request, funcionario, Esquema(), "Rehabilitar la cuenta")
    if request.method == "POST":
        try:
            personal.rehabilitar(funcionario, actor=request.identity.usuario, ahora=request.ahora)
        except DatosInvalidos as error:
            return ir(request, "cuentas", funcionario.__name__, palabras=f"{error}.", cola="aviso")
        auditar(request, "rehabilitar", f"cuentas/{funcionario.__name__}")
        return ir(request, "cuentas", funcionario.__name__, palabras="La cuenta puede entrar otra vez.")
    texto = "Podrá entrar otra vez con la contraseña y el segundo factor que tenía."
    return pagina_de_cuenta(request, funcionario, "Rehabilitar la cuenta", formulario, texto)


@acto("clave", request_method=("GET", "POST"))
def clave(context: FichaCuenta, request: Request) -> Any:
    funcionario = context.objeto
    formulario = _formulario(request, funcionario, formulario_de_entrega(), "Dar otra contraseña temporal")
    datos = validos(formulario, request) if request.method == "POST" else None
    if datos is not None:
        personal.restablecer_clave(
            funcionario,
            actor=request.identity.usuario,
            secreto=request.secreto,
            ahora=request.ahora,
            costo=request.registry.settings["casilla.bcrypt_costo"],
        )
        auditar(request, "restablecer-clave", f"cuentas/{funcionario.__name__}")
        return entregar(request, funcionario, datos["entrega"], "La contraseña anterior ya no sirve.")
    return pagina_de_cuenta(
        request,
        funcionario,
        "Dar otra contraseña temporal",
        formulario,
        "La contraseña que tiene deja de servir y sus sesiones se cierran. La temporal vence en 48 horas; al entrar "
        "con ella, elegirá una propia. El segundo factor sigue siendo el mismo.",
    )


@acto("factor", request_method=("GET", "POST"))
def factor(context: FichaCuenta, request: Request) -> Any:
    funcionario = context.objeto
    formulario = _formulario(request, funcionario, Esquema(), "Restablecer el segundo factor")
    if request.method == "POST":
        personal.restablecer_factor(funcionario, actor=request.identity.usuario, ahora=request.ahora)
        auditar(request, "restablecer-factor", f"cuentas/{funcionario.__name__}")
        palabras = "Registrará otra aplicación de autenticación la próxima vez que entre."
        return ir(request, "cuentas", funcionario.__name__, palabras=palabras)
    return pagina_de_cuenta(
        request,
        funcionario,
        "Restablecer el segundo factor",
        formulario,
        "Hágalo si perdió el teléfono y los códigos de respaldo, después de comprobar por otro medio que es la "
        "persona. Sus sesiones se cierran; hasta que registre otro, quien tenga su contraseña puede hacerlo. Si duda "
        "de la contraseña, dele también otra.",
    )


def _formulario(request: Request, funcionario: Funcionario, esquema: Esquema, rotulo: str) -> Formulario:
    regreso = direccion(request, "cuentas", funcionario.__name__)
    botones = (Boton(rotulo), Boton("Regresar", href=regreso))
    return Formulario(esquema, request, botones=botones, datos={"entrega": CORREO})
