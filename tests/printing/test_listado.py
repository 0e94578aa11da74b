"""The list of a tray in each format, read by other eyes than those that wrote it."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest

from casilla.printing import listado_csv, listado_excel, listado_ods, listado_pdf
from casilla.printing.listado import COLUMNAS, FECHA, FECHA_HORA, Columna, Listado
from casilla.printing.listado_de_auditoria import _COLUMNAS as DE_AUDITORIA
from casilla.printing.listado_de_depositos import _COLUMNAS as DE_DEPOSITOS
from casilla.resources.casilla import Fila
from tests.printing.lector import elementos, estructura, leer, operadores, poppler

HECHO = datetime(2025, 1, 29, 2, 30, tzinfo=UTC)  # still the 28th in Lima
TITULOS = [columna.titulo for columna in COLUMNAS]
CABEZA = 5
NS = {
    "s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
INYECCIONES = [
    "=1+1",
    '=HYPERLINK("http://malo.example","Ver")',
    "+51 999",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "  =cmd|' /C calc'!A0",
]
LITERALES = ["#N/A", "000079", "2025-01-28", "TRUE", "1e5", "_x0041_", "<&>\"'", " dos  blancos ", "ÑANDÚ 😀"]


def fila(n: int = 1, **cambios: Any) -> Fila:
    dicha = {
        "codigo": f"C{n}",
        "asunto": f"Asunto {n:05}",
        "dependencia": "OFICINA",
        "emisor": "EMISORA",
        "tipo": "CARTA",
        "numero": f"{n:06}-2025-OGTI",
        "fecha_emision": datetime(2025, 1, 1, 3, tzinfo=UTC) + timedelta(days=n),
        "depositado_en": datetime(2025, 1, 1, 3, 4, 5, 678, tzinfo=UTC) + timedelta(days=n),
        "vence": date(2025, 2, 14),
        "anulado": False,
        "notificacion": None,
    }
    return Fila(**{**dicha, **cambios})  # type: ignore[arg-type]


def listado(*filas: Fila, **cambios: Any) -> Listado:
    dicho = {
        "bandeja": "pendientes",
        "titular": "ROSA QUISPE MAMANI",
        "institucion": "Ministerio de Prueba",
        "filtro": "«agua»; Año igual 2025",
        "orden": "Asunto: de la A a la Z",
        "hecho_en": HECHO,
        "cuantas": len(filas),
        "filas": iter(filas),
    }
    return Listado(**{**dicho, **cambios})


def escrito(modulo: Any, lista: Listado) -> bytes:
    salida = io.BytesIO()
    modulo.escribir(lista, salida)
    return salida.getvalue()


def xml(archivo: bytes, parte: str) -> ElementTree.Element:
    with ZipFile(io.BytesIO(archivo)) as paquete:
        assert paquete.testzip() is None
        return ElementTree.fromstring(paquete.read(parte))  # noqa: S314 - our own


Celdas = list[list[tuple[str, str]]]


def de_excel(archivo: bytes) -> Celdas:
    """Rows of (type, value), as the XML says them."""
    filas = xml(archivo, "xl/worksheets/sheet1.xml").iterfind(".//s:row", NS)
    return [[(c.get("t", "n"), "".join(c.itertext())) for c in fila.iterfind("s:c", NS)] for fila in filas]


def de_ods(archivo: bytes) -> Celdas:
    def palabras(p: ElementTree.Element) -> str:
        return (p.text or "") + "".join(" " + (hijo.tail or "") for hijo in p)

    def leida(celda: ElementTree.Element) -> tuple[str, str]:
        tipo = celda.get(f"{{{NS['office']}}}value-type", "")
        valor = celda.get(f"{{{NS['office']}}}date-value") or celda.get(f"{{{NS['office']}}}value")
        return tipo, valor or "".join(map(palabras, celda.iterfind("text:p", NS)))

    filas = xml(archivo, "content.xml").iterfind(".//table:table-row", NS)
    return [[leida(celda) for celda in fila.iterfind("table:table-cell", NS)] for fila in filas]


def de_csv(archivo: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(archivo.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(("modulo", "leidas"), [(listado_excel, de_excel), (listado_ods, de_ods)])
def test_the_head_says_what_was_asked_for_and_when_in_lima(modulo: Any, leidas: Callable[[bytes], Celdas]) -> None:
    filas = leidas(escrito(modulo, listado(fila())))
    assert [valor for cabeza in filas[: CABEZA - 1] for _, valor in cabeza] == [
        "Notificaciones pendientes por leer",
        "Casilla electrónica de ROSA QUISPE MAMANI, Ministerio de Prueba",
        "Filtros: «agua»; Año igual 2025",
        "1 notificación. Orden: Asunto: de la A a la Z. Hecho el 28 de enero de 2025, 21:30 (hora de Lima).",
    ]
    assert [valor for _, valor in filas[CABEZA - 1]] == TITULOS


def test_excel_gets_numbers_dates_and_texts() -> None:
    archivo = escrito(listado_excel, listado(fila(27, vence=None)))
    ano, *textos, emision, envio, vence, estado = de_excel(archivo)[CABEZA]
    assert ano == ("n", "2025")
    assert {tipo for tipo, _ in [*textos, estado]} == {"inlineStr"}
    assert textos[-1][1] == "000027-2025-OGTI"
    # Days since 1899-12-30: in Lima it was still the 27th, 22:04:05.
    assert emision == ("n", "45684")
    assert float(envio[1]) == pytest.approx(45684 + (22 * 3600 + 4 * 60 + 5) / 86400)
    assert vence[1] == ""
    formatos = {
        f.get("numFmtId"): f.get("formatCode") for f in xml(archivo, "xl/styles.xml").iterfind(".//s:numFmt", NS)
    }
    estilos = xml(archivo, "xl/styles.xml").findall("s:cellXfs/s:xf", NS)
    celdas = xml(archivo, "xl/worksheets/sheet1.xml").findall(f".//s:row[@r='{CABEZA + 1}']/s:c", NS)
    de_fecha = [formatos.get(estilos[int(celda.get("s", 0))].get("numFmtId")) for celda in celdas[6:8]]
    assert de_fecha == ["dd/mm/yyyy", "dd/mm/yyyy hh:mm"]


def test_excel_keeps_the_head_in_sight_and_gives_each_column_its_width() -> None:
    archivo = escrito(listado_excel, listado(fila(1), fila(2)))
    hoja = xml(archivo, "xl/worksheets/sheet1.xml")
    fijo = hoja.find(".//s:pane", NS)
    assert fijo is not None
    assert (fijo.get("ySplit"), fijo.get("state")) == (str(CABEZA), "frozen")
    assert [int(float(c.get("width", 0))) for c in hoja.iterfind(".//s:col", NS)] == [c.ancho for c in COLUMNAS]
    filtro = hoja.find("s:autoFilter", NS)
    assert filtro is not None
    assert filtro.get("ref") == f"A{CABEZA}:J{CABEZA + 2}"
    nombres = xml(archivo, "xl/workbook.xml").iterfind(".//s:definedName", NS)
    assert {n.get("name"): n.text for n in nombres}["_xlnm.Print_Titles"] == "'Notificaciones'!$5:$5"


def test_ods_gets_numbers_dates_and_texts() -> None:
    archivo = escrito(listado_ods, listado(fila(27, vence=None)))
    ano, *textos, emision, envio, vence, estado = de_ods(archivo)[CABEZA]
    assert ano == ("float", "2025")
    assert {tipo for tipo, _ in [*textos, estado]} == {"string"}
    assert (emision, envio) == (("date", "2025-01-27"), ("date", "2025-01-27T22:04:05"))
    assert vence == ("", "")


def test_ods_is_known_by_its_first_bytes_and_lists_its_parts() -> None:
    archivo = escrito(listado_ods, listado(fila()))
    with ZipFile(io.BytesIO(archivo)) as paquete:
        primera, *partes = paquete.infolist()
        assert (primera.filename, primera.compress_type) == ("mimetype", ZIP_STORED)
        assert paquete.read(primera).decode() == listado_ods.TIPO
    manifiesto = xml(archivo, "META-INF/manifest.xml")
    nombres = {v for e in manifiesto for k, v in e.attrib.items() if k.endswith("full-path")}
    assert nombres == {"/"} | {p.filename for p in partes} - {"META-INF/manifest.xml"}
    fija = [i.text for i in xml(archivo, "settings.xml").iter() if "VerticalSplitPosition" in i.attrib.values()]
    assert fija == [str(CABEZA)]
    nombradas = {i.get(f"{{{NS['table']}}}name") for i in xml(archivo, "content.xml").iterfind(".//table:table", NS)}
    assert nombradas == {"Notificaciones"}


@pytest.mark.parametrize("texto", INYECCIONES + LITERALES)
@pytest.mark.parametrize(
    ("modulo", "leidas", "tipo"), [(listado_excel, de_excel, "inlineStr"), (listado_ods, de_ods, "string")]
)
def test_whatever_a_text_looks_like_it_stays_text(
    modulo: Any, leidas: Callable[[bytes], Celdas], tipo: str, texto: str
) -> None:
    archivo = escrito(modulo, listado(fila(asunto=texto), filtro=texto))
    esperado = texto.replace("\t", " ").replace("\r", " ")
    leido = leidas(archivo)[CABEZA][1]
    if modulo is listado_excel:
        leido = leido[0], leido[1].replace("_x005F_", "_")
    assert leido == (tipo, esperado)
    assert b"<f>" not in archivo
    assert "formula" not in ElementTree.tostring(
        xml(archivo, "xl/worksheets/sheet1.xml" if modulo is listado_excel else "content.xml"), encoding="unicode"
    )


def test_excel_does_not_read_a_code_in_a_text() -> None:
    assert de_excel(escrito(listado_excel, listado(fila(asunto="_x0041_"))))[CABEZA][1][1] == "_x005F_x0041_"


def test_excel_marks_texts_so_that_editing_them_does_not_calculate() -> None:
    archivo = escrito(listado_excel, listado(fila(asunto="=1+1")))
    celda = xml(archivo, "xl/worksheets/sheet1.xml").find(f".//s:c[@r='B{CABEZA + 1}']", NS)
    assert celda is not None
    estilo = xml(archivo, "xl/styles.xml").findall("s:cellXfs/s:xf", NS)[int(celda.get("s", 0))]
    assert (estilo.get("quotePrefix"), estilo.get("numFmtId")) == ("1", "49")


@pytest.mark.parametrize("texto", INYECCIONES)
def test_csv_puts_a_quote_before_what_would_be_calculated(texto: str) -> None:
    leido = de_csv(escrito(listado_csv, listado(fila(asunto=texto))))[1][1]
    assert leido == "'" + texto.replace("\t", " ").replace("\r", " ")


def test_csv_is_a_table_for_programs() -> None:
    archivo = escrito(listado_csv, listado(fila(27, asunto='Dice "sí", y más\nabajo', vence=None, anulado=True)))
    assert archivo.startswith(b"\xef\xbb\xbf")
    assert archivo.count(b"\r\n") == 2
    assert de_csv(archivo) == [
        TITULOS,
        [
            "2025",
            'Dice "sí", y más abajo',
            "OFICINA",
            "EMISORA",
            "CARTA",
            "000027-2025-OGTI",
            "2025-01-27",
            "2025-01-27 22:04:05",
            "",
            "Anulado",
        ],
    ]


def test_a_letter_that_no_xml_may_hold_breaks_no_file() -> None:
    texto = "a\x00b\x0bc\ud800d\uffffe"
    for modulo, leidas in ((listado_excel, de_excel), (listado_ods, de_ods)):
        assert leidas(escrito(modulo, listado(fila(asunto=texto))))[CABEZA][1][1] == "a b c d e"
    assert de_csv(escrito(listado_csv, listado(fila(asunto=texto))))[1][1] == "a b c d e"


def test_every_row_is_there_once_and_in_its_order() -> None:
    filas = [fila(n) for n in (*range(50, 0, -1), *range(51, 120))]
    asuntos = [f.asunto for f in filas]
    assert [f[1][1] for f in de_excel(escrito(listado_excel, listado(*filas)))[CABEZA:]] == asuntos
    assert [f[1][1] for f in de_ods(escrito(listado_ods, listado(*filas)))[CABEZA:]] == asuntos
    assert [f[1] for f in de_csv(escrito(listado_csv, listado(*filas)))[1:]] == asuntos
    dichas = [texto for etiqueta, texto in estructura(escrito(listado_pdf, listado(*filas))) if etiqueta == "TD"]
    assert [texto for texto in dichas if texto.startswith("Asunto ")] == asuntos


def test_the_pdf_lies_on_its_side_with_its_head_and_its_number_on_every_page() -> None:
    lector = leer(escrito(listado_pdf, listado(*(fila(n) for n in range(120)))))
    assert len(lector.pages) > 3
    for numero, pagina in enumerate(lector.pages, 1):
        texto = pagina.extract_text()
        assert pagina.mediabox.width > pagina.mediabox.height
        assert "Asunto" in texto
        assert "Dependencia" in texto
        assert f"Página {numero} de {len(lector.pages)}" in texto
    texto = lector.pages[0].extract_text()
    assert "Filtros: «agua»; Año igual 2025" in texto
    assert "28 de enero de 2025, 21:30 (hora de Lima)" in texto


def test_the_pdf_is_a_tagged_table_and_nothing_is_drawn_beyond_its_edges() -> None:
    lector = leer(escrito(listado_pdf, listado(fila(asunto="Palabra" * 40), fila(2))))
    etiquetas = [elemento["/S"] for elemento in elementos(lector)]
    assert etiquetas.count("/TH") == len(COLUMNAS)
    assert etiquetas.count("/TR") == 3
    assert etiquetas.count("/TD") == 2 * len(COLUMNAS)
    lugares = [operandos[4] for _, operandos, operador in operadores(lector) if operador == "Tm"]
    assert min(lugares) >= 57
    assert max(lugares) < lector.pages[0].mediabox.width - 57


@pytest.mark.parametrize("columnas", [COLUMNAS, DE_DEPOSITOS, DE_AUDITORIA], ids=["tray", "deposits", "audit"])
def test_on_paper_no_word_of_a_title_and_no_date_is_broken(columnas: tuple[Columna, ...]) -> None:
    valores = [HECHO if columna.clase in (FECHA, FECHA_HORA) else "" for columna in columnas]
    lista: Any = SimpleNamespace(titulo="", institucion="", encabezado=["", ""], hecho_en=HECHO, columnas=columnas)
    lista.valores = lambda: [valores]

    partes = poppler("pdftotext", escrito(listado_pdf, lista)).split()

    palabras = {palabra for columna in columnas for palabra in columna.titulo.split()}
    assert palabras - set(partes) == set()
    assert partes.count(f"{HECHO:%d/%m/%Y}") == sum(valor is HECHO for valor in valores) > 0


def test_the_same_list_is_the_same_pdf() -> None:
    assert escrito(listado_pdf, listado(fila())) == escrito(listado_pdf, listado(fila()))
