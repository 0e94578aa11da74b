"""The table of a bulk, as the spreadsheets of Peru save it."""

import pytest

from casilla.services.documentos import DocumentoInvalido
from casilla.services.tabla_de_lote import COLUMNAS, FilaDeLote, dicho_de, leer_tabla, motivo_de, plantilla

CABEZA = [columna.nombre for columna in COLUMNAS]
CELDAS = {
    "tipo_documento": "DNI",
    "numero_documento": "40000001",
    "expediente": "OGT002026000009",
    "fecha_expediente": "16/01/2026",
    "tipo": "CARTA",
    "numero": "000009-2026-OGTI",
    "asunto": "Año nuevo",
    "fecha": "16/01/2026 10:34",
    "dependencia": "OFICINA",
    "firmado_por": "UNO",
    "elaborado_por": "DOS",
    "fecha_emision": "",
    "plazo_dias_habiles": "15",
    "archivo": "a.pdf",
    "anexos": "",
}


def tabla(*filas: dict[str, str], separador: str = ";", cabeza: list[str] | None = None) -> str:
    cabeza = cabeza or CABEZA
    lineas = [cabeza, *([(CELDAS | fila)[c] for c in cabeza] for fila in filas)]
    return "\r\n".join(separador.join(linea) for linea in lineas) + "\r\n"


@pytest.mark.parametrize("separador", [";", ",", "\t"])
@pytest.mark.parametrize("letras", ["utf-8", "utf-8-sig", "cp1252"])
def test_it_is_read_whatever_its_letters_and_separator(separador: str, letras: str) -> None:
    [fila] = leer_tabla(tabla({}, separador=separador).encode(letras))

    assert fila == FilaDeLote(2, CELDAS)


def test_the_order_of_columns_and_their_capitals_do_not_matter() -> None:
    cabeza = list(reversed(CABEZA))
    texto = tabla({}, cabeza=cabeza).replace("numero_documento", "Número Documento").replace("asunto", "ASUNTO")

    [fila] = leer_tabla(texto.encode())

    assert fila.celdas["numero_documento"] == "40000001"
    assert fila.celdas["asunto"] == "Año nuevo"


def test_columns_that_may_be_missing_are_empty() -> None:
    cabeza = [columna.nombre for columna in COLUMNAS if columna.obligatoria]

    [fila] = leer_tabla(tabla({}, cabeza=cabeza).encode())

    assert fila.celdas["plazo_dias_habiles"] == ""


def test_a_row_has_the_number_that_the_spreadsheet_shows() -> None:
    texto = tabla({}, {"asunto": '"con\nsalto; y «;»"'}) + ";" * 14 + "\r\n" + ";".join(CELDAS.values())

    assert [fila.numero for fila in leer_tabla(texto.encode())] == [2, 3, 5]


@pytest.mark.parametrize(
    ("contenido", "queja"),
    [
        (b"", "vacía"),
        (b"\xef\xbb\xbf", "vacía"),
        (b"PK\x03\x04\0\0", "no es un CSV"),
        (";".join(CABEZA).encode(), "no tiene filas"),
        (";".join(CABEZA[1:]).encode(), "faltan: tipo_documento"),
        (";".join([*CABEZA, "otra"]).encode(), "no se conocen: otra"),
        (";".join([*CABEZA, "asunto"]).encode(), "repetidas: asunto"),
        (tabla({"asunto": '"abierta'}).encode(), "comillas"),
    ],
)
def test_what_is_no_table_is_told(contenido: bytes, queja: str) -> None:
    with pytest.raises(DocumentoInvalido, match=queja):
        leer_tabla(contenido)


def test_too_many_rows_are_told() -> None:
    with pytest.raises(DocumentoInvalido, match="tiene 20001 filas y un lote lleva 20000"):
        leer_tabla((";".join(CABEZA) + "\n" + ("x" + ";" * 14 + "\n") * 20_001).encode())


def test_a_row_says_what_the_machine_door_would_say() -> None:
    [fila] = leer_tabla(tabla({"dependencia": ""}).encode())

    assert dicho_de(fila, ("LA SUYA",)) == {
        "destinatario.tipo_documento": "1",
        "destinatario.numero": "40000001",
        "expediente.numero": "OGT002026000009",
        "expediente.fecha": "2026-01-16",
        "documento.tipo": "CARTA",
        "documento.numero": "000009-2026-OGTI",
        "documento.asunto": "Año nuevo",
        "documento.fecha": "2026-01-16T10:34:00-05:00",
        "remitente.dependencia": "LA SUYA",
        "remitente.firmado_por": "UNO",
        "remitente.elaborado_por": "DOS",
        "fecha_emision": "2026-01-16T10:34:00-05:00",
        "plazo_dias_habiles": "15",
    }


@pytest.mark.parametrize(
    ("tecleado", "dicho"),
    [("DNI", "1"), ("dni", "1"), ("1", "1"), ("CE", "4"), ("Ruc", "8"), ("PASAPORTE", "PASAPORTE")],
)
def test_documents_are_named_or_coded(tecleado: str, dicho: str) -> None:
    assert dicho_de(FilaDeLote(2, CELDAS | {"tipo_documento": tecleado}), ())["destinatario.tipo_documento"] == dicho


@pytest.mark.parametrize(
    ("tecleada", "dicha"),
    [
        ("2026-01-16", "2026-01-16T00:00:00-05:00"),
        ("16/1/2026", "2026-01-16T00:00:00-05:00"),
        ("2026-01-16T10:34:27", "2026-01-16T10:34:27-05:00"),
        ("2026-01-16T10:34:27-05:00", "2026-01-16T10:34:27-05:00"),
        ("16 de enero", "16 de enero"),
        ("01/16/2026", "01/16/2026"),
    ],
)
def test_dates_are_read_as_they_are_written_in_peru(tecleada: str, dicha: str) -> None:
    assert dicho_de(FilaDeLote(2, CELDAS | {"fecha": tecleada}), ())["documento.fecha"] == dicha


def test_with_several_dependencias_none_is_taken_for_granted() -> None:
    assert "remitente.dependencia" not in dicho_de(FilaDeLote(2, CELDAS | {"dependencia": ""}), ("UNA", "OTRA"))


def test_lost_zeros_are_suspected() -> None:
    fila = FilaDeLote(2, CELDAS | {"numero_documento": "123456"})

    assert "quitó los ceros" in motivo_de("numero_documento", "no es un número válido", fila)


def test_annexes_stand_in_one_cell() -> None:
    assert FilaDeLote(2, CELDAS | {"anexos": "uno.pdf | dos.txt|"}).anexos == ["uno.pdf", "dos.txt"]


def test_the_example_can_be_read_back() -> None:
    [fila] = leer_tabla(plantilla())

    assert fila.celdas["archivo"] == "CARTA-000009.pdf"
