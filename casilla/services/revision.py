"""Registrations that the registers could not settle: asked for by the person, decided by somebody of the institution.

Whoever decides sees what was declared, and which data differed; the right values are no more known here than there.
What a register does settle (a minor, a company that may have no casilla) is not asked again of anybody.
"""

from datetime import date, datetime

from casilla.permissions import solicitante
from casilla.resources.persona import Persona
from casilla.resources.sitio import Sitio
from casilla.resources.solicitud import Solicitud
from casilla.services.afiliacion import duenos
from casilla.services.correspondencia import SOLICITUD_DENEGADA, SOLICITUD_EN_REVISION, encolar
from casilla.services.plazos import Calendario
from casilla.services.registro import VIDA, NoCoincide, NoFigura, NoVerificada
from casilla.services.validacion import VIDA_AUTORIZADA, enviar_autorizada
from casilla.workflow import SOLICITUD, TransicionInvalida

# Business days within which an answer is promised, the first after that of the asking.
PLAZO = 3
VERIFICADO_POR = "una persona de la institución"
SIN_RESPUESTA, SIN_REGISTRO = "sin-respuesta", "sin-registro"
NO_FIGURA, NO_COINCIDE, NEGATIVA = "no-figura", "no-coincide", "negativa"
REVISABLES = (SIN_RESPUESTA, SIN_REGISTRO, NO_FIGURA, NO_COINCIDE)
# How many answers are kept: enough to see what was tried, too few to fill a store.
_MAXIMO = 20
_DE_CONTACTO = ("tipo_documento", "telefono")


class NoRevisable(Exception):
    """The register has not been asked about these data, or what it said is final."""


class NoCorresponde(Exception):
    """It cannot be decided so; the text says why, in Spanish."""


def anotar_consulta(solicitud: Solicitud, servicio: str, que: str | NoVerificada, ahora: datetime) -> None:
    """Keep that a register was asked, and what came of it: one of REVISABLES, or what it raised."""
    campos = que.campos if isinstance(que, NoCoincide) else ()
    hecho = (servicio, que if isinstance(que, str) else _resultado(que), campos, ahora)
    solicitud.consultas = (*solicitud.consultas, hecho)[-_MAXIMO:]


def _resultado(motivo: NoVerificada) -> str:
    if isinstance(motivo, NoFigura):
        return NO_FIGURA
    return NO_COINCIDE if isinstance(motivo, NoCoincide) else NEGATIVA


def revisable(solicitud: Solicitud) -> bool:
    """Whether somebody may be asked to look at it: the last answer is about the present data, and settled nothing."""
    if not solicitud.consultas or not SOLICITUD.permite(solicitud.estado, "pedir-revision"):
        return False
    _, resultado, _, cuando = solicitud.consultas[-1]
    return resultado in REVISABLES and cuando >= (solicitud.cuando("declarada") or cuando)


def responder_hasta(calendario: Calendario, ahora: datetime) -> date:
    """The last day on which an answer is promised to whoever asks now."""
    computo = calendario.computo(ahora, PLAZO)
    return computo.vence or computo.desde


def pedir(sitio: Sitio, solicitud: Solicitud, *, calendario: Calendario, ahora: datetime) -> None:
    """The person asks that somebody look at it; a receipt leaves. Twice is as good as once. Raises NoRevisable."""
    if solicitud.estado == "en-revision":
        return
    if not revisable(solicitud):
        raise NoRevisable
    with sitio.solicitudes.recolocar(solicitud):
        solicitud.pasar("pedir-revision", solicitante(solicitud.__name__), ahora)
        solicitud.revision_desde = ahora
        solicitud.responder_hasta = responder_hasta(calendario, ahora)
    encolar(sitio, SOLICITUD_EN_REVISION, solicitud.correo, solicitud, ahora)


def autorizar(sitio: Sitio, solicitud: Solicitud, *, motivo: str, actor: str, ahora: datetime) -> None:
    """Somebody has confirmed who the person is; ``motivo``: how. The letter's code opens the casilla, as any other.

    Raises NoCorresponde when it was decided already, or when the document or the address has a casilla.
    """
    _exigir(solicitud, "autorizar")
    if duenos(sitio, solicitud.documento, solicitud.correo):
        raise NoCorresponde("Ese documento o ese correo ya tiene una casilla: no se puede autorizar otra")
    _decidir(sitio, solicitud, "autorizar", motivo, actor, ahora)
    solicitud.verificado_por, solicitud.verificado_en = VERIFICADO_POR, ahora
    solicitud.verificados = tuple(campo for campo, valor in solicitud.datos if valor and campo not in _DE_CONTACTO)
    solicitud.declarados = ()
    enviar_autorizada(sitio, solicitud, ahora)


def denegar(sitio: Sitio, solicitud: Solicitud, *, motivo: str, actor: str, ahora: datetime) -> None:
    """The person is told why; what they declared is forgotten at once. Raises NoCorresponde when it was decided."""
    _exigir(solicitud, "denegar")
    correo = solicitud.correo
    _decidir(sitio, solicitud, "denegar", motivo, actor, ahora)
    solicitud.olvidar()
    encolar(sitio, SOLICITUD_DENEGADA, correo, solicitud, ahora)


def _exigir(solicitud: Solicitud, acto: str) -> None:
    try:
        SOLICITUD.siguiente(solicitud.estado, acto)
    except TransicionInvalida as error:
        raise NoCorresponde("Esta solicitud ya no espera una decisión") from error


def _decidir(sitio: Sitio, solicitud: Solicitud, acto: str, motivo: str, actor: str, ahora: datetime) -> None:
    """From here on it lives as long as the code that an authorization sends."""
    with sitio.solicitudes.recolocar(solicitud):
        solicitud.pasar(acto, actor, ahora, motivo)
        solicitud.revision_desde = None
        solicitud.prorroga = ahora + VIDA_AUTORIZADA - VIDA


def decision(solicitud: Solicitud) -> tuple[str, str, datetime, str] | None:
    """The last fact of a decision (state, who, when, why); None while there is none."""
    if solicitud.cuando("en-revision") is None or solicitud.revision_desde:
        return None
    pedida = max(n for n, (hecho, *_) in enumerate(solicitud.historia) if hecho == "en-revision")
    despues = (hecho for hecho in solicitud.historia[pedida:] if hecho[0] in ("por-validar", "denegada"))
    return next(despues, None)


def conocidos(sitio: Sitio, solicitud: Solicitud) -> tuple[Persona | None, Persona | None]:
    """Who has a casilla already with this document, and who with this mail address."""
    return sitio.personas.get(solicitud.documento), sitio.personas.por_correo(solicitud.correo)


def mellizas(sitio: Sitio, solicitud: Solicitud) -> list[Solicitud]:
    """Others in review for the same document."""
    otras = (otra for otra in sitio.solicitudes.en_revision() if otra is not solicitud)
    return [otra for otra in otras if solicitud.documento and otra.documento == solicitud.documento]
