"""What may be said of a deposit, whichever door it comes by: from the API's JSON to the envelope that the act takes.

The OpenAPI description checks the shape; here are its words and the rest.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from stdnum.pe import ruc

from casilla.services.deposito import Sobre

# Two honest clocks may differ by so much.
_TOLERANCIA = timedelta(minutes=5)
# No file of ours is older, and the first days of the year 1 have no hour on Lima's clock: a page could not show them.
_PRIMER_ANO = 1900
_ANTERIOR = f"es anterior al año {_PRIMER_ANO}"
_MOTIVOS = {
    "type": "no es del tipo esperado",
    "enum": "no es uno de los valores admitidos",
    "pattern": "está vacío o tiene caracteres que no se admiten",
    "maxLength": "es demasiado largo",
    "minimum": "es demasiado pequeño",
    "maximum": "es demasiado grande",
}


class DatosInvalidos(Exception):
    """What was sent is not as described; ``errores``: tuples ``(campo, motivo)``."""

    def __init__(self, *errores: tuple[str, str]) -> None:
        super().__init__(errores)
        self.errores = errores


@cache
def openapi() -> dict[str, Any]:
    """The committed description."""
    return json.loads((files("casilla") / "api" / "openapi.json").read_text("utf-8"))


def sobre_de(datos: Any, ahora: datetime) -> Sobre:
    """The envelope that the JSON describes. Raises DatosInvalidos with every error found."""
    errores = _faltas("Notificacion", datos)
    bien = _Bien(datos, errores)
    fechas = {campo: _momento(bien, campo, ahora, errores) for campo in ("documento.fecha", "fecha_emision")}
    fecha_expediente = _dia(bien, "expediente.fecha", ahora, errores)
    tipo_documento, numero = bien["destinatario.tipo_documento"], bien["destinatario.numero"]
    if tipo_documento is not None and numero is not None and not documento_valido(tipo_documento, numero):
        errores.append(("destinatario.numero", "no es un número válido para su tipo de documento"))
    if errores:
        raise DatosInvalidos(*errores)
    documento, remitente = datos["documento"], datos["remitente"]
    return Sobre(
        destinatario=f"{tipo_documento}-{numero}",
        expediente=datos["expediente"]["numero"],
        fecha_expediente=fecha_expediente,
        tipo=documento["tipo"],
        numero=documento["numero"],
        asunto=documento["asunto"],
        fecha=fechas["documento.fecha"],
        dependencia=remitente["dependencia"],
        firmado_por=remitente["firmado_por"],
        elaborado_por=remitente["elaborado_por"],
        fecha_emision=fechas["fecha_emision"],
        plazo=int(datos.get("plazo_dias_habiles", 0)),  # JSON may write 15 as 15.0
    )


def validar(esquema: str, datos: Any) -> None:
    """Hold the data against a schema of the description, by its name. Raises DatosInvalidos."""
    if errores := _faltas(esquema, datos):
        raise DatosInvalidos(*errores)


def _faltas(esquema: str, datos: Any) -> list[tuple[str, str]]:
    return [error for e in _validador(esquema).iter_errors(datos) for error in _errores(e)]


@cache
def _validador(esquema: str) -> Draft202012Validator:
    return Draft202012Validator(openapi()["components"]["schemas"][esquema])


def _errores(error: ValidationError) -> Iterator[tuple[str, str]]:
    """A validator's error in our words, one for each field."""
    camino = [str(p) for p in error.absolute_path]
    if error.validator == "required":
        yield ".".join([*camino, error.message.split("'")[1]]), "falta"
    elif error.validator == "additionalProperties":
        for nombre in sorted(set(error.instance) - set(error.schema["properties"])):
            yield ".".join([*camino, nombre[:100]]), "este campo no se conoce"
    else:
        yield ".".join(camino) or "notificacion", _MOTIVOS[str(error.validator)]


class _Bien:
    """The texts of a JSON by their field, None for what the schema found fault with: one complaint is enough."""

    def __init__(self, datos: Any, errores: list[tuple[str, str]]) -> None:
        self.datos = datos
        self.con_falta = {campo for campo, _ in errores}

    def __getitem__(self, campo: str) -> str | None:
        valor, camino = self.datos, ""
        for nombre in campo.split("."):
            camino = f"{camino}.{nombre}".removeprefix(".")
            if camino in self.con_falta or not isinstance(valor, dict):
                return None
            valor = valor[nombre]
        return valor


def _dia(bien: _Bien, campo: str, ahora: datetime, errores: list[tuple[str, str]]) -> Any:
    texto = bien[campo]
    if texto is None:
        return None
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", texto, re.ASCII):
            raise ValueError
        dia = date.fromisoformat(texto)
    except ValueError:
        errores.append((campo, "no es una fecha AAAA-MM-DD que exista"))
        return None
    if dia.year < _PRIMER_ANO:
        errores.append((campo, _ANTERIOR))
    if dia > (ahora + _TOLERANCIA - timedelta(hours=5)).date():
        errores.append((campo, "es una fecha futura"))
    return dia


def _momento(bien: _Bien, campo: str, ahora: datetime, errores: list[tuple[str, str]]) -> Any:
    texto = bien[campo]
    if texto is None:
        return None
    try:
        momento = datetime.fromisoformat(texto)
        if momento.tzinfo is None:
            raise ValueError
        momento = momento.astimezone(UTC)
    except (ValueError, OverflowError):
        errores.append((campo, "no es una fecha y hora ISO 8601 con desplazamiento, como 2025-01-16T10:34:27-05:00"))
        return None
    if momento.year < _PRIMER_ANO:
        errores.append((campo, _ANTERIOR))
    if momento > ahora + _TOLERANCIA:
        errores.append((campo, "es una fecha futura"))
    return momento


def documento_valido(tipo: str, numero: str) -> bool:
    """DNI: 8 digits; carné de extranjería: 8 to 12 letters or digits; RUC: 11 digits with their check digit."""
    if tipo == "8":
        return re.fullmatch(r"\d{11}", numero, re.ASCII) is not None and ruc.is_valid(numero)
    return re.fullmatch(r"\d{8}" if tipo == "1" else r"[0-9A-Z]{8,12}", numero, re.ASCII) is not None
