"""Deposit by hand, step 2: what is said of the document."""

from typing import Any

from pyramid.httpexceptions import HTTPConflict
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from casilla.forms import Boton, Formulario
from casilla.permissions import Permiso
from casilla.resources.administracion import FichaBorrador
from casilla.resources.borrador import Borrador
from casilla.services.borradores import DependenciaAjena, YaNotificado, anotar, huella_de_datos, teclear
from casilla.services.sobres import DatosInvalidos
from casilla.views.admin.dos_a_la_vez import vigentes
from casilla.views.admin.formularios_de_notificacion import CAMPOS, dichos, esquema, leidos
from casilla.views.admin.notificar import PASOS, dicho, nombre_de
from casilla.views.admin.pagina import auditar, direccion, ir

_CAMBIO = (
    "Este borrador cambió en otra pestaña, y lo que usted escribió aquí todavía no se guardó. Compare con lo que hay "
    "ahora, abajo, y guarde otra vez si corresponde."
)
_DESCARTADO = (
    "Este borrador se descartó en otra pestaña. Lo que usted escribió sigue aquí: si guarda otra vez, vuelve a empezar."
)
_YA_NOTIFICADA = (
    "Esta notificación ya se depositó desde otra pestaña, como la mostraba la revisión. Lo que usted escribió aquí no "
    "se guardó y ya no se puede cambiar; si hay un error, anúlela y notifique otra vez."
)


@view_config(
    context=FichaBorrador,
    name="datos",
    request_method=("GET", "POST"),
    permission=Permiso.NOTIFICAR,
    renderer="casilla:templates/admin_notificar_datos.pt",
)
def datos(context: FichaBorrador, request: Request) -> Any:
    """Two tabs on one draft: the second that saves is told, and sees what there is beside what was typed."""
    borrador = context.objeto
    if request.method == "GET" and not borrador.en_curso:
        return ir(request, "notificar", borrador.__name__)
    formulario, marca = _formulario(borrador, request), huella_de_datos(borrador)
    llenos = vigentes(formulario, request, marca, _que_paso(borrador))
    if llenos is not None and _anotado(request, borrador, formulario, llenos):
        auditar(request, "editar", context.entrada)
        return ir(request, "notificar", borrador.__name__, "archivos")
    return {
        "formulario": formulario,
        "paso": (2, PASOS),
        "nombre": nombre_de(borrador.destinatario, request),
        "documento": dicho(borrador.destinatario),
        "recuperado": bool(borrador.tecleado) and request.method == "GET",
        "guardado": bool(borrador.datos),
        "teclear": direccion(request, "notificar", borrador.__name__, "teclear"),
    }


def _formulario(borrador: Borrador, request: Request) -> Formulario:
    """With what is kept of it, or with what was typed after that and not saved."""
    botones = ("Guardar y continuar", Boton("Regresar", href=direccion(request, "notificar")))
    llenos = _mostrados(borrador, request) if borrador.en_curso else {}
    presentes = {"marca": huella_de_datos(borrador), **llenos}
    formulario = Formulario(esquema(request.identity.cuenta.dependencias), request, botones=botones, datos=presentes)
    if borrador.tecleado:
        formulario.poner((*borrador.tecleado, ("marca", presentes["marca"])))
    return formulario


@view_config(context=FichaBorrador, name="teclear", request_method="POST", permission=Permiso.NOTIFICAR)
def conservar(context: FichaBorrador, request: Request) -> Response:
    """What is in the boxes while somebody types, sent by the page itself; answers with the mark that it goes on with.

    Whoever types is busy: each time the session is renewed. What they leave unsent when it ends waits for them here,
    and neither in an address nor in a browser that others may use. 409 when another tab changed the draft: the saving
    itself will tell. It leaves no entry, being nothing yet; ``?olvidar`` is to go back to what was saved.
    """
    borrador = context.objeto
    if "olvidar" in request.POST:
        teclear(borrador, {})
        return ir(request, "notificar", borrador.__name__, "datos")
    if not borrador.en_curso or request.POST.get("marca") != huella_de_datos(borrador):
        raise HTTPConflict
    formulario = _formulario(borrador, request)
    teclear(borrador, {caja: str(request.POST.get(caja, "")) for caja in formulario.cajas})
    return Response(huella_de_datos(borrador), content_type="text/plain", charset="utf-8")


def _que_paso(borrador: Borrador) -> str:
    if borrador.codigo:
        return _YA_NOTIFICADA
    return _DESCARTADO if borrador.descartado_en else _CAMBIO


def _anotado(request: Request, borrador: Borrador, formulario: Formulario, llenos: dict[str, Any]) -> bool:
    """Keep it; False when it will not do, and then the form says so."""
    try:
        anotar(borrador, dichos(llenos), request.identity.cuenta, request.ahora)
    except YaNotificado:
        formulario.marcar(_YA_NOTIFICADA)
    except DependenciaAjena:
        formulario.marcar("Solo puede notificar en nombre de sus dependencias", "dependencia")
    except DatosInvalidos as error:
        for camino, motivo in error.errores:
            campo = next((c for c, otro in CAMPOS.items() if otro == camino), None)
            formulario.marcar(f"{formulario[campo].title}: {motivo}" if campo else f"{camino}: {motivo}", campo)
    else:
        return True
    return False


def _mostrados(borrador: Borrador, request: Request) -> dict[str, Any]:
    """What is kept, as the form shows it; in a new one, what this person said in their last."""
    if not borrador.datos:
        return _de_costumbre(borrador, request)
    llenos = leidos(dict(borrador.datos))
    if llenos["fecha_emision"] == llenos["fecha"]:  # as it was typed: it follows the other when that is put right
        llenos["fecha_emision"] = None
    return llenos


def _de_costumbre(borrador: Borrador, request: Request) -> dict[str, Any]:
    propias = request.identity.cuenta.dependencias
    otros = (dict(b.datos) for b in request.sitio.borradores.de(borrador.de) if b.datos)
    ultimo = next(otros, {})
    campos = ("firmado_por", "elaborado_por", "dependencia")
    llenos = {campo: ultimo[CAMPOS[campo]] for campo in campos if ultimo}
    if llenos.get("dependencia") not in propias:
        llenos["dependencia"] = propias[0] if len(propias) == 1 else ""
    return llenos
