"""What the institution may do to the account of who has a casilla: always with a reason, a letter and a dated fact.

None of it opens a document, shows a password or touches what was deposited. Suspending stops the login only: what is
deposited meanwhile counts (Ley 31736, art. 5), which is why whoever is suspended is told by letter.
"""

from collections.abc import Iterable
from datetime import datetime

from casilla.resources.asiento import AsientoOcupado
from casilla.resources.sitio import Sitio
from casilla.resources.usuario import Usuario
from casilla.services import correcciones
from casilla.services.acceso import cerrar_otras_sesiones
from casilla.services.cierre import Imprimir, clausurar
from casilla.services.correcciones import Correccion, CorreoPorConfirmar, correos_que_avisar
from casilla.services.correspondencia import CAMBIO_DE_LA_INSTITUCION, CORREO_CORREGIDO, encolar
from casilla.services.cuenta import CasillaCerrada, exigir_abierta
from casilla.services.horas import fecha_hora
from casilla.services.recuperacion import enviar_enlace

# How a fact that the institution wrote begins, and what it is called in a letter and in the history.
HECHOS = {
    "institucion:contacto": "se corrigieron sus datos de contacto",
    "institucion:correccion-confirmada": "otra persona de la institución confirmó la corrección de su correo",
    "institucion:suspension": "se suspendió su acceso; lo que se le notifique mientras tanto sigue valiendo",
    "institucion:rehabilitacion": "se restableció su acceso",
    "institucion:cierre": "se cerró su casilla",
    "institucion:sesiones": "se cerraron sus sesiones abiertas",
    "institucion:enlace": "se le envió un enlace para elegir otra contraseña",
}


class NoCorresponde(Exception):
    """It cannot be done as things are; the text says why, in Spanish."""


def corregir_contacto(
    sitio: Sitio,
    usuario: Usuario,
    correo: str,
    telefono: str,
    *,
    motivo: str,
    actor: str,
    ahora: datetime,
    hasta: datetime,
) -> bool:
    """Put the address and telephone right; both addresses are told. False when nothing is different.

    Nothing that lets in goes to a new address before ``hasta`` (``correcciones.fin_de_la_espera``) or its confirmation.
    Raises NoCorresponde when the address is somebody else's. A link to recover the password dies with the old one.
    """
    persona, anterior, correo = usuario.persona, usuario.persona.correo, correo.lower()
    if (correo, telefono) == (anterior, persona.telefono):
        return False
    if correo != anterior:
        try:
            sitio.personas.cambiar_correo(persona, correo)
        except AsientoOcupado as error:
            raise NoCorresponde("Ese correo ya es de otra persona con casilla") from error
        persona.avisos, persona.motivo_avisos = "ok", ""
        usuario.recuperacion_hasta = None
        usuario.por_confirmar = ()
    persona.telefono = telefono
    lugar = len(usuario.historia)
    usuario.anotar("institucion:contacto", actor, ahora, motivo)
    en_duda = correcciones.corregido(usuario, anterior, actor, ahora, hasta) if correo != anterior else ()
    for antes in en_duda:
        encolar(sitio, CORREO_CORREGIDO, antes, usuario, ahora, lugar)
    _anunciar(sitio, usuario, ahora, {anterior, *correos_que_avisar(usuario, ahora)}.difference(en_duda))
    return True


def confirmar_correccion(sitio: Sitio, usuario: Usuario, *, motivo: str, actor: str, ahora: datetime) -> None:
    """Own up to the address that another member of staff put there: links wait no more, and one asked for leaves.

    Raises NoCorresponde.
    """
    por_confirmar(usuario, actor=actor, ahora=ahora)
    _anotar(sitio, usuario, "institucion:correccion-confirmada", motivo, actor, ahora)
    correcciones.olvidar(usuario)
    if usuario.recuperacion_hasta:
        enviar_enlace(sitio, usuario, ahora=ahora)


def por_confirmar(usuario: Usuario, *, actor: str, ahora: datetime) -> Correccion:
    """The correction that ``actor`` may confirm. Raises NoCorresponde."""
    correccion = correcciones.pendiente(usuario, ahora)
    if correccion is None:
        raise NoCorresponde("No hay ninguna corrección que confirmar")
    if correccion.quien == actor:
        raise NoCorresponde("La corrección la confirma otra persona, no quien la hizo")
    return correccion


def suspender(sitio: Sitio, usuario: Usuario, *, motivo: str, actor: str, ahora: datetime) -> None:
    """Nobody comes in until it is lifted, and whoever is in is out. Raises NoCorresponde."""
    if usuario.suspendido:
        raise NoCorresponde("El acceso ya está suspendido")
    usuario.suspendido = True
    correcciones.detener(usuario, ahora)
    cerrar_otras_sesiones(usuario, None)
    _anotar(sitio, usuario, "institucion:suspension", motivo, actor, ahora)


def rehabilitar(sitio: Sitio, usuario: Usuario, *, motivo: str, actor: str, ahora: datetime, hasta: datetime) -> None:
    """A wait for a corrected address that the suspension stopped begins anew, until ``hasta``. Raises NoCorresponde."""
    if not usuario.suspendido:
        raise NoCorresponde("El acceso no está suspendido")
    usuario.suspendido = False
    correcciones.reanudar(usuario, hasta)
    _anotar(sitio, usuario, "institucion:rehabilitacion", motivo, actor, ahora)


def cerrar_sesiones(sitio: Sitio, usuario: Usuario, *, motivo: str, actor: str, ahora: datetime) -> None:
    cerrar_otras_sesiones(usuario, None)
    _anotar(sitio, usuario, "institucion:sesiones", motivo, actor, ahora)


def enviar_recuperacion(sitio: Sitio, usuario: Usuario, *, motivo: str, actor: str, ahora: datetime) -> None:
    """A link to choose another password goes to the registered address, and nowhere else. Raises NoCorresponde."""
    try:
        enviar_enlace(sitio, usuario, ahora=ahora)
    except CorreoPorConfirmar as espera:
        raise NoCorresponde(por_que_espera(espera.hasta)) from espera
    _anotar(sitio, usuario, "institucion:enlace", motivo, actor, ahora)


def cerrar(sitio: Sitio, usuario: Usuario, *, motivo: str, actor: str, ahora: datetime, imprimir: Imprimir) -> None:
    """Close the casilla, with a constancia that says who closed it and why. Raises NoCorresponde the second time."""
    try:
        exigir_abierta(usuario)
    except CasillaCerrada as error:
        raise NoCorresponde("La casilla ya está cerrada") from error
    usuario.anotar("institucion:cierre", actor, ahora, motivo)
    clausurar(sitio, usuario, ahora=ahora, imprimir=imprimir)
    _anunciar(sitio, usuario, ahora, correos_que_avisar(usuario, ahora))


def motivo_del_cierre(usuario: Usuario) -> str:
    """Why the institution closed the casilla; empty when its owner did, or when it is open."""
    return next((detalle for hecho, _, _, detalle in usuario.historia if hecho == "institucion:cierre"), "")


def hechos_de_la_institucion(usuario: Usuario) -> list[tuple[datetime, str, str]]:
    """When, what in words, and why, newest first."""
    return [
        (cuando, HECHOS[hecho], motivo) for hecho, _, cuando, motivo in reversed(usuario.historia) if hecho in HECHOS
    ]


def por_que_espera(hasta: datetime | None) -> str:
    """Why no link may be sent to a corrected address, for staff; ``hasta`` as in Correccion."""
    if hasta is None:
        return "El correo se corrigió hace poco y el acceso está suspendido: espere a que otra persona lo confirme"
    return (
        f"El correo se corrigió hace poco: el enlace puede salir después del {fecha_hora(hasta)}, o en cuanto otra "
        "persona confirme la corrección"
    )


def _anotar(sitio: Sitio, usuario: Usuario, hecho: str, motivo: str, actor: str, ahora: datetime) -> None:
    usuario.anotar(hecho, actor, ahora, motivo)
    _anunciar(sitio, usuario, ahora, correos_que_avisar(usuario, ahora))


def _anunciar(sitio: Sitio, usuario: Usuario, ahora: datetime, correos: Iterable[str]) -> None:
    """The letter is about the last fact but those of letters, found again by its place in the history."""
    lugar = max(n for n, (hecho, *_) in enumerate(usuario.historia) if hecho in HECHOS)
    for correo in correos:
        encolar(sitio, CAMBIO_DE_LA_INSTITUCION, correo, usuario, ahora, lugar)
