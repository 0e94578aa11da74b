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
from casilla.services import administrados
from casilla.services.auditoria import cambios
from casilla.views.admin.pagina import auditar, avisar_del_cambio, direccion, huella, validos
from casilla.views.admin.personas import a_la_ficha, usuario_de
from casilla.views.cuenta.cierre import imprimir_de

FORMULARIO = "casilla:templates/admin_formulario.pt"


def _motivo() -> Any:
    return fields.texto(
        "Motivo",
        "Escriba el motivo",
        maximo=300,
        description="La persona lo leerá en una carta y en su cuenta, y queda en la auditoría.",
    )


class EsquemaDeMotivo(Esquema):
    motivo = _motivo()


class EsquemaDeContacto(Esquema):
    marca = fields.oculto()
    correo = fields.correo()
    telefono = fields.telefono()
    motivo = _motivo()


def pagina(nombre: str) -> Any:
    return view_config(
        context=FichaPersona,
        name=nombre,
        request_method=("GET", "POST"),
        permission=Permiso.GESTIONAR_PERSONAS,
        renderer=FORMULARIO,
    )


@pagina("contacto")
def contacto(context: FichaPersona, request: Request) -> Any:
    usuario = usuario_de(context, request)
    antes = _contacto(usuario)
    datos_de_hoy = {
        "marca": huella(antes),
        "correo": usuario.persona.correo,
        "telefono": usuario.persona.telefono.removeprefix("+51"),
    }
    formulario = _formulario(context, request, EsquemaDeContacto(), "Guardar", datos_de_hoy)
    datos = validos(formulario, request) if request.method == "POST" else None
    cambiada = datos is not None and datos["marca"] != huella(antes)
    if cambiada:
        avisar_del_cambio(formulario, huella(antes))
    elif datos is not None and (respuesta := _corregido(context, request, formulario, usuario, datos, antes)):
        return respuesta
    texto = "Avisaremos del cambio y de su motivo al correo de antes y al de ahora."
    return _pagina(context, request, "Corregir datos de contacto", formulario, texto, antes if cambiada else {})


def _contacto(usuario: Usuario) -> dict[str, str]:
    return {"Correo": usuario.persona.correo, "Teléfono": usuario.persona.telefono}


def _corregido(
    context: FichaPersona,
    request: Request,
    formulario: Formulario,
    usuario: Usuario,
    datos: dict[str, Any],
    antes: dict[str, str],
) -> Any:
    """Where to go on when it was done; None when the form says why not."""
    try:
        hubo = administrados.corregir_contacto(
            request.sitio, usuario, datos["correo"], datos["telefono"], motivo=datos["motivo"], **_quien(request)
        )
    except administrados.NoCorresponde as error:
        formulario.marcar(str(error), "correo")
        return None
    if not hubo:
        return a_la_ficha(context, request, "Los datos ya eran esos: no cambió nada.", "aviso")
    de, a = cambios(antes, _contacto(usuario))
    auditar(request, "corregir-contacto", _sobre(context), de, f"{a}\nMotivo: {datos['motivo']}")
    return a_la_ficha(context, request, "Los datos de contacto se corrigieron y avisamos a los dos correos.")


@dataclass(frozen=True)
class Acto:
    """Something done with nothing but a reason: ``verbo`` in the audit, ``texto`` before, ``hecho`` after it."""

    titulo: str
    verbo: str
    texto: str
    hecho: str
    hacer: Callable[[Request], Callable[..., None]]


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
        lambda request: administrados.rehabilitar,
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
    acto = ACTOS[request.view_name]
    formulario = _formulario(context, request, EsquemaDeMotivo(), acto.titulo)
    datos = validos(formulario, request) if request.method == "POST" else None
    if datos is not None:
        try:
            acto.hacer(request)(request.sitio, usuario_de(context, request), motivo=datos["motivo"], **_quien(request))
        except administrados.NoCorresponde as error:
            return a_la_ficha(context, request, f"{error}.", "aviso")
        auditar(request, acto.verbo, _sobre(context), "", f"Motivo: {datos['motivo']}")
        return a_la_ficha(context, request, acto.hecho)
    return _pagina(context, request, acto.titulo, formulario, acto.texto)


def _quien(request: Request) -> dict[str, Any]:
    return {"actor": request.identity.usuario, "ahora": request.ahora}


def _sobre(context: FichaPersona) -> str:
    return f"personas/{context.__name__}"


def _formulario(
    context: FichaPersona, request: Request, esquema: Esquema, rotulo: str, datos: dict[str, str] | None = None
) -> Formulario:
    regreso = Boton("Regresar", href=direccion(request, "personas", context.__name__))
    return Formulario(esquema, request, botones=(Boton(rotulo), regreso), datos=datos)


def _pagina(
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
