"""``casilla demo``: fictitious people, documents deposited through the API, and the server that shows them."""

import _thread
import hmac
import json
import signal
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

import click
import requests
import waitress
from paste.deploy.loadwsgi import SERVER, loadcontext
from pyramid.paster import get_app
from ZODB import DB

from casilla.gateways.ficticio import PadronFicticio
from casilla.resources.sitio import Sitio
from casilla.scripts.entorno import Entorno, ahora, barra, con_entorno, en_el_sitio
from casilla.scripts.iniciar import preparar
from casilla.scripts.muestras import Muestra, muestras
from casilla.scripts.oficina import Puesto, emplear, puestos
from casilla.scripts.reparto import Cartero
from casilla.scripts.vecinos import CLAVE, POR_REGISTRAR, VECINOS, Vecino, poblar, temporales
from casilla.services import ubigeo
from casilla.services.claves_api import emitir, huella_de_clave
from casilla.services.lectura import leer

REMITENTE = "sgd-demo"
_ESPERA = 60  # seconds for the answer to one deposit
_REPETIDO_DE_OTRA_VERSION = 409


@click.command(options_metavar="[OPCIONES]")
@con_entorno
def demo(entorno: Entorno) -> None:
    """Mostrar el sistema con personas ficticias y documentos de ejemplo.

    Prepara el almacén, registra a las personas, levanta el servidor, deposita los documentos por su API y sigue
    atendiendo hasta Ctrl-C. Si se repite, conserva lo que había. Solo funciona con el padrón ficticio.
    """
    if not entorno.ajustes.get("casilla.identidad.dni", "").endswith(f".{PadronFicticio.__name__}"):
        raise click.ClickException("la demostración solo funciona con el padrón ficticio (casilla.identidad.dni)")
    preparar(entorno)
    with entorno.almacen() as db:
        cartero = Cartero.desde_ajustes(entorno.ajustes, db)
        click.echo("Registrando a las personas ficticias…")
        costo = int(entorno.ajustes.get("casilla.bcrypt_costo", 12))
        poblar(cartero, costo)
        secreto = urlsafe_b64encode(hmac.digest(cartero.secreto, b"clave-api demo", "sha256")).decode().rstrip("=")
        with en_el_sitio(db) as hacer:
            base = hacer(lambda sitio: _tener_clave(sitio, secreto))
            sin_estrenar = hacer(lambda sitio: temporales(sitio, cartero.secreto))
            hacer(lambda sitio: emplear(sitio, cartero.secreto, costo))
            personal = hacer(lambda sitio: list(puestos(sitio, cartero.secreto)))
    claves = dict.fromkeys((vecino.documento for vecino in VECINOS), CLAVE) | sin_estrenar
    _servir(entorno, f"{REMITENTE}.{secreto}", base, claves, personal)


def _tener_clave(sitio: Sitio, secreto: str) -> datetime:
    """Derived from the site's secret, so that a second run knows it too; returns when it was made."""
    remitente = sitio.claves.get(REMITENTE)
    if remitente is None or not remitente.vigente(huella_de_clave(secreto)):
        emitir(sitio, REMITENTE, "demo", secreto, ahora())
    return sitio.claves[REMITENTE].emitidas[0][2]


def _servir(
    entorno: Entorno, clave_api: str, base: datetime, claves: Mapping[str, str], personal: list[Puesto]
) -> None:
    """The server in this thread, so that Ctrl-C ends it in order; meanwhile another one deposits through it."""
    fallas: list[Exception] = []
    with _aplicacion(entorno.ini) as aplicacion:
        servidor = _servidor(entorno.ini, aplicacion)
        url = f"http://{servidor.effective_host}:{servidor.effective_port}"

        def trabajar() -> None:
            try:
                almacen = aplicacion.registry._zodb_databases[""]
                _depositar(f"{url}/api/v1/notificaciones", clave_api, list(muestras(base)), almacen)
                _contar(entorno, url, clave_api, claves, personal)
            except Exception as error:
                fallas.append(error)
                _thread.interrupt_main()

        signal.signal(signal.SIGTERM, signal.default_int_handler)
        Thread(target=trabajar, name="demo", daemon=True).start()
        servidor.run()
    if fallas:
        raise click.ClickException(f"la demostración no se pudo completar: {fallas[0]}")
    click.echo("Servidor detenido. Los datos quedan guardados para la próxima vez.")


@contextmanager
def _aplicacion(ini: str) -> Iterator[Any]:
    """The application; at the end its cartero stops and its store is closed."""
    try:
        aplicacion: Any = get_app(ini)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    try:
        yield aplicacion
    finally:
        if hilo := getattr(aplicacion.registry, "cartero", None):
            hilo.parar()
        aplicacion.registry._zodb_databases[""].close()


def _servidor(ini: str, aplicacion: Any) -> Any:
    """The server of the ini's ``[server:main]``, which listens already."""
    ajustes = loadcontext(SERVER, f"config:{Path(ini).resolve()}", name="main").local_conf
    try:
        return waitress.create_server(aplicacion, **ajustes)
    except OSError as error:
        raise click.ClickException(f"no se puede levantar el servidor: {error}") from error


def _depositar(url: str, clave_api: str, documentos: list[Muestra], almacen: DB) -> None:
    with barra(len(documentos), "Depositando documentos") as avance, en_el_sitio(almacen) as hacer:
        for muestra in documentos:
            codigo = _enviar(url, clave_api, muestra)
            if codigo and muestra.leida:
                hacer(partial(_leer, codigo=codigo))
            avance.update(1)


def _enviar(url: str, clave_api: str, muestra: Muestra) -> str | None:
    """Deposit it, as the SGD would; returns its code. None: a former version deposited it, a little different."""
    respuesta = requests.post(
        url,
        headers={"Authorization": f"Bearer {clave_api}", "Idempotency-Key": muestra.clave},
        files=[
            ("notificacion", (None, json.dumps(muestra.sobre), "application/json")),
            ("documento", (f"{muestra.clave}.pdf", muestra.documento, "application/pdf")),
            *(("anexo", (nombre, contenido, tipo)) for nombre, tipo, contenido in muestra.anexos),
        ],
        timeout=_ESPERA,
    )
    if respuesta.status_code == _REPETIDO_DE_OTRA_VERSION:
        return None
    if not respuesta.ok:
        raise click.ClickException(f"{muestra.clave}: {respuesta.status_code} {respuesta.text}")
    return respuesta.json()["codigo"]


def _leer(sitio: Sitio, codigo: str) -> None:
    notificacion = sitio.registro[codigo]
    leer(sitio, notificacion, actor=notificacion.__parent__.persona.documento, ahora=ahora())


def _contar(entorno: Entorno, url: str, clave_api: str, claves: Mapping[str, str], personal: list[Puesto]) -> None:
    """What the visitor needs to know."""
    ficticio = PadronFicticio.desde_ajustes()
    padron = ficticio.personas
    click.echo(f"\nSistema de Notificaciones Electrónicas: {url}\n\nUsuarios y contraseñas:")
    for vecino in VECINOS:
        nota = ", temporal: pedirá cambiarla" if claves[vecino.documento] != CLAVE else ""
        click.echo(f"  {vecino.documento:14} {claves[vecino.documento]:16} {_nombre(ficticio, vecino)}{nota}")
    click.echo("\nPara probar el registro:")
    for numero in POR_REGISTRAR:
        p = padron[numero]
        click.echo(
            f"  DNI {numero}, CUI {p.digito_verificacion}, {p.nombres}, {p.apellido_paterno}, {p.apellido_materno}, "
            f"nació el {p.fecha_nacimiento:%d/%m/%Y}, sexo {p.sexo}, emisión {p.fecha_emision:%d/%m/%Y}"
        )
    ruc, empresa = next(iter(ficticio.empresas.items()))
    click.echo(f"  RUC {ruc}, {empresa.razon_social}, distrito {ubigeo.nombre(empresa.ubigeo or '')}")
    _contar_del_modulo(url, personal)
    click.echo(f"\nAPI: {url}/api/v1/docs\n  Clave: {clave_api}")
    click.echo(f"\nCorreos, un archivo .eml cada uno: {entorno.ajustes.get('casilla.correo_carpeta', '')}")
    click.echo("\nCtrl-C termina; al repetir la orden, todo sigue ahí.")


def _contar_del_modulo(url: str, personal: list[Puesto]) -> None:
    """How to come in by two factors without a telephone."""
    click.echo(f"\nMódulo del administrador: {url}/admin\n  Contraseña de todas las cuentas: {CLAVE}")
    click.echo("  Cuando pida el código, escriba uno de respaldo (cada uno sirve una vez), o agregue la clave secreta")
    click.echo("  a una aplicación de autenticación y escriba el código que muestre:")
    for puesto in personal:
        respaldos = " ".join(f"{codigo[:5]}-{codigo[5:]}" for codigo in puesto.respaldos)
        click.echo(f"  {puesto.usuario:14} respaldo {respaldos}   clave {puesto.semilla}")


def _nombre(padron: PadronFicticio, vecino: Vecino) -> str:
    if vecino.es_empresa:
        return padron.empresas[vecino.numero].razon_social
    persona = padron.personas[vecino.numero]
    return f"{persona.nombres} {persona.apellido_paterno}"
