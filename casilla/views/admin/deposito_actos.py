"""What staff do with a notification: send its notice again, annul it."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request

from casilla import fields
from casilla.forms import Boton, Esquema, Formulario
from casilla.permissions import Permiso
from casilla.resources.administracion import FichaDeposito
from casilla.resources.notificacion import Notificacion
from casilla.services.atencion import NoSeReenvia, reenviar_aviso
from casilla.services.lectura import anular
from casilla.views.admin.deposito import pagina
from casilla.views.admin.dos_a_la_vez import lo_hizo
from casilla.views.admin.pagina import auditar, direccion, ir
from casilla.workflow import TransicionInvalida


class EsquemaAnulacion(Esquema):
    motivo = fields.parrafo(
        "Motivo de la anulación",
        "Escriba el motivo",
        maximo=1000,
        description="Lo leerá la persona notificada, y queda en la historia de la notificación.",
    )


@pagina("reenviar", Permiso.GESTIONAR_DEPOSITOS, request_method="POST")
def reenviar(context: FichaDeposito, request: Request) -> HTTPSeeOther:
    n: Notificacion = context.objeto
    try:
        reenviar_aviso(request.sitio, n, actor=request.identity.usuario, ahora=request.ahora)
    except NoSeReenvia as motivo:
        palabras = f"No se reenvió el aviso. {motivo} {lo_hizo(request, f'depositos/{n.codigo}', 'reenviar-aviso')}"
        return ir(request, "depositos", n.codigo, palabras=palabras, cola="aviso")
    auditar(request, "reenviar-aviso", f"depositos/{n.codigo}")
    return ir(request, "depositos", n.codigo, palabras="El aviso está en cola y saldrá en unos momentos.")


@pagina(
    "anular",
    Permiso.GESTIONAR_DEPOSITOS,
    request_method=("GET", "POST"),
    renderer="casilla:templates/admin_deposito_anular.pt",
)
def anulacion(context: FichaDeposito, request: Request) -> Any:
    """The same act as the SGD's; what it means is said before."""
    n: Notificacion = context.objeto
    aqui = direccion(request, "depositos", n.codigo)
    if n.estado == "anulado":
        return _ya_anulada(request, n)
    formulario = Formulario(
        EsquemaAnulacion(), request, botones=("Anular la notificación", Boton("No anular", href=aqui))
    )
    datos = formulario.validos(request)
    if datos is None:
        return {"formulario": formulario, "n": n, "aqui": aqui, "notificada": n.__parent__.persona}
    antes = n.estado
    try:
        anular(request.sitio, n, motivo=datos["motivo"], actor=request.identity.usuario, ahora=request.ahora)
    except TransicionInvalida:
        return _ya_anulada(request, n)
    auditar(request, "anular", f"depositos/{n.codigo}", antes=antes, despues=datos["motivo"])
    return ir(request, "depositos", n.codigo, palabras="La notificación quedó anulada.")


def _ya_anulada(request: Request, n: Notificacion) -> HTTPSeeOther:
    palabras = f"Esta notificación ya está anulada. {lo_hizo(request, f'depositos/{n.codigo}', 'anular')}"
    return ir(request, "depositos", n.codigo, palabras=palabras, cola="aviso")
