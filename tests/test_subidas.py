"""Files sent with a form: only from whom may, straight to disk, and gone when nobody keeps them."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import deform
import pytest
from pyramid.authorization import ACLHelper, Authenticated
from pyramid.config import Configurator
from pyramid.csrf import get_csrf_token
from pyramid.httpexceptions import HTTPConflict, HTTPForbidden
from pyramid.request import Request
from pyramid.response import Response
from pyramid.session import JSONSerializer, SignedCookieSessionFactory
from pyramid_retry import RetryableException, is_last_attempt
from webtest import TestApp, Upload

from casilla import fields
from casilla.forms import Esquema, Formulario
from casilla.gateways.clamd import Clamd
from casilla.request import Peticion
from casilla.services.documentos import Archivo
from tests import mundo
from tests.almacenes import puerto_libre
from tests.gateways.clamd import FIRMA, INFECTADO, clamd

PDF = mundo.pdf(2)
TOPE = 100_000


class EsquemaPrueba(Esquema):
    asunto = fields.texto("Asunto", "Escriba el asunto")
    documento = fields.pdf("Documento", "Elija el documento", tope="casilla.max_documento")
    anexos = fields.anexos("Anexos", tope=5000)


class Raiz:
    __acl__ = (("Allow", Authenticated, "subir"),)

    def __init__(self, request: Request) -> None:
        pass


class Politica:
    """Whoever says who they are in a header is somebody."""

    def permits(self, request: Request, context: Any, permission: str) -> Any:
        return ACLHelper().permits(context, [Authenticated] if request.headers.get("Quien") else [], permission)

    def identity(self, request: Request) -> str | None:
        return request.headers.get("Quien")


def subir(request: Request) -> Response:
    formulario = Formulario(EsquemaPrueba(), request)
    if request.method == "GET":
        return Response(str(formulario.__html__()))
    try:
        datos = formulario.validate(request.POST.items())
    except deform.ValidationFailure:
        return Response(formulario.resumen() + formulario.__html__())
    request.registry.vistos.append(datos)
    request.registry.bytes.append(datos["documento"].ruta.read_bytes())
    if "choca" in request.GET and not is_last_attempt(request):
        raise RetryableException
    if "falla" in request.GET:
        raise HTTPConflict
    if "guarda" in request.GET:
        datos["documento"].ruta.rename(request.registry.carpeta.parent / "guardado")
    return Response("bien")


@pytest.fixture
def carpeta(tmp_path: Path) -> Path:
    (tmp_path / "temporal").mkdir()
    return tmp_path / "temporal"


@pytest.fixture
def web(carpeta: Path) -> TestApp:
    ajustes = {"retry.attempts": 3, "casilla.max_documento": TOPE, "casilla.csrf": True}
    with Configurator(settings=ajustes, root_factory=Raiz, request_factory=Peticion) as config:
        config.include("pyramid_retry")
        config.include("casilla.subidas")
        config.set_security_policy(Politica())
        config.set_session_factory(SignedCookieSessionFactory("x" * 32, serializer=JSONSerializer()))
        config.set_default_csrf_options(require_csrf=True)
        config.add_request_method(lambda r: SimpleNamespace(carpeta_temporal=str(carpeta)), "sitio", reify=True)
        config.add_request_method(lambda r: r.registry.antivirus, "antivirus", property=True)
        config.registry.antivirus = None
        config.add_request_method(lambda r: mundo.ENERO, "ahora", reify=True)
        limites = {"documento": "casilla.max_documento", "anexos": 5000}
        config.add_view(subir, permission="subir", subidas=limites)
        config.add_view(lambda r: Response(get_csrf_token(r)), name="ficha", permission="subir")
        config.registry.vistos, config.registry.bytes, config.registry.carpeta = [], [], carpeta
        return TestApp(config.make_wsgi_app(), extra_environ={"HTTP_QUIEN": "alguien"})


def enviar(web: TestApp, documento: Any = ("CARTA.pdf", PDF), anexos: Any = (), ruta: str = "/", **mas: str) -> Any:
    ficha = web.get("/ficha").text
    archivos = [("documento", *documento)] if documento else []
    archivos += [("anexos", *anexo) for anexo in anexos]
    return web.post(ruta, {"csrf_token": ficha, "asunto": "Año", **mas}, upload_files=archivos, status="*")


def test_what_was_sent_is_there_with_its_name_size_and_hash(web: TestApp, carpeta: Path) -> None:
    respuesta = enviar(web, anexos=[("uno.txt", b"uno"), ("C:\\Mis cosas\\dos.txt", b"dos!")])

    assert respuesta.text == "bien"
    datos = web.app.registry.vistos[0]
    documento = datos["documento"]
    assert (documento.nombre, documento.tipo, documento.paginas) == ("CARTA.pdf", "application/pdf", 2)
    assert documento.tamano == len(PDF)
    assert web.app.registry.bytes == [PDF]
    assert [(a.nombre, a.tipo, a.tamano) for a in datos["anexos"]] == [
        ("uno.txt", "text/plain", 3),
        ("dos.txt", "text/plain", 4),
    ]
    assert datos["asunto"] == "Año"


def test_what_the_view_does_not_keep_is_gone(web: TestApp, carpeta: Path) -> None:
    assert enviar(web).status_int == 200
    assert enviar(web, ruta="/?falla=1").status_int == 409
    assert enviar(web, documento=("no.pdf", b"nada")).status_int == 200

    assert list(carpeta.iterdir()) == []


def test_what_the_view_keeps_stays(web: TestApp, carpeta: Path) -> None:
    enviar(web, ruta="/?guarda=1")

    assert (carpeta.parent / "guardado").read_bytes() == PDF


def test_a_request_that_runs_again_reads_its_files_again(web: TestApp, carpeta: Path) -> None:
    assert enviar(web, ruta="/?choca=1").text == "bien"

    assert web.app.registry.bytes == [PDF] * 3
    assert list(carpeta.iterdir()) == []


def test_from_whom_may_not_send_nothing_is_read(web: TestApp, carpeta: Path) -> None:
    ficha = web.get("/ficha").text
    leido: list[int] = []

    class Cuerpo:
        def read(self, *_: int) -> bytes:
            leido.append(1)
            return b""

        def seek(self, *_: int) -> None: ...

    entorno = {"HTTP_QUIEN": "", "wsgi.input": Cuerpo()}
    respuesta = web.post(
        "/",
        {"csrf_token": ficha},
        upload_files=[("documento", "a.pdf", PDF)],
        extra_environ=entorno,
        expect_errors=True,
    )

    assert respuesta.status_int == HTTPForbidden.code
    assert leido == []


@pytest.mark.parametrize("ficha", ["", "otra"])
def test_without_the_forms_token_no_file_is_written(web: TestApp, carpeta: Path, ficha: str) -> None:
    carpeta.rmdir()  # whoever tried to write would fail with another error

    respuesta = web.post("/", {"csrf_token": ficha}, upload_files=[("documento", "a.pdf", PDF)], status=400)

    assert "CSRF" in respuesta.text


def test_a_token_that_comes_after_the_files_is_too_late(web: TestApp) -> None:
    ficha = web.get("/ficha").text
    tipo, cuerpo = web.encode_multipart([], [("documento", "a.pdf", PDF)])
    marca = tipo.partition("boundary=")[2].encode()
    final = b'--%b\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n%b\r\n--%b--' % (
        marca,
        ficha.encode(),
        marca,
    )
    cuerpo = cuerpo.replace(b"--%b--" % marca, final)

    assert web.post("/", cuerpo, headers={"Content-Type": tipo}, status="*").status_int == 400


def test_a_file_too_large_is_told_at_its_field_and_what_was_typed_stays(web: TestApp, carpeta: Path) -> None:
    pagina = enviar(web, documento=("grande.pdf", b"x" * (TOPE + 1))).html

    assert pagina.find(class_="resumen-error").li.text == "«grande.pdf»: pesa más de 98 KB"
    assert pagina.find("input", {"name": "asunto"})["value"] == "Año"
    caja = pagina.find("input", {"name": "documento"})
    assert caja["aria-invalid"] == "true"
    assert pagina.find(id=caja["aria-describedby"].split()[0]).text.endswith("pesa más de 98 KB")
    assert list(carpeta.iterdir()) == []


def test_annexes_are_counted_together(web: TestApp) -> None:
    pagina = enviar(web, anexos=[("a.txt", b"x" * 3000), ("b.txt", b"x" * 3000)])

    assert "«b.txt»: con los demás, pasa de 5 KB" in pagina


@pytest.mark.parametrize(
    ("documento", "queja"),
    [
        (None, "Elija el documento"),
        (("", b""), "Elija el documento"),
        (("a.pdf", b""), "«a.pdf»: el archivo está vacío"),
        (("a.pdf", b"hola"), "«a.pdf»: el archivo no es un PDF"),
        (("x" * 201 + ".pdf", PDF), "su nombre no es válido"),
    ],
    ids=["none", "no name", "empty", "not a PDF", "long name"],
)
def test_what_is_no_document_is_told(web: TestApp, documento: Any, queja: str) -> None:
    assert queja in enviar(web, documento=documento)


def test_what_the_antivirus_finds_is_named_and_not_kept(web: TestApp, carpeta: Path) -> None:
    with clamd() as servidor:
        web.app.registry.antivirus = Clamd.desde_ajustes({"casilla.clamd": servidor.ajuste})
        limpia = enviar(web, anexos=[("a.txt", b"hola")])
        mala = enviar(web, anexos=[("a.txt", b"hola"), ("b.txt", INFECTADO)])

    assert limpia.text == "bien"
    assert f"el antivirus encontró «{FIRMA}» en el archivo «b.txt»" in mala
    assert list(carpeta.iterdir()) == []


def test_nothing_is_taken_while_the_antivirus_does_not_answer(web: TestApp) -> None:
    web.app.registry.antivirus = Clamd.desde_ajustes({"casilla.clamd": f"127.0.0.1:{puerto_libre()}"})

    assert "El antivirus no responde" in enviar(web)
    assert web.app.registry.vistos == []


def test_the_hint_says_what_and_how_much(web: TestApp) -> None:
    pagina = web.get("/").html

    caja = pagina.find("input", {"name": "documento"})
    assert pagina.find(id=caja["aria-describedby"]).text == "PDF, hasta 98 KB"
    assert caja["accept"] == ".pdf,application/pdf"
    assert pagina.find("input", {"name": "anexos"}).has_attr("multiple")


def test_the_form_that_was_printed_can_be_sent(web: TestApp) -> None:
    formulario = web.get("/").forms["formulario"]
    formulario["asunto"] = "Hola"
    formulario["documento"] = Upload("CARTA.pdf", PDF, "application/pdf")

    assert formulario.submit().text == "bien"
    assert web.app.registry.vistos[0]["anexos"] == ()


def test_a_file_where_none_was_asked_is_refused(web: TestApp) -> None:
    ficha = web.get("/ficha").text

    assert web.post("/", {"csrf_token": ficha}, upload_files=[("otro", "a.pdf", PDF)], status="*").status_int == 400


def test_a_text_where_a_file_was_asked_is_refused(web: TestApp) -> None:
    ficha = web.get("/ficha").text
    tipo, cuerpo = web.encode_multipart([("csrf_token", ficha), ("documento", "hola")], [])

    assert web.post("/", cuerpo, headers={"Content-Type": tipo}, status="*").status_int == 400


def test_a_form_cut_short_is_refused(web: TestApp, carpeta: Path) -> None:
    ficha = web.get("/ficha").text
    tipo, cuerpo = web.encode_multipart([("csrf_token", ficha)], [("documento", "a.pdf", PDF)])

    assert web.post("/", cuerpo[:-100], headers={"Content-Type": tipo}, status="*").status_int == 400
    assert list(carpeta.iterdir()) == []


def test_texts_have_their_limit_too(web: TestApp) -> None:
    assert enviar(web, asunto="x" * 300_000).status_int == 413


def test_an_archivo_is_what_comes(web: TestApp) -> None:
    enviar(web)

    assert isinstance(web.app.registry.vistos[0]["documento"], Archivo)
