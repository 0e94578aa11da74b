"""The constancia, read back with another library (pypdf) and with poppler."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest
import segno

from casilla.printing.constancia import HechosConstancia, constancia
from tests.printing.lector import datos, elementos, estructura, leer, operadores, poppler, retratar

CODIGO = "7K4M2XW9PHT3RDA8"
URL = f"https://casilla.example.pe/verificar/{CODIGO}"


def archivo(nombre: str, tamano: int) -> tuple[str, str, int]:
    return nombre, sha256(nombre.encode(errors="replace")).hexdigest(), tamano


HECHOS = HechosConstancia(
    codigo=CODIGO,
    expediente="OGT002025000009",
    administrado="QUISPE MAMANI IVONNE ELIZABETH",
    documento_identidad="DNI 49083411",
    documento="CARTA 000009-2025-OGTI",
    depositado_en=datetime(2025, 1, 24, 3, 11, 16, tzinfo=UTC),
    dia_del_deposito="",
    computo_desde=date(2025, 1, 24),
    vence=date(2025, 2, 13),
    archivos=(archivo("Carta 9.pdf", 102400), archivo("Informe técnico.pdf", 1793479), archivo("vacío.txt", 1)),
    parrafos=(
        "Por medio de la presente, se acredita el depósito de una notificación en su buzón de entrada de la Casilla "
        "Electrónica, emitida por el Ministerio de la Mujer y Poblaciones Vulnerables - MIMP.",
        "Le recordamos que el cómputo de plazos se inicia a partir del día hábil siguiente.",
    ),
    oficina="Oficina de Atención a la Ciudadanía y Gestión Documental",
    institucion="Ministerio de la Mujer y Poblaciones Vulnerables",
    sigla="MIMP",
    direccion="Jr. Camaná 616, Cercado de Lima, Lima, Perú",
    telefono="(01) 626-1600",
    url_verificacion=URL,
)
CINCUENTA_ANEXOS = replace(HECHOS, archivos=tuple(archivo(f"{n:03} {'ñandú_' * 48}.pdf", 10 + n) for n in range(51)))
LETRAS_RARAS = replace(HECHOS, administrado="Łukasz Иванов Γεώργιος Khʼipu Nguyễn 😀")


@pytest.fixture(scope="module")
def papel() -> bytes:
    return constancia(HECHOS)


def test_it_reads_in_order_and_says_all_that_the_guide_asks(papel: bytes) -> None:
    assert estructura(papel) == [
        ("P", "PERÚ"),
        ("P", HECHOS.institucion),
        ("P", HECHOS.oficina),
        ("H1", "CONSTANCIA DE NOTIFICACIÓN ELECTRÓNICA"),
        ("TH", "Expediente"),
        ("TD", "OGT002025000009"),
        ("TH", "Administrado"),
        ("TD", "QUISPE MAMANI IVONNE ELIZABETH"),
        ("TH", "Documento Identidad"),
        ("TD", "DNI 49083411"),
        ("TH", "Documento"),
        ("TD", "CARTA 000009-2025-OGTI"),
        ("TH", "Fecha y Hora"),
        ("TD", "23 de enero de 2025, 22:11 (hora de Lima)"),
        ("P", "Estimado Usuario:"),
        *[("P", parrafo) for parrafo in HECHOS.parrafos],
        ("H2", "Cómputo del plazo"),
        ("TH", "Inicia el"),
        ("TD", "viernes 24 de enero de 2025"),
        ("TH", "Vence el"),
        ("TD", "jueves 13 de febrero de 2025 (cálculo referencial)"),
        ("H2", "Archivos depositados"),
        ("TH", "Archivo"),
        ("TH", "Nombre y huella digital SHA-256"),
        ("TH", "Tamaño"),
        ("TD", "Documento"),
        ("TD", f"Carta 9.pdf {HECHOS.archivos[0][1]}"),
        ("TD", "102 400 bytes"),
        ("TD", "Anexo 1"),
        ("TD", f"Informe técnico.pdf {HECHOS.archivos[1][1]}"),
        ("TD", "1 793 479 bytes"),
        ("TD", "Anexo 2"),
        ("TD", f"vacío.txt {HECHOS.archivos[2][1]}"),
        ("TD", "1 byte"),
        ("P", f"{HECHOS.oficina} {HECHOS.institucion} - MIMP {HECHOS.direccion} Teléfono (01) 626-1600"),
        ("H2", "Verifique esta constancia"),
        ("P", "Código de verificación 7K4M-2XW9-PHT3-RDA8"),
        ("P", "Lea el código QR con su teléfono o ingrese a esta dirección:"),
        ("Link", URL),
        ("Figure", ""),
    ]


def test_those_who_look_find_the_same_text(papel: bytes) -> None:
    visto = poppler("pdftotext", papel)
    assert "Página" not in visto  # one sheet needs no number
    for _, texto in estructura(papel):
        assert texto.split(" ")[0] in visto
    assert [huella for _, huella, _ in HECHOS.archivos] == re.findall(r"\b[0-9a-f]{64}\b", visto)


def test_it_is_a_tagged_a4_sheet_in_spanish_of_peru_with_a_title(papel: bytes) -> None:
    catalogo = leer(papel).root_object
    assert catalogo["/Lang"] == "es-PE"
    assert catalogo["/MarkInfo"]["/Marked"].value
    assert catalogo["/ViewerPreferences"]["/DisplayDocTitle"].value
    ficha = dict(re.findall(r"^(.+?): +(.+)$", poppler("pdfinfo", papel), re.MULTILINE))
    assert ficha["Title"] == "Constancia de notificación electrónica: CARTA 000009-2025-OGTI"
    assert (ficha["Tagged"], ficha["Pages"], ficha["Page size"]) == ("yes", "1", "595.28 x 841.89 pts (A4)")


def test_the_file_says_it_was_made_when_the_deposit_was(papel: bytes) -> None:
    assert leer(papel).metadata.creation_date == HECHOS.depositado_en


def test_it_is_small_and_a_strict_reader_finds_no_fault(papel: bytes, tmp_path: Path) -> None:
    assert len(papel) < 40_000
    (tmp_path / "papel.pdf").write_bytes(papel)
    with pikepdf.open(tmp_path / "papel.pdf") as pdf:
        assert pdf.check_pdf_syntax() == []


@pytest.mark.parametrize("hechos", [HECHOS, LETRAS_RARAS], ids=["usual", "raras"])
def test_every_letter_is_embedded_and_can_be_read_back(hechos: HechosConstancia) -> None:
    filas = [linea.split() for linea in poppler("pdffonts", constancia(hechos)).splitlines()[2:]]
    assert len(filas) >= 2
    assert all(fila[-5:-2] == ["yes", "yes", "yes"] for fila in filas)  # embedded, subset, to Unicode


@pytest.mark.parametrize("hechos", [HECHOS, CINCUENTA_ANEXOS, LETRAS_RARAS], ids=["usual", "anexos", "raras"])
def test_everything_drawn_is_either_content_or_decoration(hechos: HechosConstancia) -> None:
    abiertas = 0
    for _, _, operador in operadores(leer(constancia(hechos))):
        abiertas += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operador, 0)
        assert abiertas == 1 or operador not in {"Tj", "f"}
        assert abiertas in {0, 1}


@pytest.mark.parametrize("hechos", [HECHOS, CINCUENTA_ANEXOS], ids=["usual", "anexos"])
def test_each_piece_of_content_leads_to_its_element_and_back(hechos: HechosConstancia) -> None:
    lector = leer(constancia(hechos))
    numeros = lector.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    duenos = {int(clave): dueno.get_object() for clave, dueno in zip(numeros[::2], numeros[1::2], strict=True)}
    marcas = [(n, o[1]["/MCID"]) for n, o, operador in operadores(lector) if operador == "BDC" and "/MCID" in o[1]]
    assert len(set(marcas)) == len(marcas)
    for n, mcid in marcas:
        dueno = duenos[lector.pages[n]["/StructParents"]][mcid].get_object()
        assert (n, mcid) in set(_trozos(lector, dueno))
    assert sorted(marcas) == sorted(trozo for e in elementos(lector) for trozo in _trozos(lector, e))


def _trozos(lector, elemento):
    for hijo in elemento["/K"]:
        hijo = hijo.get_object()
        if isinstance(hijo, int):
            yield lector.get_page_number(elemento["/Pg"]), hijo
        elif "/MCID" in hijo:
            yield lector.get_page_number(hijo["/Pg"]), hijo["/MCID"]


def test_headings_of_tables_say_what_they_head(papel: bytes) -> None:
    alcances = [str(e["/A"]["/Scope"]) for e in elementos(leer(papel)) if e["/S"] == "/TH"]
    assert alcances == ["/Row"] * 7 + ["/Column"] * 3


def test_the_address_is_a_link_that_a_screen_reader_meets(papel: bytes) -> None:
    lector = leer(papel)
    [anotacion] = [a.get_object() for a in lector.pages[0]["/Annots"]]
    assert anotacion["/A"]["/URI"] == anotacion["/Contents"] == URL
    [enlace] = [e for e in elementos(lector) if e["/S"] == "/Link"]
    assert enlace["/K"][-1]["/Obj"] == anotacion
    numeros = lector.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    assert numeros[numeros.index(anotacion["/StructParent"]) + 1].get_object() == enlace


def test_the_qr_code_is_drawn_whole_and_says_in_words_where_it_leads(papel: bytes, tmp_path: Path) -> None:
    [figura] = [e for e in elementos(leer(papel)) if e["/S"] == "/Figure"]
    assert figura["/Alt"] == f"Código QR que lleva a {URL}"
    [hoja] = retratar(papel, tmp_path, 288)
    izquierda, abajo, derecha, _ = (float(medida) * 4 for medida in figura["/A"]["/BBox"])
    esperado = segno.make(URL, error="m", mask=4, micro=False, boost_error=False).matrix
    modulo = (derecha - izquierda) / (len(esperado) + 8)
    for y, fila in enumerate(esperado):
        for x, negro in enumerate(fila):
            centro = izquierda + (x + 4.5) * modulo, hoja.height - abajo - (len(esperado) + 3.5 - y) * modulo
            assert (hoja.getpixel((int(centro[0]), int(centro[1]))) < 128) == bool(negro)


def test_the_same_facts_give_the_same_bytes_in_any_process(papel: bytes) -> None:
    assert constancia(HECHOS) == papel
    programa = (
        "import sys; from hashlib import sha256; from tests.printing.test_constancia import *;"
        "sys.stdout.write(sha256(constancia(LETRAS_RARAS)).hexdigest())"
    )
    orden = [sys.executable, "-W", "ignore", "-c", programa]
    entorno = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    otro = subprocess.run(orden, capture_output=True, check=True, text=True, env=entorno)
    assert otro.stdout == sha256(constancia(LETRAS_RARAS)).hexdigest()


def test_other_facts_give_another_file_identity(papel: bytes) -> None:
    assert leer(papel).trailer["/ID"] != leer(constancia(replace(HECHOS, expediente="OGT002025000010"))).trailer["/ID"]


def test_threads_do_not_disturb_each_other() -> None:
    variantes = [replace(LETRAS_RARAS, administrado=f"Łukasz Ωμέγα Ж{chr(0x410 + n)} {n}") for n in range(8)]
    esperado = [constancia(hechos) for hechos in variantes]
    intervalo = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as hilos:
            assert list(hilos.map(constancia, variantes * 12)) == esperado * 12
    finally:
        sys.setswitchinterval(intervalo)


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        constancia(replace(HECHOS, depositado_en=datetime(2025, 1, 23, 10, 11)))


def test_a_deposit_out_of_hours_says_before_the_term_which_day_it_counts_as_made() -> None:
    porque = (
        "Se depositó después de las 14:00: se tiene por depositado el día hábil siguiente, jueves 23 de enero de 2025."
    )
    papel = constancia(replace(HECHOS, dia_del_deposito=porque))
    leido = estructura(papel)
    titulo = leido.index(("H2", "Cómputo del plazo"))
    assert leido[titulo + 1 : titulo + 4] == [("TH", "Día del depósito"), ("TD", porque), ("TH", "Inicia el")]
    assert "Página" not in poppler("pdftotext", papel)  # still one sheet


def test_without_a_term_no_last_day_is_named() -> None:
    assert set(datos(constancia(replace(HECHOS, vence=None)))).isdisjoint({"Vence el"})
    assert datos(constancia(replace(HECHOS, vence=None)))["Inicia el"] == "viernes 24 de enero de 2025"


def test_fifty_annexes_with_names_of_300_letters_flow_over_numbered_sheets() -> None:
    papel = constancia(CINCUENTA_ANEXOS)
    leidos = [texto for etiqueta, texto in estructura(papel) if etiqueta == "TD" and "ñandú" in texto]
    assert leidos == [f"{nombre} {huella}" for nombre, huella, _ in CINCUENTA_ANEXOS.archivos]
    hojas = poppler("pdftotext", papel, "-layout").split("\f")[:-1]
    assert len(hojas) > 3
    for n, hoja in enumerate(hojas, 1):
        assert f"7K4M-2XW9-PHT3-RDA8 · Página {n} de {len(hojas)}" in hoja
        assert "Nombre y huella digital SHA-256" in hoja or "ñandú" not in hoja
    assert "Verifique esta constancia" in hojas[-1]


def test_repeated_headings_and_page_numbers_are_not_read_aloud() -> None:
    leido = [texto for _, texto in estructura(constancia(CINCUENTA_ANEXOS))]
    assert leido.count("Nombre y huella digital SHA-256") == 1
    assert not any("Página" in texto for texto in leido)


HOSTILES = {
    "marcado": "<script>alert('x')</script> <b>&amp;</b> {{7*7}} %s %d",
    "pdf": r"(( \( ) \ ) >> endobj %%EOF << /JS (x) >> EMC ET Q",
    "control": "a\x00b\x07c\x1b[31m\x7f",
    "emoji": "👩🏽‍⚖️ acta 🇵🇪",
    "sentido": "acta\u202efdp.exe",
    "suelto": "\ud800",
    "vacio": "",
    "blancos": "  \n\n\t ",
    "letras": "Z" * 10_000,
    "palabras": "Zapallo " * 1_250,
}
CAMPOS = ["expediente", "administrado", "documento_identidad", "documento"]
CAMPOS += ["oficina", "institucion", "sigla", "direccion", "telefono"]


@pytest.mark.parametrize("texto", HOSTILES.values(), ids=HOSTILES)
def test_hostile_text_is_only_text(texto: str, tmp_path: Path) -> None:
    hechos = replace(HECHOS, archivos=((texto, "ab" * 32, 3),), parrafos=(texto,), **dict.fromkeys(CAMPOS, texto))
    papel = constancia(hechos)
    todo = "".join(dato for _, dato in estructura(papel))
    assert todo.count("Z") == 13 * texto.count("Z")  # two of the eleven are printed twice: office and institution
    assert "/JS" not in leer(papel).root_object
    for esperado in re.findall(r"<script>.*|%%EOF.*|acta", texto):
        assert esperado in todo
    (tmp_path / "papel.pdf").write_bytes(papel)
    with pikepdf.open(tmp_path / "papel.pdf") as pdf:
        assert pdf.check_pdf_syntax() == []


@pytest.mark.parametrize("hechos", [HECHOS, CINCUENTA_ANEXOS], ids=["usual", "anexos"])
def test_nothing_is_printed_in_the_margins(hechos: HechosConstancia, tmp_path: Path) -> None:
    for hoja in retratar(constancia(hechos), tmp_path, 72):
        manchado = hoja.point(lambda gris: 255 - gris).getbbox()
        assert manchado is not None
        izquierda, arriba, derecha, abajo = manchado
        assert izquierda >= 56
        assert derecha <= 540
        assert arriba >= 40
        assert abajo <= hoja.height - 20
