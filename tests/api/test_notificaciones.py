"""The SGD deposits, consults and annuls; whatever is wrong is said, and nothing is stored."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from ZODB import DB

from casilla.gateways.clamd import Clamd
from casilla.resources.sitio import Sitio
from casilla.services.fundacion import RAIZ
from tests import mundo
from tests.almacenes import puerto_libre
from tests.api.sgd import Parte, Sgd, cuerpo, notificacion, partes
from tests.gateways.clamd import FIRMA, INFECTADO, clamd

PDF = mundo.pdf(2, 20_000)


def cuantas(db: DB, documento: str = mundo.ROSA) -> int:
    with db.transaction() as conexion:
        return len(conexion.root()[RAIZ].personas[documento].casilla.filas)


def test_a_deposit_is_answered_as_the_contract_says(sgd: Sgd) -> None:
    respuesta = sgd.depositar(PDF, anexos=(("anexo uno.txt", b"hola"),))

    assert respuesta.status_int == 201
    dicho = respuesta.json
    assert dicho["estado"] == "depositado"
    assert dicho["huellas"]["anexos"] == ["sha256:b221d9dbb083a7f33428d7c2a3c3198ae925614d70210e28716ccaa7cd4ddb79"]
    assert dicho["constancia"] == f"http://localhost/api/v1/notificaciones/{dicho['codigo']}/constancia"
    assert respuesta.headers["Location"] == f"http://localhost/api/v1/notificaciones/{dicho['codigo']}"
    assert dicho["depositado_en"].endswith("-05:00")


def test_the_bytes_deposited_are_the_bytes_kept(sgd: Sgd, base_de_datos: DB) -> None:
    codigo = sgd.depositar(PDF, anexos=(("a.txt", b"uno"), ("b.txt", b"dos"))).json["codigo"]

    with base_de_datos.transaction() as conexion:
        guardada = conexion.root()[RAIZ].registro[codigo]
        assert guardada.documento.bytes() == PDF
        assert [a.bytes() for a in guardada.anexos] == [b"uno", b"dos"]
        assert guardada.documento.paginas == 2


def test_a_repeated_deposit_gets_the_first_answer_and_makes_nothing_new(sgd: Sgd, base_de_datos: DB) -> None:
    primera = sgd.depositar(PDF)
    antes = cuantas(base_de_datos)

    segunda = sgd.depositar(PDF)

    assert (segunda.status_int, segunda.json) == (200, primera.json)
    assert cuantas(base_de_datos) == antes


@pytest.mark.parametrize(
    "otra",
    [
        partes(mundo.pdf(3)),
        partes(PDF, notificacion(**{"documento.asunto": "Otro"})),
        partes(PDF, anexos=(("a.txt", b"uno"),)),
    ],
    ids=["document", "data", "annexes"],
)
def test_a_used_key_with_another_content_is_a_conflict(sgd: Sgd, otra: list[Parte]) -> None:
    sgd.depositar(PDF)

    respuesta = sgd.enviar(otra)

    assert (respuesta.status_int, respuesta.json["codigo"]) == (409, "clave-ya-usada")


MALOS_DATOS = {
    "a missing part of the data": (notificacion(expediente=None), "expediente"),
    "a missing field": (notificacion(**{"documento.asunto": None}), "documento.asunto"),
    "an unknown field": ({**notificacion(), "sorpresa": 1}, "sorpresa"),
    "a number for a text": (notificacion(**{"documento.numero": 9}), "documento.numero"),
    "a truth value for the term": (notificacion(plazo_dias_habiles=True), "plazo_dias_habiles"),
    "a term of no days": (notificacion(plazo_dias_habiles=0), "plazo_dias_habiles"),
    "a text of 10,000 letters": (notificacion(**{"documento.asunto": "x" * 10_000}), "documento.asunto"),
    "blanks for a text": (notificacion(**{"documento.asunto": "  "}), "documento.asunto"),
    "a control character": (notificacion(**{"documento.asunto": "a\x00b"}), "documento.asunto"),
    "a line end at the end": (notificacion(**{"documento.asunto": "Asunto\n"}), "documento.asunto"),
    "a sign that turns the text around": (
        notificacion(**{"documento.asunto": "Asunto \u202egpj.exe"}),
        "documento.asunto",
    ),
    "half a surrogate pair": (notificacion(**{"documento.asunto": "\ud83d"}), "documento.asunto"),
    "a day that does not exist": (notificacion(**{"expediente.fecha": "2025-02-30"}), "expediente.fecha"),
    "a day with a time": (notificacion(**{"expediente.fecha": "2025-02-03T00:00:00"}), "expediente.fecha"),
    "a time without offset": (notificacion(fecha_emision="2025-01-16T10:35:32"), "fecha_emision"),
    "a time beyond all times": (notificacion(fecha_emision="9999-12-31T23:59:59-05:00"), "fecha_emision"),
    "a date in the future": (notificacion(**{"documento.fecha": "2090-01-01T00:00:00-05:00"}), "documento.fecha"),
    "an unknown type of document": (
        notificacion(**{"destinatario.tipo_documento": "3"}),
        "destinatario.tipo_documento",
    ),
    "a DNI of 7 digits": (notificacion(**{"destinatario.numero": "4000000"}), "destinatario.numero"),
    "a RUC with a wrong check digit": (
        notificacion(destinatario={"tipo_documento": "8", "numero": "20566118604"}),
        "destinatario.numero",
    ),
    "no time at all": (notificacion(fecha_emision=""), "fecha_emision"),
    "a list": ([], "notificacion"),
    "null": (None, "notificacion"),
}


@pytest.mark.parametrize(("datos", "campo"), MALOS_DATOS.values(), ids=MALOS_DATOS.keys())
def test_data_not_as_described_are_refused_field_by_field(sgd: Sgd, base_de_datos: DB, datos: Any, campo: str) -> None:
    antes = cuantas(base_de_datos)

    texto = json.dumps(datos)
    respuesta = sgd.enviar([("notificacion", (None, texto, "application/json")), partes(PDF)[1]])

    assert (respuesta.status_int, respuesta.json["codigo"]) == (422, "datos-invalidos")
    assert campo in [error["campo"] for error in respuesta.json["errores"]]
    assert respuesta.content_type == "application/problem+json"
    assert cuantas(base_de_datos) == antes


def test_all_that_is_wrong_is_said_at_once_and_of_each_field_one_thing(sgd: Sgd) -> None:
    mal = {"documento.asunto": "", "expediente.fecha": "2025-02-30", "destinatario.numero": "4000000"}
    datos = notificacion(**mal, fecha_emision=7)

    respuesta = sgd.enviar([("notificacion", (None, json.dumps(datos), "application/json")), partes(PDF)[1]])

    assert sorted(error["campo"] for error in respuesta.json["errores"]) == sorted([*mal, "fecha_emision"])


def test_a_name_said_twice_is_refused(sgd: Sgd) -> None:
    texto = json.dumps(notificacion()).replace(
        '"plazo_dias_habiles": 15', '"plazo_dias_habiles": 15, "plazo_dias_habiles": 5'
    )
    assert texto.count("plazo_dias_habiles") == 2

    respuesta = sgd.enviar([("notificacion", (None, texto, "application/json")), partes(PDF)[1]])

    assert respuesta.json["errores"] == [{"campo": "plazo_dias_habiles", "motivo": "este campo viene más de una vez"}]


@pytest.mark.parametrize("texto", ["{", "[" * 1_000_000, '{"a":' * 20_000, b"\xff\xfe", ""])
def test_what_is_not_json_is_refused(sgd: Sgd, texto: str | bytes) -> None:
    respuesta = sgd.enviar([("notificacion", (None, texto, "application/json")), partes(PDF)[1]])

    assert (respuesta.status_int, respuesta.json["codigo"]) == (422, "datos-invalidos")


def renombrado() -> bytes:
    salida = BytesIO()
    with ZipFile(salida, "w") as zip_:
        zip_.writestr("a.txt", "hola")
    return salida.getvalue()


def cifrado(clave: str) -> bytes:
    salida = BytesIO()
    with pikepdf.open(BytesIO(PDF)) as documento:
        documento.save(salida, encryption=pikepdf.Encryption(owner="dueña", user=clave))
    return salida.getvalue()


MALOS_DOCUMENTOS = {
    "nothing": b"",
    "a renamed ZIP": renombrado(),
    "a truncated PDF": PDF[: len(PDF) // 2],
    "a PDF without its end": PDF[:-20],
    "a PDF encrypted for readers": cifrado("secreta"),
    "a PDF encrypted for its owner": cifrado(""),
    "a mark and noise": b"%PDF-1.7\n" + b"\x00\x01" * 5000 + b"\n%%EOF",
    "a text": b"hola",
}


@pytest.mark.parametrize("documento", MALOS_DOCUMENTOS.values(), ids=MALOS_DOCUMENTOS.keys())
def test_a_document_that_people_cannot_open_is_refused(sgd: Sgd, base_de_datos: DB, documento: bytes) -> None:
    antes = cuantas(base_de_datos)

    respuesta = sgd.depositar(documento)

    assert (respuesta.status_int, respuesta.json["codigo"]) == (422, "documento-invalido")
    assert cuantas(base_de_datos) == antes


@pytest.mark.parametrize(
    "anexo",
    [
        ("virus.exe", b"MZ\x00"),
        ("sin-extension", b"hola"),
        ("foto.jpg", b"GIF89a"),
        ("script.txt", b"#!/bin/sh"),
        ("a.pdf", b"hola"),
    ],
    ids=["program", "no extension", "not what it says", "script", "not a pdf"],
)
def test_an_annex_that_is_not_admitted_is_refused(sgd: Sgd, anexo: tuple[str, bytes]) -> None:
    respuesta = sgd.depositar(PDF, anexos=(anexo,))

    assert (respuesta.status_int, respuesta.json["codigo"]) == (415, "tipo-no-admitido")


@pytest.mark.parametrize(
    "enviadas",
    [
        partes(PDF)[:1],
        partes(PDF)[1:],
        [*partes(PDF), partes(PDF)[1]],
        [*partes(PDF), partes(PDF)[0]],
        [*partes(PDF), ("otra", (None, "x", "text/plain"))],
        [partes(PDF)[0], ("documento", ("a\x01b.pdf", PDF, "application/pdf"))],
    ],
    ids=["no document", "no data", "two documents", "two data", "unknown part", "file name"],
)
def test_parts_that_are_missing_doubled_or_unknown_are_refused(sgd: Sgd, enviadas: list[Parte]) -> None:
    respuesta = sgd.enviar(enviadas)

    assert (respuesta.status_int, respuesta.json["codigo"]) == (422, "datos-invalidos")


def test_a_body_cut_in_the_middle_is_refused(sgd: Sgd) -> None:
    contenido, tipo = cuerpo(partes(PDF))

    respuesta = sgd.publicar(contenido[:-3000], {"Content-Type": tipo, "Idempotency-Key": "k"})

    assert (respuesta.status_int, respuesta.json["codigo"]) == (422, "datos-invalidos")
    assert respuesta.json["errores"] == [
        {"campo": "cuerpo", "motivo": "el multipart/form-data está mal formado o llegó incompleto"}
    ]


@pytest.mark.parametrize("tipo", ["application/json", "multipart/form-data", "multipart/form-data; boundary="])
def test_another_media_type_is_refused(sgd: Sgd, tipo: str) -> None:
    respuesta = sgd.publicar(b"{}", {"Content-Type": tipo, "Idempotency-Key": "k"})

    assert (respuesta.status_int, respuesta.json["codigo"]) == (422, "datos-invalidos")


@pytest.mark.parametrize("clave", ["", "x" * 256, "con\ttabulador", "eñe"])
def test_an_idempotency_key_is_required_and_printable(sgd: Sgd, clave: str) -> None:
    respuesta = sgd.depositar(PDF, clave=clave)

    assert (respuesta.status_int, respuesta.json["codigo"]) == (422, "datos-invalidos")


@pytest.mark.parametrize(
    "cabecera", ["", "Bearer", "Bearer sgd.otra", "Bearer nadie.x", "Basic sgd.clave-de-prueba", "Bearer ."]
)
def test_nobody_enters_without_a_key_in_force(sgd: Sgd, cabecera: str) -> None:
    sgd.cabeceras = {"Authorization": cabecera}

    respuesta = sgd.depositar(PDF)

    assert (respuesta.status_int, respuesta.json["codigo"]) == (401, "no-autenticado")
    assert sgd.get("/eventos").status_int == sgd.get("/notificaciones/X").status_int == 401


def test_a_revoked_key_opens_nothing(sgd: Sgd, base_de_datos: DB) -> None:
    with base_de_datos.transaction() as conexion:
        conexion.root()[RAIZ].claves["sgd"].revocar(mundo.ENERO)

    assert sgd.depositar(PDF).status_int == 401


def test_a_recipient_without_casilla_is_said_so(sgd: Sgd) -> None:
    respuesta = sgd.depositar(PDF, notificacion(**{"destinatario.numero": "40009999"}))

    assert (respuesta.status_int, respuesta.json["codigo"]) == (404, "destinatario-sin-casilla")


def test_what_is_too_large_is_refused(sgd: Sgd, aplicacion: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(aplicacion.registry.settings, "casilla.max_documento", len(PDF) - 1)

    respuesta = sgd.depositar(PDF)

    assert (respuesta.status_int, respuesta.json["codigo"]) == (413, "demasiado-grande")


def test_annexes_are_limited_together(sgd: Sgd, aplicacion: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(aplicacion.registry.settings, "casilla.max_anexos_total", 9)

    assert sgd.depositar(PDF, anexos=(("a.txt", b"12345"), ("b.txt", b"12345"))).status_int == 413
    assert sgd.depositar(PDF, anexos=(("a.txt", b"12345"), ("b.txt", b"1234"))).status_int == 201


def test_nothing_refused_leaves_a_file_behind(sgd: Sgd, sitio: Sitio) -> None:
    import os

    antes = os.listdir(sitio.carpeta_temporal)
    sgd.depositar(PDF[:5000], anexos=(("a.txt", b"uno"),))
    sgd.depositar(PDF, notificacion(expediente=None))
    sgd.depositar(PDF, clave="")

    assert os.listdir(sitio.carpeta_temporal) == antes


def test_the_constancia_is_a_pdf_with_the_code_and_the_hash(sgd: Sgd) -> None:
    from pypdf import PdfReader

    dicho = sgd.depositar(PDF).json
    respuesta = sgd.get(f"/notificaciones/{dicho['codigo']}/constancia")

    assert respuesta.content_type == "application/pdf"
    texto = "".join(pagina.extract_text() for pagina in PdfReader(BytesIO(respuesta.body)).pages)
    assert dicho["huellas"]["documento"].removeprefix("sha256:") in texto.replace("\n", "").replace(" ", "")
    assert "QUISPE MAMANI ROSA" in texto


def test_annulling_is_a_dated_state_with_its_reason(sgd: Sgd) -> None:
    codigo = sgd.depositar(PDF).json["codigo"]

    respuesta = sgd.publicar(
        b'{"motivo": "Error en el destinatario"}',
        {"Content-Type": "application/json"},
        f"/notificaciones/{codigo}/anulacion",
    )

    assert respuesta.json["estado"] == "anulado"
    consulta = sgd.get(f"/notificaciones/{codigo}").json
    assert consulta["eventos"][-1]["detalle"] == "Error en el destinatario"
    assert [e["tipo"] for e in consulta["eventos"]] == ["depositado", "anulado"]
    assert sgd.depositar(PDF).json["estado"] == "depositado"  # the first answer, as it was


def test_nothing_is_annulled_twice_or_without_reason(sgd: Sgd) -> None:
    ruta = f"/notificaciones/{sgd.depositar(PDF).json['codigo']}/anulacion"
    cabeceras = {"Content-Type": "application/json"}

    assert sgd.publicar(b'{"motivo": " "}', cabeceras, ruta).status_int == 422
    assert sgd.publicar(b"{", cabeceras, ruta).status_int == 422
    assert sgd.publicar(b'{"motivo": "x"}', cabeceras, ruta).status_int == 200
    assert sgd.publicar(b'{"motivo": "x"}', cabeceras, ruta).json["codigo"] == "estado-no-admite"


@pytest.mark.parametrize("ruta", ["/notificaciones/NADA", "/nada", "/notificaciones/NADA/constancia", "/casillas"])
def test_what_does_not_exist_is_a_problem_document(sgd: Sgd, ruta: str) -> None:
    respuesta = sgd.get(ruta)

    assert (respuesta.status_int, respuesta.json["codigo"]) == (404, "no-encontrado")


def test_another_method_is_a_problem_document(sgd: Sgd) -> None:
    respuesta = sgd.navegador.request("/api/v1/notificaciones", method="DELETE", headers=sgd.cabeceras, status="*")

    assert (respuesta.status_int, respuesta.json["codigo"]) == (405, "metodo-no-admitido")


@pytest.fixture
def antivirus(aplicacion: Any) -> Iterator[Any]:
    with clamd() as servidor:
        aplicacion.registry.antivirus = Clamd.desde_ajustes({"casilla.clamd": servidor.ajuste})
        yield servidor
    aplicacion.registry.antivirus = None


def test_with_an_antivirus_every_file_is_looked_at(sgd: Sgd, antivirus: Any) -> None:
    assert sgd.depositar(PDF, anexos=(("a.txt", b"hola"),)).status_int == 201

    assert antivirus.recibidos == [PDF, b"hola"]


def test_what_the_antivirus_finds_is_refused_by_its_name(sgd: Sgd, antivirus: Any, base_de_datos: DB) -> None:
    antes = cuantas(base_de_datos)

    respuesta = sgd.depositar(PDF, anexos=(("a.txt", INFECTADO),))

    assert (respuesta.status_int, respuesta.json["codigo"]) == (422, "documento-invalido")
    assert respuesta.json["title"] == "El antivirus encontró algo en un archivo del envío."
    assert respuesta.json["detail"] == f"el antivirus encontró «{FIRMA}» en el archivo «a.txt»"
    assert cuantas(base_de_datos) == antes


def test_what_is_larger_than_the_antivirus_examines_is_not_to_be_sent_again(
    sgd: Sgd, antivirus: Any, base_de_datos: DB
) -> None:
    antes, antivirus.limite = cuantas(base_de_datos), 25_000

    respuesta = sgd.depositar(PDF, anexos=(("a.txt", b"x" * 30_720),))

    assert (respuesta.status_int, respuesta.json["codigo"]) == (413, "demasiado-grande")
    assert respuesta.json["detail"] == "el archivo «a.txt» pesa 30 KB, más de lo que el antivirus examina"
    assert cuantas(base_de_datos) == antes


def test_nothing_is_deposited_while_the_antivirus_does_not_answer(
    sgd: Sgd, antivirus: Any, aplicacion: Any, base_de_datos: DB
) -> None:
    aplicacion.registry.antivirus = Clamd.desde_ajustes({"casilla.clamd": f"127.0.0.1:{puerto_libre()}"})
    antes = cuantas(base_de_datos)

    respuesta = sgd.depositar(PDF)

    assert (respuesta.status_int, respuesta.json["codigo"]) == (503, "no-disponible")
    assert cuantas(base_de_datos) == antes
