"""The settings looked at all together: who starts the application learns at once everything that is missing."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pyramid.config import Configurator

from casilla import gateways
from casilla.buscadas import se_cuentan
from casilla.gateways.clamd import Clamd
from casilla.gateways.padron import AJUSTE
from casilla.mail.transporte import transporte
from casilla.redes import redes_de_admin, redes_de_metricas
from casilla.request import leer_secreto

Ajustes = Mapping[str, Any]

_NUMEROS = (
    "casilla.max_documento",
    "casilla.max_anexos_total",
    "casilla.max_lote",
    "casilla.api_por_minuto",
    "casilla.exportar_en_segundo_plano",
    "casilla.exportaciones_dias",
    "casilla.sesion_minutos",
    "casilla.admin_sesion_minutos",
    "casilla.bcrypt_costo",
    "casilla.intentos_por_usuario",
    "casilla.intentos_por_direccion",
    "casilla.intentos_minutos",
)


def lugar_del_cartero(ajustes: Ajustes) -> str:
    """Where letters are sent from: "hilo", a thread of the web server, or "aparte". Raises ValueError."""
    lugar = ajustes.get("casilla.cartero") or "hilo"
    if lugar not in ("hilo", "aparte"):
        raise ValueError(f"casilla.cartero: {lugar!r} no es hilo ni aparte")
    return lugar


_PRUEBAS: tuple[Callable[[Any], Any], ...] = (
    leer_secreto,
    gateways.registros,
    gateways.registro_de_empresas,
    gateways.mensajero,
    transporte,
    lugar_del_cartero,
    se_cuentan,
    Clamd.desde_ajustes,
    redes_de_admin,
    redes_de_metricas,
)


def fallas(ajustes: Ajustes) -> list[str]:
    """What keeps the application from starting, a line each; every file of a secret that cannot be read is named."""
    dichas = [*_errores(ajustes), *_mal_escritos(ajustes)]
    nombradas = " ".join(dichas)
    dichas += [
        f"{ajuste}: no se puede leer {archivo}"
        for ajuste, archivo in archivos_de_secretos(ajustes)
        if ajuste not in nombradas and not os.access(archivo, os.R_OK)
    ]
    if _falta_clave_de_postgres(ajustes.get("zodbconn.uri") or ""):
        dichas.append("zodbconn.uri: falta la contraseña de PostgreSQL, en PGPASSFILE, PGPASSWORD o ~/.pgpass")
    return dichas


def archivos_de_secretos(ajustes: Ajustes) -> list[tuple[str, Path]]:
    """Each setting that names a file of ours to be kept from others, and the file. What SUNAT publishes is none."""
    return [
        (ajuste, Path(archivo))
        for ajuste, archivo in sorted(ajustes.items())
        if ajuste.endswith("_archivo") and ajuste.startswith(("casilla.", "mail.")) and archivo and ajuste != AJUSTE
    ]


def _errores(ajustes: Ajustes) -> Iterator[str]:
    for prueba in _PRUEBAS:
        try:
            prueba(ajustes)
        except ValueError as error:
            yield str(error)


def _mal_escritos(ajustes: Ajustes) -> Iterator[str]:
    for ajuste in _NUMEROS:
        if not re.fullmatch(r"\s*[1-9]\d{0,17}\s*", str(ajustes.get(ajuste, 1)), re.ASCII):
            yield f"{ajuste}: {ajustes[ajuste]!r} no es un número entero mayor que cero"
    espera = str(ajustes.get("casilla.espera_tras_correccion", 24))
    if not re.fullmatch(r"\s*\d{1,3}\s*", espera, re.ASCII):
        yield f"casilla.espera_tras_correccion: {espera!r} no es un número de horas, de 0 a 999"
    url = ajustes.get("casilla.url", "http://127.0.0.1")
    if not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", url):
        yield f"casilla.url: {url!r} no es una dirección http o https sin parámetros"


def _falta_clave_de_postgres(uri: str) -> bool:
    """An address that leaves the password empty (``user:@host``) means: libpq knows it from elsewhere."""
    if not uri.startswith("postgres://") or urlsplit(uri).password != "":
        return False
    archivo = Path(os.environ.get("PGPASSFILE") or Path.home() / ".pgpass")
    return not os.environ.get("PGPASSWORD") and not os.access(archivo, os.R_OK)


def includeme(config: Configurator) -> None:
    """Raises ValueError with everything that is missing, before anything is opened."""
    halladas = fallas(config.get_settings())
    if halladas:
        raise ValueError("no se puede arrancar con estos ajustes:\n- " + "\n- ".join(halladas))
