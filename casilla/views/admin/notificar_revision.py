"""Deposit by hand, step 4: as the person will see it, what to know before, and the deposit itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from casilla.permissions import Permiso, igualada
from casilla.resources.administracion import FichaBorrador
from casilla.resources.borrador import Borrador
from casilla.resources.notificacion import Notificacion
from casilla.services import borradores
from casilla.services.borradores import CambioEntretanto, DependenciaAjena, Incompleto, huella_de_todo, parecidas
from casilla.services.deposito import DestinatarioSinCasilla, Sobre
from casilla.services.horas import fecha_con_dia, fecha_hora, fecha_hora_dicha, fecha_larga, hora
from casilla.services.plazos import Calendario
from casilla.services.repetidos import en_otras_casillas
from casilla.services.sobres import DatosInvalidos
from casilla.services.vencimiento import dia_del_deposito
from casilla.views.admin.notificar import CAMBIO, PASOS, dicho, nombre_de
from casilla.views.admin.notificar_archivos import mostrados
from casilla.views.admin.pagina import auditar, direccion, ir
from casilla.views.historia import Hecho
from casilla.views.plazo import plazo


@dataclass(frozen=True)
class Repetida:
    """A document that seems the same; ``donde`` it lies; ``url`` where it is followed, "" if another dependencia does.

    Of another's only what was typed anyway is shown: numbers can be guessed, and what it is about is not for them.
    """

    n: Notificacion
    donde: str
    url: str


_SIN_CASILLA = (
    "Esta persona ya no tiene una casilla abierta. Notifíquela en papel, en el domicilio que figura en el expediente."
)
_AJENA = "Su cuenta ya no notifica por la dependencia que eligió. Elija otra, o pídalo a quien administra las cuentas."


@view_config(
    context=FichaBorrador,
    name="revisar",
    request_method="GET",
    permission=Permiso.NOTIFICAR,
    renderer="casilla:templates/admin_notificar_revisar.pt",
    http_cache=0,
)
def revisar(context: FichaBorrador, request: Request) -> Any:
    borrador = context.objeto
    try:
        sobre = borradores.sobre(borrador, request.ahora)
    except (Incompleto, DatosInvalidos):
        return ir(request, "notificar", borrador.__name__)
    futura = _futura(sobre, request)
    return {
        "paso": (4, PASOS),
        "url": direccion(request, "notificar", borrador.__name__),
        "revisado": huella_de_todo(borrador),
        "sin_guardar": bool(borrador.tecleado),
        "nombre": nombre_de(borrador.destinatario, request),
        "documento": dicho(borrador.destinatario),
        "n": futura,
        "plazo": plazo(futura, request),
        "computo": fecha_con_dia(futura.computo_desde),
        "vence": fecha_con_dia(futura.vence) if futura.vence else "",
        "fuera_de_hora": fuera_de_hora(request.calendario, request.ahora),
        "parecidas": _repetidas(borrador, sobre, request),
        "rebota": _rebota(borrador, request),
        "archivos": mostrados(borrador, request),
        "historia": [Hecho("Depositada en su casilla", "Cuando la notifique", "")],
        "agenda": None,
        "sin_leer": False,
        "anulado": False,
        "fecha_hora": fecha_hora,
        "fecha_hora_dicha": fecha_hora_dicha,
        "fecha_larga": fecha_larga,
    }


def _repetidas(borrador: Borrador, sobre: Sobre, request: Request) -> list[Repetida]:
    """Notified before as the same document: to this person or, in the same expediente, to somebody else."""
    suyas = parecidas(request.sitio, borrador.destinatario, sobre.tipo, sobre.numero)
    return [
        *(Repetida(fila.notificacion, "esta casilla", _seguimiento(fila.notificacion, request)) for fila in suyas),
        *(
            Repetida(n, "la casilla de otra persona", _seguimiento(n, request))
            for n in en_otras_casillas(request.sitio, sobre)
        ),
    ]


def _seguimiento(n: Notificacion, request: Request) -> str:
    """Where it is followed, if it is of a dependencia of whoever looks."""
    propias = {igualada(dependencia) for dependencia in request.identity.cuenta.dependencias}
    return direccion(request, "depositos", n.codigo) if igualada(n.dependencia) in propias else ""


def _futura(sobre: Sobre, request: Request) -> Notificacion:
    """The notification that would be made now, kept nowhere, and opened: so that everything of it is shown."""
    hechos = {campo: valor for campo, valor in vars(sobre).items() if campo != "destinatario"}
    computo = request.calendario.computo(request.ahora, sobre.plazo or None)
    futura = Notificacion(**hechos, depositado_en=request.ahora, computo_desde=computo.desde, vence=computo.vence)
    futura.comenzar("", request.ahora)
    futura.pasar("leer", "", request.ahora)
    return futura


def fuera_de_hora(calendario: Calendario, ahora: datetime) -> str:
    """What to know when a deposit made now counts as made another day; empty when it does not."""
    dira = dia_del_deposito(calendario, ahora, calendario.computo(ahora).desde)
    if not dira:
        return ""
    abre = ""
    if calendario.horario:
        abre = f" El horario de recepción es de {calendario.horario[0]:%H:%M} a {calendario.horario[1]:%H:%M}."
    return (
        f"Ahora son las {hora(ahora)} del {fecha_con_dia(ahora)}: el documento queda en la casilla en el momento, y su "
        f"constancia dirá: «{dira}»{abre}"
    )


def _rebota(borrador: Borrador, request: Request) -> bool:
    """Whether the last notice to this person's mail address was refused."""
    persona = request.sitio.personas.get(borrador.destinatario)
    return persona is not None and persona.avisos != "ok"


@view_config(context=FichaBorrador, name="revisar", request_method="POST", permission=Permiso.NOTIFICAR)
def notificar(context: FichaBorrador, request: Request) -> HTTPSeeOther:
    """Make the deposit of what was looked at. Asked twice, it is made once, and both are shown it."""
    borrador = context.objeto
    try:
        notificacion, nueva = borradores.notificar(
            request.sitio,
            borrador,
            request.identity.cuenta,
            revisado=request.POST.get("revisado", ""),
            ahora=request.ahora,
            calendario=request.calendario,
            imprimir=request.imprimir,
        )
    except (Incompleto, DatosInvalidos):
        return ir(request, "notificar", borrador.__name__)
    except CambioEntretanto:
        return ir(request, "notificar", borrador.__name__, "revisar", palabras=CAMBIO, cola="aviso")
    except DestinatarioSinCasilla:
        return ir(request, "notificar", borrador.__name__, "revisar", palabras=_SIN_CASILLA, cola="aviso")
    except DependenciaAjena:
        return ir(request, "notificar", borrador.__name__, "datos", palabras=_AJENA, cola="aviso")
    if nueva:
        auditar(
            request, "notificar", f"depositos/{notificacion.codigo}", despues=_en_la_auditoria(borrador, notificacion)
        )
    return ir(request, "notificar", borrador.__name__)


def _en_la_auditoria(borrador: Borrador, notificacion: Notificacion) -> str:
    return f"{borrador.destinatario}: {notificacion.tipo} {notificacion.numero}, {notificacion.dependencia}"
