"""The logins of the institution's people: the list, and a new one."""

from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.view import view_config

from casilla.forms import Boton, Formulario
from casilla.permissions import Permiso
from casilla.resources.administracion import FichaCuenta, SeccionCuentas
from casilla.resources.funcionario import Funcionario
from casilla.services import funcionarios
from casilla.services.auditoria import cambios
from casilla.services.funcionarios import DatosInvalidos, clave_temporal
from casilla.services.horas import fecha_hora
from casilla.services.palabras import limpiar, plegar
from casilla.services.personal import dependencias_conocidas, dependencias_de, descripcion, enviar_clave
from casilla.views.admin.formularios_de_cuenta import CORREO, formulario_de_alta, roles_de
from casilla.views.admin.pagina import FORMULARIO, auditar, direccion, ir
from casilla.views.admin.palabras import rol_dicho


@dataclass(frozen=True)
class Renglon:
    """A login as the list shows it."""

    usuario: str
    url: str
    nombres: str
    roles: str
    estado: str
    acceso: str

    @classmethod
    def de(cls, funcionario: Funcionario, request: Request) -> "Renglon":
        return cls(
            funcionario.__name__,
            direccion(request, "cuentas", funcionario.__name__),
            funcionario.nombres,
            ", ".join(map(rol_dicho, funcionario.roles)),
            estado(funcionario),
            fecha_hora(funcionario.ultimo_acceso) if funcionario.ultimo_acceso else "Todavía no entró",
        )


def estado(funcionario: Funcionario) -> str:
    if funcionario.suspendido:
        return "Suspendida"
    return "Contraseña temporal" if funcionario.temporal else "Activa"


@view_config(
    context=SeccionCuentas,
    request_method="GET",
    permission=Permiso.VER_CUENTAS,
    renderer="casilla:templates/admin_cuentas.pt",
)
def listar(context: SeccionCuentas, request: Request) -> Any:
    """All of them, or with ``?q=`` those that have these words in their name, user name, mail, roles or state."""
    q = limpiar(request.GET.get("q", ""), 100)
    todas = list(context.sitio.funcionarios.values())
    halladas = [f for f in todas if _tiene(f, plegar(q).split())]
    return {
        "q": q,
        "renglones": [Renglon.de(f, request) for f in halladas],
        "cuantas": len(todas),
        "crear": direccion(request, "cuentas", "crear") if puede(request, context) else "",
    }


def _tiene(funcionario: Funcionario, palabras: list[str]) -> bool:
    roles = " ".join(map(rol_dicho, funcionario.roles))
    texto = f"{funcionario.__name__} {funcionario.nombres} {funcionario.correo} {roles} {estado(funcionario)}"
    plegado = plegar(texto)
    return all(palabra in plegado for palabra in palabras)


def puede(request: Request, lugar: SeccionCuentas | FichaCuenta) -> bool:
    return bool(request.has_permission(Permiso.GESTIONAR_CUENTAS, lugar))


@view_config(
    context=SeccionCuentas,
    name="crear",
    request_method=("GET", "POST"),
    permission=Permiso.GESTIONAR_CUENTAS,
    renderer=FORMULARIO,
)
def crear(context: SeccionCuentas, request: Request) -> Any:
    regreso = direccion(request, "cuentas")
    botones = (Boton("Crear cuenta"), Boton("Regresar", href=regreso))
    esquema = formulario_de_alta(dependencias_conocidas(context.sitio))
    formulario = Formulario(esquema, request, botones=botones, datos={"entrega": CORREO})
    datos = formulario.validos(request)
    if datos is not None:
        try:
            return _creada(request, datos)
        except DatosInvalidos as error:
            formulario.marcar(str(error), "usuario")
    return {
        "formulario": formulario,
        "titulo": "Crear cuenta",
        "seccion": "cuentas",
        "volver": (regreso, "Cuentas"),
        "parrafos": (
            "La persona entra con una contraseña temporal, que vence en 48 horas. La primera vez registrará en su "
            "teléfono una aplicación de autenticación y elegirá una contraseña propia.",
        ),
    }


def _creada(request: Request, datos: dict[str, Any]) -> Any:
    nombre = datos["usuario"]
    funcionarios.crear(
        request.sitio,
        nombre,
        nombres=datos["nombres"],
        correo=datos["correo"],
        roles=roles_de(datos),
        dependencias=dependencias_de(datos["dependencias"]),
        secreto=request.secreto,
        ahora=request.ahora,
        costo=request.registry.settings["casilla.bcrypt_costo"],
    )
    funcionario = request.sitio.funcionarios[nombre]
    funcionario.anotar("creada", request.identity.usuario, request.ahora)
    auditar(request, "crear", f"cuentas/{nombre}", *cambios({}, descripcion(funcionario)))
    return entregar(request, funcionario, datos["entrega"], "La cuenta está creada.")


def entregar(request: Request, funcionario: Funcionario, entrega: str, hecho: str) -> Any:
    """The temporary password on its way: by letter, or on the next page, where it is shown once."""
    if entrega == CORREO:
        enviar_clave(request.sitio, funcionario, request.ahora)
        palabras = f"{hecho} Enviamos la contraseña temporal a {funcionario.correo}."
        return ir(request, "cuentas", funcionario.__name__, palabras=palabras)
    request.session["clave_temporal"] = [funcionario.__name__, funcionario.emision]
    return ir(request, "cuentas", funcionario.__name__, "clave-temporal", palabras=hecho)


@view_config(
    context=FichaCuenta,
    name="clave-temporal",
    request_method="GET",
    permission=Permiso.GESTIONAR_CUENTAS,
    renderer="casilla:templates/admin_clave_temporal.pt",
)
def mostrar(context: FichaCuenta, request: Request) -> Any:
    """Once, to whoever has just had it made; it is made from the secret again, and kept nowhere."""
    funcionario = context.objeto
    cual = request.session.pop("clave_temporal", None)
    if cual != [funcionario.__name__, funcionario.emision] or not funcionario.temporal:
        raise HTTPNotFound
    return {
        "usuario": funcionario.__name__,
        "clave": clave_temporal(request.secreto, funcionario),
        "vence": fecha_hora(funcionario.temporal_hasta),
        "entrar": request.publica("admin"),
        "ficha": direccion(request, "cuentas", funcionario.__name__),
    }
