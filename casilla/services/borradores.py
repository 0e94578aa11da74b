"""A deposit by hand, from whom it is for to the deposit itself, in steps that each keep what was done.

Nothing here decides what may be deposited: the rules of an envelope are those of the machine door (services.sobres),
and the deposit is the same act (services.deposito).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from casilla.permissions import notificador
from casilla.resources.adjunto import Adjunto
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


class CambioEntretanto(Exception):
    """It is not what was looked at any more: another tab changed it."""


class YaNotificado(Exception):
    """It was deposited meanwhile: what it became stays."""


def preparar(sitio: Sitio, de: str, documento: str, ahora: datetime) -> Borrador:
    """Begin a deposit for ``TIPO-NUMERO``. Raises DestinatarioSinCasilla."""
    destinatario(sitio, documento)
    borrador = Borrador(de, documento, ahora)
    sitio.borradores.agregar(borrador, ahora)
    return borrador


def anotar(borrador: Borrador, datos: Mapping[str, str], funcionario: Funcionario, ahora: datetime) -> None:
    """Keep what is said of the document, by the dotted names of the API's JSON; "" for what is left out.

    What was thrown away meanwhile begins again with this. Raises YaNotificado, DatosInvalidos with everything that is
    wrong, DependenciaAjena.
    """
    if borrador.codigo:
        raise YaNotificado
    dichos = tuple((campo, valor) for campo, valor in datos.items() if valor)
    exigir_dependencia(funcionario, _sobre(borrador.destinatario, dichos, ahora).dependencia)
    borrador.datos, borrador.tecleado, borrador.descartado_en = dichos, (), None


def huella_de_datos(borrador: Borrador) -> str:
    """A mark of what is said of the document, typed and not saved included, and of whether it can be said still."""
    return _huella(borrador.datos, borrador.tecleado, borrador.codigo, borrador.descartado_en)


def huella_de_todo(borrador: Borrador) -> str:
    """A mark of all that would be deposited."""
    archivos = [(lugar, archivo.nombre, archivo.huella) for lugar, archivo in borrador.archivos.items()]
    return _huella(borrador.destinatario, borrador.datos, archivos, borrador.codigo, borrador.descartado_en)


def _huella(*hechos: object) -> str:
    return sha256(repr(hechos).encode()).hexdigest()[:32]


def adjuntar(
    sitio: Sitio,
    borrador: Borrador,
    documento: Archivo | None,
    anexos: tuple[Archivo, ...],
    *,
    en_vez_de: str = "",
) -> None:
    """Put annexes beside those that are there, and the document in the place of the one with the SHA-256 ``en_vez_de``.

    When another came there meanwhile, both stay, until one is taken out. What is there already is not put in twice.
    """
    if documento:
        _poner(borrador, guardado(documento, sitio), en_vez_de)
    ya = {(anexo.nombre, anexo.huella) for anexo in borrador.anexos}
    nuevos = [anexo for anexo in anexos if (anexo.nombre, anexo.huella) not in ya]
    borrador.anexos += tuple(guardado(anexo, sitio) for anexo in nuevos)


def _poner(borrador: Borrador, documento: Adjunto, en_vez_de: str) -> None:
    actual = borrador.documento
    if actual is None or actual.huella in (en_vez_de, documento.huella):
        borrador.documento = documento
    else:
        borrador.otros += (documento,)


def quitar(borrador: Borrador, nombre: str) -> str:
    """Take a file out, by its name in ``archivos``; returns what it was called. Raises KeyError."""
    fuera = borrador.archivos[nombre]
    documentos = tuple(d for d in (borrador.documento, *borrador.otros) if d and d is not fuera)
    borrador.documento, borrador.otros = (documentos[0], documentos[1:]) if documentos else (None, ())
    borrador.anexos = tuple(anexo for anexo in borrador.anexos if anexo is not fuera)
    return fuera.nombre


def teclear(borrador: Borrador, textos: Mapping[str, str]) -> None:
    """Keep what is in the boxes as it is, right or wrong: a session may end before it is saved."""
    borrador.tecleado = tuple(textos.items())


def descartar(borrador: Borrador, ahora: datetime) -> None:
    """Forget all of it but that there was one: whoever has it open in another tab can be told. Raises YaNotificado."""
    if borrador.codigo:
        raise YaNotificado
    borrador.vaciar()
    borrador.descartado_en = ahora


def que_falta(borrador: Borrador) -> str:
    """The step whose turn it is; empty when all is there."""
    return "datos" if not borrador.datos else "archivos" if borrador.documento is None or borrador.otros else ""


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
    revisado: str,
    ahora: datetime,
    calendario: Calendario,
    imprimir: Imprimir,
) -> tuple[Notificacion, bool]:
    """Deposit what somebody looked at, once; returns the notification and whether it is new. The files go over to it.

    ``revisado``: the ``huella_de_todo`` of that. Raises Incompleto, DatosInvalidos, CambioEntretanto, DependenciaAjena,
    DestinatarioSinCasilla; then nothing has changed.
    """
    if borrador.codigo:
        return sitio.registro[borrador.codigo], False
    if revisado != huella_de_todo(borrador):
        raise CambioEntretanto
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
    borrador.documento, borrador.anexos, borrador.tecleado = None, (), ()
    return notificacion, nueva


def caducar(sitio: Sitio, ahora: datetime) -> None:
    """What was prepared too long ago is forgotten, with its files; what it became stays."""
    for apartado in (sitio.borradores, sitio.lotes):
        for nombre in apartado.anteriores(ahora - VIGENCIA):
            del apartado[nombre]
