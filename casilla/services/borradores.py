"""A deposit by hand, from whom it is for to the deposit itself, in steps that each keep what was done.

Nothing here decides what may be deposited: the rules of an envelope are those of the machine door (services.sobres),
and the deposit is the same act (services.deposito).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from casilla.permissions import notificador
from casilla.resources.borrador import Borrador
from casilla.resources.casilla import Fila
from casilla.resources.funcionario import Funcionario
from casilla.resources.notificacion import Notificacion
from casilla.resources.sitio import Sitio
from casilla.services.deposito import Imprimir, Sobre, depositar, destinatario
from casilla.services.documentos import Archivo, guardado
from casilla.services.palabras import plegar
from casilla.services.plazos import Calendario
from casilla.services.sobres import sobre_de

# How long what was prepared is kept, deposited or not.
VIGENCIA = timedelta(days=30)


class DependenciaAjena(Exception):
    """Nobody notifies for another dependencia than their own."""


class Incompleto(Exception):
    """The step whose turn it is, before anything can be deposited: "datos" or "archivos"."""


def preparar(sitio: Sitio, de: str, documento: str, ahora: datetime) -> Borrador:
    """Begin a deposit for ``TIPO-NUMERO``. Raises DestinatarioSinCasilla."""
    destinatario(sitio, documento)
    borrador = Borrador(de, documento, ahora)
    sitio.borradores.agregar(borrador, ahora)
    return borrador


def anotar(borrador: Borrador, datos: Mapping[str, str], funcionario: Funcionario, ahora: datetime) -> None:
    """Keep what is said of the document, by the dotted names of the API's JSON; "" for what is left out.

    Raises DatosInvalidos with everything that is wrong, DependenciaAjena.
    """
    dichos = tuple((campo, valor) for campo, valor in datos.items() if valor)
    exigir_dependencia(funcionario, _sobre(borrador.destinatario, dichos, ahora).dependencia)
    borrador.datos = dichos


def adjuntar(sitio: Sitio, borrador: Borrador, documento: Archivo | None, anexos: tuple[Archivo, ...]) -> None:
    """Put the document in, instead of the one before, and annexes beside those that are there."""
    if documento:
        borrador.documento = guardado(documento, sitio)
    borrador.anexos += tuple(guardado(anexo, sitio) for anexo in anexos)


def quitar(borrador: Borrador, nombre: str) -> str:
    """Take a file out, ``documento`` or ``anexo-N``; returns what it was called. Raises KeyError."""
    fuera = borrador.archivos[nombre]
    if fuera is borrador.documento:
        borrador.documento = None
    else:
        borrador.anexos = tuple(anexo for anexo in borrador.anexos if anexo is not fuera)
    return fuera.nombre


def que_falta(borrador: Borrador) -> str:
    """The step whose turn it is; empty when all is there."""
    return "datos" if not borrador.datos else "archivos" if borrador.documento is None else ""


def sobre(borrador: Borrador, ahora: datetime) -> Sobre:
    """The envelope as it stands. Raises Incompleto, DatosInvalidos."""
    if falta := que_falta(borrador):
        raise Incompleto(falta)
    return _sobre(borrador.destinatario, borrador.datos, ahora)


def _sobre(documento: str, datos: tuple[tuple[str, str], ...], ahora: datetime) -> Sobre:
    tipo, _, numero = documento.partition("-")
    return sobre_de(anidado({"destinatario.tipo_documento": tipo, "destinatario.numero": numero, **dict(datos)}), ahora)


def anidado(planos: Mapping[str, str]) -> dict[str, Any]:
    """What the API's JSON would say, of texts by dotted names; a term that is a number becomes one."""
    dicho: dict[str, Any] = {grupo: {} for grupo in ("destinatario", "expediente", "documento", "remitente")}
    for camino, valor in planos.items():
        grupo, _, campo = camino.rpartition(".")
        (dicho[grupo] if grupo else dicho)[campo] = valor
    plazo = dicho.get("plazo_dias_habiles", "")
    if plazo.isascii() and plazo.isdigit() and len(plazo) < 10:
        dicho["plazo_dias_habiles"] = int(plazo)
    return dicho


def exigir_dependencia(funcionario: Funcionario | None, dependencia: str) -> None:
    """Raises DependenciaAjena, also for whoever may not notify at all, or not any more."""
    if funcionario is None or funcionario.suspendido or "notificador" not in funcionario.roles:
        raise DependenciaAjena(dependencia)
    if notificador(dependencia) not in map(notificador, funcionario.dependencias):
        raise DependenciaAjena(dependencia)


def parecidas(sitio: Sitio, documento: str, tipo: str, numero: str) -> list[Fila]:
    """What this person was notified of under the same type and number, and was not annulled, newest first."""
    persona = sitio.personas.get(documento)
    if persona is None:
        return []
    buscado = plegar(f"{tipo} {numero}")
    filas = (Fila._make(guardada[1:]) for guardada in persona.casilla.filas.values())
    return [f for f in filas if not f.anulado and plegar(f"{f.tipo} {f.numero}") == buscado][::-1]


def notificar(
    sitio: Sitio,
    borrador: Borrador,
    funcionario: Funcionario | None,
    *,
    ahora: datetime,
    calendario: Calendario,
    imprimir: Imprimir,
) -> tuple[Notificacion, bool]:
    """Deposit it, once; returns the notification and whether it is new. The files go over to it.

    Raises Incompleto, DatosInvalidos, DependenciaAjena, DestinatarioSinCasilla; then nothing has changed.
    """
    if borrador.codigo:
        return sitio.registro[borrador.codigo], False
    listo = sobre(borrador, ahora)
    exigir_dependencia(funcionario, listo.dependencia)
    notificacion, nueva = depositar(
        sitio,
        listo,
        borrador.documento,
        borrador.anexos,
        remitente=borrador.de,
        clave=borrador.__name__,
        ahora=ahora,
        calendario=calendario,
        imprimir=imprimir,
    )
    borrador.codigo = notificacion.codigo
    borrador.documento, borrador.anexos = None, ()
    return notificacion, nueva


def caducar(sitio: Sitio, ahora: datetime) -> None:
    """What was prepared too long ago is forgotten, with its files; what it became stays."""
    for apartado in (sitio.borradores, sitio.lotes):
        for nombre in apartado.anteriores(ahora - VIGENCIA):
            del apartado[nombre]
