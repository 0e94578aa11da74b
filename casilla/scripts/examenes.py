"""What the doctor looks at: each examination says what it found, and repairs nothing."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from persistent.timestamp import TimeStamp
from ZODB import DB

from casilla import evolve, gateways
from casilla.gateways import indice_padron, reloj
from casilla.gateways.clamd import AJUSTE, Clamd
from casilla.gateways.ficticio import PadronFicticio
from casilla.gateways.padron import PadronReducido, archivo_del_indice
from casilla.gateways.protocolo import NoResponde
from casilla.mail.transporte import Carpeta, Smtp, transporte
from casilla.scripts.ajustes import Ajustes, archivos_de_secretos, fallas
from casilla.scripts.entorno import Hacer, ahora, carpetas, carpetas_de_blobs, reservado
from casilla.services.calendario import calendario_al
from casilla.services.correspondencia import atraso
from casilla.services.feriados import feriados
from casilla.services.fundacion import RAIZ

OK, AVISO, ERROR = "ok", "aviso", "error"

# Bytes free on a disk: below the first, /salud/listo closes the doors; below the second, somebody should look by day.
_DISCO_ERROR, _DISCO_AVISO = 5 << 30, 10 << 30
# How long a letter may wait: a mail server restarts in minutes; past a day people are not being told.
_COLA_AVISO, _COLA_ERROR = timedelta(minutes=15), timedelta(days=1)
# How old the public file of taxpayers may be.
_PADRON_AVISO = timedelta(days=31)
# How far the clock may be from the true time: what is attested to the minute should not be wrong by seconds.
_RELOJ_AVISO = timedelta(seconds=1)
# Seconds for the mail server to say who it is.
_ESPERA = 10


class Hallazgo(NamedTuple):
    """``nivel``: OK, AVISO or ERROR; ``que`` was looked at; ``detalle``, in Spanish, says what was found."""

    nivel: str
    que: str
    detalle: str


def de_ajustes(ajustes: Ajustes) -> Iterator[Hallazgo]:
    """The settings, and the registers of persons among them."""
    halladas = fallas(ajustes)
    yield from (Hallazgo(ERROR, "ajustes", falla) for falla in halladas)
    if halladas:
        return
    yield Hallazgo(OK, "ajustes", "completos, con sus secretos")
    publico = ajustes["casilla.url"].startswith("https:")
    personas = {gateways.AJUSTES[tipo]: registro for tipo, registro in gateways.registros(ajustes).items()}
    empresas = gateways.registro_de_empresas(ajustes)
    for ajuste, registro in (personas | ({gateways.AJUSTE_RUC: empresas} if empresas else {})).items():
        ficticio = isinstance(registro, PadronFicticio) and publico
        nivel, nota = (AVISO, ", que no es real, y la dirección es pública") if ficticio else (OK, "")
        yield Hallazgo(nivel, "identidad", f"{ajuste} pregunta a {registro.nombre}{nota}")
    if isinstance(empresas, PadronReducido):
        yield _de_padron(ajustes)


def _de_padron(ajustes: Ajustes) -> Hallazgo:
    """SUNAT publishes a new file every day, and companies open, close and move."""
    edad = ahora() - indice_padron.estado(archivo_del_indice(ajustes)).fuente_del
    nivel, nota = (AVISO, ": importe uno nuevo") if edad > _PADRON_AVISO else (OK, "")
    return Hallazgo(nivel, "padrón", f"el archivo de la SUNAT es de hace {edad.days} días{nota}")


def de_permisos(ajustes: Ajustes) -> Iterator[Hallazgo]:
    """Who may read the secrets and the data."""
    archivos = [archivo for ajuste, archivo in archivos_de_secretos(ajustes) if ajuste != "mail.ca_archivo"]
    uri = urlsplit(ajustes["zodbconn.uri"])
    archivos += [Path(uri.path)] if uri.scheme == "file" else []
    abiertos = [archivo for archivo in archivos if archivo.exists() and not reservado(archivo)]
    yield from (Hallazgo(AVISO, "permisos", f"otros pueden leer {archivo}: chmod 600") for archivo in abiertos)
    if not abiertos:
        yield Hallazgo(OK, "permisos", "secretos y datos, solo para su dueño")


def de_disco(ajustes: Ajustes) -> Iterator[Hallazgo]:
    """The folders of the settings and those of the blobs: they are there, can be written to, and have room."""
    for carpeta in carpetas(ajustes) + [blobs for blobs in carpetas_de_blobs(ajustes) if blobs.exists()]:
        if not carpeta.is_dir():
            yield Hallazgo(ERROR, "disco", f"no existe {carpeta}: ejecute «casilla iniciar»")
        elif not _se_escribe(carpeta):
            yield Hallazgo(ERROR, "disco", f"no se puede escribir en {carpeta}")
        else:
            libre = shutil.disk_usage(carpeta).free
            nivel = ERROR if libre < _DISCO_ERROR else AVISO if libre < _DISCO_AVISO else OK
            yield Hallazgo(nivel, "disco", f"{libre / (1 << 30):.1f} GiB libres en {carpeta}")


def _se_escribe(carpeta: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=carpeta) as archivo:
            archivo.write(b"casilla")
    except OSError:
        return False
    return True


def de_feriados() -> Iterator[Hallazgo]:
    """The days that terms do not count."""
    anio = ahora().year
    for cual in (anio, anio + 1):
        if not feriados(cual):
            yield Hallazgo(ERROR, "feriados", f"no hay feriados de {cual}: actualice el paquete holidays")
            return
    yield Hallazgo(OK, "feriados", f"hasta {anio + 1}")


def de_correo(ajustes: Ajustes) -> Iterator[Hallazgo]:
    """Whether there is somebody to take a letter; none is sent."""
    try:
        via = transporte(ajustes)
    except ValueError:
        return
    if isinstance(via, Smtp):
        yield _de_smtp(via)
    elif isinstance(via, Carpeta) and via.ruta.is_dir():
        yield Hallazgo(OK, "correo", f"los correos se guardan en {via.ruta}")


def _de_smtp(via: Smtp) -> Hallazgo:
    """Connection, TLS and EHLO, no more: a wrong password tried too often can lock an account."""
    try:
        via.saludar(_ESPERA).quit()
    except OSError as error:
        return Hallazgo(ERROR, "correo", f"{via.host}:{via.port} no atiende ({error})")
    return Hallazgo(OK, "correo", f"{via.host}:{via.port} atiende")


def de_antivirus(ajustes: Ajustes) -> Iterator[Hallazgo]:
    """Whether it answers; without it nothing is deposited."""
    try:
        antivirus = Clamd.desde_ajustes(ajustes)
        if antivirus:
            antivirus.atiende()
            yield Hallazgo(OK, "antivirus", f"{ajustes[AJUSTE]} atiende")
    except ValueError:
        return
    except NoResponde as error:
        yield Hallazgo(ERROR, "antivirus", f"{ajustes[AJUSTE]}: {error.motivo}; no se recibirá ningún documento")


def de_escritura(db: DB, hacer: Hacer) -> Hallazgo:
    """The store takes a commit: its root is written again as it is."""
    if db.storage.isReadOnly():
        return Hallazgo(AVISO, "almacén", "lo tiene abierto otro proceso, tal vez el servidor; se leyó sin escribir")
    try:
        hacer(_tocar)
    except Exception as error:
        return Hallazgo(ERROR, "almacén", f"no admite escrituras ({type(error).__name__}: {error})")
    return Hallazgo(OK, "almacén", f"abre y escribe ({type(db.storage).__name__})")


def _tocar(raiz: Any) -> None:
    raiz._p_changed = True


def de_reloj(db: DB) -> Iterator[Hallazgo]:
    """This machine's clock is not behind the last transaction, and somebody keeps it right."""
    ultima = TimeStamp(db.lastTransaction()).timeTime()
    atras = ultima - ahora().timestamp()
    if atras > 5:
        yield Hallazgo(ERROR, "reloj", f"está {atras:.0f} s detrás de la última transacción")
    else:
        yield Hallazgo(OK, "reloj", f"va después de la última transacción, de hace {max(-atras, 0):.0f} s")
    margen = reloj.margen()
    if margen is None:
        yield Hallazgo(AVISO, "reloj", "el sistema operativo no dice que alguien lo ajuste: active chrony u otro NTP")
    else:
        nivel = AVISO if margen > _RELOJ_AVISO else OK
        yield Hallazgo(nivel, "reloj", f"lo ajusta un servidor de hora; a lo más está a {margen.total_seconds():.3f} s")


def de_sitio(raiz: Mapping[str, Any]) -> Iterator[Hallazgo]:
    """What is in the store: the site, its steps, its queue of letters."""
    sitio = raiz.get(RAIZ)
    if sitio is None:
        yield Hallazgo(ERROR, "almacén", "está vacío: ejecute «casilla iniciar»")
        return
    pendientes = evolve.pendientes(sitio)
    if pendientes:
        yield Hallazgo(ERROR, "pasos", f"pendientes: {', '.join(pendientes)}; ejecute «casilla evolucionar»")
        return
    yield Hallazgo(OK, "pasos", "ninguno pendiente")
    yield from _de_calendario(sitio)
    cuantas, desde = atraso(sitio)
    if desde is None:
        yield Hallazgo(OK, "cola", "sin cartas por enviar")
        return
    espera = ahora() - desde
    nivel = ERROR if espera > _COLA_ERROR else AVISO if espera > _COLA_AVISO else OK
    yield Hallazgo(
        nivel, "cola", f"cartas por enviar: {cuantas}; la más antigua espera hace {espera.total_seconds() / 60:.0f} min"
    )


def _de_calendario(sitio: Any) -> Iterator[Hallazgo]:
    """The days without business for the public sector are declared each year anew."""
    propios, anio = calendario_al(sitio, None).no_laborables, ahora().year
    if propios and max(propios).year < anio:
        yield Hallazgo(AVISO, "calendario", f"no tiene ningún día no laborable de {anio}: lo edita /admin/calendario")
