"""Whom we ask: the registers that know who a person is, each chosen by dotted name in the ini."""

from pkgutil import resolve_name

from casilla.gateways.protocolo import Ajustes, RegistroDePersonas

AJUSTES = {"1": "casilla.identidad.dni", "4": "casilla.identidad.ce", "8": "casilla.identidad.ruc"}
"""The institution's code of a document type, and the setting that names its register."""


def registros(settings: Ajustes) -> dict[str, RegistroDePersonas]:
    """The register to ask for each document type, made from the settings.

    A type without its setting is one that this institution cannot check: it has no register here. Only the DNI's is
    required. Raises ValueError, naming the setting, for a dotted name that cannot be loaded or a register that cannot
    be made.
    """
    if not settings.get(AJUSTES["1"]):
        raise ValueError(f"falta el ajuste {AJUSTES['1']}: el registro que responde por el DNI")
    return {tipo: _registro(settings, clave) for tipo, clave in AJUSTES.items() if settings.get(clave)}


def _registro(settings: Ajustes, clave: str) -> RegistroDePersonas:
    nombre = str(settings[clave]).strip()
    try:
        hacer = resolve_name(nombre).desde_ajustes
    except (ImportError, AttributeError, ValueError) as error:
        raise ValueError(f"{clave}: no se puede cargar «{nombre}» ({error})") from error
    registro: RegistroDePersonas = hacer(settings)
    return registro
