"""What may be done to the account of who has a casilla; a reason is always asked, and the person always told."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from casilla import fields
from casilla.forms import Boton, Esquema, Formulario
from casilla.permissions import Permiso
from casilla.resources.administracion import FichaPersona
from casilla.resources.usuario import Usuario
from casilla.services import administrados, correcciones
from casilla.views.admin.correccion import fin
from casilla.views.admin.dos_a_la_vez import con_marca, huella, lo_hizo, vigentes
from casilla.views.admin.pagina import FORMULARIO, auditar, direccion
from casilla.views.admin.personas import a_la_ficha, usuario_de
from casilla.views.cuenta.cierre import imprimir_de


def motivo_de(titulo: str = "Motivo", falta: str = "Escriba el motivo") -> Any:
    return fields.texto(
        titulo,
        falta,
        maximo=300,
        description="La persona lo leerá en una carta y en su cuenta, y queda en la auditoría.",
    )


class EsquemaDeMotivo(Esquema):
    motivo = motivo_de()


def pagina(nombre: str) -> Any:
    return view_config(
        context=FichaPersona,
        name=nombre,
        request_method=("GET", "POST"),
        permission=Permiso.GESTIONAR_PERSONAS,
        renderer=FORMULARIO,
    )


@dataclass(frozen=True)
class Acto:
    """Something done with nothing but a reason: ``verbo`` in the audit, ``texto`` before, ``hecho`` after it.

    ``espera``: it has to wait while the address is in doubt.
    """

    titulo: str
    verbo: str
    texto: str
    hecho: str
    hacer: Callable[[Request], Callable[..., None]]
    espera: bool = False


ACTOS = {
    "suspender": Acto(
        "Suspender el acceso",
        "suspender",
        "La persona no podrá entrar hasta que la rehabiliten, y sus sesiones se cierran. Lo que se le notifique "
        "mientras tanto sigue valiendo y sus plazos corren: úselo solo si hay un riesgo para su cuenta.",
        "El acceso está suspendido y la persona fue avisada por correo.",
        lambda request: administrados.suspender,
    ),
    "rehabilitar": Acto(
        "Rehabilitar el acceso",
        "rehabilitar",
        "Podrá entrar otra vez con la contraseña que tenía.",
        "El acceso está restablecido y la persona fue avisada por correo.",
        lambda request: partial(administrados.rehabilitar, hasta=fin(request)),
    ),
    "sesiones": Acto(
        "Cerrar sus sesiones",
        "cerrar-sesiones",
        "Quien esté usando su cuenta en cualquier equipo tendrá que entrar de nuevo.",
        "Sus sesiones están cerradas y la persona fue avisada por correo.",
        lambda request: administrados.cerrar_sesiones,
    ),
    "recuperacion": Acto(
        "Enviar enlace de recuperación",
        "enviar-recuperacion",
        "El enlace para elegir otra contraseña irá solo al correo registrado, sirve una vez y dura 2 días. Nadie de la "
        "institución lo ve.",
        "El enlace va en camino al correo registrado.",
        lambda request: administrados.enviar_recuperacion,
        espera=True,
    ),
    "cerrar": Acto(
        "Cerrar la casilla",
        "cerrar",
        "No se le notificará más por aquí. Podrá seguir leyendo lo que tiene, y los plazos en curso no cambian. Esto "
        "no se puede deshacer. La persona recibirá una constancia con el motivo.",
        "La casilla está cerrada y la persona fue avisada con su constancia.",
        lambda request: partial(administrados.cerrar, imprimir=imprimir_de(request)),
    ),
}


@pagina("suspender")
@pagina("rehabilitar")
@pagina("sesiones")
@pagina("recuperacion")
@pagina("cerrar")
def con_motivo(context: FichaPersona, request: Request) -> Any:
    acto, usuario = ACTOS[request.view_name], usuario_de(context, request)
    correccion = correcciones.pendiente(usuario, request.ahora)
    if acto.espera and correccion:
        return a_la_ficha(context, request, f"{administrados.por_que_espera(correccion.hasta)}.", "aviso")
    marca = marca_de_lo_hecho(usuario)
    esquema = con_marca(EsquemaDeMotivo())
    formulario = formulario_con_regreso(context, request, esquema, acto.titulo, {"marca": marca})
    datos = vigentes(formulario, request, marca)
    if datos is not None:
        try:
            acto.hacer(request)(request.sitio, usuario, motivo=datos["motivo"], **quien(request))
        except administrados.NoCorresponde as error:
            return a_la_ficha(context, request, f"{error}.", "aviso")
        auditar(request, acto.verbo, context.entrada, "", f"Motivo: {datos['motivo']}")
        return a_la_ficha(context, request, acto.hecho)
    verbos = ("corregir-contacto", *(a.verbo for a in ACTOS.values()))
    presentes = {"Último cambio": lo_hizo(request, context.entrada, *verbos)}
    return pagina_con(context, request, acto.titulo, formulario, acto.texto, presentes)


def marca_de_lo_hecho(usuario: Usuario) -> str:
    """Of what the institution did to the account: of two who do something at once, the second looks first."""
    return huella({"historia": [hecho for hecho in usuario.historia if hecho[0] in administrados.HECHOS]})


def quien(request: Request) -> dict[str, Any]:
    return {"actor": request.identity.usuario, "ahora": request.ahora}


def formulario_con_regreso(
    context: FichaPersona, request: Request, esquema: Esquema, rotulo: str, datos: dict[str, str] | None = None
) -> Formulario:
    regreso = Boton("Regresar", href=direccion(request, "personas", context.__name__))
    return Formulario(esquema, request, botones=(Boton(rotulo), regreso), datos=datos)


def pagina_con(
    context: FichaPersona,
    request: Request,
    titulo: str,
    formulario: Formulario,
    texto: str,
    presentes: dict[str, str] | None = None,
) -> dict[str, Any]:
    nombre = context.objeto.nombre_completo
    return {
        "titulo": f"{titulo}: {nombre}",
        "seccion": "personas",
        "volver": (direccion(request, "personas", context.__name__), nombre),
        "parrafos": (texto,),
        "formulario": formulario,
        "presentes": tuple((presentes or {}).items()),
    }
