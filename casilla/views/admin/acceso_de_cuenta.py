"""Whether and how one of the institution's people comes in: suspended, reinstated, another password, another factor."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from pyramid.request import Request

from casilla.forms import Boton, Esquema, Formulario
from casilla.resources.administracion import FichaCuenta
from casilla.services import personal
from casilla.services.funcionarios import DatosInvalidos
from casilla.views.admin.cuenta import pagina, pagina_de_cuenta
from casilla.views.admin.cuentas import entregar
from casilla.views.admin.dos_a_la_vez import con_marca, huella, lo_hizo, vigentes
from casilla.views.admin.formularios_de_cuenta import CORREO, EsquemaDeMotivo, formulario_de_entrega
from casilla.views.admin.pagina import auditar, direccion, ir


@dataclass(frozen=True)
class Acto:
    """Something done to a login: ``verbo`` in the audit, ``texto`` before, ``hecho`` after it; ``esquema``, asked."""

    titulo: str
    verbo: str
    texto: str
    hecho: str
    esquema: Callable[[], Esquema]
    hacer: Callable[[Request, dict[str, Any]], Callable[..., Any]]


ACTOS = {
    "suspender": Acto(
        "Suspender la cuenta",
        "suspender",
        "La persona sale del módulo en el acto y no podrá entrar. Lo que hizo se conserva, y la cuenta se puede "
        "rehabilitar. Avisaremos a la persona por correo.",
        "La cuenta está suspendida.",
        EsquemaDeMotivo,
        lambda request, datos: partial(personal.suspender, motivo=datos["motivo"]),
    ),
    "rehabilitar": Acto(
        "Rehabilitar la cuenta",
        "rehabilitar",
        "Podrá entrar otra vez con la contraseña y el segundo factor que tenía. Avisaremos a la persona por correo.",
        "La cuenta puede entrar otra vez.",
        Esquema,
        lambda request, datos: personal.rehabilitar,
    ),
    "clave": Acto(
        "Dar otra contraseña temporal",
        "restablecer-clave",
        "La contraseña que tiene deja de servir y sus sesiones se cierran. La temporal vence en 48 horas; al entrar "
        "con ella, elegirá una propia. El segundo factor sigue siendo el mismo. Avisaremos a la persona por correo.",
        "La contraseña anterior ya no sirve.",
        formulario_de_entrega,
        lambda request, datos: partial(
            personal.restablecer_clave,
            secreto=request.secreto,
            costo=request.registry.settings["casilla.bcrypt_costo"],
        ),
    ),
    "factor": Acto(
        "Restablecer el segundo factor",
        "restablecer-factor",
        "Hágalo si perdió el teléfono y los códigos de respaldo, después de comprobar por otro medio que es la "
        "persona. Sus sesiones se cierran; hasta que registre otro, quien tenga su contraseña puede hacerlo. Si duda "
        "de la contraseña, dele también otra. Avisaremos a la persona por correo.",
        "Registrará otra aplicación de autenticación la próxima vez que entre.",
        Esquema,
        lambda request, datos: personal.restablecer_factor,
    ),
}


@pagina("suspender", request_method=("GET", "POST"))
@pagina("rehabilitar", request_method=("GET", "POST"))
@pagina("clave", request_method=("GET", "POST"))
@pagina("factor", request_method=("GET", "POST"))
def sobre_el_acceso(context: FichaCuenta, request: Request) -> Any:
    acto, funcionario = ACTOS[request.view_name], context.objeto
    regreso = Boton("Regresar", href=direccion(request, "cuentas", funcionario.__name__))
    marca = huella({"historia": [hecho for hecho in funcionario.historia if ":" not in hecho[0]]})  # but for letters
    formulario = Formulario(
        con_marca(acto.esquema()),
        request,
        botones=(Boton(acto.titulo), regreso),
        datos={"entrega": CORREO, "marca": marca},
    )
    datos = vigentes(formulario, request, marca)
    if datos is not None and _hecho(request, formulario, acto, context, datos):
        if "entrega" in datos:
            return entregar(request, funcionario, datos["entrega"], acto.hecho)
        return ir(request, "cuentas", funcionario.__name__, palabras=acto.hecho)
    ultimo = lo_hizo(request, context.entrada, "editar", *(a.verbo for a in ACTOS.values()))
    presentes = (("Último cambio", ultimo),)
    return pagina_de_cuenta(request, funcionario, acto.titulo, formulario, acto.texto, presentes=presentes)


def _hecho(request: Request, formulario: Formulario, acto: Acto, context: FichaCuenta, datos: dict[str, Any]) -> bool:
    """Whether it was done; else the form says why not."""
    quien = {"actor": request.identity.usuario, "ahora": request.ahora}
    try:
        acto.hacer(request, datos)(request.sitio, context.objeto, **quien)
    except DatosInvalidos as error:
        formulario.marcar(str(error))
        return False
    motivo = f"Motivo: {datos['motivo']}" if "motivo" in datos else ""
    auditar(request, acto.verbo, context.entrada, despues=motivo)
    return True
