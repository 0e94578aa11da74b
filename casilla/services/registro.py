"""Registration of a person: an act for each step (guide, screens 4 to 9) of ``workflow.SOLICITUD``.

What only a company needs is in ``registro_juridico``; the code that goes to the mail address, and the approval, are in
``validacion``.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from casilla.gateways.protocolo import DatosPersona, RegistroDePersonas
from casilla.permissions import solicitante
from casilla.resources.sitio import Sitio
from casilla.resources.solicitud import Solicitud
from casilla.services.aceptacion import PRIVACIDAD, TERMINOS, aceptar
from casilla.services.identidad import Cotejo, cotejar
from casilla.services.validacion import asegurar_codigo
from casilla.workflow import SOLICITUD

# Long enough for a service that is down tonight and up tomorrow.
VIDA = timedelta(hours=24)
NATURAL, JURIDICA = "natural", "juridica"

# The gateways call the check character otherwise than the card and Persona do.
_COMO_PERSONA = {"digito_verificacion": "cui"}
_COTEJADOS = ("nombres", "apellido_paterno", "apellido_materno", "fecha_nacimiento", "sexo", "fecha_emision")


class NoVerificada(Exception):
    """The register does not confirm that somebody is who they say they are."""


class NoFigura(NoVerificada):
    """The register knows no document with this number."""


class MenorDeEdad(NoVerificada):
    """The register says that the document belongs to a minor."""


class NoCoincide(NoVerificada):
    """What was declared is not what the register holds; ``campos``: which data of Persona, never the right values."""

    def __init__(self, campos: tuple[str, ...]) -> None:
        super().__init__(campos)
        self.campos = campos


def iniciar(sitio: Sitio, nombre: str, *, ahora: datetime, direccion: str) -> Solicitud:
    """Begin a registration by accepting the terms in force; who asks twice with one name gets the same one."""
    if nombre in sitio.solicitudes:
        return sitio.solicitudes[nombre]
    solicitud = sitio.solicitudes[nombre] = Solicitud(ahora, direccion)
    solicitud.comenzar(solicitante(nombre), ahora)
    aceptar(sitio, solicitud, TERMINOS, ahora=ahora, direccion=direccion)
    return solicitud


def aceptar_privacidad(sitio: Sitio, solicitud: Solicitud, *, ahora: datetime, direccion: str) -> None:
    """Accept the privacy policy in force; again, when it has changed since."""
    aceptar(sitio, solicitud, PRIVACIDAD, ahora=ahora, direccion=direccion)
    if SOLICITUD.permite(solicitud.estado, "aceptar"):
        _pasar(solicitud, "aceptar", ahora)


def elegir(solicitud: Solicitud, tipo_persona: str, ahora: datetime) -> None:
    """Say for what kind of person the casilla is; choosing the same again changes nothing.

    The data of the other kind are forgotten, and with them the code that they had under way.
    """
    if solicitud.tipo_persona != tipo_persona:
        _pasar(solicitud, "elegir", ahora)
        solicitud.tipo_persona = tipo_persona
        solicitud.olvidar_datos()


def declarar(solicitud: Solicitud, datos: Mapping[str, Any], ahora: datetime) -> None:
    """Keep what the form says (names of Persona); other data than before must be verified again."""
    nuevos = tuple(sorted((campo, valor) for campo, valor in datos.items() if campo != "correo"))
    correo = datos["correo"].lower()
    if (solicitud.datos, solicitud.correo) == (nuevos, correo):
        return
    _pasar(solicitud, "declarar", ahora)
    if correo != solicitud.correo:
        solicitud.codigo_hasta = None
    solicitud.datos, solicitud.correo = nuevos, correo
    solicitud.olvidar_verificacion()


def verificar(sitio: Sitio, solicitud: Solicitud, registro: RegistroDePersonas, ahora: datetime) -> None:
    """Ask the register about the declared data, before it writes anything; when the register agrees, a code leaves.

    Raises NoFigura, MenorDeEdad, NoCoincide, after which ``rechazar`` should follow; and NoResponde: ``esperar``.
    """
    declarado = _declarado(solicitud)
    respuesta = registro.consultar(dict(solicitud.datos)["numero"])
    if respuesta is None:
        raise NoFigura
    if respuesta.menor:
        raise MenorDeEdad
    cotejo = cotejar(declarado, respuesta)
    if cotejo.discrepan:
        raise NoCoincide(_como_persona(cotejo.discrepan))
    confirmar(sitio, solicitud, cotejo, registro.nombre, ahora)


def confirmar(sitio: Sitio, solicitud: Solicitud, cotejo: Cotejo, servicio: str, ahora: datetime) -> None:
    """The register agrees: what it confirmed and what it could not is kept, and a code leaves."""
    _pasar(solicitud, "verificar", ahora)
    solicitud.verificado_por, solicitud.verificado_en = servicio, ahora
    solicitud.verificados, solicitud.declarados = _como_persona(cotejo.verificados), _como_persona(cotejo.declarados)
    asegurar_codigo(sitio, solicitud, ahora)


def _declarado(solicitud: Solicitud) -> DatosPersona:
    datos = dict(solicitud.datos)
    return DatosPersona(**{campo: datos[campo] for campo in _COTEJADOS}, digito_verificacion=datos["cui"] or None)


def _como_persona(campos: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_COMO_PERSONA.get(campo, campo) for campo in campos)


def esperar(solicitud: Solicitud, ahora: datetime) -> None:
    """The register did not answer: the data stay, to be verified later."""
    _pasar(solicitud, "esperar", ahora)


def rechazar(solicitud: Solicitud, ahora: datetime) -> None:
    """The register does not confirm the data: whoever was waiting for its answer has it now."""
    if SOLICITUD.permite(solicitud.estado, "rechazar"):
        _pasar(solicitud, "rechazar", ahora)


def vence(solicitud: Solicitud) -> datetime:
    """When the registration ends, finished or not, unless it waits for somebody of the institution."""
    return solicitud.desde + VIDA


def vencida(solicitud: Solicitud, ahora: datetime) -> bool:
    """Whether its day is over; that of one in review does not run."""
    return solicitud.revision_desde is None and ahora >= vence(solicitud)


def vencer(sitio: Sitio, ahora: datetime, maximo: int = 100) -> int:
    """Remove registrations whose day is over, at most so many, and what they told; returns how many went."""
    viejas = sitio.solicitudes.anteriores_a(ahora - VIDA, maximo)
    for solicitud in viejas:
        _quitar(sitio, solicitud, "sistema", ahora)
    return len(viejas)


def borrar(sitio: Sitio, solicitud: Solicitud, *, ahora: datetime) -> None:
    """The person gives up: the same as if the day were over."""
    _quitar(sitio, solicitud, solicitante(solicitud.__name__), ahora)


def _quitar(sitio: Sitio, solicitud: Solicitud, actor: str, ahora: datetime) -> None:
    if SOLICITUD.permite(solicitud.estado, "vencer"):
        solicitud.pasar("vencer", actor, ahora)
    solicitud.olvidar()
    del sitio.solicitudes[solicitud.__name__]


def _pasar(solicitud: Solicitud, acto: str, ahora: datetime) -> None:
    solicitud.pasar(acto, solicitante(solicitud.__name__), ahora)
