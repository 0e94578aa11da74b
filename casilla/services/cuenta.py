"""What people change in their account by themselves: where they are reached, and where they are logged in.

A mail address counts only when a code that went there comes back. A stranger must not learn here whose address is
whose: one that has a casilla already gets the owner's notice instead of a code, and then no code is right.
"""

from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Literal, NamedTuple

from casilla.resources.asiento import AsientoOcupado
from casilla.resources.persona import Persona
from casilla.resources.sitio import Sitio
from casilla.resources.usuario import Usuario
from casilla.services.acceso import AccesoNegado
from casilla.services.afiliacion import avisar_que_ya_tiene
from casilla.services.claves import coincide
from casilla.services.codigos import normalizar
from casilla.services.correcciones import olvidar
from casilla.services.correspondencia import AVISO_PRUEBA, CODIGO_CORREO, CORREO_CAMBIADO, PRUEBA_SMS, encolar
from casilla.services.secretos import codigo_validacion
from casilla.services.validacion import MAX_INTENTOS, VIDA_CODIGO, CodigoErrado, CodigoMuerto

ENTRE_PRUEBAS = timedelta(minutes=5)

ParaQue = Literal["correo", "adicional"]


class CasillaCerrada(Exception):
    """Nothing more is notified there, so there is nothing to announce."""


class SinCelular(Exception):
    """The person's telephone takes no text messages."""


class YaProbado(Exception):
    """A test notice left a moment ago."""


class Pedido(NamedTuple):
    """An address that waits for its code; stored as a plain tuple. ``numero`` tells its letter from others."""

    para_que: ParaQue
    correo: str
    numero: int
    hasta: datetime
    intentos: int

    def vivo(self, ahora: datetime) -> bool:
        return ahora < self.hasta and self.intentos < MAX_INTENTOS


def pedido(usuario: Usuario) -> Pedido | None:
    """The address that waits, alive or not."""
    return Pedido._make(usuario.por_confirmar) if usuario.por_confirmar else None


def pedir_correo(
    sitio: Sitio, usuario: Usuario, para_que: ParaQue, correo: str, clave: str, *, ahora: datetime, costo: int
) -> None:
    """Promise a code to the new address; the password proves that it is not somebody at a screen left alone.

    Raises AccesoNegado when the password is wrong, CasillaCerrada for an additional address that would get nothing.
    """
    if not coincide(clave, usuario.clave, costo):
        raise AccesoNegado
    if para_que == "adicional":
        exigir_abierta(usuario)
    correo = correo.lower()
    usuario.codigos += 1
    usuario.por_confirmar = tuple(Pedido(para_que, correo, usuario.codigos, ahora + VIDA_CODIGO, 0))
    dueno = _otro_dueno(sitio, usuario, para_que, correo)
    if dueno is None:
        encolar(sitio, CODIGO_CORREO, correo, usuario, ahora, usuario.codigos)
    else:
        avisar_que_ya_tiene(sitio, dueno, ahora)


def _otro_dueno(sitio: Sitio, usuario: Usuario, para_que: ParaQue, correo: str) -> Persona | None:
    """Two may want their notices at one additional address, but the registered one says who somebody is."""
    dueno = sitio.personas.por_correo(correo) if para_que == "correo" else None
    return None if dueno is usuario.persona else dueno


def codigo_de(usuario: Usuario, secreto: bytes) -> str:
    """The code of the last letter."""
    return codigo_validacion(secreto, f"cuenta {usuario.__name__}", usuario.codigos)


def confirmar_correo(sitio: Sitio, usuario: Usuario, codigo: str, *, secreto: bytes, ahora: datetime) -> ParaQue:
    """With the right code the address counts. Raises CodigoErrado, CodigoMuerto."""
    espera = pedido(usuario)
    if espera is None or not espera.vivo(ahora):
        raise CodigoMuerto
    if not compare_digest(normalizar(codigo).encode(), codigo_de(usuario, secreto).encode()):
        raise _errado(usuario, espera)
    if espera.para_que == "adicional":
        exigir_abierta(usuario)
        usuario.persona.correo_adicional = espera.correo
    else:
        _cambiar_correo(sitio, usuario, espera, ahora)
    usuario.por_confirmar = ()
    return espera.para_que


def _cambiar_correo(sitio: Sitio, usuario: Usuario, espera: Pedido, ahora: datetime) -> None:
    """The old address is told; a link to recover the password that went there dies.

    Of an address that staff had put there before, nothing is in doubt any more: this one came with password and code.
    """
    persona, anterior = usuario.persona, usuario.persona.correo
    if espera.correo == anterior:
        return
    try:
        sitio.personas.cambiar_correo(persona, espera.correo)
    except AsientoOcupado:
        raise _errado(usuario, espera) from None
    persona.avisos, persona.motivo_avisos = "ok", ""
    usuario.recuperacion_hasta = None
    olvidar(usuario)
    encolar(sitio, CORREO_CAMBIADO, anterior, usuario, ahora)


def _errado(usuario: Usuario, espera: Pedido) -> CodigoErrado:
    usuario.por_confirmar = tuple(espera._replace(intentos=espera.intentos + 1))
    return CodigoErrado(MAX_INTENTOS - espera.intentos - 1)


def desistir(usuario: Usuario) -> None:
    """The address that waits is forgotten."""
    usuario.por_confirmar = ()


def quitar_adicional(usuario: Usuario) -> None:
    usuario.persona.correo_adicional = ""


def cambiar_telefono(usuario: Usuario, telefono: str, ahora: datetime) -> None:
    if telefono != usuario.persona.telefono:
        usuario.persona.telefono = telefono
        usuario.anotar("telefono-cambiado", usuario.__name__, ahora)


def pedir_sms(usuario: Usuario, si: bool, ahora: datetime) -> None:
    """Whether text messages too say that there is a notification. Raises CasillaCerrada, SinCelular."""
    if si:
        exigir_abierta(usuario)
        if not usuario.persona.celular:
            raise SinCelular
    if usuario.persona.avisos_sms is not si:
        usuario.persona.avisos_sms = si
        usuario.anotar("sms-pedido" if si else "sms-dejado", usuario.__name__, ahora)


def pedir_discretos(usuario: Usuario, si: bool, ahora: datetime) -> None:
    """Whether letters about a notification leave out which document it is, and its constancia: for shared mailboxes."""
    if usuario.persona.avisos_discretos is not si:
        usuario.persona.avisos_discretos = si
        usuario.anotar("avisos-discretos" if si else "avisos-completos", usuario.__name__, ahora)


def probar_avisos(sitio: Sitio, usuario: Usuario, ahora: datetime) -> None:
    """Send a test notice by every way that notices take. Raises CasillaCerrada, YaProbado."""
    exigir_abierta(usuario)
    hecho = f"{AVISO_PRUEBA}:en-cola"
    ultimo = next((cuando for nombre, _, cuando, _ in reversed(usuario.historia) if nombre == hecho), None)
    if ultimo is not None and ahora < ultimo + ENTRE_PRUEBAS:
        raise YaProbado
    for correo in filter(None, (usuario.persona.correo, usuario.persona.correo_adicional)):
        encolar(sitio, AVISO_PRUEBA, correo, usuario, ahora)
    if usuario.persona.avisos_sms and usuario.persona.celular:
        encolar(sitio, PRUEBA_SMS, usuario.persona.celular, usuario, ahora)


def exigir_abierta(usuario: Usuario) -> None:
    """Raises CasillaCerrada."""
    if usuario.persona.casilla.cerrada_en:
        raise CasillaCerrada
