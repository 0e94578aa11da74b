"""The two ways to decide a registration in review; the person is told by letter, and the audit why."""

from collections.abc import Callable
from functools import partial
from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from casilla import fields
from casilla.forms import Boton, Esquema, Formulario
from casilla.permissions import Permiso
from casilla.resources.administracion import FichaSolicitud
from casilla.services import revision
from casilla.services.validacion import VIDA_AUTORIZADA
from casilla.views.admin.pagina import FORMULARIO, auditar, ir
from casilla.views.admin.solicitud import decision_dicha, direccion_de
from casilla.views.admin.solicitudes import documento_de, nombre_de


class EsquemaAutorizar(Esquema):
    motivo = fields.texto(
        "Cómo comprobó la identidad",
        "Escriba cómo comprobó la identidad",
        maximo=300,
        description="Por ejemplo: mostró su DNI por videollamada. Queda en la auditoría; la persona no lo lee.",
    )


class EsquemaDenegar(Esquema):
    motivo = fields.texto(
        "Motivo",
        "Escriba el motivo",
        maximo=300,
        description="La persona lo leerá en una carta. No escriba lo que dicen los registros, ni si alguien ya tiene "
        "casilla: quien pidió puede ser otra persona.",
    )


def pagina(nombre: str) -> Any:
    return view_config(
        context=FichaSolicitud,
        name=nombre,
        request_method=("GET", "POST"),
        permission=Permiso.GESTIONAR_SOLICITUDES,
        renderer=FORMULARIO,
    )


@pagina("autorizar")
def autorizar(context: FichaSolicitud, request: Request) -> Any:
    texto = (
        f"Enviaremos a {context.objeto.correo} un código y un enlace que sirven {VIDA_AUTORIZADA.days} días, en "
        "cualquier equipo. La casilla se abre cuando la persona los use."
    )
    hecho = "La solicitud está autorizada y la carta va en camino."
    return _decidir(context, request, EsquemaAutorizar(), revision.autorizar, "Autorizar", texto, hecho)


@pagina("denegar")
def denegar(context: FichaSolicitud, request: Request) -> Any:
    texto = (
        f"Avisaremos a {context.objeto.correo} con el motivo, y los datos declarados se borran. Esto no se puede "
        "deshacer, pero la persona puede empezar otro registro."
    )
    hecho = "La solicitud está denegada y la carta va en camino."
    return _decidir(context, request, EsquemaDenegar(), revision.denegar, "Denegar", texto, hecho)


def _decidir(
    context: FichaSolicitud,
    request: Request,
    esquema: Esquema,
    acto: Callable[..., None],
    verbo: str,
    texto: str,
    hecho: str,
) -> Any:
    """The page of a decision; whoever comes second is sent to see what the first one decided."""
    solicitud, a_la_ficha = context.objeto, partial(ir, request, "solicitudes", context.__name__)
    if solicitud.revision_desde is None:
        return a_la_ficha(palabras=f"Ya está decidida. {decision_dicha(solicitud)}", cola="aviso")
    quien = f"{nombre_de(solicitud)}, {documento_de(solicitud)}"
    botones = (Boton(verbo), Boton("Regresar", href=direccion_de(solicitud, request)))
    formulario = Formulario(esquema, request, botones=botones)
    datos = formulario.validos(request)
    if datos is not None:
        motivo, actor = datos["motivo"], request.identity.usuario
        try:
            acto(request.sitio, solicitud, motivo=motivo, actor=actor, ahora=request.ahora)
        except revision.NoCorresponde as error:
            return a_la_ficha(palabras=f"{error}.", cola="aviso")
        auditar(request, verbo.lower(), context.entrada, quien, f"{esquema['motivo'].title}: {motivo}")
        return a_la_ficha(palabras=hecho)
    return {
        "titulo": f"{verbo} la solicitud de {nombre_de(solicitud)}",
        "seccion": "solicitudes",
        "volver": (direccion_de(solicitud, request), nombre_de(solicitud)),
        "parrafos": (f"{quien}.", texto),
        "formulario": formulario,
    }
