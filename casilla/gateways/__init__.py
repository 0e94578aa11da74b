"""Whom we ask: the registers that know who somebody is, who carries text messages; each chosen by dotted name."""

from pkgutil import resolve_name
from typing import Any

from casilla.gateways import sms
from casilla.gateways.protocolo import Ajustes, RegistroDeEmpresas, RegistroDePersonas

AJUSTES = {"1": "casilla.identidad.dni", "4": "casilla.identidad.ce"}
"""The institution's code of a person's document type, and the setting that names its register."""

AJUSTE_RUC = "casilla.identidad.ruc"


def registros(settings: Ajustes) -> dict[str, RegistroDePersonas]:
    """The register to ask for each document type of persons, made from the settings.

    A type without its setting is one that this institution cannot check: it has no register here. Only the DNI's is
    required. Raises ValueError, naming the setting, for a dotted name that cannot be loaded or a register that cannot
    be made.
    """
    if not settings.get(AJUSTES["1"]):
        raise ValueError(f"falta el ajuste {AJUSTES['1']}: el registro que responde por el DNI")
    return {
        tipo: _hecho(settings, clave, "consultar", "un registro de personas")
        for tipo, clave in AJUSTES.items()
        if settings.get(clave)
    }


def registro_de_empresas(settings: Ajustes) -> RegistroDeEmpresas | None:
    """Whom to ask about a RUC; None: without its setting this institution opens no casilla for companies.

    Raises as ``registros``.
    """
    if not settings.get(AJUSTE_RUC):
        return None
    registro: RegistroDeEmpresas = _hecho(settings, AJUSTE_RUC, "consultar_empresa", "un registro de empresas")
    return registro


def mensajero(settings: Ajustes) -> sms.Mensajero | None:
    """Who carries text messages; None: without its setting nobody gets any. Raises as ``registros``."""
    if not settings.get(sms.AJUSTE):
        return None
    hecho: sms.Mensajero = _hecho(settings, sms.AJUSTE, "enviar", "quien envía mensajes de texto")
    return hecho


def _hecho(settings: Ajustes, clave: str, metodo: str, que: str) -> Any:
    nombre = str(settings[clave]).strip()
    try:
        clase = resolve_name(nombre)
        hacer = clase.desde_ajustes
    except (ImportError, AttributeError, ValueError) as error:
        raise ValueError(f"{clave}: no se puede cargar «{nombre}» ({error})") from error
    if not hasattr(clase, metodo):
        raise ValueError(f"{clave}: «{nombre}» no es {que}")
    return hacer(settings)
