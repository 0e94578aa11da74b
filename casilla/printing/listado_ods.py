"""The list as a spreadsheet of OpenDocument (ISO/IEC 26300, ODF 1.2), written as it goes: never whole in memory.

Why no library: docs/decisiones/010-exportacion.md.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import IO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from casilla.printing.listado import FECHA, FECHA_HORA, NUMERO, TEXTO, Lista, Valor

TIPO = "application/vnd.oasis.opendocument.spreadsheet"

_ESPACIOS = "urn:oasis:names:tc:opendocument:xmlns:"
_ABRE = 'office:version="1.2" xmlns:ooo="http://openoffice.org/2004/office" ' + " ".join(
    f'xmlns:{corto}="{_ESPACIOS}{largo}"'
    for corto, largo in {
        "office": "office:1.0",
        "table": "table:1.0",
        "text": "text:1.0",
        "style": "style:1.0",
        "number": "datastyle:1.0",
        "fo": "xsl-fo-compatible:1.0",
        "config": "config:1.0",
        "meta": "meta:1.0",
        "manifest": "manifest:1.0",
    }.items()
)
_ENCABEZADO = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ESTILOS = {NUMERO: "numero", TEXTO: "texto", FECHA: "fecha", FECHA_HORA: "fechahora"}
# XML readers join blanks and drop the first and the last; ODF has an element for those that count (6.1.3).
_BLANCO = re.compile("^ | (?= )| $")

_DIA = "<number:day number:style='long'/><number:text>/</number:text><number:month number:style='long'/>"
_FECHA = f"{_DIA}<number:text>/</number:text><number:year number:style='long'/>"
_HORA = (
    "<number:text> </number:text><number:hours number:style='long'/><number:text>:</number:text>"
    "<number:minutes number:style='long'/>"
)
_AUTOMATICOS = (
    "<number:number-style style:name='n0'><number:number number:min-integer-digits='1'/></number:number-style>"
    "<number:text-style style:name='n1'><number:text-content/></number:text-style>"
    f"<number:date-style style:name='n2'>{_FECHA}</number:date-style>"
    f"<number:date-style style:name='n3'>{_FECHA}{_HORA}</number:date-style>"
) + "".join(
    f"<style:style style:name='{estilo}' style:family='table-cell' style:data-style-name='n{n}'/>"
    for n, estilo in enumerate(_ESTILOS.values())
)
_NEGRITA = (
    "<style:style style:name='titulo' style:family='table-cell' style:data-style-name='n1'>"
    "<style:table-cell-properties fo:wrap-option='wrap'/><style:text-properties fo:font-weight='bold'/></style:style>"
)


def escribir(listado: Lista, destino: IO[bytes]) -> None:
    """Write the file: one sheet, the head of its table fixed and repeated on paper."""
    with ZipFile(destino, "w", ZIP_DEFLATED) as paquete:
        # First and plain, so that the file is known by its first bytes (part 3, 3.3).
        paquete.writestr("mimetype", TIPO, ZIP_STORED)
        paquete.writestr("META-INF/manifest.xml", _manifiesto())
        paquete.writestr("meta.xml", _meta(listado))
        paquete.writestr("settings.xml", _vista(listado.hoja, len(listado.encabezado) + 2))
        with paquete.open("content.xml", "w") as contenido:
            for trozo in _contenido(listado):
                contenido.write(trozo.encode())


def _contenido(listado: Lista) -> Iterator[str]:
    anchos = "".join(
        f"<style:style style:name='c{n}' style:family='table-column'>"
        f"<style:table-column-properties style:column-width='{columna.ancho * 0.19:.2f}cm'/></style:style>"
        for n, columna in enumerate(listado.columnas)
    )
    yield f"{_ENCABEZADO}<office:document-content {_ABRE}><office:automatic-styles>{_AUTOMATICOS}{_NEGRITA}{anchos}"
    yield "</office:automatic-styles><office:body><office:spreadsheet>"
    yield f"<table:table table:name={quoteattr(listado.hoja)}>"
    for n in range(len(listado.columnas)):
        yield f"<table:table-column table:style-name='c{n}'/>"
    yield _fila([_texto(listado.titulo, "texto")])
    for linea in listado.encabezado:
        yield _fila([_texto(linea, "texto")])
    titulos = [_texto(columna.titulo, "titulo") for columna in listado.columnas]
    yield f"<table:table-header-rows>{_fila(titulos)}</table:table-header-rows>"
    for valores in listado.valores():
        yield _fila([_celda(columna.clase, valor) for columna, valor in zip(listado.columnas, valores, strict=True)])
    yield "</table:table></office:spreadsheet></office:body></office:document-content>"


def _fila(celdas: list[str]) -> str:
    return f"<table:table-row>{''.join(celdas)}</table:table-row>\n"


def _celda(clase: str, valor: Valor) -> str:
    if valor is None:
        return "<table:table-cell/>"
    if isinstance(valor, str):
        return _texto(valor, _ESTILOS[clase])
    if isinstance(valor, int):
        return _tipada(clase, f"'float' office:value='{valor}'", str(valor))
    dicho = f"{valor:%d/%m/%Y %H:%M}" if isinstance(valor, datetime) else f"{valor:%d/%m/%Y}"
    return _tipada(clase, f"'date' office:date-value='{valor.isoformat()}'", dicho)


def _tipada(clase: str, tipo: str, dicho: str) -> str:
    estilo = f"table:style-name='{_ESTILOS[clase]}'"
    return f"<table:table-cell {estilo} office:value-type={tipo}><text:p>{dicho}</text:p></table:table-cell>"


def _texto(texto: str, estilo: str) -> str:
    """Typed as text, so that nothing in it is ever a formula."""
    atributos = f"table:style-name='{estilo}' office:value-type='string'"
    return (
        f"<table:table-cell {atributos}><text:p>{_BLANCO.sub('<text:s/>', escape(texto))}</text:p></table:table-cell>"
    )


def _manifiesto() -> str:
    partes = {"/": TIPO, "content.xml": "text/xml", "meta.xml": "text/xml", "settings.xml": "text/xml"}
    entradas = "".join(
        f"<manifest:file-entry manifest:full-path={quoteattr(parte)} manifest:media-type={quoteattr(tipo)}/>"
        for parte, tipo in partes.items()
    )
    espacio = f"xmlns:manifest='{_ESPACIOS}manifest:1.0' manifest:version='1.2'"
    return f"{_ENCABEZADO}<manifest:manifest {espacio}>{entradas}</manifest:manifest>"


def _meta(listado: Lista) -> str:
    dublin = "xmlns:dc='http://purl.org/dc/elements/1.1/'"
    return (
        f"{_ENCABEZADO}<office:document-meta {_ABRE} {dublin}><office:meta>"
        f"<dc:title>{escape(listado.titulo)}</dc:title><dc:creator>{escape(listado.institucion)}</dc:creator><dc:language>es-PE</dc:language>"
        "</office:meta></office:document-meta>"
    )


def _vista(hoja: str, fijas: int) -> str:
    """The rows that stay while one scrolls: not in the standard, but so written by LibreOffice and read by all."""
    opciones = {"VerticalSplitMode": ("short", 2), "VerticalSplitPosition": ("int", fijas)}
    opciones |= {"PositionBottom": ("int", fijas), "ActiveSplitRange": ("short", 2)}
    dichas = "".join(
        f"<config:config-item config:name='{nombre}' config:type='{tipo}'>{valor}</config:config-item>"
        for nombre, (tipo, valor) in opciones.items()
    )
    return (
        f"{_ENCABEZADO}<office:document-settings {_ABRE}><office:settings>"
        "<config:config-item-set config:name='ooo:view-settings'><config:config-item-map-indexed config:name='Views'>"
        "<config:config-item-map-entry><config:config-item-map-named config:name='Tables'>"
        f"<config:config-item-map-entry config:name={quoteattr(hoja)}>{dichas}</config:config-item-map-entry>"
        "</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )
