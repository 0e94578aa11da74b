"""The code that proves that a mail address is read by who typed it, and the approval after it (guide, screens 9 to 11).

A stranger must not learn here who has a casilla: when the document or the address has one already, everything goes on
as usual, but the owner gets a letter instead of anybody a code, and then no code is right.
"""

from datetime import datetime, timedelta
from hmac import compare_digest
from urllib.parse import urlencode

from casilla.permissions import solicitante
from casilla.resources.persona import Persona
from casilla.resources.sitio import Sitio
from casilla.resources.solicitud import Solicitud
from casilla.services.afiliacion import YaAfiliado, afiliar, avisar_que_ya_tiene, duenos
from casilla.services.codigos import normalizar
from casilla.services.correspondencia import SOLICITUD_AUTORIZADA, VALIDACION_CORREO, encolar
from casilla.services.secretos import codigo_validacion

VIDA_CODIGO = timedelta(minutes=15)
# Of a code that somebody gets days after having asked, on whatever device they then have at hand.
VIDA_AUTORIZADA = timedelta(days=7)
ENTRE_ENVIOS = timedelta(seconds=60)
MAX_ENVIOS = 6
MAX_INTENTOS = 5
_NOMBRES = ("nombres", "apellido_paterno", "apellido_materno", "razon_social")


class DebeEsperar(Exception):
    """Another code may be asked for from ``desde`` on."""

    def __init__(self, desde: datetime) -> None:
        super().__init__(desde)
        self.desde = desde


class SinMasEnvios(Exception):
    """This registration has had all its codes."""


class CodigoErrado(Exception):
    """Not the last code that was sent; ``quedan``: how many more tries it has."""

    def __init__(self, quedan: int) -> None:
        super().__init__(quedan)
        self.quedan = quedan


class CodigoMuerto(Exception):
    """The last code is too old or was tried too often: another one is needed."""


def codigo_vivo(solicitud: Solicitud, ahora: datetime) -> bool:
    """Whether the last code sent can still be right."""
    return bool(solicitud.codigo_hasta and ahora < solicitud.codigo_hasta and solicitud.intentos < MAX_INTENTOS)


def asegurar_codigo(sitio: Sitio, solicitud: Solicitud, ahora: datetime) -> None:
    """Send a code, unless the last one still serves or there have been too many."""
    if not codigo_vivo(solicitud, ahora) and solicitud.envios < MAX_ENVIOS:
        _enviar(sitio, solicitud, ahora)


def reenviar(sitio: Sitio, solicitud: Solicitud, ahora: datetime) -> None:
    """Send another code, which replaces the last. Raises DebeEsperar, SinMasEnvios."""
    if solicitud.envios >= MAX_ENVIOS:
        raise SinMasEnvios
    if solicitud.enviado_en and ahora < solicitud.enviado_en + ENTRE_ENVIOS:
        raise DebeEsperar(solicitud.enviado_en + ENTRE_ENVIOS)
    _anotar(solicitud, "enviar", ahora)
    _enviar(sitio, solicitud, ahora)


def corregir_correo(sitio: Sitio, solicitud: Solicitud, correo: str, ahora: datetime) -> None:
    """Another address, and a code for it at once; the same address changes nothing. Raises SinMasEnvios."""
    correo = correo.lower()
    if correo == solicitud.correo:
        return
    if solicitud.envios >= MAX_ENVIOS:
        raise SinMasEnvios
    _anotar(solicitud, "enviar", ahora)
    solicitud.correo = correo
    _enviar(sitio, solicitud, ahora)


def enviar_autorizada(sitio: Sitio, solicitud: Solicitud, ahora: datetime) -> None:
    """After a review, the code with the good news, which lives for VIDA_AUTORIZADA."""
    _enviar(sitio, solicitud, ahora, SOLICITUD_AUTORIZADA, VIDA_AUTORIZADA)


def _enviar(
    sitio: Sitio, solicitud: Solicitud, ahora: datetime, carta: str = VALIDACION_CORREO, vida: timedelta = VIDA_CODIGO
) -> None:
    solicitud.envios += 1
    solicitud.intentos = 0
    solicitud.enviado_en = ahora
    solicitud.codigo_hasta = ahora + vida
    if not _avisar_a_los_duenos(sitio, solicitud, ahora):
        encolar(sitio, carta, solicitud.correo, solicitud, ahora, solicitud.envios)


def _avisar_a_los_duenos(sitio: Sitio, solicitud: Solicitud, ahora: datetime) -> bool:
    halladas = duenos(sitio, solicitud.documento, solicitud.correo)
    for persona in halladas:
        avisar_que_ya_tiene(sitio, persona, ahora)
    return bool(halladas)


def enlace(solicitud: Solicitud, codigo: str) -> str:
    """The address, below ``casilla.url``, that the letter's "Validar Correo" leads to; it works on any device."""
    return "registro/validar?" + urlencode({"solicitud": solicitud.__name__, "codigo": codigo})


def validar(sitio: Sitio, solicitud: Solicitud, codigo: str, *, secreto: bytes, ahora: datetime, costo: int) -> None:
    """With the right code the person gets the casilla, and the solicitud forgets them; twice is as good as once.

    Raises CodigoErrado, CodigoMuerto, and TransicionInvalida when no code was ever sent.
    """
    if solicitud.estado == "aprobada":
        return
    solicitud.flujo.siguiente(solicitud.estado, "aprobar")
    if not codigo_vivo(solicitud, ahora):
        raise CodigoMuerto
    esperado = codigo_validacion(secreto, solicitud.__name__, solicitud.envios)
    if not compare_digest(normalizar(codigo).encode(), esperado.encode()):
        raise _errado(solicitud)
    try:
        afiliar(sitio, _persona(solicitud), secreto=secreto, ahora=ahora, costo=costo)
    except YaAfiliado:
        _avisar_a_los_duenos(sitio, solicitud, ahora)
        raise _errado(solicitud) from None
    _anotar(solicitud, "aprobar", ahora, _textos(solicitud))
    solicitud.olvidar()


def _errado(solicitud: Solicitud) -> CodigoErrado:
    solicitud.intentos += 1
    return CodigoErrado(MAX_INTENTOS - solicitud.intentos)


def _persona(solicitud: Solicitud) -> Persona:
    """Names in capitals, as identity documents print them, but with the accents of who bears them."""
    datos = dict(solicitud.datos)
    datos |= {campo: datos[campo].upper() for campo in _NOMBRES if campo in datos}
    return Persona(
        **{"nombres": datos.get("razon_social", ""), **datos},
        correo=solicitud.correo,
        verificado_por=solicitud.verificado_por,
        verificado_en=solicitud.verificado_en,
        verificados=solicitud.verificados,
        declarados=solicitud.declarados,
        aceptaciones=solicitud.aceptaciones,
    )


def _textos(solicitud: Solicitud) -> str:
    """Which versions were accepted, the last of each text, as "privacidad=1 terminos=2"."""
    versiones = {texto: version for texto, version, *_ in solicitud.aceptaciones}
    return " ".join(f"{texto}={version}" for texto, version in sorted(versiones.items()))


def textos_aceptados(solicitud: Solicitud) -> dict[str, int]:
    """The versions that a registration ended with, by the name of the text: all that it still knows afterwards."""
    detalle = next(detalle for hecho, *_, detalle in reversed(solicitud.historia) if hecho == "aprobada")
    return {texto: int(version) for texto, _, version in (par.partition("=") for par in detalle.split())}


def _anotar(solicitud: Solicitud, acto: str, ahora: datetime, detalle: str = "") -> None:
    solicitud.pasar(acto, solicitante(solicitud.__name__), ahora, detalle)
