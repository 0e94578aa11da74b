"""One login of the institution's people: what there is of it, and who it is and what for, edited."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from casilla.forms import Boton, Formulario
from casilla.permissions import Permiso
from casilla.resources.administracion import FichaCuenta
from casilla.resources.funcionario import Funcionario
from casilla.services import personal
from casilla.services.auditoria import cambios
from casilla.services.correspondencia import CAMBIO_EN_EL_MODULO, CREDENCIALES_MODULO
from casilla.services.funcionarios import DatosInvalidos
from casilla.services.horas import fecha_hora
from casilla.services.personal import dependencias_conocidas, dependencias_de, descripcion
from casilla.views.admin.cuentas import estado, puede
from casilla.views.admin.dos_a_la_vez import huella, vigentes
from casilla.views.admin.formularios_de_cuenta import (
    formulario_de_edicion,
    roles_de,
    valores_de_roles,
)
from casilla.views.admin.pagina import FORMULARIO, auditar, direccion, ir
from casilla.views.admin.palabras import rol_dicho

HECHOS = {
    "creada": "Se creó la cuenta",
    "editada": "Se editó",
    "suspendida": "Se suspendió",
    "rehabilitada": "Se rehabilitó",
    "clave-restablecida": "Se dio otra contraseña temporal",
    "factor-restablecido": "Se restableció el segundo factor",
}
_CARTAS = {
    CREDENCIALES_MODULO: "la carta con la contraseña temporal",
    CAMBIO_EN_EL_MODULO: "la carta que avisa del cambio",
}
_SUERTES = {
    "en-cola": "Se preparó",
    "enviado": "Salió",
    "rechazado": "El servidor de correo rechazó",
    "descartado": "Ya no hacía falta",
}
HECHOS |= {
    f"{carta}:{suerte}": f"{verbo} {palabras}"
    for carta, palabras in _CARTAS.items()
    for suerte, verbo in _SUERTES.items()
}


@dataclass(frozen=True)
class Hecho:
    """A line of the history, for people."""

    cuando: str
    palabras: str
    actor: str
    detalle: str


def pagina(nombre: str, **opciones: Any) -> Callable[[Any], Any]:
    return view_config(
        context=FichaCuenta, name=nombre, permission=Permiso.GESTIONAR_CUENTAS, renderer=FORMULARIO, **opciones
    )


@view_config(
    context=FichaCuenta,
    request_method="GET",
    permission=Permiso.VER_CUENTAS,
    renderer="casilla:templates/admin_cuenta.pt",
)
def ver(context: FichaCuenta, request: Request) -> Any:
    funcionario = context.objeto
    return {
        "cuenta": funcionario,
        "estado": estado(funcionario),
        "roles": ", ".join(map(rol_dicho, funcionario.roles)),
        "factor": f"Registrado el {fecha_hora(funcionario.factor_en)}" if funcionario.factor_en else "Sin registrar",
        "acceso": fecha_hora(funcionario.ultimo_acceso) if funcionario.ultimo_acceso else "Todavía no entró",
        "historia": [_hecho(hecho) for hecho in reversed(funcionario.historia)],
        "puede": puede(request, context),
        "es_uno": request.identity.usuario == funcionario.__name__,
        "aqui": direccion(request, "cuentas", funcionario.__name__),
        "lista": direccion(request, "cuentas"),
        "auditoria": _auditoria(request, funcionario),
    }


def _auditoria(request: Request, funcionario: Funcionario) -> str:
    """Where it is told what this person did; empty for who does not read the audit."""
    if "auditoria" not in {enlace.seccion for enlace in request.menu_admin}:
        return ""
    return f"{direccion(request, 'auditoria')}?actor={funcionario.__name__}"


def _hecho(hecho: tuple[str, str, Any, str]) -> Hecho:
    nombre, actor, cuando, detalle = hecho
    return Hecho(fecha_hora(cuando), HECHOS.get(nombre, nombre), actor, detalle)


@pagina("editar", request_method=("GET", "POST"))
def editar(context: FichaCuenta, request: Request) -> Any:
    funcionario = context.objeto
    antes = descripcion(funcionario)
    formulario = Formulario(
        formulario_de_edicion(dependencias_conocidas(request.sitio)),
        request,
        botones=(Boton("Guardar"), Boton("Regresar", href=direccion(request, "cuentas", funcionario.__name__))),
        datos=_datos(funcionario, huella(antes)),
    )
    datos = vigentes(formulario, request, huella(antes))
    if datos is not None and _edito(request, formulario, funcionario, datos):
        auditar(request, "editar", context.entrada, *cambios(antes, descripcion(funcionario)))
        return ir(request, "cuentas", funcionario.__name__, palabras="Los cambios se guardaron y rigen desde ahora.")
    return pagina_de_cuenta(request, funcionario, "Editar la cuenta", formulario, presentes=tuple(antes.items()))


def _datos(funcionario: Funcionario, marca: str) -> dict[str, Any]:
    return {
        "marca": marca,
        "nombres": funcionario.nombres,
        "correo": funcionario.correo,
        "dependencias": "\n".join(funcionario.dependencias),
        **valores_de_roles(funcionario.roles),
    }


def _edito(request: Request, formulario: Formulario, funcionario: Funcionario, datos: dict[str, Any]) -> bool:
    """Whether it was done; else the form says why not."""
    try:
        personal.editar(
            request.sitio,
            funcionario,
            nombres=datos["nombres"],
            correo=datos["correo"],
            roles=roles_de(datos),
            dependencias=dependencias_de(datos["dependencias"]),
            actor=request.identity.usuario,
            ahora=request.ahora,
        )
    except DatosInvalidos as error:
        formulario.marcar(str(error))
        return False
    return True


def pagina_de_cuenta(
    request: Request,
    funcionario: Funcionario,
    titulo: str,
    formulario: Formulario,
    *parrafos: str,
    presentes: tuple[tuple[str, str], ...] = (),
) -> dict[str, Any]:
    nombre = funcionario.__name__
    return {
        "titulo": f"{titulo} {nombre}",
        "seccion": "cuentas",
        "volver": (direccion(request, "cuentas", nombre), f"Cuenta {nombre}"),
        "parrafos": parrafos,
        "formulario": formulario,
        "presentes": presentes,
    }
