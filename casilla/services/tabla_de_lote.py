"""The table of a bulk: a CSV as spreadsheets save it in Peru, read into what the API's JSON would say of each row."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import StringIO

from casilla.services.documentos import DocumentoInvalido
from casilla.services.horas import LIMA
from casilla.services.palabras import plegar

MAXIMO_FILAS = 20_000
MAXIMO_TABLA = 10 << 20  # bytes
# Annexes within their cell; none of the two can be part of a file's name in Windows.
SEPARADOR = "|"
# Of the template and of the report: what Excel opens in columns where the comma is for decimals.
SEPARADOR_DE_COLUMNAS = ";"
ARCHIVO, ANEXOS = "archivo", "anexos"


@dataclass(frozen=True)
class Columna:
    """``camino``: the dotted name in the API's JSON, "" for what is not said there; ``ayuda``, for people."""

    nombre: str
    camino: str
    ayuda: str
    ejemplo: str
    obligatoria: bool = True


COLUMNAS = (
    Columna("tipo_documento", "destinatario.tipo_documento", "DNI, CE o RUC", "DNI"),
    Columna("numero_documento", "destinatario.numero", "Con sus ceros: dé formato de texto a la columna", "40000001"),
    Columna("expediente", "expediente.numero", "Número de Expediente", "OGT002026000009"),
    Columna("fecha_expediente", "expediente.fecha", "DD/MM/AAAA o AAAA-MM-DD", "16/01/2026"),
    Columna("tipo", "documento.tipo", "Tipo de documento", "CARTA"),
    Columna("numero", "documento.numero", "Completo, con año y siglas", "000009-2026-OGTI"),
    Columna("asunto", "documento.asunto", "Lo que la persona lee en su bandeja", "Respuesta a su solicitud"),
    Columna("fecha", "documento.fecha", "DD/MM/AAAA o AAAA-MM-DD; puede llevar la hora, HH:MM", "16/01/2026 10:34"),
    Columna(
        "dependencia",
        "remitente.dependencia",
        "Una de las suyas; vacía, si solo tiene una",
        "",
        obligatoria=False,
    ),
    Columna("firmado_por", "remitente.firmado_por", "Quien firma", "NOMBRES Y APELLIDOS"),
    Columna("elaborado_por", "remitente.elaborado_por", "Quien elabora", "NOMBRES Y APELLIDOS"),
    Columna("fecha_emision", "fecha_emision", "Vacía, si es la del documento", "", obligatoria=False),
    Columna("plazo_dias_habiles", "plazo_dias_habiles", "Vacía, si no señala un plazo", "15", obligatoria=False),
    Columna(ARCHIVO, "", "El nombre del PDF dentro del ZIP", "CARTA-000009.pdf"),
    Columna(ANEXOS, "", f"Los nombres de los anexos, separados por {SEPARADOR}", "", obligatoria=False),
)
_CAMINOS = {columna.nombre: columna.camino for columna in COLUMNAS}
_COLUMNAS = {columna.camino: columna.nombre for columna in COLUMNAS if columna.camino}
_TIPOS = {"dni": "1", "ce": "4", "ruc": "8"}
_FORMATOS = ("%Y-%m-%d", "%d/%m/%Y")
_HORAS = ("", " %H:%M", " %H:%M:%S", "T%H:%M", "T%H:%M:%S")


@dataclass(frozen=True)
class FilaDeLote:
    """A row: its number as the spreadsheet shows it (the head is 1), and its cells by column, trimmed.

    ``sobran``: the cells beyond those of the head, often empty: one separator too many moves all that follow it.
    """

    numero: int
    celdas: Mapping[str, str]
    sobran: tuple[str, ...] = ()

    @property
    def anexos(self) -> list[str]:
        return [nombre.strip() for nombre in self.celdas[ANEXOS].split(SEPARADOR) if nombre.strip()]


def leer_tabla(contenido: bytes) -> list[FilaDeLote]:
    """The rows that are not blank. UTF-8 or Windows-1252, separated by ; or , or tabs, whatever the order of columns.

    Raises DocumentoInvalido, in words for whoever made it.
    """
    texto = _texto(contenido)
    cabeza = texto.split("\n", 1)[0]
    separador = max(";,\t", key=cabeza.count)
    try:
        crudas = list(csv.reader(StringIO(texto, newline=""), delimiter=separador, strict=True))
    except csv.Error as error:
        raise DocumentoInvalido("hay comillas sin cerrar o el archivo no es un CSV") from error
    if not crudas:
        raise DocumentoInvalido("la tabla está vacía")
    nombres = _nombres(crudas[0])
    filas = list(_filas(nombres, len(crudas[0]), crudas[1:]))
    if not filas:
        raise DocumentoInvalido("la tabla no tiene filas")
    if len(filas) > MAXIMO_FILAS:
        raise DocumentoInvalido(f"la tabla tiene {len(filas)} filas y un lote lleva {MAXIMO_FILAS} como máximo")
    return filas


def _texto(contenido: bytes) -> str:
    if b"\0" in contenido:
        raise DocumentoInvalido("no es un CSV: guarde la hoja como «CSV UTF-8 (delimitado por comas)»")
    try:
        return contenido.decode("utf-8-sig")
    except UnicodeDecodeError:
        return contenido.decode("cp1252", "replace")


def _nombres(cabeza: list[str]) -> list[str]:
    """Of the columns as they stand in the table. Raises DocumentoInvalido for one that is missing, unknown or twice."""
    nombres = [plegar(nombre).replace(" ", "_") for nombre in cabeza]
    while nombres and not nombres[-1]:
        nombres.pop()
    faltan = [c.nombre for c in COLUMNAS if c.obligatoria and c.nombre not in nombres]
    ajenas = [nombre or "(sin nombre)" for nombre in nombres if nombre not in _CAMINOS]
    repetidas = [nombre for nombre in _CAMINOS if nombres.count(nombre) > 1]
    for rotulo, halladas in (("faltan", faltan), ("no se conocen", ajenas), ("están repetidas", repetidas)):
        if halladas:
            raise DocumentoInvalido(f"la primera fila debe nombrar las columnas; {rotulo}: {', '.join(halladas[:20])}")
    return nombres


def _filas(nombres: list[str], ancho: int, crudas: list[list[str]]) -> Iterator[FilaDeLote]:
    vacias = dict.fromkeys(_CAMINOS, "")
    for numero, celdas in enumerate(crudas, 2):
        dichas = dict(zip(nombres, (" ".join(celda.split()) for celda in celdas), strict=False))
        if any(dichas.values()):
            yield FilaDeLote(numero, vacias | dichas, tuple(celda.strip() for celda in celdas[ancho:]))


def dicho_de(fila: FilaDeLote, dependencias: tuple[str, ...]) -> dict[str, str]:
    """What the row says, by the dotted names of the API's JSON; a cell that cannot be read stays as it was typed."""
    celdas = dict(fila.celdas)
    celdas["tipo_documento"] = _TIPOS.get(plegar(celdas["tipo_documento"]), celdas["tipo_documento"])
    celdas["numero_documento"] = re.sub(r"[\s.-]", "", celdas["numero_documento"]).upper()
    celdas["fecha_emision"] = celdas["fecha_emision"] or celdas["fecha"]
    if len(dependencias) == 1:
        celdas["dependencia"] = celdas["dependencia"] or dependencias[0]
    for nombre in ("fecha", "fecha_emision", "fecha_expediente"):
        momento = _momento(celdas[nombre])
        if momento:
            celdas[nombre] = momento.date().isoformat() if nombre == "fecha_expediente" else momento.isoformat()
    return {camino: celdas[nombre] for nombre, camino in _CAMINOS.items() if camino and celdas[nombre]}


@lru_cache(maxsize=1024)  # rows share their dates, and trying the formats costs as much as the other rules together
def _momento(texto: str) -> datetime | None:
    for formato in (f"{dia}{hora}" for dia in _FORMATOS for hora in _HORAS):
        try:
            return datetime.strptime(texto, formato).replace(tzinfo=LIMA)
        except ValueError:
            continue
    return None


def columna_de(camino: str) -> str:
    """The column of a dotted name; the name itself when no column has it."""
    return _COLUMNAS.get(camino, camino)


def motivo_de(columna: str, motivo: str, fila: FilaDeLote) -> str:
    """An error of the rules in words for who fills in a table."""
    celda = fila.celdas.get(columna, "")
    if columna.startswith("fecha") and motivo.startswith("no es una fecha"):
        return "no es una fecha que exista, como 16/01/2026"
    if columna == "plazo_dias_habiles" and celda:
        return "no es un número de días: escriba uno de 1 a 3650, o deje la celda vacía"
    if columna == "numero_documento" and celda.isdigit() and len(celda) < 8:
        return f"{motivo}: tiene {len(celda)} cifras; tal vez la hoja de cálculo quitó los ceros del comienzo"
    return motivo if celda else "falta"


def plantilla() -> bytes:
    """An example to fill in, as the spreadsheets of Peru open it."""
    salida = StringIO(newline="")
    hoja = csv.writer(salida, delimiter=SEPARADOR_DE_COLUMNAS, lineterminator="\r\n")
    hoja.writerow([columna.nombre for columna in COLUMNAS])
    hoja.writerow([columna.ejemplo for columna in COLUMNAS])
    return salida.getvalue().encode("utf-8-sig")
